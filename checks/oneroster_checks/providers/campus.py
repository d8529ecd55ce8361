"""The screens of Infinite Campus: what the district looks at on the screen of a connection, as it is called there."""

from __future__ import annotations

from collections.abc import Mapping

from ..points import Point

# The parts of the data as the switches are called, under Data to Share.
SWITCHES: Mapping[str, str] = {
    "rostering": "Rostering",
    "demographics": "Demographics",
    "gradebook": "Grade Book",
    "assessments": "Assessments",
    "resources": "Resources",
}
_GRADE_BOOK = f"Edit > Data to Share > {SWITCHES['gradebook']}"
# Where a point is seen, behind the click path to the screen.
PLACES: Mapping[Point, str] = {
    Point.CONNECTION_ACTIVE: "Edit > Status: Active",
    Point.CONNECTION_ENABLED: "Edit > Status: Enabled, then Save",
    Point.SCHOOLS_CHOSEN: "Edit > the list of schools",
    Point.SUPPORTED_CONNECTION: "the tile with the green check, not “Connect to Other Applications”",
    Point.GRADEBOOK_ENABLED: _GRADE_BOOK,
    Point.ROSTER_ONLY_CREDENTIALS: _GRADE_BOOK,
    Point.DATA_TO_SHARE: "Edit > Data to Share",
}
