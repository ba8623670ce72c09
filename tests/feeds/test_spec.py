"""What a source may be, and how it shows itself."""

import pickle

import msgspec
import pytest

from console.domain.vocabulary import FeedName
from console.feeds.spec import SignIn, SignInKind, SourceSpec, bearer


@pytest.mark.parametrize(
    "url",
    [
        "https://cad.example",
        "https://cad.example:8443/api/",
        "http://localhost:8000",
        "http://127.0.0.1:8000",
        "http://[::1]:8000",
    ],
)
def test_a_secure_address_or_one_on_this_machine_is_taken(url: str) -> None:
    assert SourceSpec(name="cad", url=url).url == url


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://cad.example", "in the clear"),
        ("http://10.0.0.5:8000", "in the clear"),
        ("ftp://cad.example", "no web address"),
        ("cad.example", "no web address"),
        ("", "no web address"),
        ("https://user:pass@cad.example", "no secret belongs"),
        ("https://cad.example?key=1", "no secret belongs"),
        ("https://cad.example:99999", "no possible port"),
    ],
)
def test_an_address_that_the_token_must_not_go_to_is_refused(url: str, why: str) -> None:
    with pytest.raises(ValueError, match=why) as refused:
        SourceSpec(name="cad", url=url)
    assert "pass@" not in str(refused.value)


@pytest.mark.parametrize("token", ["a\nb", "é", "a\0"])
def test_a_token_that_would_break_a_header_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match="characters that no token has"):
        SignIn(SignInKind.BEARER, token)


def test_the_token_is_not_in_what_a_source_prints() -> None:
    spec = SourceSpec(name="cad", url="https://cad.example", sign_in=bearer("s3cret"))
    assert "s3cret" not in f"{spec} {spec!r} {[spec]!r}"


def test_a_source_travels_between_processes() -> None:
    spec = SourceSpec(name="cad", url="https://cad.example", feeds=(FeedName.CALLS,))
    assert pickle.loads(pickle.dumps(spec)) == spec
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(spec), type=SourceSpec) == spec


def test_no_pace_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 0"):
        SourceSpec(name="cad", url="https://cad.example", every={FeedName.CALLS: 0.0})
