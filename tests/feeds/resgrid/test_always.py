"""What holds whatever a Resgrid server answers."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.domain.vocabulary import FeedName
from console.feeds.rows.judge import Judge
from console.feeds.rows.reading import Setting, Unreadable
from tests.feeds.resgrid.department import Department, Row, answer, call, dispatch, heading, unit
from tests.feeds.resgrid.test_calls import at

SETTING = Setting(at("20:30:00"))

odd = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64)
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.sampled_from(
        ["9999-12-31T23:59:59-05:00", "0001-01-01", "2026-08-22T19:00:00", "<![x[", "7", "91,200"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["Id", "Name"]), inner),
    max_leaves=4,
)


def spoilt(row: Row) -> st.SearchStrategy[Any]:
    """``row`` with some of its fields in another form, or something else altogether."""
    fields = st.dictionaries(st.sampled_from(sorted(row)), odd, max_size=4)
    return fields.map(lambda other: row | other) | odd


@given(
    calls=st.lists(spoilt(call()), max_size=3),
    units=st.lists(spoilt(unit()), max_size=3),
    statuses=st.lists(spoilt(heading()), max_size=3),
    sent=st.lists(spoilt(dispatch()), max_size=3) | odd,
    answers=st.lists(spoilt(answer(5, "19:43:40")), max_size=3) | odd,
)
def test_rows_of_any_form_give_a_board_or_say_that_they_cannot_be_read(
    calls: list[Any], units: list[Any], statuses: list[Any], sent: Any, answers: Any
) -> None:
    department = Department()
    department.calls, department.units, department.statuses = calls, units, statuses
    department.extra = {84112: {"Dispatches": sent, "Activity": answers}}
    try:
        found = department.round()
    except Unreadable:
        return
    for feed, gathered in found.items():
        for row in gathered.rows:
            assert Judge(feed, SETTING).read(row) is not None


CALLS = [call(), call(84115), call(84116, State=2)]
UNITS = [unit(), unit(302, status=6), unit(303, status=0, since="20:10:00"), unit(304, Name="STAR 2")]
STATUSES = [heading(), heading(302), heading(304, to=84115)]
SENT = [dispatch(), dispatch(302), dispatch(303), dispatch(304)]
ANSWERS = [answer(5, "19:43:40"), answer(6, "19:50:00", 303), answer(5, "19:44:00", 303)]


@given(
    st.permutations(CALLS),
    st.permutations(UNITS),
    st.permutations(STATUSES),
    st.permutations(SENT),
    st.permutations(ANSWERS),
)
def test_the_order_of_rows_within_a_reply_does_not_matter(
    calls: list[Row], units: list[Row], statuses: list[Row], sent: list[Row], answers: list[Row]
) -> None:
    assert board(calls, units, statuses, sent, answers) == board(CALLS, UNITS, STATUSES, SENT, ANSWERS)


def board(
    calls: list[Row], units: list[Row], statuses: list[Row], sent: list[Row], answers: list[Row]
) -> dict[FeedName, dict[str, Row]]:
    """The rows of one round by feed and id."""
    department = Department()
    department.calls, department.units, department.statuses = calls, units, statuses
    department.extra = {84112: {"Dispatches": sent, "Activity": answers}}
    found = department.round()
    return {
        feed: {str(row.get("id") or row["unit"]): row for row in gathered.rows}
        for feed, gathered in found.items()
    }
