"""Diagnose a OneRoster connection: which check fails, why, and who mends it where."""

__version__ = "0.1.0"
