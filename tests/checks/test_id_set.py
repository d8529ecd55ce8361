"""The set of ids of a full read: it counts as a set does, and long ids take no more than short ones."""

from __future__ import annotations

import random
import tracemalloc

from oneroster_checks.limits import AGENTS_COMPARED
from oneroster_checks.stages.full_roster import Agents, FullRoster
from oneroster_checks.stages.id_set import IdSet


def test_it_counts_as_a_set_does() -> None:
    chosen = random.Random(8)
    ids, plain = IdSet(), set[str]()
    for _ in range(20_000):
        id = f"user-{chosen.randrange(8000)}"
        assert ids.add(id) is (id not in plain)
        plain.add(id)
    assert len(ids) == len(plain)
    assert all((f"user-{number}" in ids) is (f"user-{number}" in plain) for number in range(10_000))
    others = IdSet()
    for number in range(0, 8000, 2):
        others.add(f"user-{number}")
    assert ids.outside(others) == len([id for id in plain if int(id[5:]) % 2])


def test_long_ids_take_no_more_than_short_ones() -> None:
    tracemalloc.start()
    try:
        ids = IdSet()
        for number in range(50_000):
            ids.add(f"{number}{'x' * 900}")
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken < 50_000 * 32


def test_more_agents_than_are_compared_are_too_many() -> None:
    agents = Agents()
    for number in range(AGENTS_COMPARED + 3):
        agents.add(f"agent-{number}")
    assert agents.too_many
    assert len(agents.ids) == AGENTS_COMPARED + 1


def test_enrollments_of_very_many_roles_are_told_apart_no_more() -> None:
    full = FullRoster()
    for number in range(1000):
        full.in_role(f"role-{number}").add(f"user-{number}", is_there=number % 2 == 0)
    assert len(full.enrolled) <= 21
    assert sum(enrolled.times for enrolled in full.enrolled.values()) == 1000
    assert sum(enrolled.times_missing for enrolled in full.enrolled.values()) == 500
