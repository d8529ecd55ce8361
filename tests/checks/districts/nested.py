"""The lists below a record: the students of a class, the classes of a term, the results of a line item."""

from __future__ import annotations

from collections.abc import Callable

from oneroster_checks.standard.envelopes import reference, references

from ...servers import Request
from .listing import envelope_of, rows_of
from .records import Data, Record
from .shapes import Shape

Keep = Callable[[Record], bool]


def nested_place(request: Request, shape: Shape) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The list that a request asks for below one record or two, with their collections and sourcedIds; "" for none."""
    for root in shape.roots:
        if request.path.startswith(f"{root}/"):
            words = request.path[len(root) + 1 :].rstrip("/").split("/")
            parents = tuple(zip(words[:-1:2], words[1::2], strict=False))
            if len(words) in (3, 5) and all(envelope_of(word) for word in words[::2]):
                return words[-1], parents
    return "", ()


def data_below(collection: str, parents: tuple[tuple[str, str], ...], data: Data) -> Data | None:
    """The data with only those records of a collection that lie below the parents; None when one is not there."""
    for word, id in parents:
        if all(str(row.get("sourcedId")) != id for row in rows_of(word, data)):
            return None
    name = envelope_of(collection)
    keeps = [_rule(collection, word, id, data) for word, id in parents]
    return {**data, name: [row for row in data[name] if all(keep(row) for keep in keeps)]}


def _rule(collection: str, word: str, id: str, data: Data) -> Keep:
    """Which records of a collection lie below one record."""
    enrollments = data["enrollments"]
    if word in ("students", "teachers", "users") and collection == "classes":
        taken = {reference(row, "class") for row in enrollments if reference(row, "user") == id}
        return lambda row: row["sourcedId"] in taken
    if word == "students" and collection == "results":
        return lambda row: reference(row, "student") == id
    if word == "lineItems":
        return lambda row: reference(row, "lineItem") == id
    if word == "classes" and collection in ("students", "teachers"):
        role = collection.removesuffix("s")
        members = {
            reference(row, "user")
            for row in enrollments
            if reference(row, "class") == id and row.get("role") == role
        }
        return lambda row: row["sourcedId"] in members
    if word == "classes" and collection == "results":
        items = {row["sourcedId"] for row in data["lineItems"] if reference(row, "class") == id}
        return lambda row: reference(row, "lineItem") in items
    if word == "classes" and collection in ("lineItems", "enrollments", "scoreScales"):
        return lambda row: reference(row, "class") == id
    if word == "schools" and collection in ("classes", "enrollments"):
        return lambda row: reference(row, "school") == id
    if word == "courses" and collection == "classes":
        return lambda row: reference(row, "course") == id
    if word == "terms" and collection == "classes":
        return lambda row: id in references(row, "terms")
    if word == "terms" and collection == "gradingPeriods":
        return lambda row: reference(row, "parent") == id
    # What is below a school, and the categories and resources of a class, are those of the district.
    return lambda row: True
