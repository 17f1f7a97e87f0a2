"""Home as a reader meets it: what needs attention, what waits for them, where the money stands."""

from datetime import date
from html import unescape
from pathlib import Path
from re import findall

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme import access
from programme.common.blocks import Ref
from programme.common.values import Amount
from programme.models import Programme
from projects.models import Action, Project, Rating, StatusUpdate
from reports.overview import grid, programme_overview
from reports.refs import PAGES, Addresses
from tests.builders import (
    make_action,
    make_benefit,
    make_board,
    make_dimension,
    make_line,
    make_meeting,
    make_milestone,
    make_organisation,
    make_period,
    make_profile,
    make_programme,
    make_project,
    make_risk,
    make_role,
    make_source,
    make_split_rule,
    make_stage,
    make_update,
    make_user,
    make_year,
)

User = get_user_model()
TODAY = date(2019, 4, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(essex, db):
    return Programme.objects.get(slug="essex")


@pytest.fixture
def reader(client, programme):
    client.force_login(User.objects.get(email="board@example.org"))
    return client


def home_of(programme, email="board@example.org", **options):
    held = access.assignments(User.objects.get(email=email), programme)
    return programme_overview(programme, held=held, **options)


def signals(home):
    return {signal.words: signal.count for signal in home.signals}


def tasks(home):
    return [(task.text, task.tag) for task in home.waiting]


def grid_row(home, name):
    return next(row for group in home.grid.groups for row in group.rows if row.name == name)


# --- what needs attention ---------------------------------------------------------------------


def test_what_got_worse_is_on_top_with_its_reason(programme):
    home = home_of(programme)
    assert signals(home)["got worse"] == 3
    first = home.alerts[0]
    assert first.name == "Digital portfolio"
    assert [(each.dimension, each.word, each.moved) for each in first.cells] == [
        ("Overall", "Amber", "↓ was Green"),
        ("Time", "Amber", "↓ was Green"),
    ]
    assert first.reason
    assert first.path_to_green


def test_a_red_rating_comes_before_what_got_worse(programme):
    assert signals(home_of(programme))["rated Red"] == 0
    costs = Rating.objects.get(
        update__project__short_name="Culture study",
        update__period__slug="2019-03",
        dimension__slug="overall",
    )
    costs.level = costs.dimension.scale.levels.get(code="R")
    costs.save()
    home = home_of(programme)
    assert signals(home)["rated Red"] == 1
    assert home.alerts[0].name == "Culture study"
    assert home.alerts[0].worst


def test_a_rating_that_got_better_is_no_alert(programme):
    row = grid_row(home_of(programme), "Fire and Rescue collaboration")
    time = next(cell for cell in row.cells if cell.dimension == "Time")
    assert (time.word, time.moved, time.worse) == ("Amber", "↑ was Red", False)
    assert "Fire and Rescue collaboration" not in [each.name for each in home_of(programme).alerts]


def test_drafts_and_withdrawn_projects_say_nothing(programme):
    update = StatusUpdate.objects.get(
        project__short_name="Digital portfolio", period__slug="2019-03"
    )
    StatusUpdate.objects.filter(pk=update.pk).update(state="draft", reviewed_by=None)
    Project.objects.filter(short_name="BT Hothouse").update(
        withdrawn_on="2019-01-01", withdrawn_reason="Merged"
    )
    home = home_of(programme)
    assert [each.name for each in home.alerts] == ["Public engagement study"]
    assert grid_row(home, "Digital portfolio").cells[0].word == "Green"
    names = {row.name for group in home.grid.groups for row in group.rows}
    assert "BT Hothouse" not in names


def test_a_dimension_that_was_not_rated_again_is_not_shown_as_it_was():
    programme = make_programme()
    dimension = make_dimension(programme=programme, name="Time")
    other = make_dimension(programme=programme, scale=dimension.scale, name="Costs")
    project = make_project(programme=programme, name="Estates")
    early, late = (make_period(programme=programme, as_at=date(2019, n, 1)) for n in (1, 3))
    make_update(project=project, period=early, ratings={dimension: "R", other: "G"})
    make_update(project=project, period=late, ratings={other: "A"})
    home = programme_overview(programme, held=(), today=TODAY)
    cells = {cell.dimension: cell.word for cell in grid_row(home, "Estates").cells}
    assert cells == {"Time": "Not rated", "Costs": "Amber"}
    assert signals(home)["rated Red"] == 0
    assert signals(home)["got worse"] == 1


def test_overdue_actions_and_late_milestones_are_counted_and_named():
    programme = make_programme()
    board = make_board(programme=programme)
    make_period(programme=programme, as_at=date(2019, 3, 29))
    make_action(board=board, text="Sign the lease", due_on=date(2019, 3, 29))
    make_action(board=board, due_on=TODAY)
    make_action(board=board, due_on=date(2019, 2, 1), completed_on=date(2019, 2, 28))
    project = make_project(programme=programme, name="Estates")
    slipped = make_milestone(project=project, day=date(2019, 5, 1), name="Move in")
    type(slipped).objects.filter(pk=slipped.pk).update(forecast_day=date(2019, 5, 3))
    make_milestone(project=project, day=date(2019, 3, 28), name="Lease agreed")
    make_milestone(project=project, day=date(2019, 6, 3), name="Opening")
    make_milestone(project=project, day=date(2019, 1, 3), name="Survey", actual_on=date(2019, 2, 1))
    home = programme_overview(programme, held=(), today=TODAY)
    assert [(each.text, each.late_words) for each in home.overdue] == [
        ("Sign the lease", "1 working day late")
    ]
    assert [(each.name, each.standing) for each in home.late] == [
        ("Lease agreed", "on time, not reached by its forecast date"),
        ("Move in", "2 working days late"),
    ]
    assert [each.name for each in home.milestones] == ["Move in", "Opening"]
    assert signals(home)["action overdue"] == 1
    assert signals(home)["milestones late"] == 2


def test_a_project_that_is_paused_or_closed_does_not_nag():
    programme = make_programme()
    make_period(programme=programme, as_at=date(2019, 3, 29))
    for kind in ("paused", "closed"):
        stage = make_stage(programme=programme, kind=kind)
        project = make_project(programme=programme, stage=stage)
        make_milestone(project=project, day=date(2019, 1, 3))
    office = make_user(programme=programme, role="office")
    home = home_of(programme, office.email, today=TODAY)
    assert home.late == ()
    assert tasks(home) == []


# --- the grid ---------------------------------------------------------------------------------


def test_a_programme_too_large_for_the_grid_shows_who_is_doing_worst(monkeypatch):
    monkeypatch.setattr(grid, "GRID_ROWS", 2)
    programme = make_programme()
    dimension = make_dimension(programme=programme)
    period = make_period(programme=programme)
    for name, code in (("Good", "G"), ("Fair", "A"), ("Bad", "R"), ("Best", "G")):
        project = make_project(programme=programme, name=name)
        make_update(project=project, period=period, ratings={dimension: code})
    home = programme_overview(programme, held=(), today=TODAY)
    assert [row.name for group in home.grid.groups for row in group.rows] == ["Fair", "Bad"]
    assert home.grid.left_out == 2


def test_components_stand_below_the_project_they_belong_to():
    programme = make_programme()
    dimension = make_dimension(programme=programme)
    period = make_period(programme=programme)
    whole = make_project(programme=programme, name="Whole", order=2)
    part = make_project(programme=programme, name="Part", parent=whole, order=1)
    alone = make_project(programme=programme, name="Alone", order=3)
    for project in (whole, part, alone):
        make_update(project=project, period=period, ratings={dimension: "G"})
    (group,) = programme_overview(programme, held=(), today=TODAY).grid.groups
    assert [(row.name, row.component) for row in group.rows] == [
        ("Whole", False),
        ("Part", True),
        ("Alone", False),
    ]


def test_projects_without_ratings_are_counted(programme):
    unrated = home_of(programme).grid.unrated
    assert unrated.words == f"{unrated.count} projects"
    assert unrated.count > 10


def test_every_cell_has_a_letter_and_a_word(reader):
    html = reader.get("/essex/").content.decode()
    assert '<span class="app-grid__code">A</span> <span class="app-grid__word">Amber</span>' in html
    assert "Not rated" in html


# --- money ------------------------------------------------------------------------------------


def test_the_money_is_said_drawn_and_set_out(programme, reader):
    funding, benefits = home_of(programme).panels
    assert funding.says == (
        "2018/19 costs £730,578. What falls on Essex Police is £17,289 over its budget. The budget "
        "of Essex County Fire and Rescue Service is still to be confirmed, so the total variance "
        "cannot be given."
    )
    assert "£18,000,000" in benefits.says
    assert "£15,300,000" in benefits.says
    html = reader.get("/essex/").content.decode()
    assert html.count('class="drawing"') == 2
    assert "−£17,289 (over)" in html
    assert "£416,500, 1 TBC" in html


def test_a_source_within_its_budget_is_said_to_be():
    programme = make_programme()
    year = make_year(programme=programme)
    source = make_source(programme=programme)
    year.planned_contributions.create(
        source=source, amount_pounds=100_000, amount_certainty="exact"
    )
    make_line(year=year, split_rule=make_split_rule(shares={source: 100}))
    home = programme_overview(programme, held=(), today=year.starts_on)
    assert home.panels[0].says == "2018/19 costs £100,000. Every source is within its budget."


# --- what waits for the reader ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        (
            "office@example.org",
            [
                ("22 projects without an update", "Overdue"),
                ("2 actions", "Overdue"),
                ("Contribution of Essex County Fire and Rescue Service for 2018/19", "TBC"),
            ],
        ),
        (
            "lead@example.org",
            [
                ("Update of Joint community safety", "Overdue"),
                ("Update of Repeat callers", "Overdue"),
            ],
        ),
        ("finance.police@example.org", [("Essex Police in 2018/19", "£17,289 over budget")]),
        (
            "finance.fire@example.org",
            [("Contribution of Essex County Fire and Rescue Service for 2018/19", "TBC")],
        ),
        (
            "secretary@example.org",
            [
                ("Next meeting of Performance and Resources Scrutiny Board", "28 Mar 2019"),
                ("Next meeting of ECFRS Strategic Board", "Not planned yet"),
                ("1 action", "Overdue"),
            ],
        ),
        (
            "board@example.org",
            [
                ("Collaboration: quarterly update", "Approved"),
                ("Next meeting of Performance and Resources Scrutiny Board", "28 Mar 2019"),
            ],
        ),
        ("auditor@example.org", [("Register of changes", "To read")]),
        ("admin@example.org", [("People and their roles", "To look after")]),
    ],
)
def test_each_role_finds_what_it_is_for(programme, email, expected):
    assert sorted(tasks(home_of(programme, email))) == sorted(expected)


