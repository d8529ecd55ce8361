"""Writing to a grade book and removing it again: each request, what is read back, and what is still there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import limits
from ..evidence import Evidence
from ..made_records import MadeRecord, WriteJournal
from ..standard.envelopes import Record, id_of
from .write_records import is_deleted

if TYPE_CHECKING:
    from ..client.authorization import Authorizer
    from ..client.data import DataClient
    from ..client.reading import Reading
    from ..http.session import Session


@dataclass(frozen=True, slots=True)
class Lookup:
    """Whether a record was found: the record, None where it is not there; and the requests that show it.

    `certain` is False where nothing could be read, so that nobody knows.
    """

    record: Record | None
    certain: bool
    proof: tuple[Evidence, ...]


class Writing:
    """The records of this tool's own in the grade book of one class, from before they are sent until they are gone.

    `authorizer` is what writes are authorized with, None for the one that reads. `made` are the records that may be
    there, in the order of their making; nothing is sent before the `journal` has noted it.
    """

    def __init__(
        self,
        session: Session,
        data: DataClient,
        class_id: str,
        journal: WriteJournal,
        made: Iterable[MadeRecord] = (),
    ) -> None:
        self._session = session
        self._data = data
        self._journal = journal
        self.class_id = class_id
        self.authorizer: Authorizer | None = None
        self.made: list[MadeRecord] = list(made)
        # A write without an answer may still be carried out.
        self._unanswered: set[MadeRecord] = set()
        # Those that were read by their id, so that a 404 says that they are gone.
        self._read_by_id: set[MadeRecord] = set()

    async def put(self, made: MadeRecord, record: Record, note: str) -> Reading:
        """Send a record; OSError when the journal cannot be written, and then nothing is sent."""
        if made not in self.made:
            self._journal.about_to_write(self.class_id, made)
            self.made.append(made)
        self._unanswered.add(made)
        answer = await self._data.put(
            made.path, made.sourced_id, record, authorizer=self.authorizer, note=note
        )
        if answer.status is not None and answer.status < 500:
            self._unanswered.discard(made)
        return answer

    async def read_back(self, made: MadeRecord, fits: Callable[[Record], bool]) -> Lookup:
        """The record as the server has it, looked for again while it does not fit: some apply a write late."""
        return await self._look(made, lambda found: found.record is not None and fits(found.record))

    async def remove(self, made: MadeRecord) -> tuple[bool, tuple[Evidence, ...]]:
        """Delete a record and look whether it is gone, with the requests that show it."""
        answer = await self._data.delete(
            made.path, made.sourced_id, authorizer=self.authorizer, note="removing the test record"
        )
        proof: tuple[Evidence, ...] = (answer.evidence,)
        if made in self._unanswered and not answer.accepted:
            await self._session.clock.sleep(limits.LATE_WRITE_S)
        found = await self._look(made, lambda found: found.record is None, often=answer.accepted)
        proof += found.proof
        if found.record is not None and made in self._unanswered and not answer.accepted:
            # It was written behind its removal.
            answer = await self._data.delete(
                made.path, made.sourced_id, authorizer=self.authorizer, note="removing the test record again"
            )
            found = await self._look(made, lambda found: found.record is None, often=answer.accepted)
            proof += (answer.evidence, *found.proof)
        is_gone = found.record is None and (found.certain or answer.accepted)
        if is_gone:
            self._forget(made)
        return is_gone, proof

    async def remove_all(self) -> tuple[Evidence, ...]:
        """Remove what may be there, the last first, since each refers to the one before; what stays is in `made`."""
        proof: tuple[Evidence, ...] = ()
        for made in reversed(tuple(self.made)):
            proof += (await self.remove(made))[1]
        return proof

    async def close(self) -> None:
        """Remove what is left when a run ends early; takes at most `limits.CLEAN_UP_S`, and cannot be canceled.

        CancelledError afterwards when it should have been.
        """
        clock, canceled = self._session.clock, False
        ends = clock.monotonic() + limits.CLEAN_UP_S
        rounds = 0
        while self.made and rounds < limits.CLEAN_UP_ROUNDS:
            left = ends - clock.monotonic()
            if left <= 0:
                break
            try:
                async with asyncio.timeout(left):
                    if rounds:
                        await clock.sleep(limits.LOOK_AGAIN_S)
                    with self._session.budget.apart(left, limits.CLEAN_UP_REQUESTS):
                        await self.remove_all()
                rounds += 1
            except asyncio.CancelledError:
                # Whoever is in a hurry waits these seconds: a record in a grade book would stay for good.
                canceled = True
            except Exception:
                # What stays is in the journal.
                rounds += 1
        if canceled:
            raise asyncio.CancelledError

    def _forget(self, made: MadeRecord) -> None:
        self.made.remove(made)
        # The record is gone, whatever becomes of the journal: its next reader finds nothing to remove.
        with suppress(OSError):
            self._journal.removed(made)

    async def _look(self, made: MadeRecord, ends: Callable[[Lookup], bool], *, often: bool = True) -> Lookup:
        """Look for a record until it is as it should be, a few times with a pause between."""
        found = await self._find(made)
        proof = found.proof
        for _ in range(limits.LOOKS_FOR_A_RECORD - 1 if often else 0):
            if ends(found):
                break
            await self._session.clock.sleep(limits.LOOK_AGAIN_S)
            found = await self._find(made)
            proof += found.proof
        return Lookup(found.record, found.certain, proof)

    async def _find(self, made: MadeRecord) -> Lookup:
        """A record by its id; where that finds nothing, in the lists where it would be."""
        one = await self._data.one(made.path, made.sourced_id, note="reading the test record")
        record = _of(one, made)
        if record is not None:
            self._read_by_id.add(made)
            return Lookup(record, True, (one.evidence,))
        if is_absent(one) and (made in self._read_by_id or self._marked_deleted(one, made)):
            return Lookup(None, True, (one.evidence,))
        listed = await self._listed(made)
        record = next((found for reading in listed if (found := _of(reading, made)) is not None), None)
        # A list tells only where it came whole; what is asked for by its id is the whole.
        is_told = any(reading.good and not reading.cut for reading in listed) or is_absent(one)
        return Lookup(
            record, record is not None or is_told, (one.evidence, *(each.evidence for each in listed))
        )

    def _marked_deleted(self, one: Reading, made: MadeRecord) -> bool:
        return any(id_of(row) == made.sourced_id and is_deleted(row) for row in one.rows)

    async def _listed(self, made: MadeRecord) -> list[Reading]:
        """The lists in which a record would be: that of its class, and where it is not offered, the collection."""
        note, rows = "looking for the test record", limits.LOOKED_THROUGH_ROWS
        name = f"/classes/{{}}{made.path}"
        found: list[Reading] = []
        with suppress(KeyError):
            found.append(await self._data.below(name, self.class_id, limit=rows, note=note))
        if not found or not found[0].good:
            only = {"filter": f"sourcedId='{made.sourced_id}'"}
            found.append(await self._data.list(made.path, limit=rows, params=only, note=note))
        return found


def is_absent(reading: Reading) -> bool:
    """Whether an answer for one record says that there is none: 404 or 410, an empty one, or one marked as deleted."""
    from ..client.reading import Kind

    if reading.status in (404, 410) or reading.kind is Kind.EMPTY:
        return True
    if reading.kind is Kind.NOT_FOUND:
        return reading.status == 200
    return reading.kind is Kind.ROWS and all(map(is_deleted, reading.rows))


def _of(reading: Reading, made: MadeRecord) -> Record | None:
    """The record in an answer, None where it is not there or is marked as deleted."""
    for row in reading.rows:
        if id_of(row) == made.sourced_id:
            return None if is_deleted(row) else row
    return None
