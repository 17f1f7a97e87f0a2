"""The programme of work: its projects with where each stands."""

from __future__ import annotations

from programme.common.blocks import Cell, Column, Missing, Row, Table, Text
from programme.common.english import listed, lower_first
from programme.common.formats import count, day, short_month
from programme.common.words import say
from projects.facts import LeftFacts, ProjectFacts, WorkstreamFacts
from reports.document import Bullets, Gap, Subheading
from reports.paper_data import PaperData, Part, SectionSpec
from reports.sections.registry import Blocks, Option, section_kind
from reports.sections.words import NO_STATUS, as_at, lead_in, no_update, paragraph


def no_project(data: PaperData, spec: SectionSpec) -> Gap:
    """What a section says that is about no project: whether there is none, none of which papers
    speak, or whether those there are began later."""
    if data.delivery is None:
        return Gap(say("No project is stored for this part of the programme."))
    below = _below(data, spec)
    later = sum(each in below for each in data.delivery.to_come)
    if later:
        number = count(later, "project")
        part = say("of this part of the programme began after")
        return Gap(f"{number} {part} {day(data.period.as_at)}; none was there before.")
    if any(each.workstream in below for each in data.delivery.projects):
        none = say("No project of this part of the programme is under way")
        return Gap(f"{none}, {as_at(data.period.as_at)}.")
    return Gap(say("No project is stored for this part of the programme."))


def _below(data: PaperData, spec: SectionSpec) -> frozenset[str]:
    """The slugs of the workstreams a section is about, with all that stand below them."""
    if data.delivery is None:
        return frozenset()
    return frozenset().union(
        *(data.delivery.below(each.slug) for each in chosen_workstreams(data, spec))
    )


def chosen_workstreams(data: PaperData, spec: SectionSpec) -> tuple[WorkstreamFacts, ...]:
    """The workstreams a section is about: those its option ``workstreams`` names, in that order,
    or all that stand at the top."""
    if data.delivery is None:
        return ()
    wanted = spec.options.get("workstreams")
    if not wanted:
        return tuple(each for each in data.delivery.workstreams if each.parent is None)
    found = (data.delivery.workstream(slug) for slug in wanted)
    return tuple(each for each in found if each)


def chosen_projects(data: PaperData, spec: SectionSpec) -> frozenset[str]:
    """The refs of the projects, components included, of the workstreams a section is about."""
    if data.delivery is None:
        return frozenset()
    below = _below(data, spec)
    return frozenset(each.ref for each in data.delivery.projects if each.workstream in below)


def limited(spec: SectionSpec) -> bool:
    """Whether a section is about some workstreams only."""
    return bool(spec.options.get("workstreams"))


def parts_of(data: PaperData, workstream: WorkstreamFacts) -> tuple[WorkstreamFacts, ...]:
    """The workstreams below one, or the workstream itself where it has none."""
    return (data.delivery.children(workstream.slug) if data.delivery else ()) or (workstream,)


def shown(data: PaperData, workstream: WorkstreamFacts) -> tuple[ProjectFacts, ...]:
    """A workstream's projects that a paper reports on: whoever is asked for an update or gave
    one, and what is paused or has closed since the last paper; not what had closed before or is
    everyday business."""
    if data.delivery is None:
        return ()
    return tuple(
        each
        for each in data.delivery.in_workstream(workstream.slug)
        if each.reporting or each.update or each.stage_kind == "paused" or each.closed_since
    )


def left(data: PaperData, spec: SectionSpec) -> tuple[LeftFacts, ...]:
    """The projects of a section's workstreams that left the programme since the last paper."""
    if data.delivery is None:
        return ()
    below = _below(data, spec)
    return tuple(each for each in data.delivery.left if each.workstream in below)


def left_in_words(data: PaperData, spec: SectionSpec) -> Blocks:
    """Which projects left, so that none that was in the last paper vanishes unsaid."""
    names = [f"{each.name} (on {day(each.left_on)})" for each in left(data, spec)]
    if not names:
        return ()
    return (paragraph(f"Withdrawn from the programme in this period: {listed(names)}."),)


def _shown_by_part(data: PaperData, spec: SectionSpec) -> list[ProjectFacts | LeftFacts]:
    return [
        *(
            project
            for workstream in chosen_workstreams(data, spec)
            for part in parts_of(data, workstream)
            for project in shown(data, part)
        ),
        *left(data, spec),
    ]


