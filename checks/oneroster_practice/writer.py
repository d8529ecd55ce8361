"""Writing to the grade book: PUT, DELETE, and the POST of OneRoster 1.2."""

from __future__ import annotations

import json

from .errors import Errors, Refused
from .exchange import Reply, json_reply
from .gradebook import ENTITIES
from .lists import Lists
from .rows import Record
from .vocabulary import Operation, required_fields

# The fields of a grade-book record that must lead to a record of this district.
_REFERENCES = ("class", "student", "lineItem", "category", "assessmentLineItem", "gradingPeriod")


class Writer:
    """Writes to the grade book."""

    def __init__(self, lists: Lists, errors: Errors):
        self._lists = lists
        self._errors = errors

    def put(self, asked: Operation, sourced_id: str, body: bytes) -> Reply:
        """Write one record under its own sourcedId."""
        entity = ENTITIES[asked.collection]
        record = self._one(body, asked.envelope)
        if record.get("sourcedId") != sourced_id:
            raise self._invalid("The sourcedId in the body is not the one in the address.")
        self._check(entity, record)
        new = self._lists.gradebook.put(entity, sourced_id, record)
        return json_reply(201 if new else 200, {asked.envelope: record})

    def delete(self, asked: Operation, sourced_id: str) -> Reply:
        """Remove one record."""
        if self._lists.gradebook.delete(ENTITIES[asked.collection], sourced_id):
            return Reply(204)
        return self._errors.reply(404, "unknown object", "There is no such object.")

    def post(self, asked: Operation, ids: tuple[str, ...], body: bytes) -> Reply:
        """Write several new records; the district gives each its sourcedId."""
        entity = ENTITIES[asked.collection]
        if self._lists.parent(asked.shape, ids) is None:
            return self._errors.reply(404, "unknown object", "There is no such object.")
        records = self._body(body).get(asked.collection)
        if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
            raise self._invalid(f"The body has no list {asked.collection}.")
        for record in records:
            self._check(entity, record)
        pairs = []
        for record in records:
            supplied = str(record["sourcedId"])
            allocated = self._lists.gradebook.free_id(entity)
            self._lists.gradebook.put(entity, allocated, record | {"sourcedId": allocated})
            pairs.append({"suppliedSourcedId": supplied, "allocatedSourcedId": allocated})
        return json_reply(201, {"sourcedIdPairs": pairs})

    def _body(self, body: bytes) -> Record:
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            # RecursionError: a body of nothing but opening brackets.
            value = None
        if not isinstance(value, dict):
            raise self._invalid("The body is not a JSON object.")
        return value

    def _one(self, body: bytes, envelope: str) -> Record:
        record = self._body(body).get(envelope)
        if not isinstance(record, dict):
            raise self._invalid(f"The body has no {envelope}.")
        return record

    def _check(self, entity: str, record: Record) -> None:
        for name in required_fields(self._errors.version, entity):
            if record.get(name) in (None, "", []):
                raise self._invalid(f"{name} is required.")
        for name in _REFERENCES:
            reference = record.get(name)
            if reference is None:
                continue
            target = reference.get("sourcedId") if isinstance(reference, dict) else None
            if not isinstance(target, str) or not self._lists.has(name, target):
                raise self._invalid(f"{name} does not refer to anything here.")

    def _invalid(self, words: str) -> Refused:
        return Refused(self._errors.reply(400, "invalid data", words))
