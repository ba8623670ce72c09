"""Signing in again without a restart: F5 reads the secret anew of a source that turned the console away."""

import threading
from pathlib import Path

import keyring
import pytest
from msgspec.structs import replace

from console.commands.connect import connection
from console.domain.vocabulary import Health
from console.feeds.spec import SignIn, SourceSpec, bearer
from console.settings import Settings, SourceSettings
from tests.feeds.answers import page, service
from tests.feeds.board import eventually, spec, watching
from tests.feeds.chaos import Chaos
from tests.feeds.test_sign_in import GOOD, PASSWORD, TOKEN, bought, form, gives, invalid_grant, lets_in
from tests.test_secrets import Memory


def lets_in_everywhere(server: Chaos, *tokens: str) -> None:
    """Data and an introduction for whoever shows one of ``tokens``."""
    server.play("/v1/service", lets_in(*tokens, answer=service()))
    server.play("/v1/calls", lets_in(*tokens, answer=GOOD))


def configured(server: Chaos, secret: str) -> SourceSpec:
    """The source as a configuration names it, its secret taken from where it is kept."""
    (made,) = connection(Settings((SourceSettings(name="cad", url=server.url, secret=secret),)), Path()).specs
    return replace(made, feeds=spec(server).feeds, every=spec(server).every)


async def test_a_secret_file_that_was_changed_is_read_again_when_a_person_asks(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("old\n", encoding="utf-8")
    file.chmod(0o600)
    async with Chaos() as server:
        lets_in_everywhere(server, "new")
        async with watching(configured(server, f"file:{file}")) as board:
            feed = await board.until_feed("sign_in")
            assert (feed.reported, feed.tip) == (
                Health.AUTH,
                "Put the right secret of cad into its file, then press F5.",
            )
            file.write_text("new\n", encoding="utf-8")
            board.hub.hurry()
            await board.until_feed("ok")
            assert "c1" in board.state.calls


async def test_a_secret_that_was_stored_anew_in_the_keyring_heals_a_board_in_the_middle_of_a_shift() -> None:
    before, own = keyring.get_keyring(), Memory()
    keyring.set_keyring(own)
    own.set_password("smart-console", "cad", "old")
    try:
        async with Chaos() as server:
            lets_in_everywhere(server, "old", "new")
            async with watching(configured(server, "keyring:cad")) as board:
                await board.until(lambda state: state.calls)
                server.play("/v1/calls", lets_in("new", answer=page({"id": "c1"}, {"id": "c2"})))
                await board.until_feed("sign_in")
                assert board.state.calls.keys() == {"c1"}
                own.set_password("smart-console", "cad", "new")
                board.hub.hurry()
                await board.until(lambda state: len(state.calls) == 2)
    finally:
        keyring.set_keyring(before)


async def test_a_new_password_is_spent_in_place_of_the_refused_one() -> None:
    new = replace(PASSWORD, secret="better")
    async with Chaos() as server:
        server.play(TOKEN, invalid_grant(), gives("t1"))
        lets_in_everywhere(server, "t1")
        async with watching(replace(spec(server), sign_in=PASSWORD, renew=lambda: new)) as board:
            await board.until_feed("password_refused")
            board.hub.hurry()
            await board.until(lambda state: state.calls)
            assert [form(asked)["password"] for asked in bought(server)] == ["hunter2", "better"]


async def test_a_secret_that_cannot_be_read_again_has_the_old_one_tried(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "token"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o600)
    async with Chaos() as server:
        lets_in_everywhere(server, "other")
        async with watching(configured(server, f"file:{file}")) as board:
            await board.until_feed("sign_in")
            file.unlink()
            lets_in_everywhere(server, "old")
            board.hub.hurry()
            await board.until_feed("ok")
    assert "cad: its secret cannot be read again" in caplog.text


async def test_a_keyring_that_waits_for_a_person_holds_up_no_other_source_nor_the_end() -> None:
    asked, free = threading.Semaphore(0), threading.Event()

    def locked() -> SignIn:
        asked.release()
        free.wait(30.0)
        return bearer("new")

    try:
        async with Chaos() as city, Chaos() as county:
            lets_in_everywhere(city, "new")
            county.play("/v1/calls", GOOD)
            sources = (replace(spec(city), renew=locked), spec(county, name="county", every=60.0))
            async with watching(*sources) as board:
                await board.until_feed("sign_in")
                await board.until_feed("ok", "county/calls")
                seen = county.times("/v1/calls")
                for _ in range(3):
                    board.hub.hurry()
                await eventually(lambda: county.times("/v1/calls") > seen)
                assert board.feed().reported is Health.AUTH
            assert asked.acquire(blocking=False)
            assert not asked.acquire(blocking=False)
    finally:
        free.set()


async def test_the_secret_of_a_source_that_answers_is_not_asked_for_again() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", GOOD)

        def never() -> SignIn:
            raise AssertionError

        async with watching(replace(spec(server), renew=never)) as board:
            await board.until_feed("ok")
            seen = server.times("/v1/calls")
            board.hub.hurry()
            await eventually(lambda: server.times("/v1/calls") > seen)
