"""Writes of the top floor: installing paper templates."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from programme.checks import next_order
from programme.common.richtext import clean
from programme.common.validation import validate
from programme.common.words import say
from programme.models import Board, Programme, User
from programme.writing import Edit
from projects.models import Engagement, Workstream
from reports.builtin import BUILTINS, BuiltinSection, BuiltinTemplate
from reports.models import PaperTemplate, TemplateSection
from reports.sections import Option, refused_option

TEMPLATE_FIELDS = ("name", "title", "numbering", "purpose", "author_post")
OVERRIDABLE = ("kind", "heading", "options", "standing_text", "new_page")


@transaction.atomic
def install_template(
    *,
    programme: Programme,
    builtin: str,
    board: Board,
    overrides: Mapping[str, Any] | None = None,
    sections: Mapping[str, Mapping[str, Any]] | None = None,
    by: User | None,
) -> PaperTemplate:
    """Write a built-in template's rows for a board, or bring them up to date.

    ``overrides`` replace fields of the template (name, title, purpose, author_post, numbering),
    ``sections`` fields of its sections by their key (kind, heading, options, standing_text,
    new_page). Raises ``ValidationError`` for a built-in, a section or a field that does not
    exist, for an option or a workstream that does not, and for a board of another programme.
    Installing the same again changes nothing.
    """
    source = _builtin(builtin)
    if board.programme_id != programme.pk:
        raise ValidationError(f"{board} {say('is not a board')} of {programme}.")
    fields = _checked(overrides or {}, TEMPLATE_FIELDS, "A template")
    values = {
        "name": source.name,
        "title": source.title,
        "numbering": source.numbering,
        "purpose": source.purpose,
        "author_post": "",
    } | fields
    changes = dict(sections or {})
    if unknown := sorted(set(changes) - {each.key for each in source.sections}):
        known = ", ".join(each.key for each in source.sections)
        raise ValidationError(f"{source.name} has no section “{unknown[0]}”. It has: {known}.")

    stored = PaperTemplate.objects.filter(programme=programme, slug=source.slug).first()
    edit = Edit(stored or PaperTemplate(programme=programme, slug=source.slug))
    edit.set(board=board, **values)
    if edit.is_new:
        edit.set(order=next_order(programme.paper_templates))
    rows = {} if edit.is_new else {each.key: each for each in edit.row.sections.all()}
    known = {
        Option.WORKSTREAMS: list(Workstream.objects.of(programme).values_list("slug", flat=True)),
        Option.ENGAGEMENTS: Engagement.Kind.values,
    }
    wanted = [
        (each, _section(each, changes.get(each.key, {}), known) | {"order": order})
        for order, each in enumerate(source.sections, start=1)
    ]
    for each, said in wanted:
        row = rows.get(each.key)
        before = _in_words({name: getattr(row, name) for name in said}) if row else {}
        edit.part(f"section {each.key}", before, _in_words(said))
    changed = bool(edit.changed)
    template = edit.save("paper_template.installed", by=by)
    if changed:
        _write_sections(template, rows, wanted)
    return template


def _write_sections(
    template: PaperTemplate,
    rows: dict[str, TemplateSection],
    wanted: Sequence[tuple[BuiltinSection, dict[str, Any]]],
) -> None:
    """Makes the sections of a template what is wanted, each below the one that it stands below."""
    if any(rows[each.key].order != said["order"] for each, said in wanted if each.key in rows):
        # Places are unique: those that change hands are emptied first.
        template.sections.update(order=F("order") + len(rows) + len(wanted))
    for each, said in wanted:
        row = rows.setdefault(each.key, TemplateSection(template=template, key=each.key))
        for name, value in said.items():
            setattr(row, name, value)
        row.parent = rows[each.parent] if each.parent else None
        validate(row)
        row.save()


def _in_words(said: Mapping[str, Any]) -> dict[str, str]:
    """What a section says of itself, as the record shows it. Options are written in the order of
    their names: a database may give them back in another than they were given in."""
    return {
        name.replace("_", " "): json.dumps(value, sort_keys=True, ensure_ascii=False)
        if isinstance(value, dict)
        else str(value)
        for name, value in said.items()
        if value
    }


def _builtin(slug: str) -> BuiltinTemplate:
    try:
        return BUILTINS[slug]
    except KeyError:
        known = ", ".join(sorted(BUILTINS))
        raise ValidationError(
            f"There is no built-in template “{slug}”. There are: {known}."
        ) from None


def _checked(values: Mapping[str, Any], allowed: tuple[str, ...], what: str) -> dict[str, Any]:
    for name in values:
        if name not in allowed:
            raise ValidationError(f"{what} has no field “{name}”. It has: {', '.join(allowed)}.")
    return dict(values)


def _section(
    section: BuiltinSection,
    changes: Mapping[str, Any],
    known: Mapping[Option, Collection[str]],
) -> dict[str, Any]:
    """What a section holds. Raises ValidationError for a field or an option that it has not."""
    values = {
        "kind": section.kind,
        "heading": section.heading,
        "options": dict(section.options),
        "standing_text": section.standing_text,
        "new_page": section.new_page,
    } | _checked(changes, OVERRIDABLE, f"Section “{section.key}”")
    if values["kind"] != section.kind and "options" not in changes:
        values["options"] = {}  # the built-in ones are for the built-in kind
    try:
        refused = refused_option(values["kind"], values["options"] or {}, known)
    except LookupError as error:
        raise ValidationError(str(error)) from None
    if refused:
        raise ValidationError(f"Section “{section.key}”: {refused}")
    return values | {"standing_text": clean(values["standing_text"])}
