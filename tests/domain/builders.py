"""Small makers of domain values, and Hypothesis strategies over them."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from console.domain.definitions import Definitions, Limit, Nature
from console.domain.entities import Agency, Assignment, Call, Position, Stamps, Unit
from console.domain.events import (
    AgencyDescribed,
    Bookmarked,
    CallsChanged,
    DefinitionsLoaded,
    DefinitionsRefused,
    FeedReported,
    Noted,
    PositionsChanged,
    Recorded,
    RecordingReported,
    UnitsChanged,
)
from console.domain.feed import Feed
from console.domain.recording import Recording, RecordingState
from console.domain.vocabulary import CallState, FeedName, Health, Police, Program, UnitState

NOON = datetime(2026, 11, 19, 19, 0, tzinfo=UTC)

PACK = Definitions(
    name="test",
    version="1",
    natures={
        "WELCHK": Nature("Welfare check", behavioral=True, eligible=True, police_default=True),
        "SYRING": Nature("Syringe disposal", behavioral=True, eligible=True),
        "THEFT": Nature("Theft", behavioral=False, police_default=True),
    },
    waiting={"2": Limit(amber=10, red=20)},
)

AGENCY = Agency(
    name="Test City", timezone="America/Denver", shift="Day", shift_from=NOON - timedelta(hours=5)
)


def at(minutes: float = 0, seconds: float = 0) -> datetime:
    """A moment some minutes and seconds after noon."""
    return NOON + timedelta(minutes=minutes, seconds=seconds)


def feed(**changes: object) -> Feed:
    """A healthy calls feed polled each 2 s, that last answered at noon."""
    values: dict[str, object] = {
        "source": "cad",
        "name": FeedName.CALLS,
        "every": timedelta(seconds=2),
        "reported": Health.OK,
        "since": NOON,
        "answered_at": NOON,
    }
    return Feed(**{**values, **changes})  # type: ignore[arg-type]  # a test's keyword arguments


moments = st.integers(0, 150_000).map(lambda ms: NOON + timedelta(milliseconds=ms))
keys = st.sampled_from([f"k{number}" for number in range(6)])


@st.composite
def calls(draw: st.DrawFn) -> Call:
    """Any call: some stamps, some sets unknown."""
    some = st.none() | moments
    key = draw(keys)
    return Call(
        id=key,
        nature=draw(st.sampled_from(["WELCHK", "SYRING", "THEFT", "XXX"])),
        priority=draw(st.none() | st.integers(1, 3)),
        state=draw(st.sampled_from(CallState)),
        program=draw(st.none() | st.sampled_from(Program)),
        stamps=Stamps(
            answered_at=draw(some), eligible_at=draw(some), queued_at=draw(some), on_scene_at=draw(some)
        ),
        assignments=tuple(Assignment(unit) for unit in draw(st.lists(keys, max_size=2))),
        police=draw(st.sampled_from(Police)),
        police_queue=draw(st.none() | st.booleans()),
        public_initiated=draw(st.none() | st.booleans()),
        eligible=draw(st.none() | st.booleans()),
        by_phone=draw(st.none() | st.booleans()),
    )


@st.composite
def units(draw: st.DrawFn) -> Unit:
    """Any unit."""
    return Unit(id=draw(keys), program=draw(st.sampled_from(Program)), state=draw(st.sampled_from(UnitState)))


@st.composite
def logs(draw: st.DrawFn) -> list[Recorded]:
    """A log: events in order of arrival, as the one ordering point would stamp them."""
    stamps = sorted(draw(st.lists(moments, max_size=8)))
    return [draw(_event(moment)) for moment in stamps]


@st.composite
def waiting_logs(draw: st.DrawFn) -> list[Recorded]:
    """A log in which the queue grows and shrinks on both sides of whole minutes, and nothing redraws the trend."""
    moments_ = sorted(draw(st.lists(moments, min_size=4, max_size=12)))
    states = st.sampled_from([CallState.PENDING, CallState.CLOSED])
    return [
        CallsChanged(
            moment,
            "cad/calls",
            (Call(draw(keys), state=draw(states)),),
            draw(st.lists(keys, max_size=1).map(tuple)),
        )
        for moment in moments_
    ]


def _event(moment: datetime) -> st.SearchStrategy[Recorded]:
    gone = st.lists(keys, max_size=2).map(tuple)
    return st.one_of(
        st.builds(
            CallsChanged,
            st.just(moment),
            st.just("cad/calls"),
            st.lists(calls(), max_size=2, unique_by=_id).map(tuple),
            gone,
            st.booleans(),
        ),
        st.builds(
            UnitsChanged,
            st.just(moment),
            st.just("cad/units"),
            st.lists(units(), max_size=3, unique_by=_id).map(tuple),
            gone,
            st.booleans(),
        ),
        st.builds(
            PositionsChanged,
            st.just(moment),
            st.just("cad/positions"),
            keys.map(lambda key: (Position(key, 39.7, -104.9, moment),)),
            gone,
            st.booleans(),
        ),
        st.just(FeedReported(moment, feed(answered_at=moment))),
        st.just(AgencyDescribed(moment, "cad", AGENCY)),
        st.just(DefinitionsLoaded(moment, PACK)),
        st.just(DefinitionsRefused(moment, "ours.toml", ("line 3: name: missing: this must be given",))),
        st.just(Noted(moment, "asked dispatch", "me", "k1")),
        st.just(Bookmarked(moment, "look again", "me")),
        st.just(RecordingReported(moment, Recording(RecordingState.ON, moment))),
    )


def _id(row: Call | Unit) -> str:
    return row.id
