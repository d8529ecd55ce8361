"""Limits of what a report shows."""

from __future__ import annotations

# What the charts of a report show: so many marks, each of several requests where there are more, and of a label so
# much that it fits on a phone.
CHART_POINTS = 300
CHART_LABEL_CHARACTERS = 42
# A name in the message to the district.
NAME_CHARACTERS = 120
# A longer address of a mail is cut by some mail programs, or refused.
MAILTO_CHARACTERS = 8000
