"""The data of a small district in the form of either version: two schools, six students, two teachers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from oneroster_checks.connection import OneRosterVersion

Record = dict[str, object]
Data = dict[str, list[Record]]
Edit = Callable[[Data], None]

_CHANGED = "2025-01-15T06:30:00.000Z"
_STUDENTS = tuple(f"student-{number}" for number in range(1, 7))
_TEACHERS = ("teacher-1", "teacher-2")
_GUARDIANS = ("guardian-1", "guardian-2", "guardian-3")
_CLASSES = ("class-1", "class-2", "class-3", "class-4")


def data_of(version: OneRosterVersion) -> Data:
    """A fresh copy of the whole district, by the name of each collection."""
    newer = version == "1.2"
    return {
        "orgs": list(_orgs()),
        "academicSessions": list(_sessions(date.today())),
        "courses": [_base("course-1", title="Algebra", courseCode="ALG1", org=_to("district-1", "org"))],
        "classes": list(_classes()),
        "users": list(_users(newer)),
        "enrollments": list(_enrollments()),
        "demographics": [_base(student, birthDate="2011-04-05", sex="female") for student in _STUDENTS],
        "categories": [_base("category-1", title="Homework"), _base("category-2", title="Tests")],
        "lineItems": list(_line_items(newer)),
        "results": list(_results(newer)),
        "resources": [_base("resource-1", title="Reader", vendorResourceId="r-1", vendorId="books")],
        "assessmentLineItems": [_base("assessment-1", title="Reading test")] if newer else [],
        "assessmentResults": [],
        "scoreScales": [],
    }


def _base(sourced_id: str, **more: object) -> Record:
    return {"sourcedId": sourced_id, "status": "active", "dateLastModified": _CHANGED, **more}


def _to(sourced_id: str, kind: str) -> Record:
    return {"href": f"https://district.example/{kind}s/{sourced_id}", "sourcedId": sourced_id, "type": kind}


def _orgs() -> Iterator[Record]:
    yield _base("district-1", name="Elm Valley", type="district", identifier="D1")
    for number in (1, 2):
        yield _base(
            f"school-{number}",
            name=f"Elm School {number}",
            type="school",
            identifier=f"S{number}",
            parent=_to("district-1", "org"),
        )


def _sessions(today: date) -> Iterator[Record]:
    start, end = today - timedelta(days=100), today + timedelta(days=180)
    middle = start + timedelta(days=140)
    year = str(end.year)
    spans = (
        ("year-1", "schoolYear", start, end),
        ("term-1", "term", start, middle),
        ("term-2", "term", middle, end),
    )
    for sourced_id, kind, begins, ends in spans:
        yield _base(
            sourced_id,
            title=sourced_id.title(),
            type=kind,
            startDate=begins.isoformat(),
            endDate=ends.isoformat(),
            schoolYear=year,
        )


def _classes() -> Iterator[Record]:
    for number, sourced_id in enumerate(_CLASSES):
        yield _base(
            sourced_id,
            title=f"Algebra {number + 1}",
            classType="scheduled",
            course=_to("course-1", "course"),
            school=_to(f"school-{1 + number % 2}", "org"),
            terms=[_to("term-1", "academicSession")],
        )


def _users(newer: bool) -> Iterator[Record]:
    people = [*((one, "student") for one in _STUDENTS), *((one, "teacher") for one in _TEACHERS)]
    people += [(one, "guardian") for one in _GUARDIANS]
    for number, (sourced_id, role) in enumerate(people):
        org = _to(f"school-{1 + number % 2}", "org")
        user = _base(
            sourced_id,
            username=f"elm{number}",
            enabledUser="true",
            givenName=f"Pernilla{number}",
            familyName=f"Quastrup{number}",
            email=f"pernilla{number}@elm.example",
        )
        if newer:
            user |= {"primaryOrg": org, "roles": [{"roleType": "primary", "role": role, "org": org}]}
        else:
            user |= {"role": role, "orgs": [org]}
        if role == "student":
            user["agents"] = [_to(_GUARDIANS[number % len(_GUARDIANS)], "user")]
        yield user


def _enrollments() -> Iterator[Record]:
    for place, class_id in enumerate(_CLASSES):
        members = [(student, "student") for student in _STUDENTS[place % 2 :: 2]]
        members.append((_TEACHERS[place % 2], "teacher"))
        for person, role in members:
            yield _base(
                f"{class_id}-{person}",
                role=role,
                primary="true" if role == "teacher" else "false",
                user=_to(person, "user"),
                school=_to(f"school-{1 + place % 2}", "org"),
                **{"class": _to(class_id, "class")},
            )


def _line_items(newer: bool) -> Iterator[Record]:
    for number in (1, 2, 3):
        item = _base(
            f"item-{number}",
            title=f"Sheet {number}",
            assignDate=_CHANGED,
            dueDate=_CHANGED,
            category=_to("category-1", "category"),
            gradingPeriod=_to("term-1", "academicSession"),
            resultValueMin=0.0,
            resultValueMax=10.0,
            **{"class": _to("class-1", "class")},
        )
        if newer:
            item["school"] = _to("school-1", "org")
        yield item


def _results(newer: bool) -> Iterator[Record]:
    for number in (1, 2, 3):
        yield _base(
            f"result-{number}",
            lineItem=_to(f"item-{number}", "lineItem"),
            student=_to("student-1", "user"),
            scoreStatus="fully graded",
            score=7.5,
            scoreDate="2025-01-10",
        )


def roles_of(user: Record) -> set[str]:
    """The roles of a user in either form."""
    several = user.get("roles")
    if isinstance(several, list):
        return {str(item.get("role")) for item in several if isinstance(item, dict)}
    return {str(user.get("role"))}


# The edits that a row of the table makes to the data.


def nothing_in(*names: str) -> Edit:
    """These collections are empty."""

    def edit(data: Data) -> None:
        for name in names:
            data[name] = []

    return edit


def nobody_who_is(*roles: str) -> Edit:
    """Nobody with one of these roles is among the users; whatever refers to them stays."""

    def edit(data: Data) -> None:
        data["users"] = [user for user in data["users"] if not roles_of(user) & set(roles)]

    return edit


def without(*sourced_ids: str) -> Edit:
    """These records are missing from their own collection."""

    def edit(data: Data) -> None:
        for name, rows in data.items():
            data[name] = [row for row in rows if row["sourcedId"] not in sourced_ids]

    return edit


def each(name: str, change: Callable[[Record], Record]) -> Edit:
    """Every record of a collection is changed."""

    def edit(data: Data) -> None:
        data[name] = [change(row) for row in data[name]]

    return edit


def every_record(change: Callable[[Record], Record]) -> Edit:
    """Every record of every collection is changed."""

    def edit(data: Data) -> None:
        for name, rows in data.items():
            data[name] = [change(row) for row in rows]

    return edit


def lacking(*fields: str) -> Callable[[Record], Record]:
    """The record without some fields."""
    return lambda row: {name: value for name, value in row.items() if name not in fields}


def holding(**values: object) -> Callable[[Record], Record]:
    """The record with some fields set."""
    return lambda row: {**row, **values}


def many(name: str, number: int) -> Edit:
    """A collection grows to this many records, by copies of its own under new sourcedIds.

    Copies of enrollments are in classes of their own, and those that would not fill such classes in others of the
    first ones: nobody is in a class twice, and each has a teacher.
    """

    def edit(data: Data) -> None:
        rows = data[name]
        copies = [
            {**rows[index % len(rows)], "sourcedId": f"{rows[index % len(rows)]['sourcedId']}-{index:04}"}
            for index in range(len(rows), number)
        ]
        if name == "enrollments":
            full = len(copies) // len(rows) * len(rows)
            copies = [
                {**copy, "class": _copied(data, copy["class"], 1 + index // len(rows))}
                if index < full
                else {**copy, "primary": "false", "class": _other(copy["class"])}
                for index, copy in enumerate(copies)
            ]
        data[name] = [*rows, *copies]

    return edit


def _copied(data: Data, reference: object, number: int) -> object:
    """A reference to a copy of the class that one leads to, which is made where it is not there."""
    if not isinstance(reference, dict):
        return reference
    old, new = reference["sourcedId"], f"{reference['sourcedId']}-{number}"
    classes = data["classes"]
    if not any(each["sourcedId"] == new for each in classes):
        classes += [{**each, "sourcedId": new} for each in classes if each["sourcedId"] == old]
    return {**reference, "sourcedId": new}


def _other(reference: object) -> object:
    """A reference to the class whose members are all others: of class-1 that is class-2."""
    if not isinstance(reference, dict):
        return reference
    name, _, number = str(reference["sourcedId"]).partition("-")
    return {**reference, "sourcedId": f"{name}-{(int(number) - 1 ^ 1) + 1}"}


def last_first(name: str) -> Edit:
    """A collection comes in the opposite order, so that whom everybody refers to stands on its last page."""

    def edit(data: Data) -> None:
        data[name] = data[name][::-1]

    return edit


def sessions_from(start: int, end: int) -> Edit:
    """The whole school year lies between these days, counted from today."""

    def edit(data: Data) -> None:
        today = date.today()
        dates = {
            "startDate": (today + timedelta(days=start)).isoformat(),
            "endDate": (today + timedelta(days=end)).isoformat(),
        }
        data["academicSessions"] = [{**row, **dates} for row in data["academicSessions"]]

    return edit
