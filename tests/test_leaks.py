"""What a paper gives away: each of its files says what it prints and nothing else.

A word of its own goes into every text that is stored. A word that a file holds anywhere (in its
attachment, its metadata, its structure) has to stand in print as well.
"""

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.db import models
from pypdf import PdfReader
from pypdf.generic import IndirectObject, StreamObject

from programme.models import MarkingChoices, Programme, User
from programme.pages import ListPage
from reports.models import PaperSection
from reports.papers import paper_document, render_paper
from tests.routes import ROUTES
from tests.test_access import every_pattern
from tests.test_papers import PAPERS, stored, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

APPS = ("programme", "projects", "finance", "reports")
WORD = re.compile(r"zq[a-z]{5}")
RICH = {"narrative", "restricted_narrative", "standing_text"}
# What a command or an address is written in, and what no person types.
NOT_TEXTS = (models.SlugField, models.EmailField, models.URLField, models.FilePathField)

NOT_OF_A_PROGRAMME = {"AuditEntry", "AuditHead", "AuditLink", "Draft", "SentForm"}


def texts_of(model: type[models.Model]) -> list[models.Field]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, NOT_TEXTS)
        and not field.choices
        and not field.primary_key
        and field.name != "password"
    ]


def words() -> Iterator[str]:
    """zqaaaaa, zqaaaab …"""
    number = 0
    while True:
        letters, rest = "", number
        for _ in range(5):
            letters, rest = chr(97 + rest % 26) + letters, rest // 26
        yield f"zq{letters}"
        number += 1


@pytest.fixture(scope="module")
def planted(essex: None) -> dict[str, str]:
    """Every text of every row with a word of its own put behind it; which word is whose."""
    fresh, found = words(), {}
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            fields = texts_of(model)
            if model.__name__ in NOT_OF_A_PROGRAMME or not fields:
                continue
            rows = list(model._default_manager.all())
            for row in rows:
                for field in fields:
                    word, before = next(fresh), getattr(row, field.attname) or ""
                    room = (field.max_length or 10_000) - len(word) - 1
                    after = (
                        f"{before}<p>{word}</p>"
                        if field.name in RICH
                        else f"{before[: max(room, 0)]} {word}".strip()
                    )
                    if field.max_length is None or len(after) <= field.max_length:
                        setattr(row, field.attname, after)
                        found[word] = f"{model.__name__}.{field.name}"
            model._default_manager.bulk_update(
                rows, [field.attname for field in fields], batch_size=200
            )
    return found


def printed(content: bytes) -> set[str]:
    """The words on the pages, however lines broke."""
    pages = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return set(WORD.findall(re.sub(r"\s", "", pages)))


def everything(content: bytes) -> str:
    """All strings and unpacked streams of a PDF but those of its pages' drawing."""
    reader, texts = PdfReader(BytesIO(content)), []

    def strings(item: Any) -> Iterator[str]:
        if isinstance(item, str):
            yield item
        elif isinstance(item, bytes):
            yield item.decode("utf-8", "ignore") + item.decode("utf-16", "ignore")
        elif isinstance(item, dict):
            for each in item.values():
                yield from strings(each)
        elif isinstance(item, list):
            for each in item:
                yield from strings(each)

    for number in range(1, len(reader.xref_objStm) + len(reader.xref[0])):
        item = reader.get_object(IndirectObject(number, 0, reader))
        if item is not None:
            texts += strings(item)
        if isinstance(item, StreamObject):
            texts.append(item.get_data().decode("utf-8", "ignore"))
    return " ".join(texts)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper[1])
