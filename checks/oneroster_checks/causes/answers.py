"""What the district does about a point of the checklist that it has answered with "no"."""

from __future__ import annotations

from collections.abc import Mapping

from ..providers import Provider
from .model import Point, Step, district
from .steps import ACTIVE_IN_CAMPUS, CAMPUS, MAKE_ACTIVE, SCHOOLS_IN_CAMPUS, share_in_campus

_NEW_CONNECTION = district(
    "Create a new connection from {vendor_own} own tile, the one with the green check, and send its values to "
    "{vendor} over a channel that is safe for passwords.",
    sends_secret=True,
    line="Connect from {vendor_own} own tile and send the values safely.",
)
_IN_GENERAL: Mapping[Point, Step] = {
    Point.CONNECTION_ACTIVE: MAKE_ACTIVE,
    Point.CONNECTION_ENABLED: MAKE_ACTIVE,
    Point.SCHOOLS_CHOSEN: district("Select all the schools to share with {vendor}."),
    Point.SUPPORTED_CONNECTION: _NEW_CONNECTION,
    Point.GRADEBOOK_ENABLED: district("Turn on the grade book for {vendor_own} connection."),
}
_IN_CAMPUS: Mapping[Point, Step] = {
    **_IN_GENERAL,
    Point.CONNECTION_ACTIVE: ACTIVE_IN_CAMPUS,
    Point.CONNECTION_ENABLED: ACTIVE_IN_CAMPUS,
    Point.SCHOOLS_CHOSEN: SCHOOLS_IN_CAMPUS,
    Point.GRADEBOOK_ENABLED: share_in_campus("Grade Book"),
}


def steps_for_point(point: Point, known: Provider) -> tuple[Step, ...]:
    """The templates of the district's steps for a point that is not in order, for `filled`.

    An empty tuple for a point about which the district is not asked.
    """
    if point is Point.CAMPUS_LEARNING_LICENSE and known.gradebook_license:
        return (
            district(
                f"Tell {{vendor}} whether a {known.gradebook_license} license is planned. Without it, Grade Book "
                "cannot be shared.",
                line=f"Tell {{vendor}} whether a {known.gradebook_license} license is planned.",
            ),
        )
    step = (_IN_CAMPUS if known.id == CAMPUS else _IN_GENERAL).get(point)
    return () if step is None else (step,)
