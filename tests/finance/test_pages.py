"""The pages of money as a reader meets them, over the example programme."""

import csv
import io
import re
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from finance.models import (
    BudgetLine,
    FinancialYear,
    FundingSource,
    PlannedContribution,
    SplitRule,
)
from programme.common.values import Amount
from programme.models import AuditEntry, Programme, User
from tests.builders import (
    make_grant,
    make_line,
    make_programme,
    make_source,
    make_split_rule,
    make_user,
    make_year,
)

ROOT = "/essex/finance/"
CELL_LINK = re.compile(r'<a [^>]*href="([^"]*)">((?:circa )?£[\d,]+(?:, \d+ TBC)?)</a>')
LISTS = re.compile(r"/finance/(?:[^/]+/)?(?:lines|spend|grants|benefits)/(?:\?|$)")


@pytest.fixture
def programme(essex, db):
    return Programme.objects.get(slug="essex")


@pytest.fixture
def sign_in(client, programme):
    """A function that signs in one of the example's accounts and returns its browser."""

    def named(account: str):
        client.force_login(User.objects.get(email=f"{account}@example.org"))
        return client

    return named


@pytest.fixture
def reader(sign_in):
    return sign_in("board")


def page(browser, address: str) -> str:
    response = browser.get(f"{ROOT}{address}")
    assert response.status_code == 200, address
    return response.content.decode()


