"""What papers and home assert of programmes that have little, odd names, or one of everything:
nothing that no row holds, in sentences that can be read."""

import re
from datetime import date
from html import unescape

import pytest

from finance.models import PlannedContribution
from programme.common.blocks import Chart
from programme.common.values import Amount
from programme.models import Stage
from projects.choices import ChangeKind
from projects.models import StageChange
from projects.selectors.listing import listed_projects, rated_dimensions, rating_in
from projects.selectors.project_page import project_standing
from projects.selectors.update_page import rated
from reports.actions import install_template
from reports.build import build_document
from reports.builtin import BUILTINS
from reports.models import Paper, PaperRecommendation
from reports.overview import programme_overview
from reports.render.html import render_html
from reports.selectors import load_paper_data
from tests.builders import (
    make_benefit,
    make_board,
    make_dimension,
    make_line,
    make_meeting,
    make_milestone,
    make_period,
    make_profile,
    make_programme,
    make_project,
    make_source,
    make_split_rule,
    make_stage,
    make_update,
    make_user,
    make_workstream,
    make_year,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

TODAY = date(2019, 4, 1)
DEFECTS = re.compile(
    r"\b(?P<word>the|a|an|is|are|to|of|and|in|on) (?P=word)\b"  # a word twice
    r"|\b(?:of|on|by|with|that) The\b"
    r"|\bthe The\b|\bthe (?:a|an) "
    r"|\bNone\b|\bTrue\b|\bFalse\b"
    r"|\.\.(?!\.)|,,|;\.|,\.|: \.|\(\)|\( | \)| ,| \.(?!\d)"
    r"|\bDecide (?:keep|sign)\b"
    r"|\b1 (?:projects|ratings|milestones|actions|updates|days|sources|entries)\b"
    r"|\b(?:0|[2-9]|\d\d+) (?:project|rating|milestone|action|update|entry)\b"
    r"| and (?:is|are) still| of [^.]* and [^.]* is still to be confirmed"
)


def text_of(html: str) -> str:
    html = re.sub(r"(?s)<(style|svg|script)\b.*?</\1>", " ", html)
    html = re.sub(r"</(p|h\d|li|td|th|dt|dd|caption|div|tr)>", " ¶ ", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def papers_of(programme, board, *, recommendations=()) -> dict[str, str]:
    """The text of every built-in paper of the programme's newest period."""
    period = programme.periods.order_by("-as_at").first()
    found = {}
    for slug in BUILTINS:
        template = install_template(
            programme=programme, builtin=slug, board=board, overrides={}, sections={}, by=None
        )
        paper = Paper.objects.create(
            template=template, period=period, board=board, title="A report", marking="official"
        )
        for place, (verb, words) in enumerate(recommendations, start=1):
            PaperRecommendation.objects.create(paper=paper, verb=verb, text=words, order=place)
        document = build_document(load_paper_data(template, period))
        found[slug] = text_of(render_html(document, mode="file"))
    return found


def nothing_at_all():
    """A programme with a board and a period only."""
    programme = make_programme()
    make_period(programme=programme, as_at=date(2019, 3, 29))
    return programme, make_board(programme=programme), ()


def nothing_rated():
    """Projects, an overall rating and another to give, and not one that was given."""
    programme = make_programme()
    overall = make_dimension(programme=programme, is_overall=True, name="Overall")
    make_dimension(programme=programme, scale=overall.scale, name="Time")
    make_period(programme=programme, as_at=date(2018, 12, 28))
    period = make_period(programme=programme, as_at=date(2019, 3, 29))
    make_update(project=make_project(programme=programme), period=period, ratings={})
    make_project(programme=programme)
    return programme, make_board(programme=programme), ()


def no_projects():
    programme = make_programme()
    make_workstream(programme=programme, name="Estates")
    overall = make_dimension(programme=programme, is_overall=True, name="Overall")
    assert overall
    make_period(programme=programme, as_at=date(2019, 3, 29))
    return programme, make_board(programme=programme), (("note", "the report."),)


def one_of_everything():
    programme = make_programme()
    overall = make_dimension(programme=programme, is_overall=True, name="Overall")
    period = make_period(programme=programme, as_at=date(2019, 3, 29))
    project = make_project(programme=programme, name="Fleet")
    make_update(project=project, period=period, ratings={overall: "A"})
    make_milestone(project=project, name="Order placed", day=date(2019, 4, 30))
    year = make_year(programme=programme)
    source = make_source(programme=programme, name="The council", short_name="The council")
    make_line(year=year, split_rule=make_split_rule(shares={source: 100}))
    board = make_board(programme=programme)
    make_meeting(board=board, held_on=date(2019, 5, 2))
    return programme, board, (("decide", "Keep the headquarters"),)


def odd_names():
    """Names with an article, plural ones, lists of their own and a full stop at their end."""
    programme = make_programme(name="The Two Counties", vision="One service.")
    programme.principles.create(text="Do it once.", order=1)
    period = make_period(programme=programme, as_at=date(2019, 3, 29))
    overall = make_dimension(programme=programme, is_overall=True, name="Overall")
    for name in ("The Hubs", "Fleet and stores", "Op Hexagon", "Estates"):
        project = make_project(programme=programme, name=name)
        if name != "Estates":
            make_update(project=project, period=period, ratings={overall: "G"})
    year = make_year(programme=programme)
    shares = {
        make_source(programme=programme, name=name, short_name=name): 50
        for name in ("The two governments", "Police and crime commissioners")
    }
    make_line(year=year, split_rule=make_split_rule(shares=shares))
    board = make_board(programme=programme, name="The two governments")
    make_meeting(board=board, held_on=date(2019, 5, 2))
    return programme, board, (("decide", "keep the headquarters"), ("approve", "the budget."))


ODD = [nothing_at_all, nothing_rated, no_projects, one_of_everything, odd_names]


@pytest.mark.parametrize("made", ODD, ids=lambda made: made.__name__)
def test_its_papers_and_home_can_be_read(made, client):
    programme, board, recommendations = made()
    texts = papers_of(programme, board, recommendations=recommendations)
    client.force_login(make_user(programme=programme, role="office"))
    page = client.get(f"/{programme.slug}/")
    assert page.status_code == 200
    for text in (*texts.values(), text_of(page.content.decode())):
        found = [
            text[max(0, each.start() - 60) : each.end() + 40] for each in DEFECTS.finditer(text)
        ]
        assert not found


@pytest.mark.parametrize("made", [nothing_at_all, nothing_rated, no_projects])
def test_nothing_is_asserted_of_ratings_where_none_was_given(made):
    programme, board, _ = made()
    for text in papers_of(programme, board).values():
        for claim in ("No rating", "rated overall only", "Movement is since the rating"):
            assert claim not in text


@pytest.mark.parametrize("made", [nothing_at_all, no_projects])
def test_a_section_without_projects_says_so(made):
    programme, board, _ = made()
    texts = papers_of(programme, board)
    assert "Programme of work" in texts["strategic-board"]
    for text in texts.values():
        assert "No project is stored for this part of the programme." in text


@pytest.mark.parametrize(
    ("kind", "since", "says"),
    [
        (Stage.Kind.CLOSED, [date(2018, 1, 2)], "is under way, as at 29 March 2019."),
        (Stage.Kind.LIVE, [date(2019, 4, 1)], "1 project of this part of the programme began"),
        (Stage.Kind.LIVE, [date(2019, 4, 1)] * 2, "2 projects of this part of the programme began"),
    ],
    ids=["closed before", "begins later", "begin later"],
)
def test_a_section_whose_projects_are_not_of_its_time_says_so(kind, since, says):
    """Whoever looks for the fault of an empty paper is not told that nothing is stored."""
    programme, board, _ = no_projects()
    for day in since:
        stage = make_stage(programme=programme, kind=kind)
        project = make_project(programme=programme, stage=stage)
        project.stage_changes.create(to_stage=stage, changed_on=day)
    for text in papers_of(programme, board).values():
        assert says in text
        assert "No project is stored for this part of the programme." not in text


@pytest.mark.parametrize("made", [nothing_at_all, no_projects])
def test_nothing_is_asserted_of_what_nobody_wrote_and_no_section_goes_missing(made):
    programme, board, _ = made()
    texts = papers_of(programme, board)
    for claim in ("have been noted", "No implication", "how it is rated", "expected from it"):
        assert claim not in texts["quarterly-scrutiny"]
    unsaid = () if programme.dimensions.exists() else ("key",)  # nothing rated, nothing to explain
    for slug, builtin in BUILTINS.items():
        for section in builtin.sections:
            optional = section.options.get("optional") or section.key in unsaid
            assert (section.heading in texts[slug]) != bool(optional)


def test_where_nothing_is_rated_no_project_lacks_a_rating():
    programme = make_programme()
    period = make_period(programme=programme, as_at=date(2019, 3, 29))
    make_update(project=make_project(programme=programme), period=period)
    for text in papers_of(programme, make_board(programme=programme)).values():
        assert "rating was given" not in text


@pytest.mark.parametrize("rated", [True, False])
@pytest.mark.parametrize("narrative", ["<p>All was done.</p>", ""])
@pytest.mark.parametrize("line", ["Being planned anew", ""])
def test_both_papers_say_the_same_of_an_update_whatever_it_lacks(line, narrative, rated):
    programme = make_programme()
    overall = make_dimension(programme=programme, is_overall=True, name="Overall")
    period = make_period(programme=programme, as_at=date(2019, 3, 29))
    make_update(
        project=make_project(programme=programme, name="Helpline"),
        period=period,
        ratings={overall: "R"} if rated else {},
        status_line=line,
        narrative=narrative,
    )
    texts = papers_of(programme, make_board(programme=programme))
    strategic, scrutiny = texts["strategic-board"], texts["quarterly-scrutiny"]
    for text in texts.values():
        assert "No update in this period" not in text
        assert "no update was given" not in text
    assert (line or "No status given") in strategic
    assert "Updates were given in this period on: ¶ Helpline" in scrutiny
    expected = "All was done." if narrative else line or "Helpline: no status was given"
    assert expected in scrutiny


def test_a_reason_ends_as_a_sentence():
    programme = make_programme()
    overall = make_dimension(programme=programme, is_overall=True, name="Overall")
    period = make_period(programme=programme, as_at=date(2019, 3, 29))
    update = make_update(
        project=make_project(programme=programme), period=period, ratings={overall: "R"}
    )
    update.ratings.update(reason="Nobody has been found")
    text = papers_of(programme, make_board(programme=programme))["quarterly-scrutiny"]
    assert "Overall is red: Nobody has been found." in text


def test_the_first_paper_has_no_column_for_what_came_before():
    for earlier in (False, True):
        programme = make_programme()
        if earlier:
            make_period(programme=programme, as_at=date(2018, 12, 28))
        make_period(programme=programme, as_at=date(2019, 3, 29))
        project = make_project(programme=programme, name="Fleet")
        make_milestone(project=project, name="Order placed", day=date(2019, 4, 30))
        board = make_board(programme=programme)
        text = papers_of(programme, board)["quarterly-scrutiny"]
        assert "Order placed" in text
        assert ("Since the last paper" in text) == earlier


def test_figures_of_different_years_in_a_row_name_them():
    texts = []
    for realised_in in ("2018/19", "2019/20"):
        programme = make_programme()
        make_period(programme=programme, as_at=date(2019, 3, 29))
        starts = (date(2018, 4, 1), date(2019, 4, 1))
        rows = [make_year(programme=programme, starts_on=start) for start in starts]
        years = {each.label: each for each in rows}
        project = make_project(programme=programme, name="Op Hexagon")
        benefit = make_benefit(programme=programme, project=project, name="Fewer crimes")
        amounts = {"2018/19": {}, "2019/20": {"forecast": Amount.exact(250_000)}}
        amounts[realised_in]["realised"] = Amount.exact(100_000)
        for year, stated in amounts.items():
            by = make_user(programme=programme, role="finance") if "realised" in stated else None
            make_profile(
                benefit=benefit,
                year=years[year],
                validated_on=date(2019, 3, 1) if by else None,
                validated_by=by,
                **stated,
            )
        texts.append(papers_of(programme, make_board(programme=programme))["quarterly-scrutiny"])
    apart, together = texts
    assert "fewer crimes (forecast: 2019/20; realised: 2018/19)" in apart
    assert "not all of the same years" in apart
    assert "realised:" not in together
    assert "not all of the same years" not in together


def test_lists_that_stand_below_one_another_are_parted_by_the_same_signs():
    programme = make_programme()
    make_period(programme=programme, as_at=date(2019, 3, 29))
    for names in (("Fleet and stores", "Estates"), ("Hubs", "Radio")):
        workstream = make_workstream(programme=programme)
        for name in names:
            make_project(programme=programme, workstream=workstream, name=name)
    text = papers_of(programme, make_board(programme=programme))["quarterly-scrutiny"]
    assert "Fleet and stores; and Estates." in text
    assert "Hubs; and Radio." in text


def test_what_is_said_of_many_sources_is_one_list():
    programme = make_programme()
    make_period(programme=programme, as_at=date(2019, 3, 29))
    year = make_year(programme=programme, starts_on=date(2018, 4, 1))
    for _ in range(3):
        source = make_source(programme=programme)
        make_line(year=year, split_rule=make_split_rule(shares={source: 100}))
        PlannedContribution.objects.create(year=year, source=source, amount=Amount.exact(90_000))
    board = make_board(programme=programme)
    template = install_template(
        programme=programme, builtin="strategic-board", board=board, by=None
    )
    document = build_document(load_paper_data(template, programme.periods.get()))
    (finance,) = [each for each in document.sections if each.key == "finance"]
    drawn = [isinstance(each, Chart) for each in finance.blocks].index(True)
    (said,) = finance.blocks[drawn + 1 :]
    assert len(said.items) == 3


def test_the_board_is_asked_in_a_sentence():
    programme, board, recommendations = odd_names()
    text = papers_of(programme, board, recommendations=recommendations)["strategic-board"]
    assert "It is recommended that the two governments:" in text
    assert "Decide to keep the headquarters" in text
    assert "Approve the budget." in text


def test_an_overspend_is_a_figure_and_no_promise(essex):
    from tests.test_papers import STRATEGIC, document_of, words_of

    text = words_of(document_of(*STRATEGIC))
    assert "What falls on" in text
    assert "monitored" not in text


# --- what changed -----------------------------------------------------------------------------


def test_a_milestone_that_was_rebaselined_is_printed_with_its_first_date(client):
    programme = make_programme()
    make_period(programme=programme, as_at=date(2019, 1, 31), starts_on=date(2019, 1, 1))
    make_period(programme=programme, as_at=date(2019, 3, 29), starts_on=date(2019, 2, 1))
    board = make_board(programme=programme)
    project = make_project(programme=programme, name="Fleet")
    milestone = make_milestone(project=project, name="Order placed", day=date(2019, 2, 28))
    milestone.changes.create(
        kind=ChangeKind.REBASELINE,
        stated_on=date(2019, 3, 1),
        date_day=date(2019, 5, 31),
        approved_by=board,
    )
    milestone.baseline_day = milestone.forecast_day = date(2019, 5, 31)
    milestone.save()
    text = papers_of(programme, board)["quarterly-scrutiny"]
    assert "Fleet: Order placed (first agreed for 28 February 2019, re-baselined since)" in text
    home = programme_overview(programme, held=(), today=TODAY)
    (entry,) = home.milestones
    assert entry.standing == "on time, first agreed for 28 February 2019"


def test_a_project_that_left_is_named_in_the_paper_after():
    programme = make_programme()
    live = make_stage(programme=programme, name="Running", kind=Stage.Kind.LIVE)
    closed = make_stage(programme=programme, name="Finished", kind=Stage.Kind.CLOSED)
    make_period(programme=programme, as_at=date(2019, 1, 31), starts_on=date(2019, 1, 1))
    make_period(programme=programme, as_at=date(2019, 3, 29), starts_on=date(2019, 2, 1))
    stays = make_project(programme=programme, name="Estates", stage=live)
    make_project(
        programme=programme,
        name="Merged fleet",
        withdrawn_on=date(2019, 2, 14),
        withdrawn_reason="Merged",
    )
    make_project(
        programme=programme, name="Old radio", withdrawn_on=date(2018, 2, 14), withdrawn_reason="x"
    )
    ended = make_project(programme=programme, name="Training", stage=closed)
    for project, first in ((stays, live), (ended, live)):
        StageChange.objects.create(project=project, to_stage=first, changed_on=date(2018, 1, 2))
    StageChange.objects.create(
        project=ended, from_stage=live, to_stage=closed, changed_on=date(2019, 2, 20)
    )
    for text in papers_of(programme, make_board(programme=programme)).values():
        assert (
            "Withdrawn from the programme in this period: Merged fleet (on 14 February 2019)."
            in text
        )
        assert "Training" in text
        assert "Old radio" not in text


# --- movement is one thing --------------------------------------------------------------------


@pytest.fixture
def rated_now_and_then():
    """Projects whose ratings in three periods came and went: code by period, or no update ("")."""
    programme = make_programme()
    overall = make_dimension(programme=programme, is_overall=True, name="Overall")
    time = make_dimension(programme=programme, scale=overall.scale, name="Time")
    periods = [
        make_period(programme=programme, as_at=day, starts_on=day.replace(day=1))
        for day in (date(2018, 9, 28), date(2018, 12, 28), date(2019, 3, 29))
    ]
    for codes in (
        ("R", "", "A"),
        ("G", "R", "A"),
        ("G", "G", "A"),
        ("", "", "G"),
        ("A", "", "A"),
        ("", "R", "G"),
    ):
        project = make_project(programme=programme, name=f"Project {'-'.join(codes)}")
        for period, code in zip(periods, codes, strict=True):
            if code:
                # Time is left out in the period between, where the project reports at all.
                ratings = {overall: code} | ({time: code} if period != periods[1] else {})
                make_update(project=project, period=period, ratings=ratings)
    return programme, make_board(programme=programme), periods[-1]


def test_page_list_home_and_paper_say_the_same_of_every_rating(rated_now_and_then):
    programme, board, period = rated_now_and_then
    template = install_template(
        programme=programme,
        builtin="quarterly-scrutiny",
        board=board,
        overrides={},
        sections={},
        by=None,
    )
    on_paper = {
        (project.name, rating.dimension): rating.movement.value
        for project in load_paper_data(template, period).delivery.projects
        for rating in project.ratings
    }
    assert set(on_paper.values()) == {"better", "worse", "same", "new"}
    dimensions = rated_dimensions(programme)
    in_list, on_page, on_update = {}, {}, {}
    slugs = {each.name: each.slug for each in dimensions}
    for project in listed_projects(programme):
        for dimension in dimensions:
            if found := rating_in(project, dimension):
                in_list[project.name, dimension.slug] = found.movement.value
        update = project.updates.select_related("project", "period").get(period=period)
        for each in rated(update):
            on_update[project.name, slugs[each.name]] = each.rating.movement.value
        for row in project_standing(project, last=update).strip.rows:
            if row.cells[-1]:
                on_page[project.name, slugs[row.dimension]] = row.cells[-1].movement.value
    assert in_list == on_page == on_update == on_paper
    words = {"better": "↑", "worse": "↓", "same": "", "new": "new"}
    home = programme_overview(programme, held=(), today=TODAY)
    for group in home.grid.groups:
        for row in group.rows:
            for cell in row.cells:
                if cell.code:
                    moved = words[on_paper[row.name, slugs[cell.dimension]]]
                    assert cell.moved.startswith(moved)
                    assert bool(cell.moved) == bool(moved)


# --- words and days of one's own ----------------------------------------------------------------


def test_the_portal_has_no_words_of_one_programme():
    for template in BUILTINS.values():
        said = [template.name, template.title]
        for section in template.sections:
            said += [section.heading, section.standing_text, str(dict(section.options))]
        for word in ("ollaborat", "epresentative body", "olice", "ire and", "Essex"):
            assert word not in " ".join(said)


def test_working_days_are_those_of_the_programmes_own_calendar():
    found = {}
    for calendar in ("england_and_wales", "scotland", "none"):
        programme = make_programme(calendar=calendar)
        make_period(programme=programme, as_at=date(2018, 4, 30))
        project = make_project(programme=programme, name="Fleet")
        # Over Easter 2018: its Monday is a working day in Scotland, its Friday nowhere.
        milestone = make_milestone(project=project, name="Order", day=date(2018, 3, 29))
        milestone.forecast_day = date(2018, 4, 3)
        milestone.changes.update(stated_on=date(2018, 1, 2))
        milestone.changes.create(
            kind=ChangeKind.FORECAST,
            stated_on=date(2018, 3, 1),
            date_day=date(2018, 4, 3),
        )
        milestone.save()
        (late,) = programme_overview(programme, held=(), today=date(2018, 4, 1)).late
        board = make_board(programme=programme)
        text = papers_of(programme, board)["quarterly-scrutiny"]
        assert f"{late.slip} working day" in text
        said = ("bank holidays of Scotland", "every Monday to Friday is a working day")
        found[calendar] = late.slip, *(words in text for words in said)
    assert found == {
        "england_and_wales": (1, False, False),
        "scotland": (2, True, False),
        "none": (3, False, True),
    }
