"""How long the feeds wait and how much they take in, as one value that tests make small."""

from msgspec import Struct

KIB = 1024
MIB = 1024 * KIB


class Limits(Struct, frozen=True):
    """Durations in seconds, sizes in bytes (RELIABILITY section 1.8, measured there).

    ``total`` bounds a whole exchange, since the client's own limits hold per read only. ``far`` is the
    size from which a reply is read in the worker process; ``rejected`` the share of rows that cannot be
    shown, and ``skew`` the difference of clocks, from which a feed counts as degraded.
    ``silence`` ends a stream of events in which nothing comes, not even that nothing has changed; polls are
    ``relaxed`` times rarer beside a stream that speaks at least every ``heartbeat`` seconds.
    """

    connect: float = 3.0
    read: float = 10.0
    write: float = 10.0
    pool: float = 2.0
    total: float = 15.0
    body: int = 32 * MIB
    connections: int = 8
    in_flight: int = 4
    keep_alive: float = 30.0
    retry_first: float = 1.0
    retry_most: float = 60.0
    retry_auth: float = 60.0
    retry_asked: float = 600.0
    circuit: int = 5
    service: float = 60.0
    far: int = 256 * KIB
    rejected: float = 0.2
    skew: float = 30.0
    silence: float = 15.0
    heartbeat: float = 5.0
    relaxed: float = 5.0
