"""A list of 300 rows asks the database no more often than a list of 3, nor for more work than its
rows come to, and no page asks much.

Every ListPage that has an address is found by itself; one for which nobody says below how its rows
are made fails. Rows are made with everything that their columns show, so that a column which asks
for each row anew is found out.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.measure import MOST_QUERIES
from finance.models import Actual, BenefitProfile, BudgetLine, Grant, LineFunding
from programme.models import (
    Aim,
    AuditEntry,
    Meeting,
    Partnership,
    PlanPriority,
    Principle,
    Programme,
    RoleAssignment,
    Theme,
    Tolerance,
    User,
)
from programme.pages import ListPage
from projects.models import (
    Action,
    Decision,
    LateAdmission,
    Rating,
    Risk,
    RiskAssessment,
    StatusUpdate,
)
from reports.models import Paper, PaperTemplate
from tests import builders
from tests.routes import ACCOUNTS, ROUTES, Route, roles
from tests.test_access import every_pattern

pytestmark = pytest.mark.django_db

FEW, MANY = 3, 300
STEPS_PER_ROW = 1_000
"""Instructions of SQLite that a list may take for each of its rows. Where a query reads
a share of the table anew for each row of a page, it takes several times as many."""
MANY_KINDS = {
    "reports:papers:detail": 38,
    "reports:home": 20,
    "reports:moved": 19,
    "programme:boards:hand_over": 20,
    "programme:organisations:hand_over": 20,
    "projects:updates:edit": 32,
    "projects:updates:ratings": 24,
}
"""Pages that read one kind of thing after the other: a paper, home, all that changes hands, and
what is measured of a project to propose its ratings from."""
"""What a paper may make: it reads a whole programme, in a number of queries that its rows do not
change (tests/reports)."""

Fill = Callable[[Programme, int], dict[str, Any]]
FILL: dict[str, Fill] = {}
"""By the name of a list's address: makes so many rows more, and returns the rest of the address."""


def fills(*names: str) -> Callable[[Fill], Fill]:
    def kept(fill: Fill) -> Fill:
        FILL.update(dict.fromkeys(names, fill))
        return fill

    return kept


