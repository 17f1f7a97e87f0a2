"""The update on each collaboration: its ratings as a box, its narrative, its components."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from finance.facts import BenefitFacts
from programme.common.blocks import Money, Number, Ref, Text
from programme.common.english import phrase, sentence
from programme.common.formats import day
from programme.common.values import Certainty
from programme.common.words import say
from programme.extremes import extremes_of
from programme.facts import DimensionFacts
from projects.facts import ProjectFacts, RatingFacts, UpdateFacts
from reports.document import Gap, Paragraph, RagBox, RagCell, Subheading
from reports.paper_data import PaperData, Part, SectionSpec
from reports.prose import to_blocks
from reports.sections.programme_of_work import (
    chosen_workstreams,
    left,
    left_in_words,
    no_project,
    parts_of,
    shown,
    stage,
    status,
)
from reports.sections.registry import Blocks, Marked, Option, section_kind
from reports.sections.words import (
    asked_for,
    is_nothing,
    lead_in,
    paragraph,
    rated_dimensions,
    rating_cell,
)

Figure = Money | Number | Text


def _marked(data: PaperData, spec: SectionSpec) -> Iterable[Marked]:
    """Projects with all their components, whose costs and savings stand in the project's box, and
    the benefits whose amounts do."""
    for workstream in chosen_workstreams(data, spec):
        for part in parts_of(data, workstream):
            for project in shown(data, part):
                below = data.delivery.components(project.ref) if data.delivery else ()
                for each in (project, *below):
                    yield each
                    yield from data.benefits.of_project(each.ref) if data.benefits else ()
    yield from left(data, spec)


@section_kind(
    "collaborations",
    "Update on each project with its ratings",
    Part.DELIVERY,
    Part.RATINGS,
    Part.BENEFITS,
    Part.COSTS,
    marked=_marked,
    options={"workstreams": Option.WORKSTREAMS},
)
def collaborations(data: PaperData, spec: SectionSpec) -> Blocks:
    """Projects by workstream, each with its ratings, figures, reasons and narrative."""
    blocks: Blocks = ()
    for workstream in chosen_workstreams(data, spec):
        for part in parts_of(data, workstream):
            projects = shown(data, part)
            if not projects:
                continue
            blocks += (Subheading(part.name),)
            for project in projects:
                blocks += _entry(data, project, depth=2)
    return (blocks or (no_project(data, spec),)) + left_in_words(data, spec)


def _entry(data: PaperData, project: ProjectFacts, *, depth: int) -> Blocks:
    box = rag_box(data, project, depth=depth)
    blocks: Blocks = (box,) if box else (Subheading(project.name, depth),)
    if project.update is None:
        if project.reporting:
            blocks += (Gap(f"{project.label}: {say('no update was given in this period.')}"),)
        elif box is None:
            blocks += (paragraph(f"{sentence(stage(project))} {status(project)}"),)
    else:
        if _is_unrated(data, project):
            blocks += (Gap(f"{project.label}: no rating was given in this period."),)
        blocks += to_blocks(project.update.narrative) or _status(project)
        if not _asked(data, project) and project.update.path_to_green:
            blocks += (Paragraph(_path(project.update, "What gets it back on track: ")),)
    for component in components(data, project):
        blocks += _entry(data, component, depth=3)
    return blocks


def _status(project: ProjectFacts) -> Blocks:
    """The status line of an update that says nothing further. Of a component's the update of the
    whole speaks."""
    line = status(project)
    if isinstance(line, Text):
        return (paragraph(sentence(str(line))),)
    if project.parent is not None:
        return ()
    return (Gap(f"{project.label}: no status was given in this period."),)


def _is_unrated(data: PaperData, project: ProjectFacts) -> bool:
    """Whether a project has not given the ratings that it is asked for, itself or by its parts."""
    asked = _asked(data, project)
    return bool(asked) and not project.ratings and not rated_by_parts(data, project)


def _asked(data: PaperData, project: ProjectFacts) -> tuple[DimensionFacts, ...]:
    """The dimensions that a project is rated in; none where the programme rates nothing."""
    return () if data.ratings is None else asked_for(project, data.ratings.dimensions)


def components(data: PaperData, project: ProjectFacts) -> tuple[ProjectFacts, ...]:
    """The components that a project's entry in a paper lists."""
    if data.delivery is None:
        return ()
    return tuple(
        each
        for each in data.delivery.components(project.ref)
        if each.in_parent_entry and (each.update or each.reporting)
    )