def test_missing_updates_lead_to_the_projects_that_owe_them(client, programme):
    client.force_login(User.objects.get(email="office@example.org"))
    missing = home_of(programme, "office@example.org").waiting[0]
    assert missing.url == "/essex/projects/?update=missing"
    assert ">22 projects<" in client.get(missing.url).content.decode()
    assert ">24 projects<" in client.get("/essex/projects/?update=given").content.decode()


def test_a_returned_update_comes_first_and_one_handed_in_is_done():
    programme = make_programme()
    period = make_period(programme=programme, due_on=date(2019, 4, 30))
    lead = make_user(programme=programme, role="lead")
    names = ["Nothing yet", "Sent back", "Handed in", "Somebody else’s"]
    projects = [make_project(programme=programme, name=name, lead_user=lead) for name in names]
    for project, state in zip(projects[1:3], ("returned", "handed_in"), strict=True):
        make_update(project=project, period=period, state=state)
    Project.objects.filter(name=names[3]).update(lead_user=None)
    home = home_of(programme, lead.email, today=TODAY)
    assert tasks(home) == [("Update of Sent back", "Returned"), ("Update of Nothing yet", "To do")]
    assert home.waiting[0].urgent
    assert home.waiting[1].hint == f"{period.name}, due 30 April 2019"


