"""NENA EIDO JSON (NENA-STA-021.1b): each document is a snapshot of one incident and who was sent to it."""
