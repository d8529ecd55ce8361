"""Every kind of reference that is followed: where it stands, and the collection that it leads to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReferenceKind:
    """References of one kind, such as enrollment.user: the column of a table, and what they lead to.

    `in_links` says that a record may have several, of which all but the first are links.
    """

    kind: str
    table: str
    column: str
    target: str
    in_links: bool = False


REFERENCES = (
    ReferenceKind("org.parent", "orgs", "parent", "orgs"),
    ReferenceKind("org.children", "orgs", "child", "orgs", in_links=True),
    ReferenceKind("academicSession.parent", "academicSessions", "parent", "academicSessions"),
    ReferenceKind("academicSession.children", "academicSessions", "child", "academicSessions", in_links=True),
    ReferenceKind("course.org", "courses", "org", "orgs"),
    ReferenceKind("course.schoolYear", "courses", "schoolYear", "academicSessions"),
    ReferenceKind("class.course", "classes", "course", "courses"),
    ReferenceKind("class.school", "classes", "school", "orgs"),
    ReferenceKind("class.terms", "classes", "term", "academicSessions", in_links=True),
    ReferenceKind("user.orgs", "users", "org", "orgs", in_links=True),
    ReferenceKind("user.roles.org", "users", "role_org", "orgs", in_links=True),
    ReferenceKind("user.primaryOrg", "users", "primaryOrg", "orgs"),
    ReferenceKind("user.agents", "users", "agent", "users", in_links=True),
    ReferenceKind("enrollment.user", "enrollments", "user", "users"),
    ReferenceKind("enrollment.class", "enrollments", "class", "classes"),
    ReferenceKind("enrollment.school", "enrollments", "school", "orgs"),
    # A record of demographics has the sourcedId of its user.
    ReferenceKind("demographics.user", "demographics", "id", "users"),
    ReferenceKind("lineItem.class", "lineItems", "class", "classes"),
    ReferenceKind("lineItem.category", "lineItems", "category", "categories"),
    ReferenceKind("result.lineItem", "results", "lineItem", "lineItems"),
    ReferenceKind("result.student", "results", "student", "users"),
)
