"""Limits of what a report shows."""

from __future__ import annotations

# What the charts of a report show: so many marks, each of several requests where there are more, and of a label so
# much that it fits on a phone.
CHART_POINTS = 300
CHART_LABEL_CHARACTERS = 42
