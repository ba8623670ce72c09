"""The shift handover in the window: saved as a PDF, or printed."""
