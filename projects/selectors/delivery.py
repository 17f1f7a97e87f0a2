"""Projects as at a date: stages, updates, ratings and how they moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.db.models import F

from programme.common.words import say
from programme.facts import Level
from programme.models import Organisation, Programme, ReportingPeriod
from programme.selectors import Names, known_levels
from projects.delivery import movement, steps
from projects.facts import (
    CorrectionFacts,
    DeliveryPosition,
    LeftFacts,
    ProjectFacts,
    RatingFacts,
    UpdateFacts,
    WorkstreamFacts,
)
from projects.models import (
    LeadTerm,
    Project,
    ProjectEnd,
    Rating,
    StageChange,
    StatusUpdate,
    Workstream,
)
from projects.selectors.dimension_scope import scope_of


def delivery_position(
    programme: Programme,
    *,
    period: ReportingPeriod,
    previous: ReportingPeriod | None,
    names: Names,
    with_ratings: bool = True,
) -> DeliveryPosition:
    """Every project of a programme as at a period's date, with its movement since ``previous``.

    Stages are read from the stage changes up to the date, so that a paper of a past period does
    not show today's. Projects that began later, or were withdrawn by then, are left out. Drafts
    and returned updates count as not given. A rating's movement is that since the project's
    rating before it. Organisations go by ``names``, those of that day. Nine queries, seven without
    ratings, whatever the number of projects.
    """
    changes = _stage_changes(programme)
    updates: dict[int, StatusUpdate] = {
        each.project_id: each
        for each in StatusUpdate.objects.of(programme).filter(period=period).accepted()
    }
    ratings = _ratings(programme, period) if with_ratings else {}
    rows = Workstream.objects.of(programme).annotate(listed=F("dimensions__slug"))
    every = list({each.pk: each for each in rows}.values())
    scope = scope_of([(each.listed, each.pk) for each in rows if each.listed], every)

    leads = _leads_before(programme, period.as_at)
    ended = _ended_then(programme, period.as_at)
    projects, left, to_come = [], [], []
    since = previous.as_at if previous else period.starts_on
    for project in (
        Project.objects.of(programme)
        .select_related("stage", "lead_organisation", "workstream", "parent")
        .prefetch_related("priorities")
    ):
        withdrawn_on = ended.get(project.pk, project.withdrawn_on)
        if withdrawn_on and withdrawn_on <= period.as_at:
            if withdrawn_on > since:
                left.append(
                    LeftFacts(
                        project.name,
                        project.label,
                        project.workstream.slug,
                        withdrawn_on,
                        project.sensitivity,
                    )
                )
            continue
        history = changes[project.pk]
        stage = _stage_at(history, period.as_at)
        if history and stage is None:
            to_come.append(project.workstream.slug)
            continue
        before = _stage_at(history, previous.as_at) if previous else None
        update = updates.get(project.pk)
        lead = leads.get(project.pk, project.lead_organisation)
        current_stage = stage or project.stage
        projects.append(
            ProjectFacts(
                ref=project.ref,
                name=project.name,
                label=project.label,
                summary=project.summary,
                workstream=project.workstream.slug,
                parent=project.parent.ref if project.parent else None,
                lead_organisation=names.organisation(lead).short_name if lead else "",
                lead_post=project.lead_post,
                stage=current_stage.name,
                stage_kind=current_stage.kind,
                previous_stage=before.name if before else None,
                is_new=bool(previous and history and before is None),
                starts_on=project.starts_on,
                ends_on=project.ends_on,
                sensitivity=project.sensitivity,
                in_parent_entry=project.in_papers_as_component,
                priorities=tuple(each.number for each in project.priorities.all()),
                update=_update_facts(update),
                ratings=tuple(ratings.get(update.pk, ())) if update else (),
                elsewhere=scope.elsewhere(project.workstream_id),
            )
        )
    used = {*to_come, *(each.workstream for each in (*projects, *left))}
    workstreams = _workstreams(every, used, on=period.as_at)
    return DeliveryPosition(workstreams, tuple(projects), tuple(left), tuple(to_come))


def _leads_before(programme: Programme, day: date) -> dict[int, Organisation]:
    """The lead organisations of a day, by project, where another one leads it now."""
    # The latest first, so that of several terms the one that ended soonest after the day stays.
    terms = LeadTerm.objects.of(programme).filter(until__gte=day).order_by("-until")
    return {each.project_id: each.organisation for each in terms.select_related("organisation")}


def _ended_then(programme: Programme, day: date) -> dict[int, date]:
    """Since when projects, reopened later, had been withdrawn on a day."""
    ends = ProjectEnd.objects.of(programme).filter(ended_on__lte=day, reopened_on__gt=day)
    return dict(ends.values_list("project", "ended_on"))


def _workstreams(
    every: Collection[Workstream], used: Collection[str], *, on: date
) -> tuple[WorkstreamFacts, ...]:
    """Those in use on a day; of those withdrawn by then the ones that had projects (``used``), and
    what these stand below."""
    slugs = {each.pk: each.slug for each in every}
    above = {each.pk: each.parent_id for each in every}
    kept: set[int] = set()
    for each in every:
        if each.withdrawn_on is None or each.withdrawn_on > on or each.slug in used:
            at: int | None = each.pk
            while at is not None and at not in kept:
                kept.add(at)
                at = above[at]
    rows = [each for each in every if each.pk in kept]
    return tuple(
        WorkstreamFacts(
            each.slug,
            each.number,
            each.name,
            each.summary,
            slugs[each.parent_id] if each.parent_id else None,
        )
        for each in rows
    )


def _stage_changes(programme: Programme) -> dict[int, list[StageChange]]:
    changes = defaultdict(list)
    for change in StageChange.objects.of(programme).select_related("to_stage"):
        changes[change.project_id].append(change)
    return changes


def _stage_at(history: Iterable[StageChange], day: date):
    """The stage that the last change up to a day led to; None when there was none yet."""
    stage = None
    for change in history:
        if change.changed_on <= day:
            stage = change.to_stage
    return stage


def _ratings(programme: Programme, period: ReportingPeriod) -> dict[int, list[RatingFacts]]:
    """The ratings of a period by their update, in the dimensions' order. Three queries."""
    found: dict[int, list[RatingFacts]] = defaultdict(list)
    levels = known_levels(programme)
    rows = Rating.objects.of(programme).filter(update__period=period).with_before()
    for rating in rows.select_related("dimension").prefetch_related("corrections"):
        facts = rating_facts(rating, rating.dimension.slug, levels)
        found[rating.update_id].append(with_story(facts, rating, levels))
    return found


