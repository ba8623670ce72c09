"""Which names say that a secret stands there: the one rule of configurations and mappings."""

import re
from urllib.parse import parse_qsl, urlsplit

TEMPLATES = ("{secret}", "{username}")
"""What a login may write where the source's own secret or user name goes."""

_ANYWHERE = re.compile(r"passw(or)?d|passphrase|pwd|secret|token|apikey|authorization|credential")
_AT_AN_END = re.compile(r"key$|^pin|pin$")
"""Short words that other words hold as well: a mapping, a keyword."""


def secretive(name: str) -> bool:
    """Whether what is called ``name`` is a secret, however it is written: ``API-Key``, ``apiKey``, ``Api Key``."""
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    return bool(_ANYWHERE.search(plain) or _AT_AN_END.search(plain))


def secret_parameter(url: str) -> str:
    """The first parameter of ``url`` that is named like a secret; empty for none."""
    try:
        query = urlsplit(url).query
    except ValueError:
        return ""
    return next((name for name, _ in parse_qsl(query, keep_blank_values=True) if secretive(name)), "")
