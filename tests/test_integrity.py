"""Each rule over several rows: sound data has no breach, and each way of breaking it has one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from finance.models import Actual, BudgetLine, LineFunding, SplitRule, SplitShare
from programme.models import Board, Programme, RiskMatrixCell, RiskScheme, RoleAssignment, Stage
from projects.models import Milestone, MilestoneChange, Project, Rating, StatusUpdate, Workstream
from reports import programme_file
from reports.models import PaperSection, TemplateSection
from tests.builders import (
    make_board,
    make_category,
    make_line,
    make_organisation,
    make_programme,
    make_scale,
    make_source,
    make_user,
    make_year,
)

SMALL = Path(__file__).parent / "data" / "small.yaml"

pytestmark = pytest.mark.django_db


def check(*arguments: str) -> tuple[int, str]:
    """The exit status of the command, and its output after the record's two lines."""
    connection.check_constraints()  # as at a commit, which chains the entries
    out = StringIO()
    try:
        call_command("check_data", *arguments, stdout=out)
    except SystemExit as exit_:
        return int(exit_.code or 0), after_the_record(out.getvalue())
    return 0, after_the_record(out.getvalue())


def after_the_record(said: str) -> str:
    first, _, rest = said.split("\n", 2)
    assert first == "The record: nothing is wrong."
    return rest


@pytest.fixture
def programme():
    stored, _ = programme_file.load(SMALL)
    return stored


def board_circle(programme: Programme) -> None:
    top = Board.objects.filter(slug="joint-board")
    top.update(reports_to=Board.objects.get(slug="project-board"))


def successor_circle(programme: Programme) -> None:
    one, other = Board.objects.order_by("slug")
    Board.objects.filter(pk=one.pk).update(succeeded_by=other)
    Board.objects.filter(pk=other.pk).update(succeeded_by=one)


def workstream_circle(programme: Programme) -> None:
    below = Workstream.objects.get(slug="buildings")
    Workstream.objects.filter(slug="joint").update(parent=below)


def project_circle(programme: Programme) -> None:
    Project.objects.filter(ref="b0").update(parent=Project.objects.get(ref="b1"))


def section_circle(programme: Programme) -> None:
    child = TemplateSection.objects.filter(parent__isnull=False).first()
    TemplateSection.objects.filter(pk=child.parent_id).update(parent=child)


def stranger(programme: Programme) -> None:
    theirs = make_board(programme=make_programme(), name="Their Board")
    Board.objects.filter(slug="project-board").update(reports_to=theirs)


def distant_stranger(programme: Programme) -> None:
    theirs = make_source(programme=make_programme(), name="Their money")
    Actual.objects.update(source=theirs)


def foreign_tolerance(programme: Programme) -> None:
    programme.dimensions.filter(slug="time").update(scale=make_scale(programme=programme))
    Rating.objects.filter(dimension__slug="time").delete()


def foreign_level(programme: Programme) -> None:
    level = make_scale(programme=programme, name="Other").levels.get(code="G")
    Rating.objects.filter(update__period__slug="2018-12", dimension__slug="overall").update(
        level=level
    )


def no_reason(programme: Programme) -> None:
    Rating.objects.filter(level__code="A").update(reason="")


def stage_elsewhere(programme: Programme) -> None:
    Project.objects.filter(ref="b0").update(stage=Stage.objects.get(slug="closed"))


def stage_gap(programme: Programme) -> None:
    last = Project.objects.get(ref="b0").stage_changes.last()
    last.from_stage = None
    last.save()


def milestone_moved(programme: Programme) -> None:
    Milestone.objects.filter(name="Keys handed over").update(baseline_day=date(2018, 12, 3))


def milestone_unset(programme: Programme) -> None:
    MilestoneChange.objects.filter(milestone__name="Everybody moved").delete()


def milestone_set_twice(programme: Programme) -> None:
    MilestoneChange.objects.filter(kind="forecast").update(kind="set")


def matrix_hole(programme: Programme) -> None:
    RiskMatrixCell.objects.get(likelihood=3, impact=3).delete()


def score_off_the_matrix(programme: Programme) -> None:
    RiskScheme.objects.update(impact=["Low", "High"])
    RiskMatrixCell.objects.filter(impact__gt=2).delete()


def shares_short(programme: Programme) -> None:
    SplitShare.objects.filter(source__slug="police").update(percent=Decimal("32.3333"))


def fixed_too_much(programme: Programme) -> None:
    LineFunding.objects.update(pounds=Decimal(50000))


def nobody_pays(programme: Programme) -> None:
    BudgetLine.objects.update(split_rule=None)


