"""The practice district: a real OneRoster server on this machine that can be broken on purpose."""

from __future__ import annotations

from .district import PracticeDistrict, PracticeError, problems
from .fault import Problem

__all__ = ["PracticeDistrict", "PracticeError", "Problem", "problems"]
