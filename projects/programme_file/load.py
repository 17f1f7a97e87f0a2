"""The first floor's part of a programme's file: workstreams and projects with their history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from programme.models import MarkingChoices, RatingLevel, Stage
from programme.programme_file.loading import UNSAID, Rows, each, each_after_its_parents
from programme.programme_file.parts import ProgrammeParts, numbered
from programme.programme_file.yamlfile import Entry
from projects.models import (
    LateAdmission,
    LeadTerm,
    Project,
    ProjectEnd,
    RatedAs,
    Rating,
    RatingCorrection,
    ReminderRule,
    StageChange,
    StatusUpdate,
    Workstream,
)
from projects.programme_file import milestones, registers
from projects.programme_file.ends import keep_ends, rows_of


@dataclass
class ProjectParts:
    """What the first floor loaded, by the names that the rest of the file uses."""

    below: ProgrammeParts
    workstreams: dict[str, Workstream] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)


def load(file: Entry, below: ProgrammeParts) -> ProjectParts:
    """Loads what the first floor keeps. Problems stay with the loading; runs in the caller's
    transaction."""
    parts, section = ProjectParts(below), below.loading.section
    with section():
        _workstreams(file, parts)
    with section():
        _reminders(file, parts)
    with section():
        _projects(file, parts)
    entries: list[Entry] = []
    with section():
        entries = file.entries("projects")
    with section():
        _stage_changes(entries, parts)
    with section():
        _earlier_leads(entries, parts)
    with section():
        _updates(entries, parts)
    with section():
        _late_admissions(entries, parts)
    with section():
        milestones.load(entries, parts.projects, below)
    with section():
        registers.load(file, parts.projects, below)
    return parts


def _workstreams(file: Entry, parts: ProjectParts) -> None:
    programme = parts.below.programme
    rows = parts.below.loading.rows(Workstream.objects.filter(programme=programme), "slug")
    listed = list(_with_children(file.entries("workstreams")))
    # One count through the whole tree, so that lists of projects keep the order of the file.
    place = numbered([entry for entry, _ in listed])

    def build(pair: tuple[Entry, Entry | None]) -> None:
        entry, above = pair
        parent = None if above is None else parts.workstreams[str(above.text("slug"))]
        row = rows.put(
            entry,
            many={"dimensions": entry.refs("dimensions", parts.below.dimensions)},
            programme=programme,
            slug=entry.text("slug"),
            number=entry.text("number", ""),
            name=entry.text("name"),
            summary=entry.text("summary", ""),
            parent=parent,
            order=place(entry),
            withdrawn_on=entry.day("withdrawn_on", None),
        )
        parts.workstreams[row.slug] = row

    each(listed, build)
    rows.finish()


def _with_children(
    entries: list[Entry], above: Entry | None = None
) -> Iterator[tuple[Entry, Entry | None]]:
    for entry in entries:
        yield entry, above
        yield from _with_children(entry.entries("children"), entry)


def _projects(file: Entry, parts: ProjectParts) -> None:
    below, entries = parts.below, file.entries("projects")
    rows = below.loading.rows(Project.objects.filter(programme=below.programme), "ref")
    ends = rows_of(below.loading, ProjectEnd, "project", below.programme)
    place = numbered(entries)

    def build(entry: Entry) -> None:
        row = rows.put(
            entry,
            many={
                "partners": entry.refs("partners", below.organisations),
                "themes": entry.refs("themes", below.themes),
                "priorities": entry.refs("priorities", below.priorities),
            },
            programme=below.programme,
            ref=entry.text("ref"),
            name=entry.text("name"),
            short_name=entry.text("short_name", ""),
            summary=entry.text("summary", ""),
            workstream=entry.ref("workstream", parts.workstreams),
            parent=entry.ref("parent", parts.projects, None),
            lead_organisation=entry.ref("lead_organisation", below.organisations, None),
            lead_post=entry.text("lead_post", ""),
            sponsor_post=entry.text("sponsor_post", ""),
            lead_user=entry.ref("lead_user", below.users, UNSAID),
            sponsor_user=entry.ref("sponsor_user", below.users, UNSAID),
            stage=_stage(entry, below),
            starts_on=entry.day("starts_on", None),
            ends_on=entry.day("ends_on", None),
            statutory_basis=entry.text("statutory_basis", ""),
            sensitivity=entry.choice(
                "sensitivity", MarkingChoices.values, MarkingChoices.OFFICIAL.value
            ),
            in_papers_as_component=entry.boolean("in_papers_as_component", True),
            withdrawn_on=entry.day("withdrawn_on", None),
            withdrawn_reason=entry.text("withdrawn_reason", ""),
            order=place(entry),
        )
        keep_ends(ends, entry, project=row)
        parts.projects[row.ref] = row

    each_after_its_parents(entries, "ref", ["parent"], build)
    rows.finish()
    ends.finish()


def _stage(entry: Entry, below: ProgrammeParts) -> Stage:
    """The stage that an entry gives, which must be where its last change of stage led."""
    stage = entry.ref("stage", below.stages)
    changes = entry.entries("stage_changes")
    if changes:
        last = changes[-1].ref("to_stage", below.stages)
        if last != stage:
            raise entry.problem(
                f"'stage' is '{stage.slug}', but the last change of stage is to '{last.slug}' "
                f"(line {changes[-1].line})",
                key="stage",
            )
    return stage


def _earlier_leads(entries: list[Entry], parts: ProjectParts) -> None:
    below = parts.below
    rows = below.loading.rows(LeadTerm.objects.of(below.programme), "project", "until")

    def build(pair: tuple[Project, Entry]) -> None:
        project, entry = pair
        rows.put(
            entry,
            project=project,
            organisation=entry.ref("organisation", below.organisations),
            until=entry.day("until"),
        )

    each(_of_projects(entries, "earlier_leads", parts), build)
    rows.finish()


def _of_projects(
    entries: list[Entry], key: str, parts: ProjectParts
) -> list[tuple[Project, Entry]]:
    """What the entries of projects list below a key, each with its project."""
    return [
        (parts.projects[str(entry.text("ref"))], one)
        for entry in entries
        for one in entry.entries(key)
    ]


def _stage_changes(entries: list[Entry], parts: ProjectParts) -> None:
    below = parts.below
    stored = StageChange.objects.filter(project__programme=below.programme)
    rows = below.loading.rows(
        stored.select_related("to_stage"), "project", "changed_on", "to_stage", repeats=True
    )

    def build(entry: Entry) -> None:
        project = parts.projects[str(entry.text("ref"))]
        previous: StageChange | None = None
        for one in entry.entries("stage_changes"):
            changed_on = one.day("changed_on")
            if previous is not None and changed_on < previous.changed_on:
                raise one.problem("changes of stage stand in the order of their days")
            previous = rows.put(
                one,
                project=project,
                from_stage=one.ref(
                    "from_stage", below.stages, None if previous is None else previous.to_stage
                ),
                to_stage=one.ref("to_stage", below.stages),
                changed_on=changed_on,
                reason=one.text("reason", ""),
                board=one.ref("board", below.boards, None),
            )

    each(entries, build)
    rows.finish()


def _updates(entries: list[Entry], parts: ProjectParts) -> None:
    below = parts.below
    stored = StatusUpdate.objects.filter(project__programme=below.programme)
    rows = below.loading.rows(stored, "project", "period")
    given: list[tuple[Entry, StatusUpdate]] = []

    def build(entry: Entry) -> None:
        project, listed = parts.projects[str(entry.text("ref"))], entry.entry("updates")
        for slug in listed.keys if listed else ():
            period, one = listed.name(slug, below.periods), listed.entry(slug)
            if one is None:
                raise listed.problem("the update is empty", key=slug)
            row = rows.put(one, project=project, period=period, **_said(one, below))
            given.append((one, row))

    each(entries, build)
    rows.finish()
    _ratings(given, below)


def _reminders(file: Entry, parts: ProjectParts) -> None:
    entry, below = file.entry("reminders"), parts.below
    if entry is None:
        return
    below.loading.rows(ReminderRule.objects.of(below.programme), "programme").put(
        entry,
        programme=below.programme,
        is_on=entry.boolean("is_on", True),
        on_opening=entry.boolean("on_opening", True),
        days_before=entry.integer("days_before", None),
        on_due=entry.boolean("on_due", True),
        days_after=entry.integer("days_after", None),
        sponsor_after=entry.integer("sponsor_after", None),
        words=entry.text("words", ""),
    )


def _late_admissions(entries: list[Entry], parts: ProjectParts) -> None:
    below = parts.below
    rows = below.loading.rows(LateAdmission.objects.of(below.programme), "project", "period")

    def build(pair: tuple[Project, Entry]) -> None:
        project, entry = pair
        rows.put(
            entry,
            project=project,
            period=entry.ref("period", below.periods),
            until=entry.day("until"),
            reason=entry.text("reason"),
        )

    each(_of_projects(entries, "admitted_late", parts), build)
    rows.finish()


def _said(entry: Entry, below: ProgrammeParts) -> dict[str, object]:
    states = StatusUpdate.State
    return {
        "state": entry.choice("state", states.values, states.ACCEPTED.value),
        "status_line": entry.text("status_line", ""),
        "narrative": entry.rich("narrative", ""),
        "restricted_narrative": entry.rich("restricted_narrative", ""),
        "path_to_green": entry.text("path_to_green", ""),
        "path_to_green_by": entry.day("path_to_green_by", None),
        "path_to_green_owner": entry.text("path_to_green_owner", ""),
        "handed_in_by": entry.ref("handed_in_by", below.users, UNSAID),
        "handed_in_at": entry.moment("handed_in_at", UNSAID),
        "on_behalf": entry.boolean("on_behalf", False),
        "reviewed_by": entry.ref("reviewed_by", below.users, UNSAID),
        "reviewed_at": entry.moment("reviewed_at", UNSAID),
        "return_reason": entry.text("return_reason", ""),
    }


def _ratings(given: list[tuple[Entry, StatusUpdate]], below: ProgrammeParts) -> None:
    stored = Rating.objects.filter(update__project__programme=below.programme)
    rows = below.loading.rows(stored, "update", "dimension")
    kept = RatingCorrection.objects.filter(rating__update__project__programme=below.programme)
    corrections = below.loading.rows(kept, "rating", "corrected_on", "from_level")

    def build(pair: tuple[Entry, StatusUpdate]) -> None:
        entry, update = pair
        ratings = entry.entry("ratings")
        for slug in ratings.keys if ratings else ():
            dimension = ratings.name(slug, below.dimensions)
            levels = below.levels[dimension.scale_id]
            if ratings.is_entry(slug):
                one = ratings.entry(slug)
                level, reason = one.ref("level", levels), one.text("reason", "")
                rated_as = one.choice("rated_as", RatedAs.values, RatedAs.OWNER.value)
            else:
                one, level, reason = None, ratings.ref(slug, levels), ""
                rated_as = RatedAs.OWNER.value
            explains_itself = dimension.is_derived or (one is not None and "corrections" in one)
            if level.needs_reason and not reason and not explains_itself:
                raise ratings.problem(f"'{slug}' is {level.word}, which needs a reason", key=slug)
            row = rows.put(
                ratings,
                at_key=slug,
                update=update,
                dimension=dimension,
                level=level,
                reason=reason,
                rated_as=rated_as,
                proposed=one.ref("proposed", levels, None) if one is not None else None,
                proposed_from=one.text("proposed_from", "") if one is not None else "",
            )
            if one is not None:
                _corrections(one, row, corrections, levels)

    each(given, build)
    rows.finish()
    corrections.finish()


def _corrections(
    entry: Entry, rating: Rating, rows: Rows[RatingCorrection], levels: Mapping[str, RatingLevel]
) -> None:
    """What was accepted of a rating before it was corrected, the oldest first: each led to what the
    next one corrects, the last to what the rating is now."""
    stated = entry.entries("corrections")
    after = [*(one.ref("was", levels) for one in stated[1:]), rating.level][: len(stated)]
    for one, to_level in zip(stated, after, strict=True):
        rows.put(
            one,
            rating=rating,
            from_level=one.ref("was", levels),
            to_level=to_level,
            corrected_on=one.day("corrected_on"),
            reason=one.text("reason"),
        )
