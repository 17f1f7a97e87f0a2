"""A new administrator sets whole programmes up in the browser alone, from an empty database: what
the made-up test programmes say in their files is typed into the portal's forms, and must come to
the same as when the file is loaded."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command

from finance.models import FinancialYear, SplitRule
from finance.selectors import budget_position
from programme.models import Board, Programme, ReportingPeriod
from programme.selectors import rating_setup
from projects.models import Project, Workstream
from reports.builtin import BUILTINS
from reports.models import PaperTemplate
from reports.papers import render_paper
from tests.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

DATA = Path(__file__).with_name("data")
PASSWORD = "three steady bridges"
ADMINISTRATOR = "setter@example.net"

Entry = Mapping[str, Any]


@pytest.fixture
def portal(db) -> Iterator[str]:
    """An empty portal, in a browser's reach."""
    with served() as address:
        yield address


@pytest.fixture
def window(portal, chromium) -> Iterator[Any]:
    """A window of somebody who has not signed in yet, closed before the portal stops serving."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


class Hands:
    """What an administrator does in one window: opens pages, answers forms, reads what is said."""

    def __init__(self, page: Any, base: str, slug: str) -> None:
        self.page, self.base, self.slug = page, base, slug
        self.names: dict[str, dict[str, str]] = {}

    def open(self, address: str) -> None:
        response = self.page.goto(f"{self.base}{address}")
        assert response.status == 200, (address, response.status)

    def at(self, below: str) -> None:
        self.open(f"/{self.slug}/{below}/")

    def answer(self, **answers: Any) -> None:
        """Answers questions by the names of their fields, as a person would: text is typed, a
        choice is taken by its words or its value, a day goes into three boxes."""
        for name, answer in answers.items():
            if answer is None:
                continue
            if isinstance(answer, date):
                for part in ("day", "month", "year"):
                    self.page.fill(f'[name="{name}_{part}"]', str(getattr(answer, part)))
                continue
            control = self.page.locator(f'main [name="{name}"]')
            assert control.count(), (self.page.url, name)
            kind = control.first.get_attribute("type")
            if kind == "radio":
                self.page.check(f'main [name="{name}"][value="{answer}"]')
            elif kind == "checkbox":
                control.first.set_checked(bool(answer))
            elif control.first.evaluate("each => each.tagName") == "SELECT":
                options = control.first.locator("option").all_inner_texts()
                (label,) = [each for each in options if each.strip() == str(answer)] or [None]
                assert label is not None, (name, answer, options)
                control.first.select_option(label=label)
            else:
                control.first.fill(str(answer))

    def send(self) -> None:
        """Sends the form, which must be taken."""
        before = self.page.url
        self.page.click("main form button.govuk-button:not([name])")
        problems = self.page.locator(".govuk-error-summary").all_inner_texts()
        assert problems == [], (before, problems)

    def add(self, below: str, **answers: Any) -> None:
        self.at(below)
        self.answer(**answers)
        self.send()

    def learn(self, key: str, entries: list[Entry]) -> None:
        """Remembers what a file calls things, and what they are called on pages."""
        self.names[key] = {each["slug"]: each["name"] for each in entries}

    def named(self, key: str, slug: str | None) -> str | None:
        return self.names[key][slug] if slug else None


def sign_in_for_the_first_time(page: Any, base: str, capsys: Any) -> None:
    """With the one-time link that the command prints, as the deployment guide says."""
    call_command("create_administrator", ADMINISTRATOR)
    printed = capsys.readouterr().out
    link = re.findall(r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", printed)
    page.goto(f"{base}{link[-1]}")
    for box in page.query_selector_all("input[type=password]"):
        box.fill(PASSWORD)
    page.click("main button[type=submit]")
    page.goto(f"{base}/accounts/login/")
    if page.query_selector("input[name=login]"):
        page.fill("input[name=login]", ADMINISTRATOR)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")


def begin(hands: Hands, top: Entry) -> None:
    """From the empty portal to the list of tasks of a new programme."""
    hands.open("/")
    assert "Set up your first programme" in hands.page.inner_text("h1")
    hands.page.click("main a.govuk-button")
    hands.page.click("main a:has-text('Nothing')")
    if hands.page.locator('[name="your_name"]').count():
        hands.answer(your_name="The setter")
    months = ["January", "April", "August"]
    month = {1: months[0], 4: months[1], 8: months[2]}[top.get("financial_year_start_month", 4)]
    hands.answer(
        name=top["name"],
        short_name=top["short_name"],
        slug=hands.slug,
        financial_year_start_month=month,
    )
    hands.send()


def who_takes_part(hands: Hands, file: Entry) -> None:
    roles = {each["organisation"]: each for each in file["partnerships"]}
    hands.learn("organisations", file["organisations"])
    for each in file["organisations"]:
        hands.add(
            "about/organisations/add",
            name=each["name"],
            short_name=each["short_name"],
            kind=each["kind"],
            role=roles[each["slug"]].get("role", "partner"),
            joined_on=roles[each["slug"]].get("joined_on"),
        )
    top = file["programme"]
    hands.at("set-up/programme")
    hands.answer(vision=top["vision"], host=hands.named("organisations", top["host"]))
    hands.send()


def what_it_says(hands: Hands, top: Entry) -> None:
    for text in top.get("principles", ()):
        hands.add("set-up/principles/add", text=text)
    for text in top.get("aims", ()):
        hands.add("set-up/aims/add", text=text)
    for each in top.get("themes", ()):
        hands.add("set-up/themes/add", name=each["name"])
    for each in top.get("plan_priorities", ()):
        hands.add(
            "set-up/priorities/add",
            number=each["number"],
            text=each["text"],
            in_force_from=each.get("in_force_from"),
        )
    hands.learn("stages", top["stages"])
    for each in top["stages"]:
        hands.add("set-up/stages/add", name=each["name"], kind=each["kind"])


def periods(hands: Hands, file: Entry) -> None:
    hands.learn("periods", file["periods"])
    for each in file["periods"]:
        hands.add(
            "set-up/periods/add",
            **{name: each[name] for name in ("name", "starts_on", "as_at")},
        )
    for period in ReportingPeriod.objects.all():
        state = next(one["state"] for one in file["periods"] if one["name"] == period.name)
        if state != "planned":
            hands.add(f"periods/{period.slug}/open")
        if state == "closed":
            hands.add(f"periods/{period.slug}/close")


def ratings(hands: Hands, file: Entry) -> None:
    hands.learn("scales", file["rating_scales"])
    for scale in file["rating_scales"]:
        hands.add("set-up/scales/add", name=scale["name"], preset="")
        hands.at("set-up/scales")
        hands.page.click(f"main th a:has-text('{scale['name']}')")
        levels = hands.page.url
        for each in scale["levels"]:
            hands.page.goto(f"{levels.rstrip('/')}/add/")
            hands.answer(
                word=each["word"],
                code=each["code"],
                rank=each.get("rank"),
                definition=each.get("definition"),
                needs_reason=each.get("needs_reason", False),
            )
            hands.page.locator('[name="colour"]').first.select_option(value=each["colour"])
            hands.send()
    for each in file["dimensions"]:
        hands.add(
            "set-up/dimensions/add",
            name=each["name"],
            scale=hands.named("scales", each["scale"]),
            is_overall=each.get("is_overall", False),
            measure=each.get("measure", "none"),
        )
        if tolerances := each.get("tolerances"):
            hands.at("set-up/dimensions")
            hands.page.click(f"main th a:has-text('{each['name']}')")
            hands.page.click("main a:has-text('tolerance')")
            boxes = hands.page.locator("main form input[type=text], main form input[inputmode]")
            for at, one in enumerate([one for one in tolerances if "limit" in one]):
                boxes.nth(at).fill(str(one["limit"]))
            hands.send()
    if "risk_matrix" in file:
        hands.add("set-up/risk-scheme/begin", preset=file["risk_matrix"]["preset"])


def boards(hands: Hands, file: Entry) -> None:
    hands.learn("boards", file["boards"])
    above = {each.get("reports_to") for each in file["boards"]}
    for each in sorted(file["boards"], key=lambda each: each["slug"] not in above):
        hands.add(
            "boards/add",
            name=each["name"],
            short_name=each["short_name"],
            kind=each["kind"],
            reports_to=hands.named("boards", each.get("reports_to")),
        )
        for one in each.get("members", ()):
            hands.add(
                f"boards/{Board.objects.get(name=each['name']).slug}/members/add",
                post=one["post"],
                organisation=hands.named("organisations", one["organisation"]),
                role=one["role"],
            )
        for one in each.get("meetings", ()):
            hands.add(
                f"boards/{Board.objects.get(name=each['name']).slug}/meetings/add",
                held_on=one["held_on"],
                period=hands.named("periods", one.get("period")),
            )


def workstreams(hands: Hands, entries: list[Entry], parent: str | None = None) -> None:
    for each in entries:
        hands.names.setdefault("workstreams", {})[each["slug"]] = each["name"]
        hands.add("workstreams/add", name=each["name"], parent=parent)
        workstreams(hands, each.get("children", []), each["name"])


def projects(hands: Hands, entries: list[Entry]) -> None:
    hands.names["projects"] = {each["ref"]: each["name"] for each in entries}
    parents = {each.get("parent") for each in entries}
    for each in sorted(entries, key=lambda each: each["ref"] not in parents):
        parent = each.get("parent")
        hands.add(
            "projects/add",
            name=each["name"],
            ref=each["ref"],
            workstream=hands.named("workstreams", each["workstream"]),
            stage=hands.named("stages", each["stage"]),
            lead_organisation=hands.named("organisations", each.get("lead_organisation")),
            parent=f"{parent.upper()} {hands.named('projects', parent)}" if parent else None,
        )


def money(hands: Hands, finance: Entry) -> None:
    hands.learn("sources", finance["sources"])
    hands.learn("categories", finance["cost_categories"])
    for each in finance["sources"]:
        hands.add(
            "finance/set-up/sources/add",
            name=each["name"],
            short_name=each["short_name"],
            kind=each["kind"],
            organisation=hands.named("organisations", each.get("organisation")),
        )
    slugs = dict(Programme.objects.get().funding_sources.values_list("name", "slug"))
    for each in finance["cost_categories"]:
        hands.add("finance/set-up/categories/add", name=each["name"])
    for each in finance["split_rules"]:
        shares = {
            f"share_{slugs[hands.named('sources', source)]}": share
            for source, share in each["shares"].items()
        }
        hands.add("finance/split-rules/add", name=each["name"], **shares)
    for year in finance["years"]:
        hands.add(
            "finance/set-up/years/add",
            **{name: year[name] for name in ("starts_on", "ends_on", "label")},
            state=year.get("state", "draft"),
        )
        slug = FinancialYear.objects.get(label=year["label"]).slug
        for each in year["planned_contributions"]:
            source = slugs[hands.named("sources", each["source"])]
            below = f"finance/{slug}/contributions/{source}/edit"
            hands.add(below, **typed_amount(each["amount"]))
        for each in year["lines"]:
            below = f"finance/{slug}/lines/add"
            fixed = {
                f"fixed_{slugs[hands.named('sources', source)]}": pounds
                for source, pounds in each.get("fixed", {}).items()
            }
            rule = {one["slug"]: one["name"] for one in finance["split_rules"]}
            hands.add(
                below,
                description=each["description"],
                category=hands.named("categories", each["category"]),
                split_rule=rule[each["split_rule"]],
                **typed_amount(each["amount"]),
                **fixed,
            )


def typed_amount(amount: Any) -> dict[str, Any]:
    """An amount as its form asks for it: how certain it is, and the figure where there is one."""
    if amount == "TBC":
        return {"amount_certainty": "tbc"}
    return {"amount_value": amount}


def papers(hands: Hands, file: Entry) -> None:
    for each in file["paper_templates"]:
        hands.add(
            "set-up/papers/add",
            builtin=BUILTINS[each["builtin"]].name,
            board=hands.named("boards", each["board"]),
        )
    newest = max(file["periods"], key=lambda each: each["as_at"])
    for template in PaperTemplate.objects.select_related("board"):
        hands.at("papers/add")
        options = hands.page.locator('[name="template"] option').all_inner_texts()
        (label,) = [each for each in options if each.startswith(template.name)]
        choices = hands.page.locator('[name="period"] option').all_inner_texts()
        (period,) = [each for each in choices if each.startswith(newest["name"])]
        hands.answer(template=label, period=period)
        hands.send()
        assert hands.page.locator(".app-paper h1, h1").first.inner_text()


def looks(programme: Programme, period: ReportingPeriod) -> dict[str, Any]:
    """What a programme comes to, in words and figures, whatever addresses call its rows."""
    setup = rating_setup(programme, on=period.as_at)
    year = programme.financial_years.first()
    position = budget_position(year)
    return {
        "stages": list(programme.stages.values_list("name", "kind")),
        "levels": {(each.word, each.code, each.rank, each.needs_reason) for each in setup.levels},
        "dimensions": [
            (each.name, each.is_overall, each.measure, [one.limit for one in each.tolerances])
            for each in setup.dimensions
        ],
        "risk levels": list(programme.risk_levels.values_list("word", "rank")),
        "matrix": sorted(programme.risk_cells.values_list("likelihood", "impact", "level__word")),
        "boards": sorted(
            Board.objects.of(programme).values_list("name", "kind", "reports_to__name")
        ),
        "meetings": sorted(
            programme.boards.exclude(meetings=None).values_list("name", "meetings__held_on")
        ),
        "partners": sorted(programme.partnerships.values_list("organisation__name", "role")),
        "priorities": list(programme.plan_priorities.values_list("number", "text")),
        "words": [
            list(rows.values_list(field, flat=True))
            for rows, field in (
                (programme.principles, "text"),
                (programme.aims, "text"),
                (programme.themes, "name"),
            )
        ],
        "periods": list(programme.periods.values_list("name", "starts_on", "as_at", "state")),
        "workstreams": sorted(
            (each.name, each.parent.name if each.parent else "")
            for each in Workstream.objects.of(programme).select_related("parent")
        ),
        "projects": sorted(
            Project.objects.of(programme).values_list(
                "ref", "name", "workstream__name", "stage__name", "lead_organisation__name"
            )
        ),
        "split": [
            (rule.name, list(rule.shares.values_list("source__name", "percent")))
            for rule in SplitRule.objects.of(programme)
        ],
        "year": (year.label, year.starts_on, year.ends_on, year.state),
        "money": [
            (line.description, [(str(amount)) for _, amount in line.funding])
            for line in position.lines
        ],
        "papers": sorted(PaperTemplate.objects.of(programme).values_list("name", "board__name")),
    }


@pytest.mark.parametrize("name", ["northmere", "small"])
def test_a_programme_is_set_up_in_the_browser_alone(name, portal, window, capsys):
    path = DATA / f"{name}.yaml"
    file = yaml.safe_load(path.read_text(encoding="utf-8"))
    page = window
    sign_in_for_the_first_time(page, portal, capsys)
    hands = Hands(page, portal, "typed")
    begin(hands, file["programme"])
    who_takes_part(hands, file)
    what_it_says(hands, file["programme"])
    periods(hands, file)
    ratings(hands, file)
    boards(hands, file)
    workstreams(hands, file["workstreams"])
    projects(hands, file["projects"])
    money(hands, file["finance"])
    papers(hands, file)

    hands.at("set-up")
    assert page.locator("main .govuk-tag:has-text('Missing')").count() == 0
    typed = Programme.objects.get(slug="typed")
    call_command("load_programme", str(path), verbosity=0)
    loaded = Programme.objects.get(slug=file["programme"]["slug"])
    newest = [each.periods.order_by("-as_at").first() for each in (typed, loaded)]
    assert looks(typed, newest[0]) == looks(loaded, newest[1])
    for template in PaperTemplate.objects.of(typed):
        paper = json.loads(render_paper(template, newest[0], "json").content)
        assert paper["meta"]["programme"] == file["programme"]["name"]
    if name == "northmere":
        (line,) = budget_position(typed.financial_years.get()).lines
        shares = [amount.pounds for _, amount in line.funding]
        assert shares == [Decimal("69000.01"), Decimal("20950.00"), Decimal("10050.00")]