def words(html: str) -> str:
    """The text of a page without its tags, white space as one blank."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.replace("&#x27;", "'"))).strip()


def row(html: str, name: str) -> list[str]:
    """The cells of the first table row whose header is ``name``."""
    for found in re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.DOTALL):
        cells = [words(each) for each in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", found, re.DOTALL)]
        if cells and cells[0].startswith(name):
            return cells
    raise AssertionError(f"no row {name!r}")


# --- reading ------------------------------------------------------------------------------------


def test_the_years_stand_newest_first_with_straight_figures(reader):
    html = page(reader, "")
    assert html.index("2019/20") < html.index("2018/19") < html.index("2017/18")
    assert row(html, "2018/19")[1:] == [
        "£730,578",
        "£129,500",
        "£601,078",
        "£416,500, 1 TBC",
        "TBC",
        "–",
    ]
    assert row(html, "2017/18")[-1] == "£622,485"


def test_a_year_holds_funding_against_budget(reader):
    html = page(reader, "2018-19/")
    assert row(html, "Essex Police")[1:] == ["£287,000", "£304,289", "−£17,289 (over)"]
    assert row(html, "Home Office Police")[1:] == ["£129,500", "£129,500", "£0"]
    assert row(html, "Essex County Fire")[1:] == ["TBC", "£296,789", "TBC"]
    assert row(html, "Total")[1:] == ["£416,500, 1 TBC", "£730,578", "TBC"]
    assert "Essex County Fire and Rescue Service: its budget is still to be confirmed." in html


def test_contributions_stand_with_and_without_the_programme_team(reader):
    html = page(reader, "2018-19/")
    table = html[html.index("Contributions with and without the programme team") :]
    assert row(table, "Essex Police")[1:] == ["£304,289", "£90,556"]
    assert row(table, "Essex County Fire")[1:] == ["£296,789", "£83,056"]


def test_each_line_says_how_it_is_funded_to_the_penny(reader):
    html = page(reader, "2018-19/")
    table = html[html.index("Budget lines and their funding") :]
    assert row(table, "Three pilot programmes")[1:] == [
        "£129,500 fixed from PTF grant, the rest by “Police and fire equally”",
        "£295,612.00",
        "£129,500.00",
        "£83,056.00",
        "£83,056.00",
    ]


@pytest.mark.parametrize(
    ("address", "least"), [("", 5), ("2018-19/", 18), ("2017-18/outturn/", 50)]
)
def test_every_amount_is_found_again_below_the_rows_that_it_leads_to(reader, address, least):
    links = set(CELL_LINK.findall(page(reader, address)))
    assert len(links) >= least
    for href, amount in links:
        page_, _, place = href.replace("&amp;", "&").partition("#")
        html = reader.get(page_).content.decode()
        if LISTS.search(page_):
            found = words(html[html.index("<tfoot") : html.index("</tfoot")])
        elif place:
            found = words(html[html.index(f'id="{place}"') :].split("</section>")[0])
        else:
            found = words(html[html.index("<main") :])
        assert re.search(rf"{re.escape(amount)}(\.00)?(?![\d,.]\d)", found), (href, amount, found)


def test_what_grants_pay_and_what_they_leave_is_found_line_by_line(sign_in, programme):
    """Two grants on one line, another line that a grant pays in part, and one that nobody pays."""
    year = make_year(programme=programme, starts_on=date(2020, 4, 1))
    one, other = (make_source(programme=programme, kind="grant") for _ in range(2))
    police = FundingSource.objects.of(programme).get(slug="police")
    make_grant(year=year, amount=Amount.exact(99_999))  # held outside the budget
    rest = make_split_rule(shares={police: 100})
    make_line(year=year, amount=Amount.exact(500), fixed={one: Decimal(300), other: Decimal(200)})
    make_line(year=year, amount=Amount.circa(70), fixed={one: Decimal(30)}, split_rule=rest)
    make_line(year=year, amount=Amount.exact(9), fixed={one: Decimal(2)})
    reader = sign_in("board")
    html = page(reader, "2020-21/")
    figures = dict(re.findall(r"<dt>([^<]*)</dt><dd><a [^>]*href=\"([^\"]*)\"", html))
    for name, paid, rows in (("Grant", "£532.00", 3), ("After grants", "circa £47.00", 2)):
        listed = reader.get(figures[name].replace("&amp;", "&"))
        assert listed.context["table"].page.paginator.count == rows
        text = listed.content.decode()
        foot = words(text[text.index("<tfoot") : text.index("</tfoot")])
        assert foot.endswith(paid), (name, foot)


def test_the_outturn_shows_both_figures_that_were_printed_otherwise(reader):
    html = page(reader, "2017-18/outturn/")
    assert "2 figures were printed otherwise than the stored rows make it." in html
    table = html[html.index("Published figures of 2017/18") :]
    assert row(table, "Fire, total")[1:4] == ["£195,074", "£199,074", "−£4,000"]
    assert row(table, "Pay: police officers, total")[1:4] == ["£146,164", "£146,165", "−£1"]
    assert row(table, "Grand total")[3] == "Agrees"
    assert row(html, "Share of the total")[1:5] == ["35%", "33%", "32%", "100%"]


def test_a_year_of_which_nothing_is_known_says_so_instead_of_tables_of_tbc(reader):
    html = page(reader, "2017-18/")
    assert "No line of this year has a known amount" in html
    assert "13 budget lines have no funding source for all of their amount." in html
    assert "<svg" not in html[html.index("<main") :]


def test_lines_without_a_source_are_found(reader):
    assert "13 budget lines" in page(reader, "2017-18/lines/?source=unfunded")
    assert "Nothing matches these filters" in page(reader, "2018-19/lines/?source=unfunded")


def test_lines_download_with_what_each_source_pays(reader):
    response = reader.get(f"{ROOT}2018-19/lines/?format=csv&project=t09")
    header, line = response.content.decode("utf-8-sig").splitlines()
    assert header.split(",")[-6:-2] == ["Police", "Police (certainty)", "Fire", "Fire (certainty)"]
    assert ",7500.00,Exact,,,7500.00,Exact,,,," in line, "who does not pay has empty cells"
    assert "OFFICIAL" in response["Content-Disposition"]


@pytest.mark.parametrize(
    "address", ["2018-19/lines/", "2017-18/lines/", "2017-18/spend/", "grants/", "benefits/"]
)
def test_a_download_asserts_no_more_than_the_page(reader, address):
    """That a value does not apply is for a row to say: what is a dash on the page is nothing in a
    file."""
    html = page(reader, address)
    response = reader.get(f"{ROOT}{address}?format=csv").content.decode("utf-8-sig")
    said = sum(row.count("Not applicable") for row in csv.reader(io.StringIO(response)))
    body = html[html.index("<tbody") : html.index("</tbody")]
    assert said == len(re.findall(r">\s*not applicable\s*<", body))


def test_a_month_is_a_day_in_a_spreadsheet(reader):
    response = reader.get(f"{ROOT}2017-18/spend/?format=xlsx")
    header, *rows = load_workbook(io.BytesIO(response.content)).active.iter_rows()
    names = [cell.value for cell in header]
    assert "Month (certainty)" not in names
    months = [row[names.index("Month")] for row in rows]
    assert months
    assert all(cell.is_date and cell.value.day == 1 for cell in months)


def test_the_register_never_adds_classes_together(reader):
    html = page(reader, "benefits/")
    assert row(html, "Programme: quantifiable")[1:4] == ["£15,300,000", "£18,000,000", "118%"]
    assert row(html, "Projects: cash-releasing")[1:] == [
        "–",
        "£1,870,000, 1 TBC",
        "–",
        "£100,000",
        "–",
    ]
    assert row(html, "Projects: non-cash-releasing")[2] == "£11,280,000"
    assert "<svg" in html


def test_a_class_leads_to_its_benefits(reader):
    html = page(reader, "benefits/?benefit_class=cash_releasing&project=projects")
    listed = html[html.index("list-caption") :]
    assert "3 benefits" in html
    assert "Non-cashable savings" not in listed


def test_a_benefit_keeps_unknown_and_not_applicable_apart(reader):
    html = page(reader, "benefits/b05/")
    assert row(html, "Whole life")[1:5] == ["not applicable", "TBC", "–", "not applicable"]
    validated = row(page(reader, "benefits/b03/"), "2018/19")
    assert validated[4:] == ["£100,000", "12 March 2019 Chief Finance Officer"]


def test_a_project_has_its_money_on_one_page(reader):
    html = words(page(reader, "projects/l1/"))
    assert "£1,320,000 over 2 years" in html
    assert "Cashable savings" in html
    t09 = page(reader, "projects/t09/")
    assert row(t09, "Duke of Edinburgh")[1] == "£7,500.00"
    assert row(t09, "2017/18")[1] == "£14,288.00"


def test_who_may_change_nothing_is_offered_nothing(reader):
    for address in ("2018-19/", "2017-18/outturn/", "benefits/b03/", "grants/ptf-2018-19/"):
        main = page(reader, address)
        main = main[main.index("<main") :]
        assert ">Edit" not in main
        assert "/add/" not in main


@pytest.mark.parametrize(
    ("address", "what_to_do"),
    [
        ("", "sets one up with its first and last day"),
        ("benefits/", "Add one with its class"),
        ("grants/", "The programme office adds one with its award"),
        ("split-rules/", "adds one with a share for each source"),
    ],
)
def test_an_empty_page_says_what_to_do(client, db, address, what_to_do):
    kent = make_programme(slug="kent")
    client.force_login(make_user(programme=kent, role="auditor"))
    assert what_to_do in client.get(f"/kent/finance/{address}").content.decode()


def test_what_is_another_programmes_is_not_found(sign_in):
    elsewhere = make_line()
    browser = sign_in("office")
    year = elsewhere.year.slug
    assert browser.get(f"{ROOT}{year}/lines/{elsewhere.ref}/edit/").status_code == 404
    assert browser.get(f"{ROOT}split-rules/{elsewhere.split_rule.slug}/").status_code == 404


# --- budget lines -------------------------------------------------------------------------------


@pytest.fixture
def line(programme):
    return BudgetLine.objects.get(year__slug="2018-19", ref="pilots-and-projects")


EDIT = f"{ROOT}2018-19/lines/pilots-and-projects/edit/"


def answers(line: BudgetLine, **changed: object) -> dict[str, object]:
    """The form as it comes, with changes."""
    return {
        "description": line.description,
        "category": line.category_id,
        "project": "",
        "nature": "revenue",
        "sensitivity": "official",
        "amount_value": "295,612",
        "amount_certainty": "exact",
        "fixed_ptf": "129,500",
        "split_rule": line.split_rule_id,
        "note": line.note,
        "version": line.version,
    } | changed


def errors(response) -> str:
    html = response.content.decode()
    assert response.status_code == 200, response
    return words(html[html.index("govuk-error-summary") : html.index("</h1>")])


def test_a_line_is_changed_with_its_funding_and_the_record_says_so(sign_in, line):
    browser = sign_in("office")
    response = browser.post(EDIT, answers(line, amount_value="£300,000.01", fixed_ptf="100000"))
    assert response.url == f"{ROOT}2018-19/lines/pilots-and-projects/"
    line.refresh_from_db()
    assert line.amount == Amount.exact("300000.01")
    assert [str(each.pounds) for each in line.fixed_funding.all()] == ["100000.00"]
    entry = AuditEntry.objects.first()
    assert (entry.verb, entry.actor.email) == ("budget_line.edited", "office@example.org")
    html = page(browser, "2018-19/lines/pilots-and-projects/")
    assert row(html, "Essex Police")[1:] == ["–", "50%", "£100,000.01", "£100,000.01"]
    assert "Changed the budget line" in words(html) or "Edited the budget line" in words(html)


@pytest.mark.parametrize("htmx", [False, True])
def test_the_split_is_shown_to_the_penny_before_anything_is_saved(sign_in, line, htmx):
    headers = {"HX-Request": "true"} if htmx else {}
    asked = answers(line, amount_value="295612.01", _preview="1")
    html = sign_in("office").post(EDIT, asked, headers=headers).content.decode()
    assert row(html, "Essex Police")[1:] == ["–", "50%", "£83,056.01", "£83,056.01"]
    assert row(html, "Essex County Fire")[-1] == "£83,056.00"
    assert "Nothing is saved yet" in html
    assert ("<html" in html) is not htmx
    assert BudgetLine.objects.get(pk=line.pk).amount == Amount.exact(295612)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"fixed_ptf": "295,613"}, "Fixed funding of £295,613 is more than the line's £295,612."),
        (
            {"amount_value": ""},
            "Amount: enter an amount, or say that it is to be confirmed or not applicable",
        ),
        (
            {"amount_certainty": "tbc"},
            "Amount: take the amount out, or do not say that it is to be confirmed",
        ),
        (
            {"fixed_ptf": "ten"},
            "“Fixed from Home Office Police Transformation Fund grant” must be an amount like "
            "1,200 or 1.2m, in pounds with up to two decimals",
        ),
        ({"fixed_police": "-5"}, "“Fixed from Essex Police” must not be below £0"),
        ({"category": ""}, "Select the category"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_beside_it(sign_in, line, changed, message):
    assert message in errors(sign_in("office").post(EDIT, answers(line, **changed)))


def test_nobody_spends_only_the_money_of_others(sign_in, line):
    police_only = SplitRule.objects.get(slug="police-only", programme=line.year.programme)
    changed = answers(line, split_rule=police_only.pk)
    said = errors(sign_in("finance.fire").post(EDIT, changed))
    assert "Choose funding to which your own organisation contributes." in said


def test_nobody_raises_what_another_body_pays(sign_in, line):
    browser = sign_in("finance.police")
    html = browser.get(EDIT).content.decode()
    assert html.count("you can lower it, not raise it") == 2
    said = errors(browser.post(EDIT, answers(line, amount_value="£295,614", fixed_ptf="129,501")))
    assert (
        "This would raise what Home Office Police Transformation Fund grant pays by £1; and" in said
    )
    assert (
        "what Essex County Fire and Rescue Service pays by £0.50. Ask the programme office." in said
    )
    line.refresh_from_db()
    assert line.version == 1
    assert browser.post(EDIT, answers(line, amount_value="£295,610")).status_code == 302


def test_a_line_that_somebody_else_saved_shows_both_texts(sign_in, line):
    browser = sign_in("office")
    browser.post(EDIT, answers(line, description="Pilots"))
    response = browser.post(EDIT, answers(line, description="Two pilots"))
    assert response.status_code == 409
    html = response.content.decode()
    assert row(html, "Description")[1:] == ["Pilots", "Two pilots"]


def test_a_new_line_gets_an_address_of_its_own(sign_in, line):
    new = answers(line, description="Add", version=0)
    browser = sign_in("office")
    first = browser.post(f"{ROOT}2018-19/lines/add/", new)
    second = browser.post(f"{ROOT}2018-19/lines/add/", new)
    assert first.url == f"{ROOT}2018-19/lines/add-2/"
    assert second.url == f"{ROOT}2018-19/lines/add-3/"


def test_a_closed_year_no_longer_changes(sign_in, programme):
    closed = BudgetLine.objects.get(year__slug="2017-18", ref="ws1-psv")
    browser = sign_in("office")
    address = f"{ROOT}2017-18/lines/ws1-psv/"
    assert "/edit/" not in page(browser, "2017-18/lines/ws1-psv/")
    changed = answers(closed, amount_value="1", fixed_ptf="1", split_rule="")
    said = errors(browser.post(f"{address}edit/", changed))
    assert "The year 2017/18 is closed: its budget no longer changes." in said


# --- split rules, contributions, printed figures, grants ----------------------------------------


def test_shares_must_make_a_whole(sign_in):
    wrong = {"name": "Thirds", "share_police": "33.3", "share_fire": "66.6", "version": 0}
    said = errors(sign_in("office").post(f"{ROOT}split-rules/add/", wrong))
    assert "The shares add up to 99.9%, not 100%." in said


def test_a_split_rule_is_added_with_its_shares(sign_in):
    given = {"name": "69 to 31", "share_police": "69", "share_fire": "31", "version": 0}
    browser = sign_in("finance.fire")
    assert browser.post(f"{ROOT}split-rules/add/", given).url == f"{ROOT}split-rules/69-to-31/"
    html = page(browser, "split-rules/69-to-31/")
    assert row(html, "Essex Police")[1] == "69%"
    assert "No line is split by this rule yet" in html
    assert row(page(browser, "split-rules/"), "Police only")[2] == "From 1 April 2017"


def test_a_rule_that_splits_a_closed_year_keeps_its_shares(sign_in, programme):
    year = FinancialYear.objects.get(programme=programme, slug="2017-18")
    fire, police = (programme.funding_sources.get(slug=slug) for slug in ("fire", "police"))
    rule = make_split_rule(shares={fire: 50, police: 50}, slug="old")
    make_line(year=year, split_rule=rule)
    given = {"name": rule.name, "share_police": "60", "share_fire": "40", "version": rule.version}
    said = errors(sign_in("office").post(f"{ROOT}split-rules/old/edit/", given))
    assert "This rule splits lines of 2017/18, which is closed" in said
    assert {each.percent for each in rule.shares.all()} == {Decimal(50)}


def test_a_finance_lead_confirms_what_their_own_body_puts_in(sign_in):
    browser = sign_in("finance.fire")
    address = f"{ROOT}2018-19/contributions/fire/edit/"
    stored = PlannedContribution.objects.get(year__slug="2018-19", source__slug="fire")
    given = {
        "amount_value": "290000",
        "amount_certainty": "exact",
        "note": "",
        "version": stored.version,
    }
    assert browser.post(address, given).url == f"{ROOT}2018-19/#contribution-fire"
    assert row(page(browser, "2018-19/"), "Essex County Fire")[1:] == [
        "£290,000",
        "£296,789",
        "−£6,789 (over)",
    ]
    assert browser.get(f"{ROOT}2018-19/contributions/police/edit/").status_code == 403
    assert browser.get(f"{ROOT}2018-19/contributions/ptf/edit/").status_code in (403, 404)


def test_a_printed_figure_is_kept_beside_the_computed_one(sign_in, programme):
    police = programme.funding_sources.get(slug="police")
    given = {
        "document": "the annual report",
        "category": "",
        "source": police.pk,
        "pounds": "202,950",
        "note": "",
        "version": 0,
    }
    browser = sign_in("office")
    assert browser.post(f"{ROOT}2017-18/published/add/", given).status_code == 302
    html = page(browser, "2017-18/outturn/")
    table = html[html.index("the annual report") - 400 :]
    assert row(table, "Police, total")[1:4] == ["£202,950", "£202,953", "−£3"]
    again = errors(browser.post(f"{ROOT}2017-18/published/add/", given))
    assert "There is already a published figure with the same" in again


def test_a_grant_is_added_and_asked_to_report(sign_in, programme):
    year = FinancialYear.objects.get(programme=programme, slug="2018-19")
    given = {
        "name": "Safer Streets",
        "year": year.pk,
        "amount_certainty": "tbc",
        "source": "",
        "awarded_by": programme.host_id,
        "held_by": "",
        "purpose": "Lighting",
        "sensitivity": "official",
        "version": 0,
    }
    browser = sign_in("office")
    assert browser.post(f"{ROOT}grants/add/", given).url == f"{ROOT}grants/safer-streets/"
    due = {"due_on_day": "1", "due_on_month": "3", "due_on_year": "2019"}
    browser.post(f"{ROOT}grants/safer-streets/returns/add/", {"name": "Mid-year", **due})
    html = page(browser, "grants/safer-streets/")
    assert row(html, "Mid-year")[1:3] == ["1 March 2019", "Overdue"]
    assert "Held outside it" in html


# --- benefits -----------------------------------------------------------------------------------


def a_benefit(programme, **changed: object) -> dict[str, object]:
    return {
        "name": "Fewer journeys",
        "project": programme.projects.get(ref="ek3").pk,
        "benefit_class": "quantifiable",
        "recurrence": "recurring",
        "sensitivity": "official",
        "owner_organisation": "",
        "version": 0,
    } | changed


def test_a_lead_adds_a_benefit_of_their_own_project_only(sign_in, programme):
    browser = sign_in("lead")
    own = next(
        each
        for each in programme.projects.all()
        if each.lead_user and each.lead_user.email == "lead@example.org"
    )
    others = programme.projects.exclude(lead_organisation=own.lead_organisation).exclude(
        lead_user=own.lead_user
    )
    added = browser.post(f"{ROOT}benefits/add/", a_benefit(programme, project=own.pk))
    assert added.url == f"{ROOT}benefits/b06/"
    refused = browser.post(f"{ROOT}benefits/add/", a_benefit(programme, project=others.first().pk))
    assert refused.status_code == 403
    assert "No figure is stated yet" in page(browser, "benefits/b06/")


def test_realised_counts_once_a_finance_lead_validates_it(sign_in, programme):
    figures = {
        "target_certainty": "not_applicable",
        "forecast_certainty": "not_applicable",
        "realised_value": "80000",
        "realised_certainty": "exact",
        "version": 1,
    }
    office = sign_in("office")
    assert office.post(f"{ROOT}benefits/b02/profile/add/", figures | {"year": "2018-19"}).url
    assert row(page(office, "benefits/"), "Projects: cash-releasing")[4:] == ["£100,000", "£80,000"]
    validate = f"{ROOT}benefits/b02/profile/2018-19/validate/"
    assert office.get(validate).status_code == 403
    police = sign_in("finance.police")
    today = {"validated_on_day": "1", "validated_on_month": "4", "validated_on_year": "2019"}
    assert police.post(validate, {**today, "version": 1}).url == f"{ROOT}benefits/b02/"
    assert row(page(police, "benefits/"), "Projects: cash-releasing")[4:] == ["£180,000", "–"]
    again = errors(police.post(validate, {**today, "version": 2}))
    assert "has validated this value already" in again


def test_a_changed_realised_value_has_to_be_validated_again(sign_in, programme):
    figures = {
        "target_certainty": "not_applicable",
        "forecast_certainty": "not_applicable",
        "realised_value": "120000",
        "realised_certainty": "exact",
        "version": 1,
    }
    browser = sign_in("finance.police")
    assert browser.post(f"{ROOT}benefits/b03/profile/2018-19/edit/", figures).status_code == 302
    assert row(page(browser, "benefits/b03/"), "2018/19")[4:6] == ["£120,000", "Not yet"]
    assert "1 benefit" in page(browser, "benefits/?state=waiting")
    assert (
        row(page(browser, "benefits/b03/"), "2018/19")[-1] == "By somebody else The value is yours"
    )
    assert "1 benefit" not in page(browser, "benefits/?state=mine")
    validate = f"{ROOT}benefits/b03/profile/2018-19/validate/"
    assert "somebody else validates it" in browser.get(validate).content.decode()
    today = {"validated_on_day": "1", "validated_on_month": "4", "validated_on_year": "2019"}
    assert "ask another finance lead" in errors(browser.post(validate, {**today, "version": 2}))


def test_a_benefit_is_withdrawn_with_a_reason_and_nothing_is_lost(sign_in, programme):
    browser = sign_in("office")
    address = f"{ROOT}benefits/b05/withdraw/"
    assert "Enter the reason" in errors(browser.post(address, {"reason": "", "version": 1}))
    assert browser.post(address, {"reason": "Counted in b04", "version": 1}).status_code == 302
    assert "Cashable savings" not in page(browser, "benefits/")
    assert "Cashable savings" in page(browser, "benefits/?state=withdrawn")
    html = page(browser, "benefits/b05/")
    assert "Counted in b04" in html
    assert f"{ROOT}benefits/b05/edit/" not in html


def test_a_cost_estimate_is_stated_in_a_period_that_is_open(sign_in, programme):
    period = programme.periods.exclude(state="closed").first()
    given = {
        "period": period.pk if period else "",
        "amount_value": "50000",
        "amount_certainty": "circa",
        "term": "over_years",
        "years": "",
    }
    browser = sign_in("office")
    said = errors(browser.post(f"{ROOT}projects/t09/costs/add/", given))
    if period is None:
        assert "Select the stated in" in said or "Select" in said
        return
    assert "Say over how many years (two or more)." in said
    assert browser.post(f"{ROOT}projects/t09/costs/add/", given | {"years": "2"}).status_code == 302
    assert "circa £50,000 over 2 years" in page(browser, "projects/t09/")
