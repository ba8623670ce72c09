"""The page that folium composes: everything it asks for is ours, and it is composed once."""

import re
from pathlib import Path

from console.ui.map import assets
from console.ui.map.page import POLICY, compose
from console.ui.map.pages import Page, page
from console.ui.map.scheme import ORIGIN, Files


def test_no_address_of_the_page_leads_to_another_host() -> None:
    made = compose()
    found = re.findall(r"[a-z]+://[^\s\"'<)]+", (made.html + made.script).decode())
    assert found
    assert all(address.startswith(f"{ORIGIN}/") for address in found)


def test_every_file_that_the_page_asks_for_is_served(files: Files) -> None:
    asked = re.findall(rf'(?:src|href)="{ORIGIN}([^"]+)"', compose().html.decode())
    assert "/leaflet.js" in asked
    assert all(files[path].read() for path in asked)


def test_our_own_files_name_no_other_host(files: Files) -> None:
    ours = [
        file.read()
        for path, file in files.items()
        if re.match(r"/(?!leaflet|qwebchannel)\w+\.(js|css)", path)
    ]
    assert len(ours) > 10
    assert not any(re.search(rb"https?://|//cdn", content) for content in ours)


def test_no_script_stands_in_the_page_itself() -> None:
    html = compose().html.decode()
    assert POLICY in html
    assert all(" src=" in tag for tag in re.findall(r"<script[^>]*>", html))
    assert not re.search(r"\son\w+=", html)


def test_a_kept_page_is_not_composed_again(tmp_path: Path) -> None:
    made = page(tmp_path, lambda: Page(b"<html>", b"script"))
    assert page(tmp_path, _never) == made


def test_a_damaged_cache_is_composed_anew(tmp_path: Path) -> None:
    page(tmp_path, lambda: Page(b"<html>", b"script"))
    [kept] = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes().replace(b"script", b"attack"))
    assert page(tmp_path, lambda: Page(b"new", b"new")) == Page(b"new", b"new")


def test_a_cache_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert page(blocked, lambda: Page(b"a", b"b")) == Page(b"a", b"b")


def test_base_maps_are_known_by_name(files: Files) -> None:
    assert "streets" in assets.base_maps(files)["demo-city"]


def _never() -> Page:
    raise AssertionError("composed again")
