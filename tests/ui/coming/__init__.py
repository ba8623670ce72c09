"""Tests of the window of the next two hours."""
