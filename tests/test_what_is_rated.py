"""Where a dimension is rated, and what a programme that rates nothing says: in forms and lists, on
home and in papers."""

import re
from datetime import date
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from programme.actions import restore_part, withdraw_part
from programme.models import Board
from projects.actions import hand_in_update, save_update
from projects.models import Project, StatusUpdate
from reports.actions import install_template
from reports.builtin import BUILTINS
from reports.document import Gap, KeyFigures, RagGrid, RatingKey
from reports.papers import paper_document
from reports.render.html import render_html
from reports.render.jsonform import printed_json
from tests.builders import (
    make_board,
    make_dimension,
    make_period,
    make_programme,
    make_project,
    make_scale,
    make_stage,
    make_update,
    make_user,
    make_workstream,
)

pytestmark = pytest.mark.django_db


class Growth:
    """A programme of two workstreams, one with another below it: what is spent is rated in it
    only, how things stand everywhere."""

    def __init__(self):
        self.programme = make_programme()
        self.period = make_period(programme=self.programme)
        scale = make_scale(programme=self.programme)
        self.stands = make_dimension(scale=scale, name="Standing", slug="stands", is_overall=True)
        self.spend = make_dimension(scale=scale, name="Spend", slug="spend")
        self.skills = make_workstream(programme=self.programme, name="Skills", slug="skills")
        self.roads = make_workstream(programme=self.programme, name="Roads", slug="roads")
        below = make_workstream(programme=self.programme, name="Bridges", parent=self.roads)
        self.roads.dimensions.add(self.spend)
        self.course = self.project("Course", self.skills)
        self.bridge = self.project("Bridge", below)

    def project(self, name, workstream):
        return make_project(programme=self.programme, name=name, workstream=workstream)

    def browser(self) -> Client:
        client = Client()
        user = make_user(programme=self.programme)
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    def at(self, name, **parts) -> str:
        return reverse(name, kwargs={"programme": self.programme.slug, **parts})

    def update_form(self, client, project):
        parts = {"project": project.ref, "period": self.period.slug}
        return client.get(self.at("projects:updates:ratings", **parts)).context["form"]

    def paper(self, builtin="quarterly-scrutiny"):
        kind = BUILTINS[builtin].board_kind
        board = Board.objects.of(self.programme).filter(kind=kind).first()
        board = board or make_board(programme=self.programme, kind=kind)
        template = install_template(programme=self.programme, builtin=builtin, board=board, by=None)
        return paper_document(template, self.period)


@pytest.fixture
def growth():
    return Growth()


def blocks(document, kind):
    def walk(sections):
        for each in sections:
            yield from each.blocks
            yield from walk(each.sections)

    return [each for each in walk(document.sections) if isinstance(each, kind)]