@section_kind(
    "project_tables",
    "Projects by workstream, as tables",
    Part.DELIVERY,
    marked=_shown_by_part,
    options={"workstreams": Option.WORKSTREAMS},
)
def project_tables(data: PaperData, spec: SectionSpec) -> Blocks:
    """A table per workstream: project, status, stage and movement since the last paper."""
    blocks: Blocks = ()
    for workstream in chosen_workstreams(data, spec):
        for part in parts_of(data, workstream):
            projects = shown(data, part)
            if not projects:
                continue
            blocks += (Subheading(part.name),)
            if part.summary:
                blocks += (paragraph(part.summary),)
            blocks += (_table(data, part, projects),)
    return (blocks or (no_project(data, spec),)) + left_in_words(data, spec)


def _table(
    data: PaperData, workstream: WorkstreamFacts, projects: tuple[ProjectFacts, ...]
) -> Table:
    with_movement = data.previous is not None
    columns = [
        Column(say("Project"), weight=28),
        Column("Status", weight=40),
        Column("Stage", weight=16),
    ]
    if with_movement:
        columns.append(Column("Movement", weight=16))
    rows = []
    for project in projects:
        cells: list[Cell] = [Text.plain(project.name), status(project), Text.plain(stage(project))]
        if with_movement:
            cells.append(Text.plain(stage_movement(project)))
        rows.append(Row(tuple(cells)))
    notes: tuple[Text, ...] = ()
    if data.previous:
        notes = (Text.plain(f"Movement is since the last position, {as_at(data.previous.as_at)}."),)
    caption = f"{workstream.name}: position {as_at(data.period.as_at)}"
    return Table.of(caption, tuple(columns), tuple(rows), notes)


def status(project: ProjectFacts) -> Text | Missing:
    """The status line; a project that is not asked for one stands by its stage."""
    if project.update:
        line = project.update.status_line
        return Text.plain(line) if line else NO_STATUS
    if project.reporting:
        return no_update()
    return Text.plain(say("No update is asked for at this stage."))


def stage(project: ProjectFacts) -> str:
    """The stage, with the months it runs from and to where both are known."""
    if project.starts_on and project.ends_on:
        return (
            f"{project.stage}, {short_month(project.starts_on)} to {short_month(project.ends_on)}"
        )
    return project.stage


def stage_movement(project: ProjectFacts) -> str:
    if project.is_new:
        return "New"
    if project.previous_stage is None:
        return "Not known"
    if project.previous_stage != project.stage:
        return f"From {lower_first(project.previous_stage)}"
    return "No change"


@section_kind(
    "project_list",
    "Projects of a workstream, as a list",
    Part.DELIVERY,
    marked=lambda data, spec: [
        *(
            project
            for workstream in chosen_workstreams(data, spec)
            for project in shown(data, workstream)
        ),
        *left(data, spec),
    ],
    options={"workstreams": Option.WORKSTREAMS},
)
def project_list(data: PaperData, spec: SectionSpec) -> Blocks:
    """Smaller pieces of work, a line each."""
    items = []
    for workstream in chosen_workstreams(data, spec):
        for project in shown(data, workstream):
            line = status(project)
            words = line.what if isinstance(line, Missing) else str(line)
            items.append(lead_in(f"{project.name}: ", words))
    said: Blocks = (Bullets(tuple(items)),) if items else ()
    if not said and not spec.narrative:
        said = (no_project(data, spec),)
    return said + left_in_words(data, spec)


@section_kind(
    "outline",
    "Outline of the programme by workstream",
    Part.DELIVERY,
    marked=lambda data, spec: [
        project
        for workstream in chosen_workstreams(data, spec)
        for part in parts_of(data, workstream)
        for project in (data.delivery.in_workstream(part.slug) if data.delivery else ())
    ],
    options={"workstreams": Option.WORKSTREAMS, "opening": Option.WORDS},
)
def outline(data: PaperData, spec: SectionSpec) -> Blocks:
    """Every workstream with the names of all its projects, everyday business included. The option
    ``opening`` is the programme's own sentence before the list."""
    if data.delivery is None:
        return ()
    named = [
        (part.name, names)
        for workstream in chosen_workstreams(data, spec)
        for part in parts_of(data, workstream)
        if (names := [each.name for each in data.delivery.in_workstream(part.slug)])
    ]
    if not named:
        return (no_project(data, spec),)
    every = [name for _, names in named for name in names]
    items = [lead_in(f"{part}: ", f"{listed(names, beside=every)}.") for part, names in named]
    opening = spec.options.get("opening") or say("The programme’s work, by workstream:")
    return (paragraph(str(opening)), Bullets(tuple(items), marker="i"))
