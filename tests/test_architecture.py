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


def test_content_of_a_value_is_made_in_one_place() -> None:
    """`plain` and `several_lines` show a value as it is written; elsewhere only a text of this program's own is made
    into content, and nothing is ever read as markup."""
    found: list[str] = []
    for path in sources():
        if not path.is_relative_to(ROOT / "tui") or path.name == "state.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _made(node):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def _made(call: ast.Call) -> bool:
    """Whether a call makes content of something that is not written there, or reads markup."""
    name = ast.unparse(call.func)
    if "markup" in name or any(
        word.arg == "markup" and ast.unparse(word.value) != "False" for word in call.keywords
    ):
        return True
    values = [
        each for each in call.args if not isinstance(each, ast.Constant) and not ast.unparse(each).isupper()
    ]
    return name in ("Content", "Content.styled", "Text.from_ansi") and bool(values)


def test_only_the_console_and_the_reports_write_on_the_terminal() -> None:
    """ruff keeps `print` to the console module; this keeps the streams themselves to it."""
    allowed = {"console.py", "output.py"}
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        if path.is_relative_to(ROOT / "tui") and path.name not in allowed
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith((".write", ".writelines"))
        and ast.unparse(node.func).startswith(("sys.", "stream"))
    ]
    assert found == []
