"""The scopes and fields of the standard, as a server needs them: which are enough, and what exists."""

from __future__ import annotations

import pytest

from oneroster_checks.connection import SHARES, OneRosterVersion, Share
from oneroster_checks.standard.fields import has_field, required_fields
from oneroster_checks.standard.operations import collection, operations
from oneroster_checks.standard.scopes import all_scopes, part_of, scopes_of_part, sufficient_scopes

VERSIONS: tuple[OneRosterVersion, ...] = ("1.1", "1.2")


@pytest.mark.parametrize("version", VERSIONS)
def test_every_scope_belongs_to_one_part(version: OneRosterVersion) -> None:
    parts = [scopes_of_part(version, part) for part in SHARES]
    assert frozenset[str]().union(*parts) == all_scopes(version)
    assert sum(map(len, parts)) == len(all_scopes(version))


@pytest.mark.parametrize("version", VERSIONS)
def test_an_operation_belongs_to_the_part_of_each_of_its_scopes(version: OneRosterVersion) -> None:
    for operation in operations(version):
        assert set(operation.scopes) <= scopes_of_part(version, part_of(operation)), operation.name


@pytest.mark.parametrize(
    ("version", "path", "part", "scopes"),
    [
        ("1.1", "/orgs", "rostering", {"roster-core.readonly", "roster.readonly"}),
        ("1.2", "/orgs", "rostering", {"roster-core.readonly", "roster.readonly"}),
        ("1.1", "/demographics", "demographics", {"roster-demographics.readonly"}),
        ("1.1", "/results", "gradebook", {"gradebook.readonly"}),
        ("1.2", "/scoreScales", "gradebook", {"gradebook-core.readonly", "gradebook.readonly"}),
        ("1.2", "/assessmentResults", "assessments", {"assessment.readonly"}),
        ("1.2", "/resources", "resources", {"resource-core.readonly", "resource.readonly"}),
    ],
)
def test_the_part_and_the_sufficient_scopes_of_a_list(
    version: OneRosterVersion, path: str, part: Share, scopes: set[str]
) -> None:
    operation = collection(version, path)
    assert part_of(operation) == part
    assert sufficient_scopes(operation) == scopes


def test_the_scope_of_the_core_is_not_enough_for_the_whole_service() -> None:
    (nested,) = [each for each in operations("1.2") if each.path == "/classes/{classSourcedId}/students"]
    assert sufficient_scopes(nested) == {"roster.readonly"}


@pytest.mark.parametrize(
    ("version", "entity", "name", "exists"),
    [
        ("1.1", "user", "role", True),
        ("1.2", "user", "role", False),
        ("1.2", "user", "roles.role", True),
        ("1.2", "user", "roles.nothing", False),
        ("1.2", "enrollment", "class.sourcedId", True),
        ("1.2", "enrollment", "class.title", False),
        ("1.2", "user", "metadata.ic.legacySourcedId", True),
        ("1.1", "org", "nothing", False),
        ("1.1", "nothing", "sourcedId", False),
    ],
)
def test_a_field_exists(version: OneRosterVersion, entity: str, name: str, exists: bool) -> None:
    assert has_field(version, entity, name) is exists


def test_required_fields() -> None:
    assert {"sourcedId", "name", "type"} <= set(required_fields("1.2", "org"))
    assert "metadata" not in required_fields("1.2", "org")
    assert required_fields("1.1", "nothing") == ()
