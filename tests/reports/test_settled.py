"""What is settled stays as it is when somebody loads a file: everything that a closed year, a
closed period, an accepted update, an approved paper or a validated benefit consists of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps

from finance.models import (
    BenefitProfile,
    CostCategory,
    CostEstimate,
    FinancialYear,
    FundingSource,
    SplitRule,
    SplitShare,
)
from programme.common.values import Amount
from programme.models import AuditEntry, Programme, RatingLevel, ReportingPeriod, User
from programme.programme_file.yamlfile import YamlError, parse
from projects.models import LateAdmission, Project, Rating, RatingCorrection, StatusUpdate
from reports import programme_file
from reports.models import Paper
from reports.programme_file import load_entry
from reports.programme_file.settled import said, settled
from tests.reports.test_programme_file import SMALL

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    stored, _ = programme_file.load(SMALL)
    stored.financial_years.update(state="closed")
    project = Project.objects.get(programme=stored, ref="b0")
    before = ReportingPeriod.objects.get(programme=stored, slug="2018-12")
    CostEstimate.objects.create(
        project=project, period=before, label="Old lift", amount=Amount.exact(Decimal(5))
    )
    Paper.objects.of(stored).update(state="approved")
    StatusUpdate.objects.of(stored).filter(period__slug="2019-03").update(state="draft")
    return stored


@pytest.fixture
def office() -> User:
    return User.objects.get(email="office@example.org")


def loaded(programme: Programme, office: User, *changes: tuple[str, str]) -> str:
    """What is wrong with the programme's own file after some changes; '' when it is loaded."""
    text = programme_file.export(programme)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    before = AuditEntry.objects.count()
    try:
        load_entry(parse(text, "small.yaml"), "small.yaml", by=office)
    except YamlError as error:
        assert AuditEntry.objects.count() == before
        return str(error)
    return ""