def test_the_office_sees_what_was_handed_in():
    programme = make_programme()
    period = make_period(programme=programme)
    make_update(project=make_project(programme=programme), period=period, state="handed_in")
    office = make_user(programme=programme, role="office")
    assert tasks(home_of(programme, office.email, today=TODAY)) == [
        ("1 update handed in", "To review")
    ]


def test_a_realised_benefit_waits_for_its_finance_lead_only():
    programme = make_programme()
    finance = make_user(programme=programme, role="finance")
    benefit = make_benefit(
        programme=programme, owner_organisation=programme.host, name="Fewer buildings"
    )
    make_profile(benefit=benefit, realised=Amount.exact(100))
    make_profile(benefit=make_benefit(programme=programme), realised=Amount.exact(100))
    assert tasks(home_of(programme, finance.email, today=TODAY)) == [
        ("Realised value of Fewer buildings", "To validate")
    ]


def test_many_updates_are_counted_after_the_first_five():
    programme = make_programme()
    make_period(programme=programme)
    lead = make_user(programme=programme, role="lead")
    for _ in range(8):
        make_project(programme=programme, lead_user=lead)
    found = tasks(home_of(programme, lead.email, today=TODAY))
    assert len(found) == 6
    assert found[-1] == ("All 8 updates to write", "To do")


