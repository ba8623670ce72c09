"""Tests of alarms as values."""
