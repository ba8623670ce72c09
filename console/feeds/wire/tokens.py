"""The token of one source: bought with the secret, kept in memory only, renewed in time and by one task at a time."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from console.domain.vocabulary import Health
from console.feeds.spec import SignInKind, SourceSpec
from console.feeds.wire.finding import Reply, Trouble, judged
from console.feeds.wire.grants import Granted, grant, granted, refreshed
from console.feeds.wire.reach import Outgoing, Reach
from console.feeds.wire.sign_in import remedy
from console.feeds.wire.spacing import Spacing
from console.feeds.wire.transport import Transport

EARLY = 0.1
EARLY_MOST_S = 60.0
"""A token is renewed in the last tenth of its life, and a minute before its end at the earliest."""

AGAIN_S = 30.0
"""Seconds until a renewal is tried again while the token still holds."""

TURNED_DOWN_S = 60.0
"""Seconds for which a token that replaced one turned down is not replaced in its turn: a server may also
answer 401 to mean that this one object is none of ours, and no token changes that."""

NOBODY_KNOWS = (400, 401, 403)
"""What a token address answers to a wrong secret (RFC 6749 section 5.2, and servers of their own mind)."""

_NO_MATTER = datetime.max.replace(tzinfo=UTC)
"""A wait until a date counts from the reply's own, or not at all."""


class Tokens:
    """A secret that was refused is not sent again until somebody asks for it: accounts are locked for less."""

    def __init__(
        self, spec: SourceSpec, reach: Reach, transport: Transport, steady: Callable[[], float]
    ) -> None:
        self._spec = spec
        self._url = reach.token_url
        self._transport = transport
        self._steady = steady
        self._held: Granted | None = None
        self._due: float | None = None
        self._end: float | None = None
        self._refused: Trouble | None = None
        self._spacing = Spacing(steady)
        self._replaced: float | None = None
        self._renewal: asyncio.Task[str | Trouble] | None = None

    def again(self) -> None:
        """A person wants the secret tried once more."""
        self._refused = None
        self._replaced = None
        self._spacing.again()

    def replaceable(self, useless: str) -> bool:
        """Whether the ``useless`` token that was just turned down is worth another one."""
        fresh = self._replaced is not None and not self._past(self._replaced + TURNED_DOWN_S)
        return not (fresh and self._held is not None and self._held.token == useless)

    async def token(self, useless: str = "") -> str | Trouble:
        """A token that holds and is not the ``useless`` one that was just turned down, or why there is none."""
        if self._held and self._held.token != useless and not self._past(self._due):
            return self._held.token
        if self._renewal is None:
            self._renewal = asyncio.create_task(self._renewed(useless))
            self._renewal.add_done_callback(self._free)
        return await asyncio.shield(self._renewal)

    async def close(self) -> None:
        """Wait for the renewal under way, which ends as the transport is closed."""
        if self._renewal is not None:
            await asyncio.wait([self._renewal])

    def _free(self, _done: asyncio.Task[str | Trouble]) -> None:
        self._renewal = None

    def _past(self, moment: float | None) -> bool:
        return moment is not None and self._steady() >= moment

    async def _renewed(self, useless: str) -> str | Trouble:
        found = await self._by_refresh()
        if found is None:
            found = self._refused or await self._by_secret()
        if isinstance(found, Granted):
            self._hold(found)
            if useless:
                self._replaced = self._steady()
            return found.token
        held = self._held
        if held and held.token != useless and not self._past(self._end):
            self._due = self._steady() + AGAIN_S
            return held.token
        return found

    async def _by_refresh(self) -> Granted | Trouble | None:
        """What the refresh token gives; ``None`` where there is none, or none that is accepted."""
        if not (self._held and self._held.refresh):
            return None
        spent = self._held.refresh
        found = await self._bought(refreshed(self._spec.sign_in, self._url, spent))
        match found:
            case Granted(refresh=""):
                return Granted(found.token, found.life, spent)  # it goes on being good (RFC 6749 section 6)
            case Trouble(reason="password_refused"):
                self._held = Granted(self._held.token)
                return None
            case _:
                return found

    async def _by_secret(self) -> Granted | Trouble:
        found = await self._bought(grant(self._spec.sign_in, self._url))
        if isinstance(found, Trouble) and found.reason == "password_refused":
            self._refused = found
        return found

    async def _bought(self, outgoing: Outgoing) -> Granted | Trouble:
        waits = self._spacing.refused()
        if waits is not None:
            return waits
        found = self._read(await self._transport.send(outgoing))
        self._spacing.tried(found if isinstance(found, Trouble) else None)
        return found

    def _read(self, answer: Reply | Trouble) -> Granted | Trouble:
        if isinstance(answer, Reply) and answer.status in NOBODY_KNOWS:
            return self._turned_down(f"refuses the sign-in ({answer.status})", answer.status)
        found = judged(answer, conditional=False, now=_NO_MATTER)
        if not isinstance(found, Reply):
            assert isinstance(found, Trouble)
            return found
        bought = granted(found, self._spec.sign_in)
        return bought or self._turned_down("answers the sign-in without a token", found.status)

    def _hold(self, bought: Granted) -> None:
        self._held = bought
        self._due = self._end = None
        if bought.life is not None:
            self._end = self._steady() + bought.life
            self._due = self._end - min(EARLY * bought.life, EARLY_MOST_S)

    def _turned_down(self, what: str, status: int) -> Trouble:
        detail = f"The server {what}. It is not sent again by itself, so that the account is not locked."
        tip = remedy(self._spec)
        if "F5" not in tip:
            tip = f"{tip} F5 tries the same once more."
        return Trouble(Health.AUTH, "password_refused", detail, tip, status=status)


def worn(spec: SourceSpec, token: str) -> dict[str, str]:
    """The header that carries ``token``: a login may name its own."""
    if spec.sign_in.kind is SignInKind.JSON_LOGIN and spec.sign_in.name:
        return {spec.sign_in.name: token}
    return {"Authorization": f"Bearer {token}"}