def test_a_meeting_that_was_cancelled_is_not_the_next():
    programme = make_programme()
    board = make_board(programme=programme, name="Strategic Board")
    make_meeting(board=board, held_on=date(2019, 4, 8), state="cancelled")
    make_meeting(board=board, held_on=date(2019, 5, 8))
    secretary = make_user(programme=programme, role="secretary", board=board)
    home = home_of(programme, secretary.email, today=TODAY)
    assert tasks(home) == [("Next meeting of Strategic Board", "8 May 2019")]
    assert [each.held_on for each in home.meetings] == [date(2019, 5, 8)]


# --- the page ---------------------------------------------------------------------------------


def test_home_says_which_day_it_speaks_of(reader):
    html = reader.get("/essex/").content.decode()
    assert "As it stood on 15 March 2019 (Quarter to March 2019), the last position" in html


def test_home_leads_to_the_papers(reader):
    html = reader.get("/essex/").content.decode()
    for paper in ("strategic-board/2018-05", "quarterly-scrutiny/2019-03"):
        assert f'href="/essex/papers/{paper}/"' in html
        assert f'href="/essex/papers/{paper}/paper.pdf"' in html


@pytest.mark.parametrize(
    "account",
    ["office", "lead", "finance.police", "finance.fire", "secretary", "board", "auditor", "admin"],
)
def test_what_waits_leads_to_pages_that_its_reader_may_open(client, programme, account):
    client.force_login(User.objects.get(email=f"{account}@example.org"))
    links = {task.url for task in home_of(programme, f"{account}@example.org").waiting}
    assert links
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_every_link_of_home_opens(reader):
    html = reader.get("/essex/").content.decode()
    links = {unescape(link) for link in findall(r'href="(/essex/[^"#]*)', html)}
    links = {each for each in links if not each.endswith(".pdf")}
    assert len(links) > 30
    assert {link: reader.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_a_programme_with_a_project_and_no_more_says_what_to_do(client, db):
    programme = make_programme(slug="kent")
    make_project(programme=programme)
    make_dimension(programme=programme)
    said = {
        "auditor": (
            "No project has been rated yet",
            "No budget and no benefit in money is stored yet",
            "There is no paper yet",
        ),
        "lead": (
            "No project has been rated yet",
            "No milestone with a known date lies ahead",
            "No meeting is planned",
            "No project is yours yet",
        ),
        "finance": (
            "No budget and no benefit in money is stored yet",
            "No risk or issue is open",
            "There is nothing that you must do",
        ),
    }
    for role, sentences in said.items():
        client.force_login(make_user(programme=programme, role=role))
        html = client.get("/kent/").content.decode()
        assert [words for words in sentences if words not in html] == []


def test_home_costs_the_same_queries_however_much_there_is(reader, programme):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert reader.get("/essex/").status_code == 200
        return len(captured)

    queries()
    few = queries()
    pattern = Project.objects.of(programme).top_level().first()
    action = Action.objects.of(programme).first()
    for number in range(40):
        pattern.pk = action.pk = None
        pattern._state.adding = action._state.adding = True
        pattern.ref, action.ref = f"copy-{number}", f"action-{number}"
        pattern.save()
        action.save()
        make_milestone(project=pattern)
    assert queries() == few
    assert few <= 18


# --- whose it is ------------------------------------------------------------------------------


def test_work_comes_first_and_the_most_urgent_of_it_on_top(client, programme):
    client.force_login(User.objects.get(email="office@example.org"))
    html = client.get("/essex/").content.decode()
    headings = findall(r"<h2[^>]*>([^<]+)</h2>", html)
    assert headings[0] == "What I must do"
    assert headings.index("Needs attention") < headings.index("Top risks")
    for email in ("office", "lead", "secretary", "finance.police", "admin"):
        urgent = [task.urgent for task in home_of(programme, f"{email}@example.org").waiting]
        assert urgent == sorted(urgent, reverse=True)


def test_what_has_a_day_comes_before_what_has_none_and_the_nearest_first():
    programme = make_programme()
    make_period(programme=programme, due_on=date(2019, 4, 30))
    lead = make_user(programme=programme, role="lead")
    project = make_project(programme=programme, lead_user=lead, name="Estates")
    board = make_board(programme=programme)
    make_role(user=lead, programme=programme, role="secretary", board=board)
    make_meeting(board=board, held_on=date(2019, 4, 12))
    make_milestone(project=project, day=date(2019, 1, 3))
    assert tasks(home_of(programme, lead.email, today=TODAY)) == [
        ("1 milestone past its date", "Overdue"),
        (f"Next meeting of {board.name}", "12 Apr 2019"),
        ("Update of Estates", "To do"),
    ]


def test_the_risks_that_stand_highest_are_shown(programme, reader):
    home = home_of(programme)
    assert len(home.risks) == 5
    products = [each.risk.score.score.product for each in home.risks]
    ranks = [each.risk.score.level.rank for each in home.risks]
    assert ranks == sorted(ranks, reverse=True)
    assert products[0] == 12
    html = reader.get("/essex/").content.decode()
    assert all(each.url in html for each in home.risks)


def test_what_is_mine_is_counted_and_listed(client):
    programme = make_programme()
    body = make_organisation(programme=programme)
    lead = make_user()
    make_role(user=lead, programme=programme, role="lead", organisation=body)
    theirs = make_project(programme=programme)
    for own in ({"lead_user": lead}, {"lead_organisation": body}):
        project = make_project(programme=programme, **own)
        make_milestone(project=project)
        make_milestone(project=project, actual_on=date(2019, 1, 3))
        make_risk(programme=programme, project=project)
    make_milestone(project=theirs)
    make_risk(programme=programme, project=theirs)
    board = make_board(programme=programme)
    make_action(board=board, owner_organisation=body)
    make_action(board=board)
    home = home_of(programme, lead.email, today=TODAY)
    assert [own.words for own in home.mine] == [
        "2 projects",
        "2 open milestones",
        "2 open risks and issues",
        "1 open action",
    ]
    client.force_login(lead)
    for own in home.mine:
        assert client.get(own.url).context["table"].page.paginator.count == own.count
    stranger = make_user(programme=programme, role="member", board=board)
    assert home_of(programme, stranger.email, today=TODAY).mine == ()


def test_what_follows_differs_by_role(programme):
    below = {
        email: home_of(programme, f"{email}@example.org").parts
        for email in ("office", "lead", "finance.fire", "secretary", "board")
    }
    assert len(set(below.values())) == len(below)
    assert below["finance.fire"][0] == ("money",)


def test_a_lead_sees_how_their_own_projects_are_doing():
    programme = make_programme()
    dimension = make_dimension(programme=programme)
    period = make_period(programme=programme)
    lead = make_user(programme=programme, role="lead")
    for name, own in (("Estates", {"lead_user": lead}), ("Fleet", {})):
        project = make_project(programme=programme, name=name, **own)
        make_update(project=project, period=period, ratings={dimension: "R"})
    shown = home_of(programme, lead.email, today=TODAY).grid
    assert shown.own
    assert [row.name for group in shown.groups for row in group.rows] == ["Estates"]
    office = make_user(programme=programme, role="office")
    assert not home_of(programme, office.email, today=TODAY).grid.own


# --- where figures lead -----------------------------------------------------------------------


def test_a_kind_of_reference_that_nobody_knows_leads_nowhere(programme):
    addresses = Addresses.within(programme)
    assert addresses.of(Ref("nonsense", "x")) == ""
    assert addresses.resolve(Ref("nonsense", "x")) is None
    assert addresses.page("nowhere:list") == ""


@pytest.mark.parametrize("kind", PAGES)
def test_every_kind_of_reference_has_its_page(programme, kind):
    keys = {
        "awards": "2018-19/ptf",
        "contribution": "2018-19/police",
        "funding": "2018-19/police",
        "outturn": "2017-18//fire",
    }
    assert Addresses.within(programme).of(Ref(kind, keys.get(kind, "t03"))).startswith("/essex/")


def test_every_kind_of_reference_in_the_sections_is_known():
    sections = Path(settings.BASE_DIR, "reports/sections").glob("*.py")
    used = {kind for file in sections for kind in findall(r'Ref\("([a-z-]+)"', file.read_text())}
    assert used
    assert used <= set(PAGES)
