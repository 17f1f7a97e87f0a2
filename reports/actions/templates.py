"""Writes of the top floor: installing paper templates."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from programme import audit
from programme.common.richtext import clean
from programme.models import Board, Programme, User
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
        raise ValidationError(f"{board} is not a board of {programme}.")
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

    template = PaperTemplate.objects.filter(programme=programme, slug=source.slug).first()
    before = _snapshot(template) if template else {}
    if template is None:
        order = PaperTemplate.objects.filter(programme=programme).count() + 1
        template = PaperTemplate(programme=programme, slug=source.slug, order=order)
    values["board"] = board
    is_new = template.pk is None
    if is_new or any(getattr(template, name) != values[name] for name in values):
        for name, value in values.items():
            setattr(template, name, value)
        template.full_clean()
        template.save()
    known = {
        Option.WORKSTREAMS: list(Workstream.objects.of(programme).values_list("slug", flat=True)),
        Option.ENGAGEMENTS: Engagement.Kind.values,
    }
    written: dict[str, TemplateSection] = {}
    for position, section in enumerate(source.sections, start=1):
        written[section.key] = _write_section(
            template, section, position, changes.get(section.key, {}), written, known
        )
    after = _snapshot(template)
    if after != before:
        if not is_new:
            template.version += 1
            template.save(update_fields=["version", "updated_at"])
        audit.record(
            verb="paper_template.installed", obj=template, before=before, after=after, by=by
        )
    return template


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


def _write_section(
    template: PaperTemplate,
    section: BuiltinSection,
    position: int,
    changes: Mapping[str, Any],
    written: Mapping[str, TemplateSection],
    known: Mapping[Option, Collection[str]],
) -> TemplateSection:
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
    values["standing_text"] = clean(values["standing_text"])
    row, _ = TemplateSection.objects.update_or_create(
        template=template,
        key=section.key,
        defaults=values
        | {"order": position, "parent": written[section.parent] if section.parent else None},
    )
    row.full_clean()
    return row


def _snapshot(template: PaperTemplate) -> dict[str, Any]:
    sections = template.sections.order_by("order").select_related("parent")
    return audit.snapshot(template, ("board", *TEMPLATE_FIELDS)) | {
        "sections": [
            {
                "key": each.key,
                "below": each.parent.key if each.parent else "",
                "kind": each.kind,
                "heading": each.heading,
                "options": each.options,
                "standing text": each.standing_text,
                "new page": each.new_page,
            }
            for each in sections
        ]
    }
