"""Where a write test writes: the class that the user named, a student in it, and the token that writing needs."""

from __future__ import annotations

from datetime import UTC

from ..connection import Secret
from ..evidence import Evidence
from ..limits import PAGE_ROWS, SESSION_ROWS
from ..standard.envelopes import Record, id_of, reference, roles_of
from ..standard.scopes import names_oneroster, scope_to_write
from .context import RunContext
from .model import Outcome, failed
from .part_outcomes import broken
from .token_search import ask_for_token
from .write_records import RecordMaker, Setting, is_deleted, period_of, terms_of
from .writing import Writing, is_absent

CAUSE = "gradebook.write-class"


class ClassUnusable(Exception):
    """A write test cannot use a class; `reason` is a short clause that says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


async def find_setting(run: RunContext, class_id: str) -> tuple[Setting | Outcome, tuple[Evidence, ...]]:
    """Where test records of a class belong, or why there is no such place; and the requests that show it."""
    one = await run.data.one("/classes", class_id, note="the class of the write test")
    proof = [one.evidence]
    # A server may have lists alone, or write single records in a form of its own.
    listed = (row for row in run.rows("/classes") if id_of(row) == class_id)
    rows = one.rows or tuple(listed)
    if not rows and not is_absent(one):
        return await broken(run, one, "classes"), tuple(proof)
    try:
        record = _usable(rows, run.connection.oneroster)
        student = await _student_of(run, record, class_id, proof)
    except ClassUnusable as error:
        return failed(CAUSE, *proof, class_id=class_id, reason=error.reason), tuple(proof)
    sessions = await run.reading("/academicSessions", limit=SESSION_ROWS)
    terms = terms_of(record)
    period = period_of(sessions.rows, terms, run.today)
    if not period and run.connection.oneroster == "1.1":
        # OneRoster 1.1 wants one, whether or not today falls in it.
        period = next(iter(terms), "")
    setting = Setting(class_id, student, reference(record, "school"), period, run.today)
    return setting, tuple(proof)


def _usable(rows: tuple[Record, ...], version: str) -> Record:
    if not rows:
        raise ClassUnusable("no class with this sourcedId is shared")
    record = rows[0]
    if is_deleted(record):
        raise ClassUnusable("it is marked as deleted")
    if version == "1.2" and not reference(record, "school"):
        raise ClassUnusable("it names no school, which a line item of OneRoster 1.2 must have")
    return record


async def _student_of(run: RunContext, record: Record, class_id: str, proof: list[Evidence]) -> str:
    """The sourcedId of a student in a class: among its students, else among its enrollments."""
    people = await run.data.below(
        "/classes/{}/students", class_id, limit=PAGE_ROWS, note="its students, for one result"
    )
    proof.append(people.evidence)
    ids = [id_of(row) for row in people.rows if not is_deleted(row)]
    if not any(ids):
        ids = _students_among(run.rows("/enrollments"), class_id)
    school = reference(record, "school")
    if not any(ids) and school:
        enrolled = await run.data.below(
            "/schools/{}/classes/{}/enrollments", school, class_id, limit=PAGE_ROWS, note="its enrollments"
        )
        proof.append(enrolled.evidence)
        ids = _students_among(enrolled.rows, class_id)
    student = next((id for id in ids if id), "")
    if not student:
        raise ClassUnusable("no student in it was found")
    return student


def _students_among(rows: tuple[Record, ...], class_id: str) -> list[str]:
    return [
        reference(row, "user")
        for row in rows
        if reference(row, "class") == class_id and "student" in roles_of(row) and not is_deleted(row)
    ]


def maker_of(run: RunContext, setting: Setting) -> RecordMaker:
    """What makes the records of a write test there."""
    version, roots = run.connection.oneroster, run.data.roots
    modified = run.session.clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return RecordMaker(version, setting, modified, roots["rostering"], roots["gradebook"])


async def token_to_write(run: RunContext, writing: Writing, *, refused: bool = False) -> tuple[Evidence, ...]:
    """Have writes sent with a token that has the scopes for them, where the one that reads is known to have not.

    `refused` says that a write was refused, so that what is not known of its scopes is tried too. Where no such token
    is granted, the one that reads is sent: the server's own refusal says more.
    """
    from ..client.authorization import Bearer

    token = run.token
    if token is None or writing.authorizer is not None:
        return ()
    has = token.scope or token.asked_scope
    if not names_oneroster(has):
        if not refused:
            return ()
        has = ""
    wanted = scope_to_write(run.connection.oneroster, has, run.connection.share)
    if not wanted:
        return ()
    granted = await ask_for_token(run, token.form, wanted)
    if granted.token is not None:

        async def renew() -> Secret | None:
            fresh = (await ask_for_token(run, token.form, wanted)).token
            return fresh.text if fresh else None

        writing.authorizer = Bearer(granted.token.text, renew)
    return (granted.evidence,)
