"""The ids of a practice district's records, and the references to them."""

from __future__ import annotations

from oneroster_checks.connection import OneRosterVersion

from .form import Record
from .people import Role
from .site import Site

# A number in an id; in a template a mark is in its place.
Number = int | str


class References:
    """Makes ids and references; numbers count from 1, those of people from their role's first number."""

    def __init__(self, version: OneRosterVersion, site: Site):
        self._version = version
        self._service = {name: site.service_url(name) for name in ("rostering", "gradebook", "resources")}

    def prefix(self, role: Role) -> str:
        """What comes before a person's number in a sourcedId: the role's letter in 1.1, nothing in 1.2."""
        return role.letter if self._version == "1.1" else ""

    def to(self, path: str, sourced_id: str, entity: str, service: str = "rostering") -> Record:
        """A reference to any record."""
        return {
            "href": f"{self._service[service]}/{path}/{sourced_id}",
            "sourcedId": sourced_id,
            "type": entity,
        }

    def user(self, sourced_id: str) -> Record:
        """A reference to a person."""
        return self.to("users", sourced_id, "user")

    def org(self, number: Number) -> Record:
        """A reference to an org: the district is number 1, the first school number 2."""
        return self.to("orgs", f"org-{number}", "org")

    def session(self, number: Number) -> Record:
        """A reference to an academic session."""
        return self.to("academicSessions", f"session-{number}", "academicSession")

    def course(self, number: Number) -> Record:
        """A reference to a course."""
        return self.to("courses", f"course-{number}", "course")

    def school_class(self, number: Number) -> Record:
        """A reference to a class."""
        return self.to("classes", f"class-{number}", "class")

    def resource(self, number: Number) -> Record:
        """A reference to a resource."""
        return self.to("resources", f"resource-{number}", "resource", "resources")


def base(sourced_id: str, modified: Number) -> Record:
    """What every record has."""
    return {"sourcedId": sourced_id, "status": "active", "dateLastModified": modified}
