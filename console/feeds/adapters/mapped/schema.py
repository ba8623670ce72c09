"""The form of a mapping: which requests an API answers, where its rows are, and what its fields mean."""

from typing import Any, Literal

from msgspec import Struct

Kind = Literal["call", "unit", "assignment", "note", "staff", "position", "facility", "follow_up"]
Codes = dict[str, str | int | bool]


class Ok(Struct, frozen=True, forbid_unknown_fields=True):
    """What the envelope of a good reply says at ``path``."""

    path: str
    equals: str | int | bool | None = None
    any_of: tuple[str | int | bool, ...] = ()


class Pace(Struct, frozen=True, forbid_unknown_fields=True):
    """What the API permits."""

    min_interval_s: float = 0.0
    max_requests_per_hour: int = 0


class Auth(Struct, frozen=True, forbid_unknown_fields=True):
    """How the console signs in; the secret itself is named by the configuration, never here."""

    kind: Literal[
        "none", "bearer", "header", "query", "basic", "oauth2_password", "oauth2_client", "json_login"
    ] = "bearer"
    name: str = ""
    url: str = ""
    scope: str = ""
    fields: dict[str, str] = {}
    answer: str = "access_token"


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """``[source]``: the API as a whole. ``tz`` is the zone of stamps that name none, ``time`` their usual form."""

    name: str = ""
    base_url: str = ""
    tz: str = ""
    time: str = "iso"
    ok: Ok | None = None
    limits: Pace = Pace()
    auth: Auth | None = None


class Paging(Struct, frozen=True, forbid_unknown_fields=True):
    """How the pages of one answer follow each other.

    ``offset``, ``page`` and ``limit`` are the names of the parameters, ``first`` the number of the first page,
    ``size`` what is asked for. ``count`` is the path of the page's rows or of their number, ``more`` of a
    flag that another page follows, ``next`` of its address.
    """

    kind: Literal["none", "link_header", "offset", "page", "next_url"] = "none"
    size: int = 0
    count: str = ""
    more: str = ""
    next: str = ""
    max_pages: int = 200
    offset: str = "offset"
    page: str = "page"
    limit: str = "limit"
    first: int = 1


class Incremental(Struct, frozen=True, forbid_unknown_fields=True):
    """Ask for what is newer than the newest row so far; all of it again every ``full_every`` rounds.

    ``full_query`` is what only a request for all of it asks besides, such as the open ones.
    """

    cursor: str
    param: str
    value: str = "{cursor}"
    overlap_s: float = 60.0
    full_every: int = 0
    full_every_s: float = 600.0
    full_query: dict[str, str | int | bool] = {}


class Field(Struct, frozen=True, forbid_unknown_fields=True, rename={"as_": "as"}):
    """Where one field is and how it is read: a place ``as`` text or GeoJSON, a ``time``, codes by a ``map``."""

    path: str = ""
    as_: Literal["", "lat,lon", "lon,lat", "geojson", "pair"] = ""
    time: str = ""
    map: str = ""
    const: str | int | float | bool | None = None
    join: str | None = None


class Emit(Struct, frozen=True, forbid_unknown_fields=True):
    """Rows of one kind: ``records`` leads to the list, ``each`` to a list in each record, ``where`` chooses."""

    kind: Kind
    records: str = "@"
    each: str = ""
    where: str = ""
    fields: dict[str, str | Field] = {}


class Detail(Struct, frozen=True, forbid_unknown_fields=True):
    """One more request for each call that is new or has changed: ``path`` holds ``{id}``.

    Its fields see ``parent``, the call as it was read, and ``item``. At most ``most`` are asked in a round.
    """

    path: str
    emit: tuple[Emit, ...]
    query: dict[str, str] = {}
    most: int = 20


class Asked(Struct, frozen=True, forbid_unknown_fields=True):
    """``[[request]]``: one HTTP request, and the rows that its answer holds."""

    id: str
    path: str
    emit: tuple[Emit, ...]
    method: Literal["GET", "POST"] = "GET"
    query: dict[str, str | int | bool] = {}
    body: dict[str, Any] | None = None
    every_s: float = 15.0
    paging: Paging = Paging()
    incremental: Incremental | None = None
    etag: bool = False
    snapshot: Literal["complete", "partial"] = "partial"
    error: str = ""
    optional: bool = False
    detail: Detail | None = None


class Mapping(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole mapping, as it was checked by `console.feeds.adapters.mapped.parsing.parse`."""

    mapping_version: Literal[1]
    request: tuple[Asked, ...]
    source: Source = Source()
    map: dict[str, Codes] = {}

    @property
    def posts(self) -> tuple[str, ...]:
        """The paths that are asked by POST."""
        return tuple(asked.path for asked in self.request if asked.method == "POST")
