"""What no person changes by a file: whatever the figures of closed years are computed from, what
was reported in closed periods, updates that were accepted, papers that were approved, and what was
validated.

Pages refuse each, one row at a time. A person's file that says something else of them, or that
would settle something by itself, is refused whole; a command, which is for setting right what a
person cannot, may load it. What belongs to a settled thing is found in the tables themselves: every
row that refers to it, and every field of those, except what is named here with its reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models
from django.db.models import F, Model, QuerySet

from finance.models import BenefitProfile, FinancialYear, GrantReturn, PublishedFigure
from programme.common.english import listed
from programme.models import Meeting, Programme, ReportingPeriod, SetUpPart
from programme.programme_file.yamlfile import YamlError
from projects.models import ReminderLine, StatusUpdate
from reports.models import Issue, Paper, RenderedFile

STAYS_OPEN: dict[type[Model], frozenset[type[Model]]] = {
    # An award is reported on, a figure of an old paper is found, and a benefit is measured, long
    # after the year that they are of was closed.
    FinancialYear: frozenset({GrantReturn, PublishedFigure, BenefitProfile}),
    # A period is given its meetings, and its papers are written, when it is over. A paper is
    # settled by its own state. Which letters went out is a log, and in no file.
    ReportingPeriod: frozenset({Meeting, Paper, ReminderLine}),
    # No file holds what was issued or made ready to be read.
    Paper: frozenset({Issue, RenderedFile}),
}
"""Rows that refer to a settled thing and may change all the same."""

_NAMED = frozenset({"name", "short_name", "label", "order", "withdrawn_on"})
_PLANNED = frozenset({"target_pounds", "target_certainty", "forecast_pounds", "forecast_certainty"})
_SCHEDULED = frozenset({"opens_on", "due_on"})


def may_change(model: type[Model]) -> frozenset[str]:
    """Fields that say nothing of what was settled: how a part of the set-up is called and where it
    stands, when updates were due, and what is planned of a benefit still."""
    if model is BenefitProfile:
        return _PLANNED
    if model is ReportingPeriod:
        return _NAMED | _SCHEDULED
    return _NAMED if model is FinancialYear or issubclass(model, SetUpPart) else frozenset()


@dataclass(slots=True)
class Settled:
    """A thing that is settled: in words, and all the rows that are settled with it. ``by_people``
    is how it comes to be so, where only people make it so."""

    words: str
    forged: str = ""
    rows: set[tuple[str, int, str]] = field(default_factory=set)


Key = tuple[str, int]


def settled(programme: Programme) -> dict[Key, Settled]:
    """Everything that is settled in a programme, by model and key."""
    closed = FinancialYear.objects.of(programme).filter(state=FinancialYear.State.CLOSED)
    found = _all_of(closed, {row.pk: Settled(f"{row} is closed") for row in closed})
    over = ReportingPeriod.objects.of(programme).filter(state=ReportingPeriod.State.CLOSED)
    found |= _all_of(over, {row.pk: Settled(f"{row} is closed") for row in over})
    accepted = StatusUpdate.objects.of(programme).filter(state=StatusUpdate.State.ACCEPTED)
    found |= _all_of(
        accepted,
        {
            row.pk: _made(f"The update “{row}”", "accepted")
            for row in accepted.select_related("project__programme", "period")
        },
    )
    agreed = Paper.objects.of(programme).filter(
        state__in=[Paper.State.APPROVED, Paper.State.ISSUED]
    )
    found |= _all_of(
        agreed,
        {
            row.pk: _made(f"The paper “{row}”", row.get_state_display().lower())
            for row in agreed.select_related("period")
        },
    )
    validated = BenefitProfile.objects.of(programme).filter(validated_on__isnull=False)
    found |= _all_of(
        validated,
        {
            row.pk: _made(f"What “{row}” realised", "validated")
            for row in validated.select_related("benefit", "year")
        },
    )
    end = (programme._meta.label, programme.pk, f"{programme.ended_on} {programme.end_reason}")
    so = "has ended" if programme.ended_on is not None else "goes on"
    found[programme._meta.label, programme.pk] = Settled(f"{programme} {so}", rows={end})
    return found


def _made(what: str, so: str) -> Settled:
    return Settled(f"{what} is {so}", f"{what} would be {so}")


def refuse_changed(before: dict[Key, Settled], programme: Programme, name: str) -> None:
    """Raises YamlError for what was settled and is not the same any more, and for what only people
    settle and is settled now."""
    after = settled(programme)
    problems = []
    for key, was in before.items():
        now = after.get(key)
        if now is None:
            problems.append(f"{was.words}, and this file would change that.")
        elif changed := was.rows ^ now.rows:
            kinds = {str(apps.get_model(label)._meta.verbose_name) for label, _, _ in changed}
            what = listed(sorted(kinds))
            problems.append(f"{was.words}, and this file would change it ({what}).")
    problems += [
        f"{now.forged} by this file, which people do in the portal, one at a time."
        for key, now in after.items()
        if now.forged and key not in before
    ]
    if problems:
        raise YamlError(*(f"{name}: {problem}" for problem in problems))


def belonging(root: type[Model]) -> Iterator[tuple[type[Model], str]]:
    """The models of all rows that are settled with a row of ``root``, each with the path from it to
    that row: itself, what refers to it, what refers to that, and so on."""
    yield root, ""
    reached, waiting = {root}, [(root, "")]
    while waiting:
        model, path = waiting.pop(0)
        for relation in model._meta.get_fields(include_hidden=True):
            if not isinstance(relation, models.ManyToOneRel):
                continue
            below = relation.related_model
            if below in reached or below in STAYS_OPEN.get(root, ()):
                continue
            reached.add(below)
            way = f"{relation.field.name}__{path}".removesuffix("__")
            waiting.append((below, way))
            yield below, way


def reckoned_with(model: type[Model]) -> list[models.ForeignKey]:
    """The links of a row of the budget to the parts of the set-up that its figures are computed
    with: sources, categories, split rules."""
    return [
        each
        for each in model._meta.concrete_fields
        if isinstance(each, models.ForeignKey)
        and issubclass(each.related_model, SetUpPart)
        and each.related_model._meta.app_config is FinancialYear._meta.app_config
    ]


def _is_housekeeping(each: models.Field) -> bool:
    is_time = getattr(each, "auto_now", False) or getattr(each, "auto_now_add", False)
    return each.primary_key or each.name == "version" or is_time


def _all_of(roots: QuerySet, found: dict[int, Settled]) -> dict[Key, Settled]:
    """The settled things with the rows that are settled with them."""
    with_parts = roots.model is FinancialYear
    used: Used = defaultdict(lambda: defaultdict(set))
    for model, path in belonging(roots.model):
        queryset = model._base_manager.filter(**{f"{path or 'pk'}__in": roots})
        for row, owner in _read(queryset, path or "pk"):
            found[owner].rows.add(said(row))
            if with_parts:
                _note_used(row, {owner}, used)
    while used:
        part, wanted = used.popitem()
        _add_parts(part, wanted, found, used)
    return {(roots.model._meta.label, pk): thing for pk, thing in found.items()}


Used = dict[type[Model], dict[int, set[int]]]
"""Parts of the set-up by their keys, each with the keys of the things that are computed with it."""


def _add_parts(
    part: type[Model], wanted: dict[int, set[int]], found: dict[int, Settled], used: Used
) -> None:
    """Adds parts to the things that are computed with them, and the rows that are nothing without
    such a part, as the shares of a rule are."""
    for row, pk in _read(part._base_manager.filter(pk__in=wanted), "pk"):
        for owner in wanted[pk]:
            found[owner].rows.add(said(row))
    for name in part.PARTS:
        link = part._meta.get_field(name).field
        rows = link.model._base_manager.filter(**{f"{link.name}__in": wanted})
        for row, pk in _read(rows, link.name):
            for owner in wanted[pk]:
                found[owner].rows.add(said(row))
            _note_used(row, wanted[pk], used, but=part)


def _note_used(row: Model, owners: set[int], used: Used, but: type[Model] | None = None) -> None:
    for link in reckoned_with(type(row)):
        pk = getattr(row, link.attname)
        if pk is not None and link.related_model is not but:
            used[link.related_model][pk] |= owners


def _read(rows: QuerySet, path: str) -> Iterator[tuple[Model, int]]:
    """Rows, each with the key of the thing that it belongs to."""
    for row in rows.annotate(settled_with=F(path)):
        yield row, row.settled_with


def said(row: Model) -> tuple[str, int, str]:
    """A row by its table and key, with what it says that may not change."""
    free = may_change(type(row))
    fields = [each for each in row._meta.concrete_fields if not _is_housekeeping(each)]
    values = [getattr(row, each.attname) for each in fields if each.name not in free]
    return row._meta.label, row.pk, repr(values)