def rating_facts(rating: Rating, dimension: str, levels: Mapping[int, Level]) -> RatingFacts:
    """A stored rating that was read ``with_before``: its level, and how that moved since the last
    time the project rated the same dimension. ``levels`` are the programme's by their ids."""
    before = levels[rating.before_level] if rating.before_level else None
    return rating_of(dimension, levels[rating.level_id], rating.reason, before)


def with_story(facts: RatingFacts, rating: Rating, levels: Mapping[int, Level]) -> RatingFacts:
    """The facts of a rating with whose judgement it is, what it was before it was corrected, and
    what was proposed in its place; its corrections have been fetched with it."""
    corrections = tuple(
        CorrectionFacts(levels[each.from_level_id].word, each.corrected_on, each.reason)
        for each in rating.corrections.all()
    )
    proposed = levels[rating.proposed_id] if rating.proposed_id else None
    facts = with_proposal(facts, proposed, rating.proposed_from)
    return replace(facts, rated_as=say(rating.get_rated_as_display()), corrections=corrections)


def with_proposal(facts: RatingFacts, proposed: Level | None, figure: str) -> RatingFacts:
    """The facts of a rating with what the data proposed in its place, where that was another."""
    if proposed is None or proposed == facts.level:
        return facts
    return replace(facts, proposed=proposed, proposed_from=figure)


def rating_of(dimension: str, level: Level, reason: str, before: Level | None) -> RatingFacts:
    """A level with the one before it, and so with its movement."""
    far = steps(before, level)
    return RatingFacts(dimension, level, reason, movement(before, level), before, far)


def _update_facts(update: StatusUpdate | None) -> UpdateFacts | None:
    if update is None:
        return None
    return UpdateFacts(
        status_line=update.status_line,
        narrative=update.narrative,
        path_to_green=update.path_to_green,
        path_to_green_by=update.path_to_green_by,
        path_to_green_owner=update.path_to_green_owner,
    )
