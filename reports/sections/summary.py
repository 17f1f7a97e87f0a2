"""The executive summary: what was updated, how it is rated, and what moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from programme.common.blocks import Missing, Number, Rating, Ref, Text
from programme.common.english import listed, within
from programme.common.formats import count
from programme.common.words import say
from programme.facts import DimensionFacts
from projects.facts import ProjectFacts
from reports.document import Bullets, Gap, GridGroup, GridRow, KeyFigure, KeyFigures, RagGrid
from reports.paper_data import PaperData, Part, SectionSpec
from reports.sections.benefits import benefits_chart, marked_benefits
from reports.sections.collaborations import components, rated_by_parts
from reports.sections.programme_of_work import (
    chosen_workstreams,
    left,
    left_in_words,
    no_project,
    parts_of,
    shown,
)
from reports.sections.registry import Blocks, Marked, Option, section_kind
from reports.sections.words import (
    NOT_ASKED,
    as_at,
    asked_for,
    lead_in,
    paragraph,
    rated_dimensions,
    rating_cell,
)


def _marked(data: PaperData, spec: SectionSpec) -> Iterable[Marked]:
    for _, projects in _projects(data, spec):
        for project in projects:
            yield project
            yield from components(data, project)
    yield from left(data, spec)
    yield from marked_benefits(data, spec)


@section_kind(
    "executive_summary",
    "Executive summary with the ratings grid",
    Part.DELIVERY,
    Part.RATINGS,
    Part.BENEFITS,
    marked=_marked,
    options={"workstreams": Option.WORKSTREAMS},
)
def executive_summary(data: PaperData, spec: SectionSpec) -> Blocks:
    """What was updated, a count of ratings, the grid of them all, movement, and benefits."""
    groups = _projects(data, spec)
    projects = [each for _, own in groups for each in own]
    if data.delivery is None or not projects:
        return (no_project(data, spec), *left_in_words(data, spec))
    updated = [each for each in projects if each.update]
    silent = [each for each in projects if each.reporting and not each.update]
    blocks: Blocks = (
        (
            paragraph(say("Updates were given in this period on:")),
            Bullets(tuple(Text.plain(each.name) for each in updated)),
        )
        if updated
        else (Gap(say("No update was given on any project in this period.")),)
    )
    if silent:
        names = listed([within(each.label) for each in silent])
        blocks += (Gap(f"{say('No update was given in this period on')} {names}."),)
    blocks += left_in_words(data, spec)
    blocks += _headline(data, projects) + _grid(data, groups)
    blocks += _movement(data, projects)
    return blocks + benefits_chart(data, spec)


MOVED = (("worse", "Worse"), ("better", "Better"), ("not_comparable", "On or off the scale"))

Groups = list[tuple[str, tuple[ProjectFacts, ...]]]


def _projects(data: PaperData, spec: SectionSpec) -> Groups:
    return [
        (part.name, shown(data, part))
        for workstream in chosen_workstreams(data, spec)
        for part in parts_of(data, workstream)
    ]


def _rated(data: PaperData, projects: Iterable[ProjectFacts]) -> list[tuple[str, ProjectFacts]]:
    """The rows of the grid: each project by its label and its rated components by theirs. A
    project that is rated through its components only has no row of its own."""
    rows = []
    for project in projects:
        if project.ratings or not rated_by_parts(data, project):
            rows.append((project.label, project))
        rows += [
            (f"{project.label}: {each.label}", each)
            for each in components(data, project)
            if each.ratings
        ]
    return rows


def _headline(data: PaperData, projects: list[ProjectFacts]) -> Blocks:
    """How many stand at each level overall; those without a rating count too."""
    if data.ratings is None or data.ratings.overall is None:
        return ()
    overall = data.ratings.overall
    asked = [each for _, each in _rated(data, projects) if overall in asked_for(each, [overall])]
    if not asked:
        return ()
    given = [each.rating(overall.slug) for each in asked]
    found = Counter(each.level.code for each in given if each)
    items = [
        KeyFigure(level.word, Number(Decimal(found[level.code])), overall.name.lower())
        for level in data.ratings.levels
        if level.scale == overall.scale and (level.rank is not None or found[level.code])
    ]
    if missing := given.count(None):
        items.append(KeyFigure("Not given", Number(Decimal(missing)), overall.name.lower()))
    return (KeyFigures(tuple(items)),)


def _grid(data: PaperData, groups: Groups) -> Blocks:
    if data.ratings is None or not data.ratings.dimensions:
        return ()
    rows_of = {
        heading: [
            (name, each)
            for name, each in _rated(data, projects)
            if asked_for(each, data.ratings.dimensions)
        ]
        for heading, projects in groups
    }
    rated = [each for rows in rows_of.values() for _, each in rows]
    # What only workstreams are rated in that this paper does not show has no column.
    dimensions = tuple(
        each for each in data.ratings.dimensions if any(asked_for(one, [each]) for one in rated)
    )
    if not dimensions:
        return ()
    grid = []
    for heading, named in rows_of.items():
        rows = tuple(
            GridRow(name, _grid_cells(each, dimensions), Ref("project", each.ref))
            for name, each in named
        )
        if rows:
            grid.append(GridGroup(heading, rows))
    notes = []
    if any(each.ratings for each in rated):
        notes.append(Text.plain(say("Movement is since the rating that the project gave before.")))
    if any(len(asked_for(each, dimensions)) < len(dimensions) for each in rated):
        notes.append(Text.plain(say("A dash: not rated in this workstream.")))
    dashed = [each for each in rated if NOT_ASKED in _grid_cells(each, asked_for(each, dimensions))]
    if any(each.ratings for each in dashed):
        notes.append(Text.plain("A dash: rated overall only."))
    if any(not each.ratings for each in dashed):
        notes.append(Text.plain("A dash beside “Not given”: not rated at all."))
    caption = f"Ratings {as_at(data.period.as_at)}"
    names = tuple(each.name for each in dimensions)
    return (RagGrid(caption, names, tuple(grid), tuple(notes)),)


def _grid_cells(
    project: ProjectFacts, dimensions: tuple[DimensionFacts, ...]
) -> tuple[Rating | Missing, ...]:
    """A rating per dimension. Where a project is rated overall only, or not at all, the other
    dimensions were not asked for; nor are those of other workstreams."""
    own = asked_for(project, dimensions)
    asked = {each.slug for each in rated_dimensions(project, own)}
    if not asked and any(each.is_overall for each in own):
        asked = {each.slug for each in own if each.is_overall}
    if not asked:
        asked = {each.slug for each in own}
    return tuple(
        rating_cell(project.rating(each.slug)) if each.slug in asked else NOT_ASKED
        for each in dimensions
    )


def _movement(data: PaperData, projects: list[ProjectFacts]) -> Blocks:
    """Which ratings are worse and which better than the ones before them; nothing where there is
    no rating, and that nothing moved only where there was something to move from."""
    if data.ratings is None or not data.ratings.dimensions:
        return ()
    every = [each for _, each in _rated(data, projects)]
    groups: list[tuple[str, list[str]]] = []
    for movement, words in MOVED:
        moved = [
            f"{project.label} {dimension.name.lower()} "
            f"({rating.previous.word.lower()} to {rating.level.word.lower()})"
            for project in every
            for dimension in data.ratings.dimensions
            if (rating := project.rating(dimension.slug))
            and rating.previous
            and rating.previous != rating.level
            and rating.movement == movement
        ]
        if moved:
            groups.append((f"{words}, {count(len(moved), 'rating')}: ", moved))
    if groups:
        all_moved = [each for _, moved in groups for each in moved]
        items = [lead_in(words, f"{listed(moved, beside=all_moved)}.") for words, moved in groups]
        return (
            paragraph(say("These ratings differ from the ones that their projects gave before:")),
            Bullets(tuple(items)),
        )
    if any(rating.previous for project in every for rating in project.ratings):
        return (paragraph(say("No rating differs from the one that its project gave before.")),)
    return ()