def words(html: str) -> str:
    """What a page or a paper says, without its marks and its names of classes."""
    html = re.sub(r"(?s)<(style|script|svg|head)\b.*?</\1>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


# --- dimensions of a workstream -----------------------------------------------------------------


def test_a_form_asks_what_is_rated_in_its_workstream_and_above(growth):
    client = growth.browser()
    course, bridge = (growth.update_form(client, each) for each in (growth.course, growth.bridge))
    assert [each.slug for each in course.dimensions] == ["stands"]
    assert [each.slug for each in bridge.dimensions] == ["stands", "spend"]


def test_an_action_refuses_a_rating_that_is_of_other_workstreams(growth):
    green = growth.spend.scale.levels.get(code="G")
    ratings = {growth.spend: (green, "")}
    update = StatusUpdate(project=growth.bridge, period=growth.period)
    save_update(update=update, values={"status_line": "Well."}, ratings=ratings, by=None)
    with pytest.raises(ValidationError) as raised:
        save_update(
            update=StatusUpdate(project=growth.course, period=growth.period),
            values={"status_line": "Well."},
            ratings=ratings,
            by=None,
        )
    assert raised.value.message_dict == {"level_spend": ["This is not rated in this period."]}


def test_an_overall_of_one_workstream_is_not_asked_of_others(growth):
    growth.roads.dimensions.add(growth.stands)

    def hand_in(project):
        update = StatusUpdate(project=project, period=growth.period)
        saved = save_update(update=update, values={"status_line": "Well."}, by=None)
        return hand_in_update(update=saved, by=None)

    assert hand_in(growth.course).state == "handed_in"
    with pytest.raises(ValidationError) as raised:
        hand_in(growth.bridge)
    assert list(raised.value.message_dict) == ["level_stands"]


def test_an_overall_that_follows_follows_only_where_it_is_rated(growth):
    growth.roads.dimensions.add(growth.stands)
    growth.roads.dimensions.remove(growth.spend)
    growth.stands.rule = growth.stands.Rule.WORST
    growth.stands.save()
    red = growth.spend.scale.levels.get(code="R")

    def rated(project):
        update = StatusUpdate(project=project, period=growth.period)
        ratings = {growth.spend: (red, "Prices")}
        saved = save_update(
            update=update, values={"status_line": "Well."}, ratings=ratings, by=None
        )
        return {str(each) for each in saved.ratings.all()}

    assert rated(growth.course) == {"Spend: Red"}
    assert rated(growth.bridge) == {"Spend: Red", "Standing: Red"}


def test_a_workstream_lists_the_columns_of_what_is_rated_in_it(growth):
    client = growth.browser()

    def columns(slug):
        page = client.get(growth.at("projects:workstreams:detail", workstream=slug))
        return [name for name in page.context["table"].columns.names() if "rating_" in name]

    assert columns("skills") == ["rating_stands"]
    assert columns("roads") == ["rating_stands", "rating_spend"]
    whole = client.get(growth.at("projects:list")).context["table"].columns.names()
    assert {"rating_stands", "rating_spend"} <= set(whole)


def test_home_says_what_was_not_asked_and_counts_only_who_was_asked(growth):
    make_update(project=growth.course, period=growth.period, ratings={growth.stands: "G"})
    make_update(
        project=growth.bridge,
        period=growth.period,
        ratings={growth.stands: "G", growth.spend: "R"},
    )
    growth.project("Second course", growth.skills)
    client = growth.browser()
    home = client.get(growth.at("reports:home")).context["home"]
    cells = {
        row.name: [cell.word for cell in row.cells] for g in home.grid.groups for row in g.rows
    }
    assert cells == {"Course": ["Green", "Not asked"], "Bridge": ["Green", "Red"]}
    assert home.grid.unrated.count == 1
    # Where nothing is rated, nobody is missing; the list that is counted says the same.
    growth.roads.dimensions.add(growth.stands)
    home = client.get(growth.at("reports:home")).context["home"]
    assert home.grid.unrated is None
    listed = client.get(growth.at("projects:list"), {"attention": "unrated"})
    assert listed.context["table"].page.paginator.count == 0


def test_a_paper_has_a_dash_for_what_is_rated_elsewhere_and_misses_nothing(growth):
    make_update(project=growth.course, period=growth.period, ratings={growth.stands: "G"})
    make_update(
        project=growth.bridge,
        period=growth.period,
        ratings={growth.stands: "G", growth.spend: "A"},
    )
    (grid,) = blocks(growth.paper(), RagGrid)
    rows = {row.project: row.ratings for group in grid.groups for row in group.rows}
    assert grid.dimensions == ("Standing", "Spend")
    assert [getattr(each, "word", None) or each.what for each in rows["Course"]] == ["Green", "–"]
    assert [each.word for each in rows["Bridge"]] == ["Green", "Amber"]
    assert "A dash: not rated in this workstream." in [str(each) for each in grid.notes]
    # Nothing is rated in skills any more: its project lacks nothing.
    growth.roads.dimensions.add(growth.stands)
    StatusUpdate.objects.get(project=growth.course).ratings.all().delete()
    paper = growth.paper()
    assert not [each for each in blocks(paper, Gap) if "no rating" in str(each.text)]
    (grid,) = blocks(paper, RagGrid)
    assert [row.project for group in grid.groups for row in group.rows] == ["Bridge"]


# --- what is withdrawn --------------------------------------------------------------------------


def test_a_withdrawn_dimension_leaves_forms_and_lists_and_stays_in_past_papers(growth):
    make_update(
        project=growth.bridge,
        period=growth.period,
        ratings={growth.stands: "G", growth.spend: "A"},
    )
    before = printed_json(growth.paper())
    withdraw_part(part=growth.spend, by=None)
    assert printed_json(growth.paper()) == before
    client = growth.browser()
    assert [each.slug for each in growth.update_form(client, growth.bridge).dimensions] == [
        "stands"
    ]
    page = client.get(growth.at("projects:list"))
    assert "rating_spend" not in page.context["table"].columns.names()
    restore_part(part=growth.spend, by=None)
    assert len(growth.update_form(client, growth.bridge).dimensions) == 2


def test_a_withdrawn_level_is_not_given_anew_and_is_kept_where_it_was(growth):
    amber = growth.stands.scale.levels.get(code="A")
    update = StatusUpdate(project=growth.course, period=growth.period)
    said = {"status_line": "Well."}
    saved = save_update(
        update=update, values=said, ratings={growth.stands: (amber, "Rain")}, by=None
    )
    withdraw_part(part=amber, by=None)
    amber.refresh_from_db()
    client = growth.browser()

    def codes(project):
        field = growth.update_form(client, project).fields["level_stands"]
        return [code for code, _ in field.choices if code]

    assert codes(growth.bridge) == ["G", "R", "N/A"]
    assert codes(growth.course) == ["G", "A", "R", "N/A"]
    save_update(update=saved, values=said, ratings={growth.stands: (amber, "Snow")}, by=None)
    with pytest.raises(ValidationError, match="no longer given"):
        save_update(
            update=StatusUpdate(project=growth.bridge, period=growth.period),
            values=said,
            ratings={growth.stands: (amber, "Rain")},
            by=None,
        )


# --- no ratings at all --------------------------------------------------------------------------

OF_RATINGS = re.compile(r"\b(rat(?:ed?|ings?)|red|amber|green|RAG)\b", re.IGNORECASE)


@pytest.fixture
def plain(growth):
    """The same programme without anything that is rated, whose projects have reported."""
    growth.roads.dimensions.clear()
    for each in (growth.spend, growth.stands):
        each.delete()
    for project in (growth.course, growth.bridge):
        make_update(
            project=project,
            period=growth.period,
            path_to_green="A second crew starts in May",
            path_to_green_by=date(2019, 5, 1),
        )
    make_project(programme=growth.programme, workstream=growth.skills, parent=growth.course)
    return growth


def test_pages_of_a_programme_that_rates_nothing_say_nothing_of_ratings(plain):
    client = plain.browser()
    course = {"project": plain.course.ref}
    update = course | {"period": plain.period.slug}
    StatusUpdate.objects.filter(project=plain.bridge).update(state="draft")
    addresses = [
        plain.at("reports:home"),
        plain.at("projects:list"),
        plain.at("projects:workstreams:detail", workstream="roads"),
        plain.at("projects:workstreams:edit", workstream="roads"),
        plain.at("projects:detail", **course),
        plain.at("projects:updates:of_project", **course),
        plain.at("projects:updates:detail", **update),
        plain.at("projects:updates:edit", **(update | {"project": plain.bridge.ref})),
        plain.at("projects:updates:ratings", **(update | {"project": plain.bridge.ref})),
        plain.at("programme:about"),
    ]
    said = {}
    for address in addresses:
        page = client.get(address)
        assert page.status_code == 200, address
        if found := OF_RATINGS.findall(words(page.content.decode())):
            said[address] = found
    assert said == {}


@pytest.mark.parametrize("builtin", BUILTINS)
def test_papers_of_a_programme_that_rates_nothing_say_nothing_of_ratings(plain, builtin):
    document = plain.paper(builtin)
    text = words(render_html(document, mode="file"))
    assert OF_RATINGS.findall(text) == []
    assert not [each for each in document.sections if each.key == "key"]
    if builtin == "quarterly-scrutiny":
        assert "What gets it back on track: A second crew starts in May (by 1 May 2019)." in text


def figures_of(document):
    """What a paper counts at its head, and the levels that its key explains."""
    blocks = [each for section in document.sections for each in section.blocks]
    (counts,) = [each for each in blocks if isinstance(each, KeyFigures)]
    key = [level for each in blocks if isinstance(each, RatingKey) for level in each.levels]
    return {each.label: int(each.value.value) for each in counts.items}, key


def test_a_withdrawn_level_is_counted_and_explained_where_a_rating_still_says_it():
    growth = Growth()
    red = growth.stands.scale.levels.get(code="R")
    for project in (growth.course, growth.bridge):
        update = make_update(project=project, period=growth.period, state="accepted")
        level = red if project == growth.course else growth.stands.scale.levels.get(code="G")
        update.ratings.create(dimension=growth.stands, level=level)
    type(red).objects.filter(pk=red.pk).update(withdrawn_on=growth.period.starts_on)
    counted, key = figures_of(growth.paper())
    assert counted == {"Green": 1, "Amber": 0, "Red": 1}
    assert [each.rating.word for each in key][:3] == ["Green", "Amber", "Red"]


def test_a_paused_project_is_not_counted_as_one_that_lacks_a_rating():
    growth = Growth()
    update = make_update(project=growth.course, period=growth.period, state="accepted")
    update.ratings.create(dimension=growth.stands, level=growth.stands.scale.levels.first())
    paused = make_stage(programme=growth.programme, kind="paused")
    Project.objects.filter(pk=growth.bridge.pk).update(stage=paused)
    counted, _ = figures_of(growth.paper())
    assert "Not given" not in counted
