"""The practice district: a real OneRoster server on this machine that can be broken on purpose."""

from __future__ import annotations

from oneroster_checks.connection import Share

from .district import PracticeDistrict, PracticeError, problems
from .fault import Problem

__all__ = ["DEMO_SHARE", "PracticeDistrict", "PracticeError", "Problem", "problems"]

# What the district shares in a demonstration: enough for every row of the checklist to be settled.
DEMO_SHARE: tuple[Share, ...] = ("rostering", "demographics", "gradebook")
