"""Secrets in the keyring of the operating system, under the console's own name; nothing of them on disk."""

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "smart-console"
NAMES = "names of all secrets"
"""The entry that lists the names: a keyring cannot be asked for them. No secret can have a name with spaces."""

INSTEAD = "name the secret as env:NAME or file:PATH (chmod 600)"


class NoKeyring(Exception):
    """The keyring cannot be used; the text says why and what to do."""


def usable() -> str:
    """What keeps the secrets here, in a few words. Raises `NoKeyring`."""
    backend = _backend()
    return f"{backend.name}" if backend.name else type(backend).__name__


def fetch(name: str) -> str | None:
    """The secret ``name``; ``None`` where there is none. Raises `NoKeyring`."""
    import keyring.errors

    try:
        return _backend().get_password(SERVICE, name)
    except keyring.errors.KeyringError as error:
        raise _locked(error) from error


def store(name: str, secret: str) -> None:
    """Keep ``secret`` as ``name``. Raises `NoKeyring`, and `ValueError` for a name of more than one word."""
    _checked(name)
    _put(name, secret)
    _put(NAMES, json.dumps(sorted({*names(), name})))


def remove(name: str) -> bool:
    """Forget the secret ``name``; whether there was one. Raises `NoKeyring`."""
    import keyring.errors

    _checked(name)
    known = fetch(name) is not None
    try:
        if known:
            _backend().delete_password(SERVICE, name)
    except keyring.errors.KeyringError as error:
        raise _locked(error) from error
    _put(NAMES, json.dumps(sorted({*names()} - {name})))
    return known


def names() -> list[str]:
    """The names of the secrets that were stored, in order. Raises `NoKeyring`."""
    try:
        found = json.loads(fetch(NAMES) or "[]")
    except json.JSONDecodeError:
        return []
    return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []


def _put(name: str, text: str) -> None:
    import keyring.errors

    try:
        _backend().set_password(SERVICE, name, text)
    except keyring.errors.KeyringError as error:
        raise _locked(error) from error


def _backend() -> "KeyringBackend":
    """What the system offers; imported late, as no other start needs it."""
    import keyring
    from keyring.backends import chainer, fail, null

    found = keyring.get_keyring()
    parts = found.backends if isinstance(found, chainer.ChainerBackend) else [found]
    if not parts or any(isinstance(part, fail.Keyring | null.Keyring) for part in parts):
        raise NoKeyring(f"this workstation has no keyring: {INSTEAD}")
    if any(type(part).__module__.startswith("keyrings.alt") for part in parts):
        raise NoKeyring(
            f"the keyring here writes secrets to plain files: uninstall keyrings.alt, or {INSTEAD}"
        )
    return found


def _checked(name: str) -> None:
    if not name or not name.isprintable() or any(char.isspace() for char in name):
        raise ValueError("a secret's name is one word, as in keyring:denver-cad")


def _locked(error: Exception) -> NoKeyring:
    return NoKeyring(
        f"the keyring did not open ({type(error).__name__}): unlock it and try again, or {INSTEAD}"
    )
