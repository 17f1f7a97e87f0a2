"""The ground floor's part of a programme's file: the programme itself, its partners,
boards, calendar, ratings and people."""

from __future__ import annotations

from programme.common.calendar import CALENDARS
from programme.common.words import POUND, TERMS
from programme.models import (
    Aim,
    HostTerm,
    MarkingChoices,
    Organisation,
    OrganisationName,
    Partnership,
    PlanPriority,
    Principle,
    Programme,
    ReportingPeriod,
    Stage,
    Theme,
)
from programme.programme_file import boards, people, ratings
from programme.programme_file.loading import (
    Loading,
    each,
    each_after_its_parents,
    refusals,
    save_checked,
)
from programme.programme_file.names import load_names
from programme.programme_file.parts import ProgrammeParts, numbered, priority_name
from programme.programme_file.yamlfile import Entry


def load(file: Entry, loading: Loading) -> ProgrammeParts:
    """Loads what the ground floor keeps. Problems stay with ``loading``, save those of the
    programme itself; runs in the caller's transaction."""
    top = file.entry("programme")
    if top is None:
        raise file.problem("'programme' is missing")
    parts = ProgrammeParts(_programme(top, loading), loading)
    for entry, section in (
        (file, _organisations),
        (top, _host),
        (top, _words),
        (top, _stages),
        (file, _partnerships),
        (file, _periods),
        (file, boards.load),
        (file, people.load),
        (file, boards.load_members),
        (file, ratings.load),
    ):
        with loading.section():
            section(entry, parts)
    return parts


def _organisations(file: Entry, parts: ProgrammeParts) -> None:
    rows = parts.loading.rows(Organisation.objects.of(parts.programme), "slug")

    def build(entry: Entry) -> None:
        row = rows.put(
            entry,
            programme=parts.programme,
            slug=entry.text("slug"),
            name=entry.text("name"),
            short_name=entry.text("short_name", None) or entry.text("name"),
            kind=entry.choice("kind", Organisation.Kind.values),
            succeeded_by=entry.ref("succeeded_by", parts.organisations, None),
        )
        parts.organisations[row.slug] = row

    entries = file.entries("organisations")
    each_after_its_parents(entries, "slug", ["succeeded_by"], build)
    rows.finish()
    load_names(
        parts.loading,
        OrganisationName.objects.of(parts.programme),
        "organisation",
        [(parts.organisations.get(one.text("slug", "")), one) for one in entries],
    )


def _host(top: Entry, parts: ProgrammeParts) -> None:
    """The accountable body and those before it: organisations, which there are only once there is
    the programme that they belong to. A file of set-up alone may name none."""
    programme, host = parts.programme, top.ref("host", parts.organisations, None)
    if programme.host_id != (host and host.pk):
        programme.host = host
        with refusals(top, "host"):
            save_checked(programme)
    rows = parts.loading.rows(HostTerm.objects.of(programme), "until")

    def build(entry: Entry) -> HostTerm:
        return rows.put(
            entry,
            programme=programme,
            organisation=entry.ref("organisation", parts.organisations),
            until=entry.day("until"),
        )

    each(top.entries("earlier_hosts"), build)
    rows.finish()


def _programme(entry: Entry, loading: Loading) -> Programme:
    slug = entry.text("slug")
    rows = loading.rows(Programme.objects.filter(slug=slug), "slug")
    return rows.put(
        entry,
        slug=slug,
        name=entry.text("name"),
        short_name=entry.text("short_name"),
        vision=entry.text("vision", ""),
        summary=entry.text("summary", ""),
        financial_year_start_month=entry.integer("financial_year_start_month", 4),
        calendar=entry.choice("calendar", tuple(CALENDARS), "england_and_wales"),
        words=_own_words(entry.entry("words")),
        currency_sign=entry.text("currency_sign", POUND),
        movement_signs=entry.choice(
            "movement_signs",
            Programme.MovementSigns.values,
            Programme.MovementSigns.ARROWS.value,
        ),
        default_marking=entry.choice(
            "default_marking", MarkingChoices.values, MarkingChoices.OFFICIAL.value
        ),
        keeps_money=entry.boolean("keeps_money", True),
        ended_on=entry.day("ended_on", None),
        end_reason=entry.text("end_reason", ""),
    )


