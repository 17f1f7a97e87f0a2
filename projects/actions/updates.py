"""Status updates: written by a project's lead, handed in, and accepted by somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from programme import access
from programme.checks import refuse_empty
from programme.common.richtext import clean
from programme.common.validation import validate
from programme.common.words import say
from programme.models import Dimension, RatingLevel, ReportingPeriod, User
from programme.roles import Role
from programme.selectors.setup import level_facts
from programme.writing import Edit, StaleVersion, held, known_values
from projects.models import Project, RatedAs, Rating, RatingCorrection, StatusUpdate
from projects.ratings import derived, level_field
from projects.selectors.dimension_scope import asked_of
from projects.selectors.last_time import last_time
from projects.selectors.proposals import Proposal, proposals_for
from projects.selectors.update_gaps import gaps
from projects.selectors.update_page import shut_because
from projects.states import UPDATE
from projects.steps import UpdateStep

Chosen = tuple[RatingLevel, str]
"""A level and the reason for it, '' where none was given."""

RICH = ("narrative", "restricted_narrative")


class UpdateInput(TypedDict, total=False):
    status_line: str
    narrative: str
    restricted_narrative: str
    path_to_green: str
    path_to_green_by: date | None
    path_to_green_owner: str


@transaction.atomic
def save_update(
    *,
    update: StatusUpdate,
    values: UpdateInput,
    ratings: Mapping[Dimension, Chosen | None] | None = None,
    rated_as: str = RatedAs.OWNER.value,
    step: UpdateStep | None = None,
    expected_version: int | None = None,
    by: User | None,
) -> StatusUpdate:
    """Starts or changes a draft: its texts, and the level with its reason of each dimension that
    ``ratings`` names (None takes a rating back). Reasons may still be missing. ``rated_as`` says
    whose judgement the ratings are that it changes. An overall rating that follows from the others
    is not named: it is worked out. A new one begins with the texts of the last that was accepted.

    A ``step`` that is saved by itself has a version of its own, which is the one expected; it does
    not matter who saves another step meanwhile, nor who of two starts the update.

    Refused unless the period is open, and once the update is handed in, until it is returned.
    Raises StaleVersion, too, for a new update where somebody else has started one.
    """
    chosen = dict(ratings or {})
    if update._state.adding:
        first = _first(update)
        if first is not None and step is None:
            _refuse_second(first, known_values(values, UpdateInput))
        update = first or update
    edit = Edit(
        update,
        expected_version=expected_version,
        versioned_by="version" if step is None else step.column,
    )
    if edit.is_new:
        edit.set(project=update.project, period=update.period)
        edit.set(**last_time(update.project, update.period).texts)
    else:
        edit.move(UPDATE, "changed", state=edit.row.state, what="update")
    if step is not None:
        rates = asked_of(edit.row.project, on=edit.row.period.as_at).exists()
        edit.note(looked_through=step.heading(rates=rates))
    edit.apply(values, UpdateInput)
    edit.set(**{name: clean(values[name]) for name in RICH if name in values})
    if edit.row.project.withdrawn_on:
        raise ValidationError(say("This project was withdrawn: it is not reported on."))
    _refuse_unless_open(edit.row.period)
    _check_levels(edit.row, chosen)
    stored = {} if edit.is_new else _stored(edit.row)
    chosen |= _derived(edit.row, _chosen_or_stored(stored, chosen))
    before, after = _in_words(stored), _in_words(_chosen_or_stored(stored, chosen))
    edit.part(
        "ratings",
        {name: text for name, text in before.items() if after.get(name) != text},
        {name: text for name, text in after.items() if before.get(name) != text},
    )
    rated_anew = "ratings" in edit.changed
    update = edit.save("update", by=by)
    if rated_anew:
        _write(update, chosen, rated_as)
    return update


@transaction.atomic
def hand_in_update(
    *,
    update: StatusUpdate,
    expected_version: int | None = None,
    by: User | None,
) -> StatusUpdate:
    """Hands an update in to be accepted. It must say in a line how things stand, give the overall
    rating, give the reason of each rating that needs one (because it is below the best level, or
    better than what the data proposes), and for a project below the best level what gets it back,
    by when, and who sees to it. All that is missing is said at once, each by its field.

    What the data proposed is kept with each rating. Whoever does not lead the project hands it in
    on the lead's behalf, and it says so.
    """
    edit = Edit(update, expected_version=expected_version)
    state = edit.move(UPDATE, "handed_in", state=edit.row.state, what="update")
    _refuse_unless_open(edit.row.period)
    proposed = proposals_for(edit.row)
    if missing := gaps(edit.row, {slug: each.level for slug, each in proposed.items()}):
        raise ValidationError({name: [text] for name, text in missing.items()})
    _keep_proposals(edit.row, proposed)
    edit.set(state=state, on_behalf=by is not None and not _leads(by, edit.row.project))
    edit.row.handed_in_by, edit.row.handed_in_at = by, timezone.now()
    edit.row.reviewed_by = edit.row.reviewed_at = None
    edit.row.return_reason = ""
    return edit.save("update.handed_in", by=by)


@transaction.atomic
def pull_back_update(
    *, update: StatusUpdate, expected_version: int | None = None, by: User | None
) -> StatusUpdate:
    """Takes back an update that was handed in and that nobody has accepted: it is a draft again."""
    edit = Edit(update, expected_version=expected_version)
    state = edit.move(UPDATE, "pulled_back", state=edit.row.state, what="update")
    _refuse_unless_open(edit.row.period)
    edit.set(state=state, on_behalf=False)
    edit.row.handed_in_by = edit.row.handed_in_at = None
    return edit.save("update.pulled_back", by=by)


@transaction.atomic
def accept_update(
    *, update: StatusUpdate, expected_version: int | None = None, by: User | None
) -> StatusUpdate:
    """Accepts an update that was handed in. Nobody accepts their own."""
    return _review(update, "accepted", expected_version, by)


@transaction.atomic
def return_update(
    *, update: StatusUpdate, reason: str, expected_version: int | None = None, by: User | None
) -> StatusUpdate:
    """Gives an update back to its lead with what has to change, even one accepted before. Nobody
    returns their own."""
    refuse_empty("Say what has to change.", reason=reason)
    return _review(update, "returned", expected_version, by, reason.strip())


def _review(
    update: StatusUpdate, done: str, expected_version: int | None, by: User | None, reason: str = ""
) -> StatusUpdate:
    edit = Edit(update, expected_version=expected_version)
    state = edit.move(UPDATE, done, state=edit.row.state, what="update")
    if held(edit.row.period).state == ReportingPeriod.State.CLOSED:
        raise ValidationError(f"The period {edit.row.period} is closed.")
    if done == "returned" and RatingCorrection.objects.filter(rating__update=edit.row).exists():
        raise ValidationError(
            "A rating of this update was corrected after it was accepted, and stays on record. "
            "Correct it again instead of returning it."
        )
    if by is not None and by == edit.row.handed_in_by:
        raise ValidationError(say("Nobody reviews their own update: ask a colleague."))
    edit.set(state=state)
    edit.row.reviewed_by, edit.row.reviewed_at = by, timezone.now()
    edit.row.return_reason = reason
    edit.note(reason=reason)
    return edit.save(f"update.{done}", by=by)


@transaction.atomic
def correct_rating(
    *,
    update: StatusUpdate,
    dimension: Dimension,
    level: RatingLevel,
    reason: str,
    expected_version: int | None = None,
    by: User | None,
) -> StatusUpdate:
    """Corrects a rating of an accepted update that was found to be wrong, in a closed period too.
    What had been accepted stays beside it, with the reason. An overall rating that follows from the
    others is corrected with them, and not by itself."""
    edit = Edit(update, expected_version=expected_version)
    edit.move(UPDATE, "corrected", state=edit.row.state, what="update")
    edit.refuse_stale()
    refuse_empty("Say why it is corrected.", reason=reason)
    if dimension.is_derived:
        raise ValidationError({"level": f"{dimension} follows from the other ratings."})
    if level.scale_id != dimension.scale_id:
        raise ValidationError({"level": "Choose a level of this dimension’s scale."})
    stored = _stored(edit.row)
    if dimension not in stored:
        raise ValidationError({"level": f"{say('This update does not rate')} {dimension}."})
    if stored[dimension][0] == level:
        raise ValidationError({"level": f"{dimension} is {level.word} already."})
    chosen: dict[Dimension, Chosen] = {dimension: (level, stored[dimension][1])}
    follows = _derived(edit.row, stored | chosen)
    chosen |= {each: given for each, given in follows.items() if given and each in stored}
    changed = {each: given for each, given in chosen.items() if stored[each][0] != given[0]}
    edit.part(
        "ratings",
        {each.name: stored[each][0].word for each in changed},
        {each.name: given[0].word for each, given in changed.items()},
    )
    edit.note(reason=reason)
    for row in edit.row.ratings.filter(dimension__in=changed):
        to_level = changed[row.dimension][0]
        row.corrections.create(
            from_level=row.level,
            to_level=to_level,
            reason=reason.strip(),
            corrected_on=timezone.localdate(),
        )
        row.level = to_level
        row.save()
    return edit.save("update.corrected", by=by)


def _derived(
    update: StatusUpdate, given: Mapping[Dimension, Chosen]
) -> dict[Dimension, Chosen | None]:
    """The overall rating where it follows from the others, None where none of them is given; of a
    programme whose overall rating is judged, nothing."""
    dimensions = Dimension.objects.of(update.project.programme).in_force(update.period.as_at)
    overall = dimensions.filter(rule=Dimension.Rule.WORST).select_related("scale").first()
    if overall is None:
        return {}
    asked = asked_of(update.project, on=update.period.as_at)
    if overall not in given and not asked.filter(pk=overall.pk).exists():
        return {}
    rows = RatingLevel.objects.filter(scale=overall.scale_id).select_related("scale")
    known = {level_facts(row): row for row in rows}
    levels = {
        dimension.slug: level_facts(level)
        for dimension, (level, _) in given.items()
        if dimension.scale_id == overall.scale_id
    }
    found = derived(levels, overall.slug, overall.scale.slug)
    return {overall: None if found is None else (known[found], "")}


def _first(update: StatusUpdate) -> StatusUpdate | None:
    """The update that a project has for the period already: it has one a period."""
    # Of two people who start one at the same moment, the second waits here and finds the first's.
    project = Project.objects.select_for_update(no_key=True).get(pk=update.project_id)
    return StatusUpdate.objects.filter(project=project, period=update.period).first()


def _refuse_second(first: StatusUpdate, values: Mapping[str, object]) -> None:
    """Shows whoever starts a second update the first."""
    theirs = {name: getattr(first, name) for name in values}
    raise StaleVersion(first, theirs=theirs, yours=dict(values))


def _refuse_unless_open(period: ReportingPeriod) -> None:
    """The period is open, and stays so until this is written: who closes it waits."""
    if reason := shut_because(held(period)):
        raise ValidationError(reason)


def _check_levels(update: StatusUpdate, chosen: Mapping[Dimension, Chosen | None]) -> None:
    """Each dimension is one that the project is rated in at the period's as-at date, each level one
    of its scale that has not been withdrawn since it was given."""
    rated = set(asked_of(update.project, on=update.period.as_at).values_list("pk", flat=True))
    stored = {} if update._state.adding else _stored(update)
    problems = {}
    for dimension, given in chosen.items():
        if dimension.pk not in rated:
            problems[level_field(dimension.slug)] = "This is not rated in this period."
        elif dimension.is_derived:
            problems[level_field(dimension.slug)] = "This follows from the other ratings."
        elif given is not None and given[0].scale_id != dimension.scale_id:
            problems[level_field(dimension.slug)] = "Choose a level of this dimension’s scale."
        elif given is not None and _is_gone(given[0], stored.get(dimension)):
            problems[level_field(dimension.slug)] = "This level is no longer given."
    if problems:
        raise ValidationError(problems)


def _is_gone(level: RatingLevel, stored: Chosen | None) -> bool:
    """Whether a level has been withdrawn and is not what the update says already."""
    return level.withdrawn_on is not None and (stored is None or stored[0] != level)


def _keep_proposals(update: StatusUpdate, proposed: Mapping[str, Proposal]) -> None:
    """Keeps with each rating what the data proposed for it, and from which figure."""
    rows = RatingLevel.objects.of(update.project.programme).select_related("scale")
    levels = {level_facts(row): row for row in rows} if proposed else {}
    ratings = list(update.ratings.select_related("dimension"))
    for row in ratings:
        proposal = proposed.get(row.dimension.slug)
        row.proposed = levels[proposal.level] if proposal else None
        row.proposed_from = proposal.figure if proposal else ""
    Rating.objects.bulk_update(ratings, ["proposed", "proposed_from"])


def _leads(by: User, project: Project) -> bool:
    """Whether an update is somebody's own to hand in: as the lead, or as one of the body that
    leads."""
    held = access.assignments(by, project.programme)
    return any(one.role == Role.LEAD and project.owned_by(one) for one in held)


def _stored(update: StatusUpdate) -> dict[Dimension, Chosen]:
    rows = update.ratings.select_related("dimension", "level")
    return {row.dimension: (row.level, row.reason) for row in rows}


def _chosen_or_stored(
    stored: Mapping[Dimension, Chosen], chosen: Mapping[Dimension, Chosen | None]
) -> dict[Dimension, Chosen]:
    together = {**stored, **chosen}
    return {dimension: given for dimension, given in together.items() if given is not None}


def _in_words(ratings: Mapping[Dimension, Chosen]) -> dict[str, str]:
    return {
        dimension.name: f"{level.word}: {reason.strip()}" if reason.strip() else level.word
        for dimension, (level, reason) in ratings.items()
    }


def _write(update: StatusUpdate, chosen: Mapping[Dimension, Chosen | None], rated_as: str) -> None:
    stored = {row.dimension_id: row for row in update.ratings.all()}
    for dimension, given in chosen.items():
        row = stored.get(dimension.pk) or Rating(update=update, dimension=dimension)
        if given is not None:
            level, reason = given[0], given[1].strip()
            if row._state.adding or (row.level_id, row.reason) != (level.pk, reason):
                row.rated_as = rated_as
            row.level, row.reason = level, reason
            validate(row)
            row.save()
        elif not row._state.adding:
            row.delete()
