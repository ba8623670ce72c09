"""Sets the console up and starts it, its tests or its benchmarks: one command from a fresh checkout.

    python3 packaging/bootstrap.py demo          the console on the demo city (and its arguments: demo --speed 4)
    python3 packaging/bootstrap.py run           the console on the configured sources
    python3 packaging/bootstrap.py setup         the set-up alone
    python3 packaging/bootstrap.py test          every check: format, style, types, imports, tests
    python3 packaging/bootstrap.py test ARGS     pytest with these arguments
    python3 packaging/bootstrap.py lint          every check but the tests
    python3 packaging/bootstrap.py bench NAME    benchmarks (all of them without a name); --json for programs

It needs Python 3.11 or newer and nothing else. It makes .venv in the checkout, fills it with pip, and on Debian
and Ubuntu installs the system libraries that Qt lacks (as root, or it prints the command). Exit code 2: do what
it says.
"""

# Older Pythons have to understand this file far enough to say that they are too old; the rest is in commands.py.
import sys

if sys.version_info < (3, 11):
    raise SystemExit(
        "SMART Console needs Python 3.11 or newer; this is %d.%d. Install a newer one and start with it, for"
        " example: python3.12 packaging/bootstrap.py demo" % sys.version_info[:2]
    )

from commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], str(__doc__)))
