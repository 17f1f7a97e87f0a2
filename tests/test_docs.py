"""What the documents name is there: files, folders and modules."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
TOPS = (
    "programme",
    "projects",
    "finance",
    "reports",
    "tests",
    "templates",
    "static",
    "bin",
    "docs",
)
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(rf"(?:{'|'.join(TOPS)}|benchmarks)/[\w./-]+")
MODULE = re.compile(rf"(?:{'|'.join(TOPS[:5])})(?:\.\w+)+")


def named(page: Path) -> list[str]:
    return CODE.findall(page.read_text(encoding="utf-8"))


def module_is_there(name: str) -> bool:
    """Whether a dotted name is a module or something that a module says."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        path = ROOT.joinpath(*parts[:length])
        for found in (path.with_suffix(".py"), path / "__init__.py"):
            if found.exists():
                rest = parts[length : length + 1]
                return not rest or re.search(rf"\b{rest[0]}\b", found.read_text()) is not None
    return False


def test_the_documents_name_many_things():
    assert len([word for page in PAGES for word in named(page) if PATH.fullmatch(word)]) > 50


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_document_names_is_there(page):
    words = named(page)
    built = ("static/build",)
    missing = [
        word
        for word in words
        if PATH.fullmatch(word) and not word.startswith(built) and not (ROOT / word).exists()
    ]
    missing += [word for word in words if MODULE.fullmatch(word) and not module_is_there(word)]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_commands_of_the_first_start_are_there_and_take_what_is_written():
    """From the tables to the first account: everything after that is done in the browser."""
    text = (ROOT / "docs/deployment.md").read_text(encoding="utf-8")
    block = text.partition("## First start")[2].strip().split("\n\n")[0]
    lines = [line for line in block.splitlines() if "manage.py" in line]
    called = [line.split("manage.py ")[1].split() for line in lines]
    assert [name for name, *_ in called] == [
        "migrate",
        "createcachetable",
        "collectstatic",
        "create_administrator",
    ]
    commands = get_commands()
    for name, *arguments in called:
        command = load_command_class(commands[name], name)
        command.create_parser("manage.py", name).parse_args(arguments)
