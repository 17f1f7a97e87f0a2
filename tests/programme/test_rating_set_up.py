"""How a programme sets up what it rates and on which scales, on pages and in actions."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from programme.actions import (
    restore_part,
    save_dimension,
    save_level,
    save_scale,
    save_tolerances,
    withdraw_part,
)
from programme.models import Dimension, RatingLevel, RatingScale
from programme.scales import SCALES
from tests.builders import make_dimension, make_programme, make_scale, make_update, make_user
from tests.filling import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def office(programme) -> Client:
    client = Client()
    client.force_login(make_user(programme=programme), "django.contrib.auth.backends.ModelBackend")
    return client


def at(programme, name, **parts):
    return reverse(f"programme:{name}", kwargs={"programme": programme.slug, **parts})


def levels_of(scale) -> list[tuple]:
    return list(scale.levels.values_list("order", "code", "rank"))


@pytest.mark.parametrize("preset", SCALES)
def test_a_scale_begins_with_the_levels_of_a_preset(programme, office, preset):
    url = at(programme, "scales:add")
    office.post(url, {"name": "Our scale", "preset": preset})
    scale = RatingScale.objects.get()
    wanted = SCALES[preset].levels
    assert levels_of(scale) == [(n, each.code, each.rank) for n, each in enumerate(wanted, 1)]


def test_a_scale_of_ones_own_begins_empty_and_takes_any_number_of_levels(programme, office):
    office.post(at(programme, "scales:add"), {"name": "Stars", "preset": ""})
    add = at(programme, "scales:levels:add", scale="stars")
    for rank in range(1, 8):
        answer = office.post(
            add,
            {"word": f"{8 - rank} stars", "code": f"{8 - rank}*", "rank": rank, "colour": "blue"},
        )
        assert answer.status_code == 302
    office.post(add, {"word": "Not rated", "code": "–", "rank": "", "colour": "grey"})
    ranks = [rank for _, _, rank in levels_of(RatingScale.objects.get())]
    assert ranks == [1, 2, 3, 4, 5, 6, 7, None]


def test_a_level_put_between_others_moves_them_aside(programme):
    scale = make_scale(programme=programme)
    save_level(
        level=RatingLevel(scale=scale),
        values={"word": "Amber/Green", "code": "A/G", "colour": "amber_green", "rank": 2},
        by=None,
    )
    assert levels_of(scale) == [
        (1, "G", 1),
        (2, "A/G", 2),
        (3, "A", 3),
        (4, "R", 4),
        (5, "N/A", None),
    ]
    red = scale.levels.get(code="R")
    save_level(level=red, values={"rank": None}, by=None)
    assert levels_of(scale)[2:] == [(3, "A", 3), (4, "R", None), (5, "N/A", None)]
    with pytest.raises(ValidationError) as raised:
        save_level(level=red, values={"code": "A"}, by=None)
    assert list(raised.value.message_dict) == ["code"]


def test_a_dimension_that_was_rated_keeps_its_scale_and_is_withdrawn(programme):
    dimension = make_dimension(programme=programme)
    other, third = make_scale(programme=programme), make_scale(programme=programme)
    save_dimension(dimension=dimension, values={"scale": other}, by=None)
    make_update(ratings={dimension: "G"})
    with pytest.raises(ValidationError) as raised:
        save_dimension(dimension=dimension, values={"scale": third}, by=None)
    assert list(raised.value.message_dict) == ["scale"]
    withdraw_part(part=dimension, by=None)
    dimension.refresh_from_db()
    assert dimension.withdrawn_on
    before = Dimension.objects.in_force(date(2019, 3, 15))
    assert dimension in before
    assert dimension not in Dimension.objects.in_force(dimension.withdrawn_on)


def test_one_dimension_stands_for_the_whole_until_it_is_withdrawn(programme):
    first = make_dimension(programme=programme, is_overall=True, name="Overall")
    make_update(ratings={first: "G"})
    second = make_dimension(programme=programme, scale=first.scale)
    with pytest.raises(ValidationError, match="“Overall” stands for the project as a whole"):
        save_dimension(dimension=second, values={"is_overall": True}, by=None)
    withdraw_part(part=first, by=None)
    save_dimension(dimension=second, values={"is_overall": True}, by=None)
    with pytest.raises(ValidationError, match="one overall"):
        restore_part(part=first, by=None)


WRONG = {
    "a gap": ((10, None, None), {"A": "Enter the limit of Amber."}),
    "the worst": ((10, 30, 50), {"R": "Leave Red empty: it takes whatever is beyond"}),
    "falling": ((30, 10, None), {"A": "The limit of Amber must be more than the 30 of Green."}),
    "equal": ((10, 10, None), {"A": "The limit of Amber must be more than the 10 of Green."}),
}


@pytest.mark.parametrize("case", WRONG)
def test_limits_that_cannot_be_are_said_beside_their_level(programme, office, case):
    dimension = make_dimension(programme=programme, measure="slip")
    given, said = WRONG[case]
    levels = list(dimension.scale.levels.filter(rank__isnull=False))
    answers = {
        f"limit_{level.pk}": "" if limit is None else limit
        for level, limit in zip(levels, given, strict=True)
    }
    url = at(programme, "dimensions:tolerances", dimension=dimension.slug)
    form = office.post(url, answers).context["form"]
    problems = {level.code: form.errors.get(f"limit_{level.pk}", [""])[0] for level in levels}
    assert {code for code, text in problems.items() if text} == set(said)
    assert all(problems[code].startswith(text) for code, text in said.items())


def test_limits_of_benefits_fall_and_no_limit_at_all_takes_them_away(programme):
    dimension = make_dimension(programme=programme, measure="benefit")
    green, amber, red = dimension.scale.levels.filter(rank__isnull=False)
    limits = {green: Decimal(95), amber: Decimal(80), red: None}
    save_tolerances(dimension=dimension, limits=limits, by=None)
    assert dict(dimension.tolerances.values_list("level__code", "limit")) == {
        "G": 95,
        "A": 80,
        "R": None,
    }
    save_tolerances(dimension=dimension, limits=dict.fromkeys(limits), by=None)
    assert not dimension.tolerances.exists()


def test_tolerances_go_with_the_measure_that_they_were_set_for(programme):
    dimension = make_dimension(programme=programme, measure="slip")
    green, amber, red = dimension.scale.levels.filter(rank__isnull=False)
    limits = {green: Decimal(10), amber: Decimal(30), red: None}
    save_tolerances(dimension=dimension, limits=limits, by=None)
    saved = save_dimension(dimension=dimension, values={"name": "Days"}, by=None)
    assert saved.tolerances.count() == 3
    saved = save_dimension(dimension=saved, values={"measure": "cost"}, by=None)
    assert not saved.tolerances.exists()
    judged = save_dimension(dimension=saved, values={"measure": "none"}, by=None)
    with pytest.raises(ValidationError, match="is judged"):
        save_tolerances(dimension=judged, limits=limits, by=None)


def test_withdrawing_the_level_that_takes_the_rest_is_said_to_stop_proposals(programme, office):
    dimension = make_dimension(programme=programme, measure="slip", name="Time")
    green, amber, red = dimension.scale.levels.filter(rank__isnull=False)
    edit = at(programme, "dimensions:edit", dimension=dimension.slug)
    assert "Nothing is proposed: its tolerances are not set yet." in text(office, edit)
    limits = {green: Decimal(10), amber: Decimal(30), red: None}
    save_tolerances(dimension=dimension, limits=limits, by=None)
    assert "Nothing is proposed" not in text(office, edit)

    scale = dimension.scale.slug
    stops = "nothing will be proposed there until the tolerances are set anew"
    ask = at(programme, "scales:levels:withdraw", scale=scale, level=red.pk)
    assert f"beyond the other limits of Time: {stops}" in text(office, ask)
    ask = at(programme, "scales:levels:withdraw", scale=scale, level=amber.pk)
    assert stops not in text(office, ask)

    withdraw_part(part=red, by=None)
    said = "Nothing is proposed: Red, which takes what is beyond the other limits, is withdrawn."
    tolerances = at(programme, "dimensions:tolerances", dimension=dimension.slug)
    assert said in text(office, edit)
    assert said in text(office, tolerances)
    submit(office, tolerances)
    assert dict(dimension.tolerances.values_list("level__word", "limit")) == {
        "Green": Decimal(10),
        "Amber": None,
    }
    assert "Nothing is proposed" not in text(office, edit)


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_scale_nothing_uses_is_removed_with_its_levels(programme):
    scale = save_scale(
        scale=RatingScale(programme=programme), values={"name": "Spare"}, preset="five", by=None
    )
    withdraw_part(part=scale, by=None)
    assert not RatingLevel.objects.exists()


def test_what_is_withdrawn_is_not_offered_and_is_kept_where_it_is_chosen(programme, office):
    dimension = make_dimension(programme=programme)
    withdraw_part(part=dimension.scale, by=None)
    add = office.get(at(programme, "dimensions:add")).context["form"]
    assert list(add.fields["scale"].queryset) == []
    edit = at(programme, "dimensions:edit", dimension=dimension.slug)
    assert list(office.get(edit).context["form"].fields["scale"].queryset) == [dimension.scale]


def test_a_scale_that_nothing_uses_goes_with_its_levels_and_leads_to_the_list(programme, office):
    scale = make_scale(programme=programme)
    answer = office.post(
        at(programme, "scales:withdraw", scale=scale.slug), {"version": "1"}, follow=True
    )
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == at(programme, "scales:list")
    assert not RatingLevel.objects.filter(scale=scale.pk).exists()