def wrong_month(programme: Programme) -> None:
    Actual.objects.update(month=date(2019, 4, 1))


def unknown_section_kind(programme: Programme) -> None:
    TemplateSection.objects.filter(key="purpose").update(kind="weather")


def section_of_another_template(programme: Programme) -> None:
    template = PaperSection.objects.get().section.template
    template.pk, template.slug = None, "other"
    template._state.adding = True
    template.save()
    section = TemplateSection.objects.create(
        template=template, key="text", kind="narrative", heading="Text"
    )
    PaperSection.objects.update(section=section)


BREACHES = {
    board_circle: "it stands above itself: ",
    successor_circle: "it stands above itself: ",
    workstream_circle: "Workstream “Joint work”: it stands above itself: "
    "Joint work → Buildings → Joint work.",
    project_circle: "it stands above itself: ",
    section_circle: "it stands above itself: ",
    stranger: "Board “Project Board”: its reports to “Their Board” is of another programme.",
    distant_stranger: "its source “Their money” is of another programme.",
    foreign_tolerance: "Dimension “Time”: it has a tolerance for Green, which is not a level of",
    foreign_level: "Overall is rated Green, which is not a level of Red, amber, green.",
    no_reason: "Shared buildings, March 2019: Time is Amber without a reason.",
    stage_elsewhere: "Project “Shared buildings”: its stage is Closed, but its last move led",
    stage_gap: "its move to Delivery on 2019-01-10 does not start from the stage it had.",
    milestone_moved: "Keys handed over”: its baseline is not what its changes lead to.",
    milestone_unset: "Everybody moved”: nothing says when it was set.",
    milestone_set_twice: "First desk in use”: A milestone is set once",
    matrix_hole: "Risk matrix: A risk matrix has a level for each of its 25 cells.",
    score_off_the_matrix: "Risk “R1”: it is scored 3 × 3, which is not on a matrix of 5 × 2.",
    shares_short: "Split rule “Two to one”: The shares add up to 99%, not 100%.",
    fixed_too_much: "Fixed funding of £50,000 is more than the line's £40,000.50.",
    nobody_pays: "Budget line “The lift, 2018/19”: it is not fully funded: "
    "£30,000.50 has no funding source.",
    wrong_month: "its month is not in 2018/19.",
    unknown_section_kind: "weather",
    section_of_another_template: "which is a section of another template.",
}


def test_sound_data_has_no_breach(programme):
    assert check() == (0, "Small Programme: nothing is wrong.\n")


@pytest.mark.parametrize("breaking", BREACHES, ids=lambda breaking: breaking.__name__)
def test_a_broken_rule_is_said_in_a_sentence(programme, breaking):
    breaking(programme)
    status, said = check("small")
    assert status == 1
    assert BREACHES[breaking] in said


def test_a_draft_may_lack_its_reasons(programme):
    StatusUpdate.objects.update(state=StatusUpdate.State.DRAFT)
    no_reason(programme)
    assert check()[0] == 0


def test_a_line_that_is_tbc_is_not_yet_short_of_money(programme):
    BudgetLine.objects.update(split_rule=None, amount_pounds=None, amount_certainty="tbc")
    LineFunding.objects.all().delete()
    assert check()[0] == 0


def test_a_programme_without_a_matrix_is_sound():
    other = make_programme()
    make_line(year=make_year(programme=other), category=make_category(programme=other))
    assert check(other.slug) == (0, f"{other}: nothing is wrong.\n")


def test_a_host_of_another_programme_is_a_stranger(programme):
    Programme.objects.filter(pk=programme.pk).update(host=make_organisation())
    assert check()[0] == 1


def test_a_role_of_somebody_who_was_never_invited_is_a_breach(programme):
    RoleAssignment.objects.create(user=make_user(), programme=programme, role="office")
    failed, said = check()
    assert failed
    assert "was never invited" in said


def test_an_organisation_of_another_programme_is_a_stranger(programme):
    Board.objects.update(organisation=make_organisation())
    assert check()[0] == 1


def test_only_the_programme_asked_for_is_checked(programme):
    shares_short(programme)
    other = make_programme()
    assert check(other.slug)[0] == 0
    assert check()[0] == 1


def test_an_unknown_programme_names_those_that_exist(programme):
    assert SplitRule.objects.exists()
    with pytest.raises(CommandError, match="There is no programme “big”. There are: small."):
        check("big")


def test_the_essex_example_is_sound():
    programme_file.load(programme_file.FOLDER / "essex.yaml")
    status, said = check("essex")
    assert (status, said.count("\n")) == (0, 1)
