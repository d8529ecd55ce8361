"""Writing to the grade book: PUT, DELETE, and the POST of OneRoster 1.2."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from oneroster_checks.standard.fields import required_fields

from .errors import ErrorResponses, RequestRefused
from .exchange import Response, json_response
from .fault import WriteRules
from .form import Record
from .gradebook import ENTITY_OF
from .lists import REFERENCES, Lists
from .routing import Route


class GradebookWriter:
    """Writes to the grade book; a body that breaks the standard is refused by raising RequestRefused."""

    def __init__(self, lists: Lists, errors: ErrorResponses, rules: WriteRules):
        self._lists = lists
        self._errors = errors
        self._rules = rules

    def put(self, route: Route, body: bytes) -> Response:
        """Write one record under its own sourcedId."""
        self._refuse(self._rules.puts_refused)
        entity, envelope = ENTITY_OF[route.collection], route.operation.envelope
        sourced_id = route.ids[0]
        record = self._object(body).get(envelope)
        if not isinstance(record, dict):
            raise self._invalid(f"The body has no {envelope}.")
        if record.get("sourcedId") != sourced_id:
            raise self._invalid("The sourcedId in the body is not the one in the address.")
        record = self._complete(entity, record)
        new = self._lists.gradebook.put(entity, sourced_id, self._rules.keep(record))
        return json_response(201 if new else 200, {envelope: record})

    def delete(self, route: Route) -> Response:
        """Delete one record."""
        self._refuse(self._rules.deletes_refused)
        if self._lists.gradebook.delete(ENTITY_OF[route.collection], route.ids[0]):
            return Response(204)
        return self._errors.unknown_object()

    def post(self, route: Route, body: bytes) -> Response:
        """Write several new records; the district gives each its sourcedId."""
        self._refuse(self._rules.puts_refused)
        entity = ENTITY_OF[route.collection]
        if not self._lists.has_parent(route.shape, route.ids):
            return self._errors.unknown_object()
        records = self._object(body).get(route.collection)
        if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
            raise self._invalid(f"The body has no list {route.collection}.")
        pairs = []
        for record in [self._complete(entity, record) for record in records]:
            supplied = str(record["sourcedId"])
            allocated = self._lists.gradebook.free_id(entity)
            self._lists.gradebook.put(entity, allocated, self._rules.keep(record) | {"sourcedId": allocated})
            pairs.append({"suppliedSourcedId": supplied, "allocatedSourcedId": allocated})
        return json_response(201, {"sourcedIdPairs": pairs})

    def _object(self, body: bytes) -> Record:
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            # RecursionError: a body of nothing but opening brackets.
            value = None
        if not isinstance(value, dict):
            raise self._invalid("The body is not a JSON object.")
        return value

    def _complete(self, entity: str, record: Record) -> Record:
        """A record with what the district fills in where a vendor leaves it out."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        filled = {"status": "active", "dateLastModified": now}
        complete = record | {name: value for name, value in filled.items() if record.get(name) in (None, "")}
        self._check(entity, complete)
        return complete

    def _check(self, entity: str, record: Record) -> None:
        for name in required_fields(self._errors.version, entity):
            if record.get(name) in (None, "", []):
                raise self._invalid(f"{name} is required.")
        for name in REFERENCES:
            reference = record.get(name)
            if reference is None:
                continue
            target = reference.get("sourcedId") if isinstance(reference, dict) else None
            if not isinstance(target, str) or not self._lists.has(name, target):
                raise self._invalid(f"{name} does not refer to anything here.")

    def _refuse(self, refused: bool) -> None:
        if refused:
            raise RequestRefused(
                self._errors.response(403, "forbidden", "This connection may not change the grade book.")
            )

    def _invalid(self, words: str) -> RequestRefused:
        return RequestRefused(self._errors.response(400, "invalid data", words))
