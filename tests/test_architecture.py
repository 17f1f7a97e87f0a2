"""Imports run down: programme ← projects ← finance ← reports, and inside an app from its views to
its models. Read from the source, so that an import inside a function counts like any other."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("programme", "projects", "finance", "reports")

ROOMS = {
    # How far up in its app a module stands, by the first part of its name below the app. What is
    # not listed is between models and actions: pure modules, selectors, facts.
    "common": 0,
    "choices": 0,
    "models": 1,
    "actions": 3,
    "charges": 3,
    "forms": 4,
    "tables": 4,
    "filters": 4,
    "imports": 4,
    "pages": 4,
    "views": 5,
    "urls": 6,
}
PURE = 2
# What puts an app together and so may use any of its rooms: commands, the loading of a programme's
# file, the plumbing of the site (settings with what they name, and sign-in, which stands between
# allauth and the portal's forms).
OUTSIDE = {"management", "migrations", "apps", "programme_file", "site"}


def modules() -> Iterator[tuple[str, Path]]:
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(part for part in parts if part != "__init__"), path


MODULES = dict(modules())


@cache
def imports(name: str, path: Path) -> tuple[str, ...]:
    """The modules of the portal that a module imports, wherever in it."""
    return tuple(_imports(name, path))


def _imports(name: str, path: Path) -> Iterator[str]:
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1]
            start = ".".join(base if node.level else []) + (
                "." if node.level and node.module else ""
            )
            module = f"{start}{node.module or ''}"
            found = [f"{module}.{alias.name}" for alias in node.names]
        else:
            continue
        for each in found:
            if each.split(".")[0] in FLOORS:
                yield each if each in MODULES else each.rpartition(".")[0] or each


def floor(name: str) -> int:
    return FLOORS.index(name.split(".")[0])


def room(name: str) -> int | None:
    """Where in its app a module stands; None where all rooms are open to it."""
    parts = name.split(".")
    first = parts[1] if len(parts) > 1 else ""
    if not first or first in OUTSIDE:
        return None
    return ROOMS.get(first, PURE)


def test_the_walk_finds_the_house():
    assert {f"{each}.models" for each in FLOORS} <= set(MODULES)
    views = set(imports("reports.views.papers", MODULES["reports.views.papers"]))
    assert {"reports.models", "programme.pages"} <= views


@pytest.mark.parametrize("name", MODULES)
def test_no_module_imports_from_the_floor_above(name):
    upward = [each for each in imports(name, MODULES[name]) if floor(each) > floor(name)]
    assert upward == []


@pytest.mark.parametrize("name", MODULES)
def test_inside_an_app_imports_run_from_views_to_models(name):
    own = room(name)
    if own is None:
        return
    upward = [
        each
        for each in imports(name, MODULES[name])
        if floor(each) == floor(name) and (room(each) is not None and room(each) > own)
    ]
    assert upward == []


@pytest.mark.parametrize("name", [each for each in MODULES if each.startswith("programme.common")])
def test_the_toolkit_knows_no_model(name):
    assert [each for each in imports(name, MODULES[name]) if ".common" not in each] == []


def test_nobody_writes_past_the_actions():
    """Views, forms, tables and templates' helpers save nothing themselves."""
    writing = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create"}
    found = []
    for name, path in MODULES.items():
        if (room(name) or 0) < ROOMS["forms"]:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                base = ast.unparse(node.func.value)
                saves = node.func.attr == "save" and base != "self"  # a view's own method
                if node.func.attr in writing and ("objects" in base or saves):
                    found.append(f"{name}:{node.lineno} {ast.unparse(node.func)}")
    assert found == []


MEANT_TWICE = {
    "Command": "Django finds a command by it",
    "Migration": "Django finds a migration by it",
    "MoneyField": "of a model, and of its forms: as Django calls both",
    "PercentField": "of a model, and of its forms: as Django calls both",
    "Rating": "as it is stored, and as every page and paper prints it",
}


def test_the_name_of_a_class_says_one_thing():
    """No two modules have a class of one name, so that a reader who meets it knows which it is."""
    where = defaultdict(list)
    for folder in (*FLOORS, "benchmarks", "bin"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef):
                    where[node.name].append(str(path.relative_to(ROOT)))
    twice = {name: paths for name, paths in where.items() if len(paths) > 1}
    assert set(twice) == set(MEANT_TWICE), twice


FOUND_BY_NAME = {
    "Command": "Django runs it by the name of its module",
    "check_example_accounts": "registered with Django's checks",
    **dict.fromkeys(
        (f"{each.capitalize()}Config" for each in FLOORS), "Django finds the app's settings"
    ),
}


def words_of_the_code(path: Path) -> Iterator[str]:
    """What a module calls or names; a dotted name in quotation marks too, as settings have them.
    Importing a name is no use of it, nor is handing it on."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif (
            isinstance(node, ast.Constant)
            and path.name != "__init__.py"
            and re.fullmatch(r"[\w.]+", str(node.value))
        ):
            yield str(node.value).rpartition(".")[2]


def test_nothing_is_kept_for_the_tests_alone():
    """Whatever a module offers is used in the portal, by another or by itself, or is measured."""
    used = {word for path in MODULES.values() for word in words_of_the_code(path)}
    used |= {
        word
        for path in [ROOT / "pyproject.toml", *ROOT.glob("bin/**/*"), *ROOT.glob("benchmarks/*")]
        if path.is_file() and path.suffix != ".pyc"
        for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))
    }
    offered = {
        node.name: name
        for name, path in MODULES.items()
        if "migrations" not in name
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_")
    }
    unused = {name: where for name, where in offered.items() if name not in used}
    assert set(unused) == set(FOUND_BY_NAME), unused
