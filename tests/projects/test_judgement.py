"""Whose judgement a rating is, what follows from others, what was corrected, how far it moved."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from programme.actions import save_dimension, withdraw_part
from programme.common.ratings import movement_words
from programme.facts import Level
from programme.models import Dimension
from programme.selectors import names_on
from projects.actions import (
    accept_update,
    correct_rating,
    hand_in_update,
    return_update,
    save_update,
)
from projects.delivery import movement, steps
from projects.models import RatedAs, Rating, RatingCorrection, StatusUpdate
from projects.ratings import derived
from projects.selectors import delivery_position
from tests import builders

BEST, GOOD, BAD = Level("1", "Best", 1), Level("2", "Good", 2), Level("3", "Bad", 3)
EXEMPT = Level("E", "Exempt", None)


@pytest.mark.parametrize(
    ("before", "now", "far", "words"),
    [
        (BAD, BEST, 2, "↑ 2 steps, was Bad"),
        (BEST, BAD, 2, "↓ 2 steps, was Best"),
        (GOOD, BEST, 1, "↑ was Good"),
        (BEST, BEST, 0, "unchanged"),
        (EXEMPT, BEST, 0, "was Exempt"),
        (None, BEST, 0, "new"),
    ],
)
def test_movement_says_how_many_steps(before, now, far, words):
    assert steps(before, now) == far
    moved = movement(before, now)
    assert movement_words(moved, now.word, before.word if before else "", far) == words


@pytest.mark.parametrize(
    ("others", "found"),
    [
        ({"time": BEST, "costs": BAD}, BAD),
        ({"time": BEST, "costs": EXEMPT}, BEST),
        ({"time": EXEMPT}, None),
        ({}, None),
        ({"time": BEST, "overall": BAD}, BEST),
    ],
)
def test_the_overall_rating_is_the_worst_of_the_others(others, found):
    assert derived(others, "overall", "") == found


@pytest.fixture
def programme(db):
    return builders.make_programme(slug="hub")


@pytest.fixture
def rated(programme):
    """Overall, time and costs on one scale, of which overall follows from the others."""
    time = builders.make_dimension(programme=programme, name="Time", slug="time")
    costs = builders.make_dimension(
        programme=programme, name="Costs", slug="costs", scale=time.scale
    )
    overall = builders.make_dimension(
        programme=programme,
        name="Overall",
        slug="overall",
        scale=time.scale,
        is_overall=True,
        rule=Dimension.Rule.WORST,
    )
    return overall, time, costs


@pytest.fixture
def period(programme):
    return builders.make_period(programme=programme, state="open")


def level(dimension: Dimension, code: str):
    return dimension.scale.levels.get(code=code)


def begun(programme, period, **ratings) -> StatusUpdate:
    update = StatusUpdate(project=builders.make_project(programme=programme), period=period)
    dimensions = {each.slug: each for each in programme.dimensions.all()}
    return save_update(
        update=update,
        values={"status_line": "Well under way."},
        ratings={
            dimensions[slug]: (level(dimensions[slug], code), "As told.")
            for slug, code in ratings.items()
        },
        by=None,
    )


def test_what_follows_from_the_others_is_worked_out_and_not_asked(rated, programme, period, client):
    overall, *_ = rated
    update = begun(programme, period, time="G", costs="R")
    assert update.ratings.get(dimension=overall).level.code == "R"

    update = save_update(
        update=update, values={}, ratings={rated[2]: (level(rated[2], "A"), "Mended.")}, by=None
    )
    assert update.ratings.get(dimension=overall).level.code == "A"
    with pytest.raises(ValidationError, match="follows from the other ratings"):
        save_update(update=update, values={}, ratings={overall: (level(overall, "G"), "")}, by=None)
    client.force_login(builders.make_user(programme=programme, role="office"))
    address = {"programme": "hub", "project": update.project.ref, "period": period.slug}
    page = client.get(reverse("projects:updates:ratings", kwargs=address)).content.decode()
    assert 'name="level_overall"' not in page
    assert "worst of the other ratings" in page
    with pytest.raises(ValidationError, match="Overall is Amber: say who sees to it"):
        hand_in_update(update=update, by=None)
    back = {"path_to_green": "Mend it.", "path_to_green_by": date(2019, 6, 1)}
    save_update(update=update, values=back | {"path_to_green_owner": "Head of Estates"}, by=None)
    hand_in_update(update=update, by=None)


def test_an_update_without_the_ratings_it_follows_from_is_not_submitted(rated, programme, period):
    update = begun(programme, period)
    with pytest.raises(ValidationError, match="Give the ratings from which Overall follows"):
        hand_in_update(update=update, by=None)


def test_only_the_overall_rating_can_follow_from_others(client, programme, rated):
    client.force_login(builders.make_user(programme=programme, role="office"))
    _, time, _ = rated
    page = client.post(
        reverse("programme:dimensions:edit", kwargs={"programme": "hub", "dimension": "time"}),
        {
            "name": "Time",
            "scale": time.scale_id,
            "rule": "worst",
            "measure": "none",
            "figures": "none",
            "order": time.order,
            "version": time.version,
        },
    )
    assert "Only what stands for the project" in page.content.decode()


def test_whose_judgement_a_rating_is_stays_with_it(programme, period, client):
    time = builders.make_dimension(programme=programme, name="Time", slug="time")
    costs = builders.make_dimension(programme=programme, name="Costs", slug="costs")
    update = begun(programme, period, time="G")
    save_update(
        update=update,
        values={},
        ratings={time: (level(time, "G"), "As told."), costs: (level(costs, "A"), "Looked at.")},
        rated_as=RatedAs.REVIEWER.value,
        by=None,
    )
    found = dict(Rating.objects.values_list("dimension__slug", "rated_as"))
    assert found == {"time": "owner", "costs": "reviewer"}
    client.force_login(builders.make_user(programme=programme, role="office"))
    address = {"programme": "hub", "project": update.project.ref, "period": period.slug}
    page = client.get(reverse("projects:updates:detail", kwargs=address)).content.decode()
    assert "An independent reviewer" in page
    assert "The project’s owner" in page


def test_a_correction_keeps_both_values_everywhere(rated, programme, period, client):
    overall, time, _ = rated
    update = begun(programme, period, time="G", costs="G")
    update = accept_update(update=hand_in_update(update=update, by=None), by=None)
    type(period).objects.filter(pk=period.pk).update(state="closed")
    client.force_login(builders.make_user(programme=programme, role="office"))
    address = {"programme": "hub", "project": update.project.ref, "period": period.slug}
    correct = reverse("projects:updates:correct", kwargs=address)
    update.refresh_from_db()
    answers = {"level": "time:R", "reason": "A date was overlooked.", "version": update.version}
    assert client.post(correct, answers).status_code == 302

    assert update.ratings.get(dimension=time).level.code == "R"
    assert update.ratings.get(dimension=overall).level.code == "R", "follows the others"
    stored = RatingCorrection.objects.filter(rating__dimension=time)
    assert [each.from_level.code for each in stored] == ["G"]
    page = client.get(reverse("projects:updates:detail", kwargs=address)).content.decode()
    assert "Accepted as Green, corrected on" in page
    (project,) = delivery_position(
        programme, period=period, previous=None, names=names_on(programme, period.as_at)
    ).projects
    (correction,) = project.rating("time").corrections
    assert (correction.was, correction.reason) == ("Green", "A date was overlooked.")
    assert project.rating("time").level.word == "Red"


def test_only_what_was_accepted_is_corrected(programme, period):
    time = builders.make_dimension(programme=programme, name="Time", slug="time")
    update = begun(programme, period, time="G")
    with pytest.raises(ValidationError, match="draft"):
        correct_rating(
            update=update, dimension=time, level=level(time, "R"), reason="Wrong.", by=None
        )
    assert not RatingCorrection.objects.exists()


def test_an_update_whose_rating_was_corrected_is_not_returned(programme, period):
    time = builders.make_dimension(programme=programme, name="Time", slug="time")
    update = begun(programme, period, time="G")
    update = accept_update(update=hand_in_update(update=update, by=None), by=None)
    update = correct_rating(
        update=update, dimension=time, level=level(time, "R"), reason="Overlooked.", by=None
    )
    with pytest.raises(ValidationError, match="Correct it again instead of returning it"):
        return_update(update=update, reason="Look again.", by=None)


def test_how_the_overall_rating_comes_about_stands_once_projects_are_rated(programme, period):
    overall = builders.make_dimension(
        programme=programme, name="Overall", slug="overall", is_overall=True
    )
    begun(programme, period, overall="R")
    with pytest.raises(ValidationError, match="withdraw this and add it anew"):
        save_dimension(dimension=overall, values={"rule": "worst"}, by=None)


def test_what_an_older_update_does_not_rate_is_not_corrected_along(programme, period):
    time = builders.make_dimension(programme=programme, name="Time", slug="time")
    update = begun(programme, period, time="G")
    update = accept_update(update=hand_in_update(update=update, by=None), by=None)
    builders.make_dimension(
        programme=programme,
        name="Overall",
        slug="overall",
        scale=time.scale,
        is_overall=True,
        rule=Dimension.Rule.WORST,
    )
    correct_rating(
        update=update, dimension=time, level=level(time, "R"), reason="Overlooked.", by=None
    )
    assert [each.dimension.slug for each in update.ratings.all()] == ["time"]


def test_a_level_that_goes_leaves_no_gap_to_be_counted_as_a_step(programme):
    scale = builders.make_dimension(programme=programme).scale
    amber = scale.levels.get(code="A")
    withdraw_part(part=amber, by=None)
    assert list(scale.levels.filter(rank__isnull=False).values_list("rank", flat=True)) == [1, 2]


def test_where_it_is_set_up_and_read_the_derived_rating_is_no_judgement(rated, programme, client):
    client.force_login(builders.make_user(programme=programme, role="office"))
    for name in ("programme:dimensions:list", "programme:about"):
        page = client.get(reverse(name, kwargs={"programme": "hub"})).content.decode()
        assert "The worst of the other ratings on its scale" in page, name
