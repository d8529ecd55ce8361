"""The house as a whole: no import circle, no class name for two things, an API that loads nothing heavy."""

from __future__ import annotations

import ast
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter

import grimp

from .test_house import ROOT, sources

PACKAGES = ("oneroster_checks", "oneroster_practice", "oneroster_wizard")


def test_no_module_imports_itself_by_way_of_others() -> None:
    """Imports for types only count too: what needs the type of another room belongs behind it."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        raise AssertionError(" imports ".join(reversed(error.args[1]))) from None


def test_no_class_name_stands_for_two_things() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in sources():
        if path.is_relative_to(ROOT / "checks") or path.is_relative_to(ROOT / "tui"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.ClassDef) and not _is_message(node):
                    places[node.name].append(path.relative_to(ROOT).as_posix())
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def _is_message(node: ast.ClassDef) -> bool:
    """Messages of Textual live inside their widget and are named as events: Field.Changed, Run.Finished."""
    return any(isinstance(base, ast.Name) and base.id == "Message" for base in node.bases)