def _own_words(entry: Entry | None) -> dict[str, dict[str, str]]:
    """What the programme calls its things: of each term that it has a word of its own for, that
    word for one and for several."""
    if entry is None:
        return {}
    known = {term.key: term for term in TERMS}
    found = {}
    for key in entry.keys:
        term = entry.name(key, known)
        own = entry.entry(key)
        found[term.key] = {"one": own.text("one"), "many": own.text("many")} if own else {}
    return found


def _words(top: Entry, parts: ProgrammeParts) -> None:
    """Principles, aims, plan priorities and themes."""
    programme, loading = parts.programme, parts.loading
    for key, model in (("principles", Principle), ("aims", Aim)):
        lines = loading.rows(
            model.objects.filter(programme=programme), "programme", "order", repeats=True
        )
        entries = top.entries(key, "text")
        place = numbered(entries)
        for one in entries:
            lines.put(
                one,
                programme=programme,
                order=place(one),
                text=one.text("text"),
                withdrawn_on=one.day("withdrawn_on", None),
            )
        lines.finish()

    stored = PlanPriority.objects.filter(programme=programme)
    priorities = loading.rows(stored, "number", "in_force_from", repeats=True)

    def priority(entry: Entry) -> PlanPriority:
        return priorities.put(
            entry,
            programme=programme,
            number=entry.integer("number"),
            text=entry.text("text"),
            in_force_from=entry.day("in_force_from", None),
            in_force_to=entry.day("in_force_to", None),
            withdrawn_on=entry.day("withdrawn_on", None),
        )

    # Where two plans number their priorities alike, the number alone means the later in the file.
    built = each(top.entries("plan_priorities"), priority)
    parts.priorities = {priority_name(row): row for row in built}
    parts.priorities |= {str(row.number): row for row in built}
    priorities.finish()

    themes = loading.rows(Theme.objects.filter(programme=programme), "slug")
    entries = top.entries("themes")
    place = numbered(entries)

    def theme(entry: Entry) -> Theme:
        slug, name = entry.text("slug"), entry.text("name")
        return themes.put(
            entry,
            programme=programme,
            slug=slug,
            name=name,
            order=place(entry),
            withdrawn_on=entry.day("withdrawn_on", None),
        )

    parts.themes = {row.slug: row for row in each(entries, theme)}
    themes.finish()


def _stages(top: Entry, parts: ProgrammeParts) -> None:
    rows = parts.loading.rows(Stage.objects.filter(programme=parts.programme), "slug")
    entries = top.entries("stages")
    place = numbered(entries)
    rows.make_room("order", {(entry.text("slug", ""),): place(entry) for entry in entries})

    def build(entry: Entry) -> Stage:
        return rows.put(
            entry,
            programme=parts.programme,
            slug=entry.text("slug"),
            name=entry.text("name"),
            kind=entry.choice("kind", Stage.Kind.values),
            order=place(entry),
            withdrawn_on=entry.day("withdrawn_on", None),
        )

    parts.stages = {row.slug: row for row in each(entries, build)}
    rows.finish()


def _partnerships(file: Entry, parts: ProgrammeParts) -> None:
    stored = Partnership.objects.filter(programme=parts.programme)
    rows = parts.loading.rows(stored, "organisation")
    entries = file.entries("partnerships")
    place = numbered(entries)

    def build(entry: Entry) -> Partnership:
        return rows.put(
            entry,
            programme=parts.programme,
            organisation=entry.ref("organisation", parts.organisations),
            role=entry.choice("role", Partnership.Role.values, Partnership.Role.PARTNER.value),
            joined_on=entry.day("joined_on", None),
            left_on=entry.day("left_on", None),
            order=place(entry),
        )

    each(entries, build)
    rows.finish()


def _periods(file: Entry, parts: ProgrammeParts) -> None:
    rows = parts.loading.rows(ReportingPeriod.objects.filter(programme=parts.programme), "slug")

    def build(entry: Entry) -> ReportingPeriod:
        states = ReportingPeriod.State
        return rows.put(
            entry,
            programme=parts.programme,
            slug=entry.text("slug"),
            name=entry.text("name"),
            starts_on=entry.day("starts_on"),
            as_at=entry.day("as_at"),
            opens_on=entry.day("opens_on", None),
            due_on=entry.day("due_on", None),
            state=entry.choice("state", states.values, states.PLANNED.value),
        )

    parts.periods = {row.slug: row for row in each(file.entries("periods"), build)}
    rows.finish()
