"""The documented exit codes."""

DONE = 0
NO = 1
WRONG_USE = 2
UNREACHABLE = 3
UNREADABLE = 4