def test_a_file_holds_only_what_it_prints(planted: dict[str, str], paper) -> None:
    """Checked on the code before: a PDF carried the facts that its paper was made from."""
    files = {form: render_paper(*stored(*paper), form) for form in ("pdf", "json", "html")}
    visible = printed(files["pdf"].content)
    assert len(visible) > 100  # the planted words are printed at all

    html = files["html"].content.decode()
    shown = re.sub(r"(?s)<(style|head)\b.*?</\1>", " ", html)
    held = {
        "PDF": everything(files["pdf"].content),
        "JSON": files["json"].content.decode(),
        "HTML": html,
        "HTML as shown": unescape(re.sub(r"<[^>]+>", " ", shown)),
        "names": " ".join(file.name for file in files.values()),
    }
    assert WORD.search(held["PDF"])
    hidden = {
        where: sorted({planted[word] for word in set(WORD.findall(text)) - visible})
        for where, text in held.items()
    }
    assert hidden == dict.fromkeys(held, [])


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper[1])
def test_no_restricted_text_is_printed(planted: dict[str, str], paper) -> None:
    PaperSection.objects.update(is_public=False, withheld_ground="Commercial confidence")
    restricted = {"StatusUpdate.restricted_narrative", "PaperSection.narrative"}
    assert restricted <= set(planted.values())
    for form in ("pdf", "json", "html"):
        content = render_paper(*stored(*paper), form).content
        text = everything(content) if form == "pdf" else content.decode()
        found = set(WORD.findall(text)) | (printed(content) if form == "pdf" else set())
        assert {planted[word] for word in found}.isdisjoint(restricted)


# What a page shows by its short name stands in its download by the whole one.
IN_FULL = {"Programme.name", "Project.name"}
LISTS = sorted(
    name
    for name, pattern in every_pattern()
    if issubclass(getattr(pattern.callback, "view_class", object), ListPage)
)


@pytest.mark.parametrize("name", LISTS)
def test_a_download_of_a_list_holds_what_its_page_shows(planted, client, name) -> None:
    """In each kind of file, its properties included."""
    client.force_login(User.objects.get(email="office@example.org"))
    route = next(each for each in ROUTES if each.name == name)
    programme = Programme.objects.get(slug="essex")
    address = route.url("essex", route.parts(programme))
    shown, page = "", client.get(address)
    while True:
        shown += page.content.decode()
        part = page.context["table"].page
        if not part.has_next():
            break
        page = client.get(address, {"page": part.next_page_number()})
    visible = set(WORD.findall(shown))
    hidden = {}
    for form in ("csv", "xlsx"):
        content = client.get(address, {"format": form}).getvalue()
        text = unpacked(content) if form == "xlsx" else content.decode("utf-8")
        held = {planted[word] for word in set(WORD.findall(text)) - visible}
        hidden[form] = sorted(held - IN_FULL)
    assert hidden == {"csv": [], "xlsx": []}


def unpacked(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as book:
        return " ".join(book.read(name).decode("utf-8", "ignore") for name in book.namelist())


# --- the marking ------------------------------------------------------------------------------


def marked_rows() -> list[Any]:
    """Every row that has a marking of its own."""
    return [
        row
        for label in APPS[1:3]
        for model in apps.get_app_config(label).get_models()
        if any(field.name == "sensitivity" for field in model._meta.fields)
        for row in model._default_manager.all()
    ]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper[1])
def test_a_paper_is_marked_as_the_highest_of_what_it_prints(planted, paper) -> None:
    """Each marked row by itself: whatever prints one of its texts is marked as it is."""
    plain = set(WORD.findall(words_of(paper_document(*stored(*paper)))))
    for row in marked_rows():
        own = [getattr(row, field.attname) for field in texts_of(type(row))]
        if plain.isdisjoint(word for text in own for word in WORD.findall(text or "")):
            continue
        type(row)._default_manager.filter(pk=row.pk).update(
            sensitivity=MarkingChoices.OFFICIAL_SENSITIVE
        )
        marking = paper_document(*stored(*paper)).meta.marking
        type(row)._default_manager.filter(pk=row.pk).update(sensitivity=row.sensitivity)
        assert marking == MarkingChoices.OFFICIAL_SENSITIVE.label, f"{row!r} is printed"
