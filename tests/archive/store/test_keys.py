"""The key of an encrypted file: a wrong one, a lacking one and one too many are told; the file stays as it is."""

from pathlib import Path

import pytest
from sqlalchemy import select

from console.archive.store.database import transaction
from console.archive.store.errors import ArchiveError
from console.archive.store.opening import open_database
from console.archive.store.tables import audit
from tests.archive.conftest import RAW_KEY
from tests.archive.store.made import record

PHRASE = 'the river\'s "long" way'


@pytest.mark.parametrize("key", [RAW_KEY, RAW_KEY.upper(), PHRASE])
def test_nothing_of_an_encrypted_archive_can_be_read_in_its_files(tmp_path: Path, key: str) -> None:
    record(str(tmp_path / "shifts.db"), key, words="CANARY" * 1000)
    held = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert (b"CANARY" in held, b"SQLite format" in held, b"audit" in held) == (False, False, False)


def test_a_passphrase_opens_what_it_closed(tmp_path: Path) -> None:
    path = str(tmp_path / "shifts.db")
    record(path, PHRASE, words="kept")
    with open_database(path, key=PHRASE) as reader, transaction(reader) as connection:
        assert connection.scalar(select(audit.c.detail)) == "kept"


@pytest.mark.parametrize("write", [False, True], ids=["read", "write"])
@pytest.mark.parametrize(
    ("made", "given", "told"),
    [
        (RAW_KEY, RAW_KEY.replace("f", "e"), "the key set is not its key"),
        (RAW_KEY, "a phrase", "the key set is not its key"),
        (RAW_KEY, None, "is encrypted, and no key is set"),
        (None, RAW_KEY, "is not encrypted, but a key is set"),
        (None, "", "the archive's key is empty"),
    ],
    ids=["another key", "a passphrase for a key", "no key", "one too many", "an empty one"],
)
def test_a_key_that_does_not_fit_is_told(
    tmp_path: Path,
    made: str | None,
    given: str | None,
    told: str,
    write: bool,
    capfd: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "shifts.db"
    record(str(path), made)
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match=told) as refused:
        open_database(str(path), key=given, write=write)
    assert path.read_bytes() == before
    assert not given or given not in str(refused.value)
    assert capfd.readouterr() == ("", "")  # SQLCipher has a log of its own
