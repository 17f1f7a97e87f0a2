"""What a new programme can begin with: a preset, the set-up of another one, a file."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from finance.models import FundingSource, SplitShare
from programme.models import (
    AuditEntry,
    Board,
    Dimension,
    Organisation,
    Programme,
    RatingLevel,
    RatingScale,
    ReportingPeriod,
    RiskLevel,
    RiskMatrixCell,
    RoleAssignment,
    SetUpPart,
    Stage,
    Tolerance,
    User,
)
from projects.models import Project, Workstream
from reports import starts
from reports.integrity import all_breaches
from reports.models import PaperTemplate
from reports.programme_file import export
from tests.builders import make_programme, make_role, make_user
from tests.conftest import DATA
from tests.filling import answers, errors, submit

pytestmark = pytest.mark.django_db

ADD = "/portal/programmes/add/"
NAMED = {"name": "Harbour partners", "short_name": "Harbour"}
ENTERED = NAMED | {
    "financial_year_start_month": 4,
    "calendar": "scotland",
    "default_marking": "official",
}


@pytest.fixture
def keeper() -> User:
    return make_user(administers_portal=True, name="Keeper")


@pytest.fixture
def browser(keeper, client) -> Client:
    client.force_login(keeper)
    return client


@pytest.mark.parametrize("name", starts.presets())
def test_a_preset_is_a_beginning_and_no_more(browser, keeper, name):
    led_to = submit(
        browser,
        f"{ADD}preset/{name}/",
        **NAMED,
        financial_year_start_month="8",
        calendar="scotland",
    )
    assert led_to.status_code == 302, errors(led_to)
    assert led_to.url == "/harbour/set-up/"
    made = Programme.objects.get()
    assert (made.name, made.short_name, made.slug) == (*NAMED.values(), "harbour")
    assert (made.financial_year_start_month, made.calendar) == (8, "scotland")
    assert (made.vision, made.summary) == ("", "")
    assert Stage.objects.of(made).count() > 3
    assert not Project.objects.exists()
    assert not ReportingPeriod.objects.exists()
    assert not Organisation.objects.exists()
    assert {each.user for each in RoleAssignment.objects.all()} == {keeper}
    verbs = AuditEntry.objects.filter(programme=made).values_list("verb", "actor")
    assert ("programme_file.loaded", keeper.pk) in verbs
    assert browser.get(led_to.url).status_code == 200
    assert browser.get("/harbour/").status_code == 200
    assert all_breaches(made) == []


def test_the_plain_preset_speaks_of_no_ratings_and_no_money(browser):
    submit(browser, f"{ADD}preset/plain/", **NAMED)
    made = Programme.objects.get()
    assert not made.keeps_money
    assert not Dimension.objects.exists()


def test_only_what_one_administers_can_be_copied(browser, keeper):
    own, other = make_programme(name="Own one"), make_programme(name="Of others")
    make_role(user=keeper, programme=own, role="administrator")
    make_role(user=keeper, programme=other, role="office")
    text = browser.get(ADD).content.decode()
    assert own.name in text
    assert other.name not in text
    assert browser.get(f"{ADD}copy/{own.slug}/").status_code == 200
    assert browser.get(f"{ADD}copy/{other.slug}/").status_code == 404


def test_a_copy_has_the_set_up_and_nothing_that_happened(browser, keeper):
    call_command("load_programme", str(DATA / "small.yaml"), verbosity=0)
    source = Programme.objects.get(slug="small")
    make_role(user=keeper, programme=source, role="administrator")
    assert source.name in browser.get(ADD).content.decode()

    led_to = submit(browser, f"{ADD}copy/small/", **NAMED)

    assert led_to.status_code == 302, errors(led_to)
    made = Programme.objects.get(slug="harbour")
    for model in (Stage, Board, Organisation, Dimension, RiskMatrixCell):
        assert model.objects.of(made).count() == model.objects.of(source).count() > 0
    assert not Project.objects.of(made).exists()
    assert not ReportingPeriod.objects.of(made).exists()
    assert made.vision == ""
    assert made.host.programme == made
    assert Programme.objects.get(slug="small").name == source.name


def set_up_parts() -> list[type[SetUpPart]]:
    """Each kind of row of the set-up."""
    return sorted(SetUpPart.__subclasses__(), key=lambda model: model.__name__)


def test_a_copy_leaves_out_what_was_withdrawn(keeper):
    call_command("load_programme", "essex", verbosity=0)
    source = Programme.objects.get(slug="essex")
    make_role(user=keeper, programme=source, role="administrator")
    gone = {}
    for model in set_up_parts():
        row = model.objects.of(source).order_by("pk").last()
        gone[model] = str(row)
        model.objects.filter(pk=row.pk).update(withdrawn_on="2019-01-01")
    starts.begin_with_copy(source=source, values=ENTERED, by=keeper)

    made = Programme.objects.get(slug="harbour")
    for model in set_up_parts():
        rows = model.objects.of(made)
        assert not rows.filter(withdrawn_on__isnull=False).exists(), model
        assert model.objects.of(source).filter(withdrawn_on__isnull=False).count() == 1
    # By a dimension in use, by cells of the matrix, and by the shares of a rule.
    stood_on = {RatingScale, RiskLevel, FundingSource}
    for model in set(gone) - stood_on:
        names = [str(row) for row in model.objects.of(made)]
        assert gone[model] not in names, model
        assert len(names) == model.objects.of(source).offered().count() > 0, model
    assert all_breaches(made) == []
    everything = export(source)
    assert everything.count("withdrawn_on: 2019-01-01") == len(gone)


def test_a_copy_has_no_tolerances_without_the_level_that_takes_the_rest(keeper):
    call_command("load_programme", "essex", verbosity=0)
    source = Programme.objects.get(slug="essex")
    rest = Tolerance.objects.of(source).filter(limit__isnull=True).first()
    rest.level.withdrawn_on = date(2019, 1, 1)
    rest.level.save()
    starts.begin_with_copy(source=source, values=ENTERED, by=keeper)
    made = Programme.objects.get(slug="harbour")
    assert not Tolerance.objects.of(made).filter(dimension__slug=rest.dimension.slug).exists()


def test_a_copy_closes_the_ranks_that_a_withdrawn_level_leaves(keeper):
    call_command("load_programme", str(DATA / "small.yaml"), verbosity=0)
    source = Programme.objects.get(slug="small")
    level = RatingLevel.objects.of(source).get(rank=2)
    level.withdrawn_on = date(2019, 1, 1)
    level.save()
    starts.begin_with_copy(source=source, values=ENTERED, by=keeper)
    made = RatingLevel.objects.of(Programme.objects.get(slug="harbour")).filter(rank__isnull=False)
    assert [row.rank for row in made] == list(range(1, len(made) + 1))


def test_a_copy_keeps_what_something_in_use_stands_on(keeper):
    call_command("load_programme", "essex", verbosity=0)
    source = Programme.objects.get(slug="essex")
    child = Workstream.objects.of(source).filter(parent__isnull=False).first()
    share = SplitShare.objects.of(source).first()
    for row in (child.parent, share.source):
        row.withdrawn_on = date(2019, 1, 1)
        row.save()
    starts.begin_with_copy(source=source, values=ENTERED, by=keeper)
    made = Programme.objects.get(slug="harbour")
    assert Workstream.objects.of(made).get(slug=child.slug).parent.withdrawn_on is None
    assert FundingSource.objects.of(made).get(slug=share.source.slug).withdrawn_on is None


def upload(browser: Client, text: str, **more: str):
    sent = answers(browser.get(f"{ADD}file/")) | more
    file = SimpleUploadedFile("its file.yaml", text.encode())
    return browser.post(f"{ADD}file/", sent | {"file": file})


def test_a_programme_from_a_file_under_another_name(browser, keeper):
    call_command("load_programme", str(DATA / "small.yaml"), verbosity=0)
    text = export(Programme.objects.get(slug="small"))

    taken = upload(browser, text)
    assert errors(taken) == ["Another programme has this word."]
    assert Programme.objects.count() == 1

    led_to = upload(browser, text, slug="second", name="Second programme")
    assert led_to.status_code == 302, errors(led_to)
    made = Programme.objects.get(slug="second")
    assert (made.name, made.short_name, made.vision) == (
        "Second programme",
        "Small",
        "Less is more",
    )
    assert Project.objects.of(made).count() == 2
    assert PaperTemplate.objects.of(made).count() == 1
    assert RoleAssignment.objects.of(made).filter(user=keeper).count() == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [", "this is not YAML"),
        ("stages: []", "line 1: 'programme' is missing"),
        ("programme: {slug: a, short_name: A}", "line 1: 'name' is missing"),
        ("programme: {slug: a, name: A, short_name: A}\nwizards: []", "line 2: 'wizards'"),
        (
            "programme: {slug: a, name: A, short_name: A,\n stages: [{slug: b, name: B, kind: c}]}",
            "line 2: 'kind' is 'c'",
        ),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_line_and_nothing_is_made(browser, text, said):
    page = upload(browser, text)
    assert page.status_code == 200
    (problem,) = errors(page)
    assert problem.startswith("its file.yaml line ")
    assert said in problem
    assert not Programme.objects.exists()


def test_of_many_problems_the_first_are_said(browser):
    stages = ", ".join("{slug: b, name: B, kind: c}" for _ in range(30))
    page = upload(browser, f"programme: {{slug: a, name: A, short_name: A, stages: [{stages}]}}")
    said = errors(page)
    assert len(said) == starts.MOST_PROBLEMS + 1
    assert said[-1] == "… and 10 problems more"


def test_a_file_that_is_too_large_or_missing_is_refused(browser, monkeypatch):
    monkeypatch.setattr("programme.forms.portal.LARGEST_FILE", 1_000_000)
    assert errors(upload(browser, "#" * 1_000_001)) == ["The file must be 1 MB or less."]
    assert errors(browser.post(f"{ADD}file/", {})) == ["Select a file for the programme file"]
