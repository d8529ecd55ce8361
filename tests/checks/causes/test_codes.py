"""The list of codes: complete, in order, and read only when it is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import oneroster_checks
from oneroster_checks import causes
from oneroster_checks.causes import cause, codes
from oneroster_checks.errors import UnknownCause

PUBLISHED = (
    "address.malformed",
    "address.plain-http",
    "address.credentials-in-url",
    "address.doubled-path",
    "address.endpoint-pasted",
    "address.version-mismatch",
    "address.legacy",
    "address.app-name-missing",
    "address.app-name-mismatch",
    "address.host-mismatch",
    "address.fields-swapped",
    "address.unsupported-combination",
    "key.unexpected-format",
    "key.stray-characters",
    "network.name-not-found",
    "network.refused",
    "network.timeout",
    "network.closed",
    "tls.expired",
    "tls.wrong-host",
    "tls.untrusted",
    "tls.protocol",
    "tls.not-tls",
    "clock.skew",
    "token.not-an-endpoint",
    "token.app-not-selected",
    "token.invalid-client",
    "token.unauthorized-client",
    "token.invalid-scope",
    "token.scope-required",
    "token.redirected",
    "token.server-error",
    "token.throttled",
    "token.malformed",
    "token.body-only",
    "token.short-lived",
    "access.token-rejected",
    "access.forbidden",
    "access.base-url-wrong",
    "access.login-page",
    "access.not-json",
    "access.server-error",
    "access.throttled",
    "oauth1.expired",
    "oauth1.rejected",
    "oauth1.signature-method",
    "oauth1.query-signature",
    "oauth1.discontinued",
    "oauth1.expires-soon",
    "sharing.nothing",
    "sharing.rostering-off",
    "sharing.demographics-off",
    "sharing.gradebook-off",
    "sharing.assessments-off",
    "sharing.resources-off",
    "sharing.scope-missing",
    "year.not-active",
    "year.no-terms",
    "accounts.students-missing",
    "accounts.guardians-missing",
    "accounts.staff-missing",
    "gradebook.vendor-credentials-missing",
    "gradebook.vendor-credentials-rejected",
    "gradebook.not-enabled",
    "gradebook.write-refused",
    "gradebook.write-not-kept",
    "gradebook.cleanup-failed",
    "payload.not-oneroster",
    "payload.other-key",
    "payload.version-mismatch",
    "payload.invalid",
    "paging.offset-ignored",
    "paging.limit-capped",
    "paging.total-missing",
    "paging.total-wrong",
    "paging.next-loops",
    "paging.duplicates",
    "query.filter-ignored",
    "query.filter-unsupported",
    "query.sort-ignored",
    "query.fields-ignored",
    "error.shape",
    "error.unsafe",
    "load.throttled",
    "load.slow",
    "load.unsteady",
    "data.dangling-reference",
    "data.reference-to-deleted",
    "data.duplicate-id",
    "data.duplicate-username",
    "data.duplicate-email",
    "data.missing-email",
    "data.malformed-email",
    "data.class-without-students",
    "data.class-without-teacher",
    "data.student-without-class",
    "data.enrollment-without-dates",
    "data.duplicate-enrollment",
    "data.several-primary-teachers",
    "data.term-dates",
    "data.class-outside-term",
    "data.unknown-vocabulary",
    "data.org-cycle",
    "data.timestamps",
    "tool.fault",
)


def test_every_published_code_is_there_once_and_in_order() -> None:
    assert codes() == PUBLISHED
    assert len(set(PUBLISHED)) == len(PUBLISHED) == 105


def test_no_code_is_written_twice() -> None:
    written = [
        entry.code
        for name in causes.MODULES
        for entry in import_module(f"oneroster_checks.causes.{name}").CAUSES
    ]
    assert sorted(written) == sorted(PUBLISHED)


def test_an_unknown_code_is_a_key_error() -> None:
    with pytest.raises(UnknownCause):
        cause("token.nonesuch")


def test_importing_the_package_reads_no_entry() -> None:
    program = (
        "import sys, oneroster_checks.causes;"
        "print([name for name in sys.modules if name.startswith('oneroster_checks.causes.')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=_env()
    )
    assert done.stdout.strip() == "['oneroster_checks.causes.model']"


def _env() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(oneroster_checks.__file__).parents[1])}