UPDATE = "    2019-03:\n      state: draft\n"
REFUSED: dict[str, tuple[list[tuple[str, str]], str]] = {
    "the shares of a rule": (
        [("{county: 66.6667, police: 33.3333}", "{county: 1, police: 99}")],
        "2018/19 is closed, and this file would change it (split share).",
    ),
    "the award of a grant": (
        [("awarded_by: county\n    amount: 10000", "awarded_by: county\n    amount: 9")],
        "2018/19 is closed, and this file would change it (grant).",
    ),
    "the body of a source": (
        [
            (
                "kind: contribution\n    organisation: police",
                "kind: contribution\n    organisation: county",
            )
        ],
        "2018/19 is closed, and this file would change it (funding source).",
    ),
    "an update newly accepted": (
        [(UPDATE, "    2019-03:\n      state: accepted\n")],
        "The update “Shared buildings, March 2019” would be accepted by this file",
    ),
    "an update that is no longer accepted": (
        [("    2018-12:\n      state: accepted\n", "    2018-12:\n      state: draft\n")],
        "The update “Shared buildings, December 2018” is accepted, and this file would change",
    ),
    "who rated": (
        [("rated_as: owner", "rated_as: office")],
        "is accepted, and this file would change it (rating).",
    ),
    "a correction that nobody made": (
        [
            (
                "{level: G, rated_as: owner}",
                "{level: G, rated_as: owner, "
                "corrections: [{was: A, corrected_on: 2019-01-09, reason: No}]}",
            )
        ],
        "is accepted, and this file would change it (rating correction).",
    ),
    "who reviewed": (
        [
            (
                "      status_line: On its way",
                "      reviewed_by: finance@example.org\n      status_line: On its way",
            )
        ],
        "is accepted, and this file would change it (status update).",
    ),
    "what was reported in a closed period": (
        [
            (
                "{period: 2018-12, label: Old lift, amount: 5,",
                "{period: 2018-12, label: Old lift, amount: 6,",
            )
        ],
        "December 2018 is closed, and this file would change it (cost estimate).",
    ),
    "an approved paper's text": (
        [("To say how the lift is doing.", "To say nothing.")],
        "is approved, and this file would change it (paper section).",
    ),
    "an approved paper's recommendation": (
        [("the progress made.", "no progress.")],
        "is approved, and this file would change it (paper recommendation).",
    ),
    "an approved paper's state": (
        [("state: approved", "state: draft")],
        "is approved, and this file would change that.",
    ),
    "a validation": (
        [
            (
                "forecast: TBC, realised: not applicable",
                "forecast: TBC, realised: 5, validated_by: finance@example.org, "
                "validated_on: 2019-03-01",
            )
        ],
        "What “Rent no longer paid, whole life” realised would be validated by this file",
    ),
    "a role of one's own": (
        [("- {role: office}", "- {role: office}\n  - {role: administrator}")],
        "this would give office@example.org a role",
    ),
    "a role of somebody new": (
        [
            (
                "\nusers:\n",
                "\nusers:\n- {email: new@example.org, name: New, roles: [{role: office}]}\n",
            )
        ],
        "this would give new@example.org a role",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_no_person_changes_by_a_file(what: str, programme: Programme, office: User) -> None:
    changes, said = REFUSED[what]
    assert said in loaded(programme, office, *changes)


@pytest.mark.parametrize("what", REFUSED)
def test_a_command_sets_right_what_no_person_may(what: str, programme: Programme) -> None:
    text = programme_file.export(programme)
    for old, new in REFUSED[what][0]:
        text = text.replace(old, new, 1)
    _, loading = load_entry(parse(text, "small.yaml"), "small.yaml", by=None)
    assert loading.touched


FREE = {
    "a source's name": (
        "name: County Police\n    short_name: Police",
        "name: Wold Police\n    short_name: Wold",
    ),
    "a return of a grant": (
        "- {name: First return, on_schedule: true}",
        "- {name: Last return, on_schedule: true}",
    ),
    "what is planned of a benefit": ("forecast: 900\n", "forecast: 800\n"),
    "when updates are due": ("as_at: 2018-12-31\n", "as_at: 2018-12-31\n  due_on: 2019-01-05\n"),
    "an update that is being written": ("Waiting for the lift", "Waiting"),
}


@pytest.mark.parametrize("what", FREE)
def test_what_is_not_settled_is_the_offices_to_change(
    what: str, programme: Programme, office: User
) -> None:
    assert loaded(programme, office, FREE[what]) == ""
    assert FREE[what][1].strip() in programme_file.export(programme)


def test_a_namesake_takes_no_guard_away(programme: Programme, office: User) -> None:
    """Two projects, two years and two papers may be called the same."""
    first = Project.objects.get(programme=programme, ref="b0")
    Project.objects.filter(programme=programme, ref="b1").update(name=first.name)
    second = Project.objects.get(programme=programme, ref="b1")
    period = ReportingPeriod.objects.get(programme=programme, slug="2018-12")
    StatusUpdate.objects.create(
        project=second, period=period, state="accepted", status_line="Another"
    )
    FinancialYear.objects.create(
        programme=programme,
        slug="again",
        label="2018/19",
        starts_on=date(2001, 4, 1),
        ends_on=date(2002, 3, 31),
        state="closed",
    )
    for old in ("On its way", "Another"):
        assert "is accepted, and this file would change it" in loaded(
            programme, office, (old, "Forged")
        )
    refused = loaded(programme, office, ("amount: 40000.5", "amount: 50000"))
    assert "2018/19 is closed, and this file would change it (budget line)." in refused


ROOTS = (FinancialYear, ReportingPeriod, StatusUpdate, Paper, BenefitProfile)
OF_THE_SET_UP = {"name", "short_name", "label", "order", "withdrawn_on"}
FREE_FIELDS = {
    FinancialYear: OF_THE_SET_UP,
    ReportingPeriod: OF_THE_SET_UP | {"opens_on", "due_on"},
    FundingSource: OF_THE_SET_UP,
    CostCategory: OF_THE_SET_UP,
    SplitRule: OF_THE_SET_UP,
    BenefitProfile: {"target_pounds", "target_certainty", "forecast_pounds", "forecast_certainty"},
}
FREE_ROWS = {
    (FinancialYear, "GrantReturn"),
    (FinancialYear, "PublishedFigure"),
    (FinancialYear, "BenefitProfile"),
    (ReportingPeriod, "Meeting"),
    (ReportingPeriod, "Paper"),
    (ReportingPeriod, "ReminderLine"),
    (Paper, "Issue"),
    (Paper, "RenderedFile"),
}


def test_every_row_that_belongs_to_a_settled_thing_is_settled(programme: Programme) -> None:
    """A table that comes to refer to a year, a period, an update, a paper or a profile is settled
    with it, and stands in the file of this test, or is named as one that stays open."""
    rating = Rating.objects.filter(update__period__slug="2018-12", level__code="G").first()
    assert rating is not None
    RatingCorrection.objects.create(
        rating=rating,
        from_level=RatingLevel.objects.get(scale__programme=programme, code="A"),
        to_level=rating.level,
        reason="Wrong",
        corrected_on=date(2019, 1, 9),
    )
    LateAdmission.objects.create(
        project=rating.update.project,
        period=rating.update.period,
        until=date(2019, 1, 9),
        reason="Away.",
    )
    found = settled(programme)
    for root in ROOTS:
        held = {
            label
            for key, one in found.items()
            if key[0] == root._meta.label
            for label, _, _ in one.rows
        }
        wanted, waiting = {root}, [root]
        while waiting:
            model = waiting.pop()
            for other in apps.get_models(include_auto_created=True):
                refers = any(each.related_model is model for each in other._meta.concrete_fields)
                is_open = (root, other.__name__) in FREE_ROWS
                if refers and not is_open and other not in wanted:
                    wanted.add(other)
                    waiting.append(other)
        if root is FinancialYear:
            wanted |= {FundingSource, CostCategory, SplitRule, SplitShare}
        assert held == {each._meta.label for each in wanted}


def test_every_field_of_a_settled_row_is_settled(programme: Programme) -> None:
    """A field that is added to such a table is settled too, whatever it holds."""
    rows = {key[:2] for one in settled(programme).values() for key in one.rows}
    models_of_rows = {apps.get_model(label) for label, _ in rows}
    kept = {"id", "version", "created_at", "updated_at"}
    for model in models_of_rows - {Programme}:
        names = {each.name for each in model._meta.concrete_fields}
        row = model._base_manager.first()
        before = said(row)
        for name in names - kept:
            row = model._base_manager.first()
            setattr(row, model._meta.get_field(name).attname, "something else")
            is_free = name in FREE_FIELDS.get(model, set())
            assert (said(row) == before) == is_free, (model, name)
