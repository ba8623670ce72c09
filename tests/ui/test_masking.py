"""Other people's words: covered unless asked for, one line, and never markup."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import Qt

from console.domain.entities import Disposition
from console.domain.vocabulary import Sensitivity
from console.ui.parts.masking import LINE_LIMIT, MASK, address, dimmed, isolated, nature, outcome, tip
from tests.ui.board import a_call

OPEN, CLOSE = "\u2068", "\u2069"


def test_a_hidden_call_shows_neither_its_nature_nor_its_address() -> None:
    call = a_call(1, nature_text="Suicide threat", address="12 Elm St", sensitivity=Sensitivity.HIDE)
    assert MASK in nature(call)
    assert MASK in address(call)
    assert "Suicide" not in nature(call)
    assert "Elm" not in address(call)


def test_a_mask_stands_only_where_there_is_something_behind_it() -> None:
    assert address(a_call(1, address="", sensitivity=Sensitivity.HIDE)) == ""


def test_a_dimmed_call_stands_back_but_can_be_read() -> None:
    call = a_call(1, sensitivity=Sensitivity.DIM)
    assert dimmed(call)
    assert nature(call) == "Welfare check"


def test_the_address_of_a_dimmed_call_is_masked_and_of_a_normal_one_is_not() -> None:
    assert address(a_call(1, address="12 Elm St")) == "12 Elm St"
    assert MASK in address(a_call(1, address="12 Elm St", sensitivity=Sensitivity.DIM))


def test_an_outcome_is_its_code_and_a_sentence_in_its_place_is_masked() -> None:
    said = "left with Jane Roe " * 5
    assert outcome(a_call(1, disposition=Disposition("CANCEL", said))) == "CANCEL"
    assert MASK in outcome(a_call(1, disposition=Disposition("", said)))
    assert "Jane" not in outcome(a_call(1, disposition=Disposition(said)))


def test_plain_text_comes_back_as_it_is() -> None:
    assert isolated("1400 block Larimer St") == "1400 block Larimer St"


def test_an_override_ends_with_the_datum_that_holds_it() -> None:
    assert isolated("gnp\u202eexe") == f"{OPEN}gnp\u202eexe{CLOSE}"


def test_a_datum_cannot_close_its_own_isolate() -> None:
    assert isolated(f"x{CLOSE}\u202ey") == f"{OPEN}x\u202ey{CLOSE}"


@given(st.text())
def test_a_datum_is_one_line_without_controls_that_ends_where_it_began(text: str) -> None:
    line = isolated(text)
    assert line.splitlines() in ([], [line])
    assert "\0" not in line
    assert line.count(OPEN) == line.count(CLOSE) <= 1
    assert len(line) <= LINE_LIMIT + 2


def test_a_long_datum_ends_in_an_ellipsis() -> None:
    assert isolated("x" * 10_000).endswith("…" + CLOSE)


@given(st.text(min_size=1))
def test_a_tooltip_is_always_markup_of_ours_and_its_data_never(text: str) -> None:
    told = tip(text)
    assert Qt.mightBeRichText(told)
    assert "<" not in told.removeprefix("<p style='white-space:pre'>").removesuffix("</p>")


def test_an_image_in_a_tooltip_stays_text() -> None:
    assert "&lt;img src=x onerror=alert(1)&gt;" in tip("<img src=x onerror=alert(1)>")
