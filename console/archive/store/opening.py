"""Opens an archive: a SQLite file on this workstation, plain or encrypted, or a shared PostgreSQL database."""

from msgspec.structs import replace

from console.archive.store import files, servers
from console.archive.store.database import Database, Salvage, inode_of, transaction
from console.archive.store.errors import ArchiveError, Damaged, Lost, Unknown, refuse
from console.archive.store.places import path_of, refuse_network, served
from console.archive.store.reading import ask, look_whole
from console.archive.store.versions import refuse_newer, refuse_unready, version_of


def open_database(url: str, *, key: str | None = None, write: bool = False, create: bool = True) -> Database:
    """The archive at ``url``: ``sqlite:///path``, a path, or ``postgresql://user@host/database``.

    ``key`` encrypts a file: 64 hexadecimal digits are the key itself, anything else is a passphrase. Without
    ``write`` nothing is made or changed, and the archive is of this program's version. With it a missing file
    is made (unless ``create`` is false), and only a `claim` makes or updates its tables.
    Raises `ArchiveError`, and `NewerArchive` before anything is touched.
    """
    if served(url):
        return _open_server(url, key, write)
    if key is not None and (not key or "\0" in key):
        refuse("the archive's key is empty: set one, or leave it out for a file that is not encrypted")
    path = path_of(url)
    refuse_network(path)
    if write and create:
        files.make(path)
    return _open_file(files.File(path, key, write))


def _open_file(file: files.File) -> Database:
    files.refuse_unopenable(file)
    if not file.path.stat().st_size:
        return opened_file(file)
    reader = replace(file, write=False)
    lone = not files.journaled(file.path)
    if lone:
        _refuse_unfit(replace(reader, without_journal=True), file.write)
    if lone and file.write:
        return opened_file(file)
    looked_at = opened_file(reader)
    try:
        look_whole(looked_at)
        _refuse(looked_at, file.write)
    except ArchiveError:
        looked_at.close()
        raise
    if not file.write:
        return looked_at
    looked_at.close()
    return opened_file(file)


def _refuse_unfit(file: files.File, write: bool) -> None:
    """What is not for this program is left without a journal beside it, which SQLite makes even to read."""
    with opened_file(file) as looked_at:
        try:
            _refuse(looked_at, write=True)
        except Unknown:
            raise
        except Damaged:
            if write:
                raise


def opened_file(file: files.File) -> Database:
    """The database of a file, into which nobody has looked yet."""
    return Database(
        kind="sqlite",
        engine=files.engine(file),
        name=str(file.path),
        write=file.write,
        path=file.path,
        encrypted=file.key is not None,
        inode=inode_of(file.path),
        salvage=Salvage(file),
    )


def _open_server(url: str, key: str | None, write: bool) -> Database:
    if key is not None:
        refuse(
            "a key encrypts a file; of a PostgreSQL archive the server's own disk is encrypted: leave it out"
        )
    parsed = servers.address(url)
    opened = Database("postgresql", servers.engine(parsed, write), servers.name(parsed), write)
    try:
        _refuse(opened, write)
    except Lost as error:
        opened.close()
        why = servers.reason(error.__cause__)
        raise ArchiveError(f"{opened.name} cannot be opened: {why}") from None  # may quote the address
    except ArchiveError:
        opened.close()
        raise
    return opened


def _refuse(database: Database, write: bool) -> None:
    if write:
        with transaction(database) as connection:
            refuse_newer(version_of(connection))
    else:
        refuse_unready(ask(database, version_of))
