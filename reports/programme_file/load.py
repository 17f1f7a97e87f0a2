"""The top floor's part of a programme's file, and the loading of all of it in one
transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

import finance.programme_file.load
import programme.programme_file.load
import projects.programme_file.load
from programme import audit
from programme.common import words
from programme.integrity import sentences
from programme.models import AuditEntry, MarkingChoices, Programme, User
from programme.programme_file.loading import Loading, each
from programme.programme_file.parts import ProgrammeParts, numbered
from programme.programme_file.yamlfile import Entry, YamlError, read
from reports.actions import install_template
from reports.builtin import BUILTINS
from reports.integrity import all_breaches
from reports.models import Paper, PaperRecommendation, PaperSection, PaperTemplate, TemplateSection
from reports.programme_file.settled import refuse_changed, settled


def load(path: Path) -> tuple[Programme, Loading]:
    """Loads a whole file in one transaction: all of it or, with a YamlError, nothing.

    What it would bring that breaks a rule over several rows is refused, as pages refuse it. What
    changed leaves one audit entry; a file that changes nothing leaves none.
    """
    return load_entry(read(path), path.name, by=None)


def load_entry(
    file: Entry,
    name: str,
    *,
    only: Programme | None = None,
    told: bool = False,
    begins: bool = False,
    by: User | None,
) -> tuple[Programme, Loading]:
    """As ``load``, of a file that is read already and goes by a name. ``only`` is the programme
    that it must be of; ``told`` has the loading name what it adds and changes. What somebody loads
    (``by``) changes nothing that is settled, and gives nobody a role, unless the programme
    ``begins`` with it."""
    _refuse_another(file, only)
    loading = Loading(told=told, by=by)
    with transaction.atomic(), audit.correlated(), words.speaking(words.spoken()):
        stored = Programme.objects.filter(slug=_slug_of(file)).first()
        loading.bounded = by is not None and stored is not None and not begins
        wrong_before = set() if stored is None else _wrong(stored)
        settled_before = settled(stored) if stored is not None and loading.bounded else {}
        ground = programme.programme_file.load.load(file, loading)
        words.speak(ground.programme.spoken)  # sums in the record are in its currency
        first_floor = projects.programme_file.load.load(file, ground)
        finance.programme_file.load.load(file, first_floor)
        templates: dict[str, PaperTemplate] = {}
        with loading.section():
            templates = _templates(file, ground)
        with loading.section():
            _papers(file, templates, ground)
        loading.refuse()
        if unknown := file.unread():
            raise YamlError(*unknown)
        loading.settle(_theirs(ground.programme), timezone.localdate())
        _refuse_wrong(ground.programme, wrong_before, name)
        if loading.bounded:
            refuse_changed(settled_before, ground.programme, name)
        if loading.touched:
            audit.record(
                verb="programme_file.loaded",
                obj=ground.programme,
                before={},
                after={
                    "file": name,
                    "made": loading.made,
                    "changed": loading.changed,
                    "removed": loading.removed,
                    "withdrawn": loading.withdrawn,
                }
                | loading.names,
                by=by,
            )
    return ground.programme, loading


def _slug_of(file: Entry) -> str:
    top = file.entry("programme")
    return "" if top is None else str(top.text("slug", ""))


def _refuse_another(file: Entry, only: Programme | None) -> None:
    slug = _slug_of(file)
    if only is not None and slug != only.slug:
        top = file.entry("programme") or file
        raise top.problem(
            f"this is the file of a programme with the address word '{slug}', and this one’s is "
            f"'{only.slug}'",
            key="slug",
        )


def _wrong(programme: Programme) -> set[str]:
    return set(sentences(breach for breach in all_breaches(programme) if not breach.gap))


def _refuse_wrong(programme: Programme, before: set[str], name: str) -> None:
    """Raises YamlError for rules over several rows that are broken now and were not before."""
    if broken := sorted(_wrong(programme) - before):
        raise YamlError(*(f"{name}: {sentence}" for sentence in broken))


def _theirs(programme: Programme) -> Callable[[Model], bool]:
    """Whether people entered or changed a row, or one that it belongs to: the record says so. The
    programme itself does not count, to which all rows belong."""
    touched = set(
        AuditEntry.objects.filter(programme=programme, actor__isnull=False).values_list(
            "object_type", "object_id"
        )
    )

    def theirs(row: Model) -> bool:
        about = {(row._meta.label_lower, str(row.pk))}
        for field in row._meta.concrete_fields:
            if field.related_model and field.related_model is not Programme:
                label = field.related_model._meta.label_lower
                about.add((label, str(getattr(row, field.attname))))
        return bool(about & touched)

    return theirs


def _templates(file: Entry, below: ProgrammeParts) -> dict[str, PaperTemplate]:
    stored = PaperTemplate.objects.filter(programme=below.programme)
    rows = below.loading.rows(stored, "slug")
    entries = file.entries("paper_templates")
    place = numbered(entries)

    def build(entry: Entry) -> PaperTemplate:
        builtin = entry.ref("builtin", {name: name for name in BUILTINS})
        board = entry.ref("board", below.boards)
        given = {
            name: entry.text(name, None)
            for name in ("name", "title", "numbering", "purpose", "author_post")
        }
        overrides = {name: value for name, value in given.items() if value is not None}
        sections = _section_overrides(entry.entry("sections"))
        return rows.put_by(
            entry,
            lambda stored: install_template(
                programme=below.programme,
                builtin=builtin,
                board=board,
                overrides=overrides,
                sections=sections,
                by=None,
            ),
            also={
                "withdrawn_on": entry.day("withdrawn_on", None),
                "order": place(entry),
            },
            slug=builtin,
        )

    templates = {row.slug: row for row in each(entries, build)}
    rows.finish()
    return templates


def _section_overrides(sections: Entry | None) -> dict[str, Mapping[str, Any]]:
    if sections is None:
        return {}
    overrides: dict[str, Mapping[str, Any]] = {}
    for key in sections.keys:
        one = sections.entry(key)
        if one is None:
            continue
        given = {
            "kind": one.text("kind", None),
            "heading": one.text("heading", None),
            "options": one.options("options"),
            "standing_text": one.rich("standing_text", None),
            "new_page": one.boolean("new_page", None),
        }
        overrides[key] = {name: value for name, value in given.items() if value is not None}
    return overrides


def _papers(file: Entry, templates: dict[str, PaperTemplate], below: ProgrammeParts) -> None:
    stored = Paper.objects.filter(template__programme=below.programme)
    rows = below.loading.rows(stored, "template", "period")
    built: list[tuple[Entry, Paper]] = []

    def build(entry: Entry) -> None:
        template, meeting = entry.ref("template", templates), entry.entry("meeting")
        row = rows.put(
            entry,
            template=template,
            period=entry.ref("period", below.periods),
            board=entry.ref("board", below.boards, None) or template.board,
            meeting=None if meeting is None else _meeting(meeting, below),
            title=entry.text("title", None) or template.title,
            purpose=entry.choice("purpose", PaperTemplate.Purpose.values, template.purpose),
            marking=entry.choice("marking", MarkingChoices.values, below.programme.default_marking),
            author_post=entry.text("author_post", None) or template.author_post,
            state=entry.choice("state", Paper.State.values, Paper.State.DRAFT.value),
        )
        built.append((entry, row))

    each(file.entries("papers"), build)
    rows.finish()
    _recommendations(built, below)
    _texts(built, below)


def _meeting(entry: Entry, below: ProgrammeParts) -> Any:
    return below.meeting(entry, entry.ref("board", below.boards), "held_on")


def _recommendations(built: list[tuple[Entry, Paper]], below: ProgrammeParts) -> None:
    stored = PaperRecommendation.objects.filter(paper__template__programme=below.programme)
    rows = below.loading.rows(stored, "paper", "order")
    verbs = PaperRecommendation.Verb

    def build(pair: tuple[Entry, Paper]) -> None:
        entry, paper = pair
        entries = entry.entries("recommendations")
        place = numbered(entries)
        for one in entries:
            rows.put(
                one,
                paper=paper,
                order=place(one),
                verb=one.choice("verb", verbs.values, verbs.NOTE.value),
                text=one.text("text"),
            )

    each(built, build)
    rows.finish()


def _texts(built: list[tuple[Entry, Paper]], below: ProgrammeParts) -> None:
    stored = PaperSection.objects.filter(paper__template__programme=below.programme)
    rows = below.loading.rows(stored, "paper", "section")
    by_template: dict[int, dict[str, TemplateSection]] = {}
    for section in TemplateSection.objects.filter(template__programme=below.programme):
        by_template.setdefault(section.template_id, {})[section.key] = section

    def build(pair: tuple[Entry, Paper]) -> None:
        entry, paper = pair
        texts = entry.entry("sections")
        for key in texts.keys if texts else ():
            section = texts.name(key, by_template.get(paper.template_id, {}))
            one = texts.named_entry(key, "narrative")
            rows.put(
                texts,
                at_key=key,
                paper=paper,
                section=section,
                narrative=one.rich("narrative", ""),
                is_public=one.boolean("is_public", True),
                withheld_ground=one.text("withheld_ground", ""),
            )

    each(built, build)
    rows.finish()
