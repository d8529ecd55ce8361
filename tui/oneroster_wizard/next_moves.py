"""What to do next about a root cause: go to its field, write to the district, or watch the check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from oneroster_checks.connection import SECRET_FIELDS
from oneroster_checks.finding import Finding, Stage, Status
from oneroster_checks.labels import FIELDS, Who, field_label
from oneroster_checks.result import Result
from oneroster_checks.urls import host_of

from .draft import Draft
from .field_problems import clean_secret_of, find_problems
from .steps import WizardStep

RERUN = "Ctrl+R runs the checks that this changes."
# The fields of the Versions step; secrets are on a step of their own, everything else is on Connection.
VERSION_FIELDS = ("oauth", "oneroster", "provider")


@dataclass(frozen=True, slots=True)
class FieldMove:
    """The field to go to: its step, the texts to fill in by field, and a sentence for the screen there.

    `fixed_token` says that the client secret is a fixed token, and is called so.
    """

    name: str
    step: WizardStep
    texts: Mapping[str, str] = field(default_factory=dict)
    sentence: str = ""
    fixed_token: bool = False

    @property
    def label(self) -> str:
        """What the button says."""
        return f"Go to the {field_label(self.name, fixed_token=self.fixed_token)}"

    def fill(self, draft: Draft) -> None:
        """Put the suggested texts into a draft, and have the next screen open on the field."""
        for name, text in self.texts.items():
            if name in ("oauth", "oneroster"):
                draft.change(**{name: int(text) if name == "oauth" else text})
            else:
                draft.put_text(name, text)
        draft.look_at = self.name
        draft.note = f"{self.sentence} {RERUN}"


@dataclass(frozen=True, slots=True)
class NextMoves:
    """What is offered: a field or none, whether the district must act, and the check to watch or "".

    `write_test` says that the grade book can be read, so that writing to it can be tried.
    """

    field: FieldMove | None = None
    message: bool = False
    watch: str = ""
    write_test: bool = False

    @property
    def some(self) -> bool:
        """Whether anything is offered about a root cause."""
        return bool(self.field or self.message or self.watch)


def next_moves(draft: Draft) -> NextMoves:
    """The moves that the last run allows: those of its root cause, and the write test."""
    return replace(_moves_of_cause(draft), write_test=_can_write(draft.result))


def _can_write(result: Result | None) -> bool:
    finding = result.finding("gradebook.read") if result is not None else None
    return finding is not None and finding.status is Status.PASS


def _moves_of_cause(draft: Draft) -> NextMoves:
    result = draft.result
    check = result.verdict.check if result is not None else None
    if result is None or check is None:
        return NextMoves()
    finding = result.finding(check)
    if finding is None or finding.status not in (Status.FAIL, Status.WARN):
        return NextMoves()
    acts = any(step.who is not Who.VENDOR for step in result.verdict.fix)
    # What is told without a request does not change while the district clicks.
    watched = acts and finding.status is Status.FAIL and finding.stage is not Stage.ADDRESS
    move = _field_move(draft, result, finding)
    # Where the suggested text is known, waiting for the district would be the long way round.
    watched = watched and not (move is not None and move.texts)
    from oneroster_checks.diagnosis.plan import needs_option

    # Nothing is written again and again.
    watched = watched and not needs_option(check)
    return NextMoves(move, acts, check if watched else "")


def _field_move(draft: Draft, result: Result, finding: Finding) -> FieldMove | None:
    name = _field_of(finding)
    if not name or (name.startswith("vendor_") and not draft.wants_vendor_pair):
        return None
    step = WizardStep.SECRETS if name in SECRET_FIELDS else WizardStep.CONNECTION
    step = WizardStep.VERSIONS if name in VERSION_FIELDS else step
    texts = _suggestions(draft, finding, name)
    sentence = _sentence(result, name, texts, draft)
    return FieldMove(name, step, texts, sentence, draft.connection.fixed_token)


def _field_of(finding: Finding) -> str:
    """The field to go to, "" for none: the one that the finding names, but where its cause knows better."""
    from oneroster_checks.causes import cause

    own = finding.wrong_fields
    name = own[0] if own else ""
    known = cause(finding.cause).fields if finding.cause else ()
    if known and name not in known and "fields" not in finding.facts:
        # A certificate that is not trusted was met at an address; what helps is in another field.
        name = known[0]
    return name if name in FIELDS else ""


def _suggestions(draft: Draft, finding: Finding, name: str) -> dict[str, str]:
    """The suggested texts by field, empty where none is known or nothing would change."""
    if name in SECRET_FIELDS:
        clean, _ = clean_secret_of(draft, name)
        return {name: clean} if clean != draft.text(name) else {}
    asked = _choice_shown(finding, name)
    if asked:
        return {name: asked} if asked != draft.text(name) else {}
    if name == "oauth":
        # A token URL shows that the connection is of OAuth 2; without one it may be OneRoster 1.1.
        return {name: "2"} if host_of(draft.connection.token_url) else {}
    # Judged anew from what was typed: what a result says has passed the redaction.
    problem = find_problems(draft).get(name) if finding.stage is Stage.ADDRESS else None
    if problem is not None:
        return {name: problem.suggestion, **problem.also} if problem.suggestion else {}
    from oneroster_checks.redaction import HIDDEN

    suggestion = str(finding.facts.get("suggestion", ""))
    if not suggestion or HIDDEN in suggestion or suggestion == draft.text(name):
        return {}
    return {name: suggestion}


def _choice_shown(finding: Finding, name: str) -> str:
    """The version that an answer of the server showed to be the right choice, "" where none did."""
    facts = finding.facts
    if name == "oauth":
        return str(facts.get("wanted", ""))
    return str(facts.get("found_version", "")) if name == "oneroster" and "root" in facts else ""


def _sentence(result: Result, name: str, texts: Mapping[str, str], draft: Draft) -> str:
    called = field_label(name, fixed_token=draft.connection.fixed_token)
    if not texts:
        return result.verdict.summary
    if name in SECRET_FIELDS:
        return f"Removed from the {called}: {clean_secret_of(draft, name)[1]}."
    finding = result.finding(result.verdict.check or "")
    if finding is not None and _choice_shown(finding, name):
        version = f"{'OAuth' if name == 'oauth' else 'OneRoster'} {texts[name]}"
        does = "asks for it" if "asked" in finding.facts else "returned data for it"
        return f"{version} is chosen now, because the server {does}."
    if name == "oauth":
        return "OAuth 2 is chosen now, because a token URL came with the key."
    if len(texts) > 1:
        return f"The {' and the '.join(field_label(each) for each in texts)} were swapped."
    if name in ("base_url", "token_url"):
        # The result's own form of the address: it holds no credentials, even where they were typed into it.
        was = getattr(result.connection, name)
        return f"The suggested {called} is filled in. It was {was}"
    return f"The suggested {called} is filled in."