def rated_by_parts(data: PaperData, project: ProjectFacts) -> bool:
    """Whether a project is rated through its components, or as one of a rated project's."""
    if project.parent is not None:
        return True
    return any(each.ratings for each in components(data, project))


def rag_box(data: PaperData, project: ProjectFacts, *, depth: int) -> RagBox | None:
    """The project's ratings with the figures that belong to each; None where it has none."""
    if data.ratings is None:
        return None
    dimensions = rated_dimensions(project, data.ratings.dimensions)
    if not dimensions:
        return None
    cells = {each.slug: _cell(data, project, each) for each in dimensions}
    overall = data.ratings.overall
    return RagBox(
        title=project.name,
        overall=cells.pop(overall.slug, None) if overall else None,
        cells=tuple(cells.values()),
        depth=depth,
        notes=_notes(project, dimensions, extremes_of(data.ratings).way_back),
    )


def _cell(data: PaperData, project: ProjectFacts, dimension: DimensionFacts) -> RagCell:
    return RagCell(
        dimension=dimension.name,
        rating=rating_cell(project.rating(dimension.slug)),
        figures=_figures(data, project, dimension),
    )


def _figures(
    data: PaperData, project: ProjectFacts, dimension: DimensionFacts
) -> tuple[Figure, ...]:
    """The amounts of a project and its components that belong to a dimension."""
    parts = data.delivery.components(project.ref) if data.delivery else ()
    if dimension.figures == "costs":
        labels = {project.ref: ""} | {each.ref: each.label for each in parts}
        return tuple(
            Money(
                each.amount,
                term=each.term,
                label=each.label or labels[each.project],
                ref=Ref("project-costs", each.project),
            )
            for each in data.costs
            if each.project in labels
        )
    if dimension.figures == "savings" and data.benefits:
        own = [
            benefit
            for ref in (project.ref, *(each.ref for each in parts))
            for benefit in data.benefits.of_project(ref)
        ]
        return tuple(figure for benefit in own for figure in _savings(benefit))
    return ()


def _savings(benefit: BenefitFacts) -> tuple[Money, ...]:
    """A benefit's money: each year's realised amount where there is one, else its forecast."""
    if benefit.benefit_class not in ("cash_releasing", "non_cash_releasing"):
        return ()
    figures = []
    for part in benefit.profile:
        known = part.realised.certainty in (Certainty.EXACT, Certainty.CIRCA)
        amount = part.realised if known else part.forecast
        if is_nothing(amount):
            continue
        words = [benefit.class_label.lower()]
        if known:
            words.append("realised" if part.validated else "realised, not yet validated")
        if part.year:
            words.append(f"in {part.year}")
        figures.append(Money(amount, label=" ".join(words), ref=Ref("benefit", benefit.ref)))
    return tuple(figures)


def _notes(
    project: ProjectFacts, dimensions: Iterable[DimensionFacts], way_back: str
) -> tuple[Text, ...]:
    """Why ratings are what they are, wherever their owner gave a reason, and the way back."""
    notes = []
    for dimension in dimensions:
        rating = project.rating(dimension.slug)
        if rating and rating.reason:
            notes.append(
                lead_in(
                    f"{dimension.name} is {rating.level.word.lower()}{_instead(rating)}: ",
                    sentence(rating.reason),
                )
            )
        for each in rating.corrections if rating else ():
            head = f"{dimension.name} was accepted as {each.was.lower()}"
            tail = f" and corrected on {day(each.corrected_on)}: {phrase(each.reason)}."
            notes.append(lead_in(head, tail))
    update = project.update
    if update and update.path_to_green:
        notes.append(_path(update, f"{way_back}: "))
    return tuple(notes)


def _instead(rating: RatingFacts) -> str:
    """What the data proposed in place of a rating, where that was another level."""
    if rating.proposed is None:
        return ""
    return f" where the data proposed {rating.proposed.word.lower()}"


def _path(update: UpdateFacts, head: str) -> Text:
    """What gets a project back, by when and who sees to it."""
    by = [word for word in (update.path_to_green_owner, _by(update.path_to_green_by)) if word]
    tail = f" ({', '.join(by)})" if by else ""
    return lead_in(head, f"{phrase(update.path_to_green)}{tail}.")


def _by(value: date | None) -> str:
    return f"by {day(value)}" if value else ""
