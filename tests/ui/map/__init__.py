"""Tests of the map: what it is told, and how it shows that in a real web view."""
