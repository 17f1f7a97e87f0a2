"""How a programme sets up the matrix on which it scores risks."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from programme.actions import withdraw_part
from programme.models import RiskLevel, RiskMatrixCell, RiskScheme
from projects.actions import begin_risk_scheme, save_risk_scheme
from projects.risk import PRESETS, check_cells
from projects.selectors.registers import risk_cells, risk_words
from tests.builders import make_programme, make_risk, make_risk_scheme, make_user

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
    return reverse(f"projects:{name}", kwargs={"programme": programme.slug, **parts})


@pytest.mark.parametrize("preset", PRESETS)
def test_a_scheme_begins_with_a_preset(programme, office, preset):
    office.post(at(programme, "risk_scheme:begin"), {"preset": preset})
    assert risk_cells(programme) == PRESETS[preset].cells
    assert risk_words(programme).size == PRESETS[preset].size
    with pytest.raises(ValidationError, match="already"):
        begin_risk_scheme(scheme=RiskScheme.objects.get(), preset=preset, by=None)


def test_the_form_of_a_risk_offers_the_programmes_own_steps(programme, office):
    scheme = make_risk_scheme(programme=programme)
    words = {"likelihood": ["Rare", "Even"], "impact": ["Low", "Middling", "High"]}
    save_risk_scheme(scheme=scheme, values=words, by=None)
    form = office.get(at(programme, "risks:add")).context["form"]
    assert form.fields["inherent_likelihood"].choices == [(1, "1 Rare"), (2, "2 Even")]
    assert [word for _, word in form.fields["target_impact"].choices] == [
        "No target",
        "1 Low",
        "2 Middling",
        "3 High",
    ]


@pytest.mark.parametrize("size", [(2, 2), (3, 7), (10, 10)])
def test_a_matrix_changes_its_size_and_stays_whole(programme, office, size):
    make_risk_scheme(programme=programme)
    words = [[f"Step {n}" for n in range(1, steps + 1)] for steps in size]
    answer = office.post(
        at(programme, "risk_scheme:edit"),
        {"version": 1, "likelihood": "\r\n".join(words[0]), "impact": "\r\n".join(words[1])},
    )
    assert answer.status_code == 302
    check_cells(risk_cells(programme), size)
    assert office.get(at(programme, "risk_scheme:detail")).status_code == 200
    assert office.get(at(programme, "risks:list")).status_code == 200


WRONG = {
    "one step": ("Only", "Give from 2 to 10 steps, each on a line of its own."),
    "too many": ("\n".join("abcdefghijk"), "Give from 2 to 10 steps, each on a line of its own."),
    "twice": ("Low\nlow", "Give each step a word of its own."),
    "too long": ("Low\n" + "x" * 61, "Give each step at most 60 characters."),
}


@pytest.mark.parametrize("case", WRONG)
def test_words_that_cannot_be_steps_are_said_at_the_field(programme, office, case):
    make_risk_scheme(programme=programme)
    typed, said = WRONG[case]
    url = at(programme, "risk_scheme:edit")
    form = office.post(url, {"likelihood": "Rare\nLikely", "impact": typed}).context["form"]
    assert form.errors == {"impact": [said]}
    assert form["impact"].value() == typed


def test_a_step_on_which_a_risk_is_scored_is_not_taken_away(programme, office):
    scheme = make_risk_scheme(programme=programme)
    make_risk(programme=programme, score=(5, 2), ref="r7")
    with pytest.raises(ValidationError) as raised:
        save_risk_scheme(scheme=scheme, values={"likelihood": ["Rare", "Likely"]}, by=None)
    assert raised.value.message_dict == {
        "likelihood": ["Risks are scored on a likelihood above 2: R7."]
    }
    save_risk_scheme(scheme=scheme, values={"impact": ["Low", "High"]}, by=None)


def test_the_matrix_is_changed_cell_by_cell_and_never_grows_milder(programme, office):
    make_risk_scheme(programme=programme, preset="three")
    url = at(programme, "risk_scheme:matrix")
    form = office.get(url).context["form"]
    answers = {name: form.initial[name] for name in form.fields if name.startswith("cell_")}
    refused = office.post(url, answers | {"version": 1, "cell_3_3": "low"})
    assert refused.context["form"].non_field_errors() == [
        "Likelihood 3 with impact 3 has a lower level than likelihood 2 with impact 3."
    ]
    assert refused.context["form"]["cell_3_3"].value() == "low"
    assert office.post(url, answers | {"version": 1, "cell_1_3": "high"}).status_code == 302
    assert risk_cells(programme)[1, 3].word == "High"


def test_a_level_of_ones_own_can_be_given_to_cells(programme, office):
    make_risk_scheme(programme=programme, preset="three")
    office.post(at(programme, "risk_scheme:levels:add"), {"word": "Severe", "colour": "red"})
    url = at(programme, "risk_scheme:matrix")
    form = office.get(url).context["form"]
    answers = {name: form.initial[name] for name in form.fields if name.startswith("cell_")}
    office.post(url, answers | {"version": 1, "cell_3_3": "severe"})
    assert risk_cells(programme)[3, 3].rank == 4
    severe = RiskLevel.objects.get(slug="severe")
    withdraw_part(part=severe, by=None)
    # The cell keeps it, and only there it can still be chosen.
    assert RiskMatrixCell.objects.get(likelihood=3, impact=3).level == severe
    form = office.get(url).context["form"]
    assert form.initial["cell_3_3"] == "severe"
