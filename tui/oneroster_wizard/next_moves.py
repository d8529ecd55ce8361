"""What to do next about a root cause: go to its field, write to the district, or watch the check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from oneroster_checks.finding import Finding, Stage, Status
from oneroster_checks.labels import Who
from oneroster_checks.result import Result

from .draft import SECRET_FIELDS, Draft
from .field_problems import FIELD_NAMES, clean_secret, judge_draft
from .run_log import root_check

VERSIONS, CONNECTION, SECRETS = 2, 3, 4
RERUN = "Ctrl+R runs the checks that this changes."

# The field that a cause is about, where the finding does not name one itself.
_FIELDS = {
    "token.not-an-endpoint": "token_url",
    "token.app-not-selected": "token_url",
    "token.invalid-client": "client_secret",
    "token.invalid-scope": "scope",
    "token.scope-required": "scope",
    "access.base-url-wrong": "base_url",
    "oauth1.rejected": "client_secret",
    "gradebook.vendor-credentials-missing": "vendor_key",
    "gradebook.vendor-credentials-rejected": "vendor_key",
    "tls.untrusted": "ca_file",
}


@dataclass(frozen=True, slots=True)
class FieldMove:
    """The field to go to: its step, the texts to fill in by field, and a sentence for the screen there."""

    name: str
    step: int
    texts: Mapping[str, str] = field(default_factory=dict)
    sentence: str = ""

    @property
    def label(self) -> str:
        """What the button says."""
        return f"Go to the {FIELD_NAMES[self.name]}"

    def fill(self, draft: Draft) -> None:
        """Put the mended texts into a draft, and have the next screen stand on the field."""
        for name, text in self.texts.items():
            if name in ("oauth", "oneroster"):
                draft.change(**{name: int(text) if name == "oauth" else text})
            else:
                draft.put_text(name, text)
        draft.look_at = self.name
        draft.note = f"{self.sentence}\n{RERUN}"


@dataclass(frozen=True, slots=True)
class NextMoves:
    """What is offered: a field or none, whether the district must act, and the check to watch or ""."""

    field: FieldMove | None = None
    message: bool = False
    watch: str = ""

    @property
    def some(self) -> bool:
        """Whether anything is offered."""
        return bool(self.field or self.message or self.watch)


def next_moves(draft: Draft) -> NextMoves:
    """The moves that the root cause of the last run allows; none when nothing is wrong."""
    result = draft.result
    check = root_check(result) if result is not None else None
    if result is None or check is None:
        return NextMoves()
    finding = result.finding(check)
    if finding is None or finding.status not in (Status.FAIL, Status.WARN):
        return NextMoves()
    acts = any(step.who is not Who.VENDOR for step in result.verdict.fix)
    # What is told without a request does not change while the district clicks.
    watched = acts and finding.status is Status.FAIL and finding.stage is not Stage.ADDRESS
    move = _field_move(draft, result, finding)
    # Where the mended text is known, waiting for the district would be the long way round.
    watched = watched and not (move is not None and move.texts)
    return NextMoves(move, acts, check if watched else "")


def _field_move(draft: Draft, result: Result, finding: Finding) -> FieldMove | None:
    name = str(finding.facts.get("field", "")) or _FIELDS.get(finding.cause or "", "")
    if finding.cause == "network.name-not-found":
        name = "token_url" if finding.check == "network.token-host" else "base_url"
    if name not in FIELD_NAMES or (name.startswith("vendor_") and not draft.wants_vendor_pair):
        return None
    step = SECRETS if name in SECRET_FIELDS else CONNECTION
    step = VERSIONS if name in ("oauth", "oneroster") else step
    texts = _suggestions(draft, finding, name)
    return FieldMove(name, step, texts, _sentence(result, name, texts, draft))


def _suggestions(draft: Draft, finding: Finding, name: str) -> dict[str, str]:
    """The mended texts by field, empty where none is known or nothing would change."""
    if name in SECRET_FIELDS:
        clean, _ = clean_secret(draft.text(name))
        return {name: clean} if clean != draft.text(name) else {}
    if name == "oauth":
        # A token URL shows that the connection is of OAuth 2; without one it may be OneRoster 1.1.
        return {name: "2"} if draft.connection.token_url.strip() else {}
    # Judged anew from what was typed: what a result says has passed the redaction.
    judged = judge_draft(draft).get(name) if finding.stage is Stage.ADDRESS else None
    if judged is not None:
        return {name: judged.suggestion, **judged.also} if judged.suggestion else {}
    from oneroster_checks.redaction import HIDDEN

    suggestion = str(finding.facts.get("suggestion", ""))
    if not suggestion or HIDDEN in suggestion or suggestion == draft.text(name):
        return {}
    return {name: suggestion}


def _sentence(result: Result, name: str, texts: Mapping[str, str], draft: Draft) -> str:
    called = FIELD_NAMES[name]
    if not texts:
        return result.verdict.summary
    if name in SECRET_FIELDS:
        return f"Taken off the {called}: {clean_secret(draft.text(name))[1]}."
    if name == "oauth":
        return "OAuth 2 is chosen now, since a token URL came with the key."
    if len(texts) > 1:
        return f"The {' and the '.join(FIELD_NAMES[each] for each in texts)} are exchanged now."
    if name in ("base_url", "token_url"):
        # The result's own form of the address: it holds no credentials, even where they were typed into it.
        was = getattr(result.connection, name)
        return f"The {called} is mended here. Before, it was {was}"
    return f"The {called} is mended here."
