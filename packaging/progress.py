"""How the set-up speaks: short plain lines on standard error; standard output stays the program's own."""

import sys


class SetupError(Exception):
    """Ends the set-up with a message for the person at the keyboard; exit code 2: something to do first."""

    def __init__(self, message: str, code: int = 2) -> None:
        super().__init__(message)
        self.code = code


def say(line: str) -> None:
    """One line to the person at the keyboard, at once."""
    print(line, file=sys.stderr, flush=True)