def copies(row: models.Model, number: int, **vary: Callable[[int], Any]) -> list[Any]:
    """Copies of a row, stored in one go; ``vary`` gives the fields in which each differs."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    made = []
    for each in range(number):
        values = {field.attname: getattr(row, field.attname) for field in fields}
        made.append(type(row)(**values | {name: how(each) for name, how in vary.items()}))
    return type(row)._default_manager.bulk_create(made)


def numbered(word: str, among: models.QuerySet) -> Callable[[int], str]:
    start = among.count()
    return lambda each: f"{word}-{start + each}"


@contextmanager
def steps_of_sqlite() -> Iterator[list[int]]:
    """What its queries cost SQLite, counted in hundreds of instructions: the same on any machine,
    and told by the plans that it chooses without statistics."""
    steps: list[int] = []
    connection.connection.set_progress_handler(lambda: steps.append(100), 100)
    try:
        yield steps
    finally:
        connection.connection.set_progress_handler(None, 100)


# --- how rows are made --------------------------------------------------------------------------


def some_projects(programme: Programme, number: int) -> list[Any]:
    """Projects with two reported updates, a rating in each dimension of both, and a milestone."""
    if not programme.dimensions.exists():
        for _ in range(3):
            builders.make_dimension(programme=programme)
        for month in (3, 6):
            builders.make_period(programme=programme, as_at=date(2019, month, 15))
    pattern = builders.make_project(programme=programme)
    projects = copies(pattern, number, ref=numbered("p", programme.projects))
    for period in programme.periods.all():
        update = StatusUpdate(project=pattern, period=period, state="accepted", status_line="Well.")
        updates = copies(update, number, project_id=lambda each: projects[each].pk)
        for dimension in programme.dimensions.all():
            level = dimension.scale.levels.first()
            rating = Rating(update=updates[0], dimension=dimension, level=level)
            copies(rating, number, update_id=lambda each, given=updates: given[each].pk)
    milestone = builders.make_milestone(project=pattern)
    copies(milestone, number, project_id=lambda each: projects[each].pk)
    return projects


@fills("projects:list")
def projects(programme, number):
    some_projects(programme, number)
    return {}


@fills("projects:milestones:list")
def milestones(programme, number):
    some_projects(programme, number)
    return {}


@fills("programme:periods:list")
def periods(programme, number):
    start = programme.periods.count()
    pattern = builders.make_period(programme=programme, as_at=date(1200 + start, 6, 30))
    copies(
        pattern,
        number,
        slug=numbered("p", programme.periods),
        starts_on=lambda each: date(1600 + start + each, 1, 1),
        as_at=lambda each: date(1600 + start + each, 3, 31),
    )
    return {}


@fills("projects:periods:progress")
def progress(programme, number):
    """Some of every state, some admitted late."""
    if not programme.periods.exists():
        as_at = {"as_at": date(2019, 3, 15), "due_on": date(2019, 3, 13)}
        builders.make_period(programme=programme, **as_at)
    period, states = programme.periods.get(), ("draft", "handed_in", "returned", "accepted")
    lead = builders.make_user(programme=programme, role="lead")
    pattern = builders.make_project(programme=programme, lead_user=lead)
    made = copies(pattern, number, ref=numbered("p", programme.projects))
    copies(
        StatusUpdate(period=period),
        number // 2,
        project_id=lambda each: made[each].pk,
        state=lambda each: states[each % 4],
    )
    late = LateAdmission(period=period, until=date(2019, 4, 1), reason="The survey.")
    copies(late, number // 3, project_id=lambda each: made[-1 - each].pk)
    return {"period": period.slug}


@fills("programme:themes:list")
def themes(programme, number):
    pattern = Theme(programme=programme, name="Estates")
    copies(pattern, number, slug=numbered("t", programme.themes))
    return {}


@fills("programme:principles:list")
def principles(programme, number):
    copies(Principle(programme=programme), number, text=str)
    return {}


@fills("programme:aims:list")
def aims(programme, number):
    copies(Aim(programme=programme), number, text=str)
    return {}


@fills("programme:priorities:list")
def priorities(programme, number):
    start = programme.plan_priorities.count()
    copies(
        PlanPriority(programme=programme, text="Safer roads", number=1),
        number,
        in_force_from=lambda each: date(1600 + start + each, 4, 1),
    )
    return {}


@fills("programme:stages:list")
def stages(programme, number):
    pattern = builders.make_stage(programme=programme)
    copies(pattern, number, slug=numbered("s", programme.stages))
    return {}


@fills("programme:scales:list")
def scales(programme, number):
    pattern = builders.make_scale(programme=programme)
    made = copies(pattern, number, slug=numbered("s", programme.rating_scales))
    copies(pattern.levels.first(), number, scale_id=lambda each: made[each].pk)
    return {}


@fills("programme:scales:levels:list")
def levels(programme, number):
    scale = programme.rating_scales.first() or builders.make_scale(programme=programme)
    states = scale.levels.filter(rank__isnull=True)
    copies(states.first(), number, code=numbered("", states))
    return {"scale": scale.slug}


@fills("programme:dimensions:list")
def dimensions(programme, number):
    pattern = builders.make_dimension(programme=programme, measure="slip")
    made = copies(pattern, number, slug=numbered("d", programme.dimensions))
    level = pattern.scale.levels.first()
    tolerance = Tolerance(dimension=pattern, level=level, limit=5)
    copies(tolerance, number, dimension_id=lambda each: made[each].pk)
    return {}


@fills("projects:risk_scheme:levels:list")
def risk_levels(programme, number):
    pattern = builders.make_risk_level(programme=programme)
    ranks = programme.risk_levels.count()
    copies(
        pattern,
        number,
        slug=numbered("l", programme.risk_levels),
        rank=lambda each: ranks + each + 1,
    )
    return {}


@fills("projects:workstreams:list")
def workstreams(programme, number):
    pattern = builders.make_workstream(programme=programme)
    made = copies(pattern, number, slug=numbered("w", programme.workstreams))
    project = builders.make_project(programme=programme, workstream=pattern)
    for word in ("a", "b"):
        copies(
            project,
            number,
            ref=numbered(word, programme.projects),
            workstream_id=lambda each: made[each].pk,
        )
    return {}


@fills("projects:workstreams:detail")
def workstream(programme, number):
    some_projects(programme, number)
    return {"workstream": programme.workstreams.first().slug}


@fills("projects:risks:list")
def risks(programme, number):
    made = some_projects(programme, number)
    pattern = builders.make_risk(programme=programme, project=made[0])
    risks = copies(
        pattern,
        number,
        ref=numbered("r", Risk.objects),
        project_id=lambda each: made[each].pk,
        owner_organisation_id=lambda each: programme.host_id,
    )
    for day in (1, 2):
        assessment = RiskAssessment(assessed_on=date(2019, 1, day), likelihood=2, impact=day)
        copies(assessment, number, risk_id=lambda each: risks[each].pk)
    return {}


@fills("projects:decisions:list")
def decisions(programme, number):
    meeting = builders.make_meeting(board=builders.make_board(programme=programme))
    pattern = Decision(
        programme=programme, board=meeting.board, meeting=meeting, taken_on=meeting.held_on
    )
    made = copies(pattern, number, ref=numbered("d", Decision.objects))
    about = some_projects(programme, 2)
    through = Decision.projects.through
    through.objects.bulk_create(
        through(decision=decision, project=project) for decision in made for project in about
    )
    return {}


@fills("projects:actions:list")
def actions(programme, number):
    made = some_projects(programme, number)
    pattern = builders.make_action(board=builders.make_board(programme=programme))
    copies(
        pattern,
        number,
        ref=numbered("a", Action.objects),
        project_id=lambda each: made[each].pk,
        owner_organisation_id=lambda each: programme.host_id,
    )
    return {}


@fills("programme:boards:meetings:list")
def meetings(programme, number):
    board = builders.make_board(programme=programme)
    period = programme.periods.first() or builders.make_period(programme=programme)
    pattern = Meeting(board=board, period=period)
    first = date(2019, 1, 1)
    copies(pattern, number, held_on=lambda each: first + timedelta(days=each))
    return {}


@fills("programme:organisations:list")
def organisations(programme, number):
    pattern = builders.make_organisation(programme=programme)
    among = type(pattern).objects
    made = copies(
        pattern, number, slug=numbered("o", among), name=numbered("Organisation no.", among)
    )
    partner = Partnership(programme=programme, organisation=pattern)
    copies(partner, number, organisation_id=lambda each: made[each].pk)
    return {}


@fills("programme:people:list")
def people(programme, number):
    board = builders.make_board(programme=programme)
    pattern = builders.make_user()
    made = copies(pattern, number, email=numbered("somebody", User.objects))
    known = builders.make_person(user=pattern, programme=programme, organisation=programme.host)
    copies(known, number, user_id=lambda each: made[each].pk)
    for role, where in (
        ("member", {"board": board}),
        ("finance", {"organisation": programme.host}),
    ):
        held = RoleAssignment(programme=programme, role=role, **where)
        copies(held, number, user_id=lambda each: made[each].pk)
    return {}


@fills("programme:record:list")
def record(programme, number):
    actor = builders.make_user()
    pattern = AuditEntry(
        programme=programme,
        actor=actor,
        actor_label="Somebody",
        verb="project.edited",
        object_type="projects.project",
        object_label="A project",
        before={"name": "A"},
        after={"name": "B"},
        correlation_id="x",
    )
    copies(pattern, number, object_id=str)
    return {}


def some_lines(programme: Programme, number: int) -> list[Any]:
    """Lines of one year, each with a project, fixed funding and a rule over two sources."""
    year = programme.financial_years.first() or builders.make_year(programme=programme)
    sources = [builders.make_source(programme=programme) for _ in range(2)]
    made = some_projects(programme, number)
    pattern = builders.make_line(
        year=year, split_rule=builders.make_split_rule(shares=dict.fromkeys(sources, 50))
    )
    lines = copies(
        pattern,
        number,
        ref=numbered("line-no", BudgetLine.objects),
        project_id=lambda each: made[each].pk,
    )
    fixed = LineFunding(source=sources[0], pounds=10)
    copies(fixed, number, line_id=lambda each: lines[each].pk)
    actual = Actual(source=sources[0], month=date(2018, 4, 1), pounds=10)
    copies(actual, number, line_id=lambda each: lines[each].pk)
    return lines


@fills("finance:lines:list", "finance:actuals:list")
def lines(programme, number):
    return {"year": some_lines(programme, number)[0].year.slug}


@fills("finance:grants:list")
def grants(programme, number):
    year = programme.financial_years.first() or builders.make_year(programme=programme)
    pattern = builders.make_grant(
        year=year, source=builders.make_source(programme=programme), held_by=programme.host
    )
    copies(pattern, number, slug=numbered("g", Grant.objects))
    return {}


@fills("finance:benefits:list")
def benefits(programme, number):
    made = some_projects(programme, number)
    pattern = builders.make_benefit(programme=programme, owner_organisation=programme.host)
    rows = copies(
        pattern,
        number,
        ref=numbered("b", programme.benefits),
        project_id=lambda each: made[each].pk,
    )
    year = programme.financial_years.first() or builders.make_year(programme=programme)
    for when in (None, year):
        profile = BenefitProfile(year=when, target_pounds=5, target_certainty="exact")
        copies(profile, number, benefit_id=lambda each: rows[each].pk)
    return {}


@fills("finance:years:list")
def years(programme, number):
    among = programme.financial_years
    start = among.count()
    pattern = builders.make_year(programme=programme, starts_on=date(1500 + start, 4, 1))
    copies(
        pattern,
        number,
        slug=numbered("y", among),
        starts_on=lambda each: date(1600 + start + each, 4, 1),
        ends_on=lambda each: date(1601 + start + each, 3, 31),
    )
    return {}


@fills("finance:categories:list")
def categories(programme, number):
    pattern = builders.make_category(programme=programme)
    copies(pattern, number, slug=numbered("c", programme.cost_categories))
    return {}


@fills("finance:sources:list")
def sources(programme, number):
    pattern = builders.make_source(programme=programme, organisation=programme.host)
    copies(pattern, number, slug=numbered("f", programme.funding_sources))
    return {}


@fills("reports:templates:list")
def templates(programme, number):
    board = builders.make_board(programme=programme)
    pattern = PaperTemplate(programme=programme, board=board, name="Update", title="Update")
    copies(pattern, number, slug=numbered("t", programme.paper_templates))
    return {}


@fills("reports:papers:list")
def papers(programme, number):
    meeting = builders.make_meeting(board=builders.make_board(programme=programme))
    period = programme.periods.first() or builders.make_period(programme=programme)
    pattern = PaperTemplate(programme=programme, board=meeting.board, name="Update", title="Update")
    templates = copies(pattern, number, slug=numbered("t", programme.paper_templates))
    paper = Paper(period=period, board=meeting.board, meeting=meeting, title="Update")
    copies(paper, number, template_id=lambda each: templates[each].pk)
    return {}


# --- lists --------------------------------------------------------------------------------------


def every_list() -> Iterator[str]:
    for name, pattern in every_pattern():
        view = getattr(pattern.callback, "view_class", None)
        if view is not None and issubclass(view, ListPage):
            yield name


def test_every_list_says_how_its_rows_are_made():
    found = set(every_list())
    assert found - set(FILL) == set(), "lists whose growth nobody tests"
    assert set(FILL) - found == set(), "rows for a list that is not there"


@pytest.mark.one_engine
@pytest.mark.parametrize("name", sorted(FILL))
def test_a_list_asks_no_more_often_for_more_rows(client, name):
    programme = builders.make_programme()
    client.force_login(builders.make_user(programme=programme, role="office"))

    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        assert response.status_code == 200
        return len(captured), response.context["table"].page.paginator.count

    address = reverse(name, kwargs={"programme": programme.slug, **FILL[name](programme, FEW)})
    asked()
    few, rows = asked()
    assert rows >= FEW
    FILL[name](programme, MANY - FEW)
    many, rows = asked()
    assert rows >= MANY
    assert many == few
    assert many <= MOST_QUERIES


@pytest.mark.one_engine
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps statistics")
@pytest.mark.parametrize("name", sorted(FILL))
def test_a_list_takes_no_more_work_than_its_rows_come_to(client, name):
    programme = builders.make_programme()
    client.force_login(builders.make_user(programme=programme, role="office"))
    address = reverse(name, kwargs={"programme": programme.slug, **FILL[name](programme, MANY)})
    with steps_of_sqlite() as steps:
        assert client.get(address).status_code == 200
    assert sum(steps) <= STEPS_PER_ROW * MANY


# --- all pages ----------------------------------------------------------------------------------


PAGES = [route for route in ROUTES if route.in_programme and not route.file]


@pytest.fixture(scope="module")
def example(essex) -> Programme:
    return Programme.objects.get(slug="essex")


@pytest.mark.parametrize(
    "route",
    # Forms are opened on both engines by test_fuzz; what they ask is the same.
    [pytest.param(route, marks=pytest.mark.one_engine) if route.post else route for route in PAGES],
    ids=str,
)
def test_no_page_asks_much(example, route: Route):
    address = route.url("essex", route.parts(example))
    client = Client()
    user = User.objects.get(email=ACCOUNTS[roles(route.get)[0]])
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == route.gives
    most = MANY_KINDS.get(route.name, MOST_QUERIES)
    assert len(captured) <= most, "\n".join(query["sql"][:200] for query in captured)
