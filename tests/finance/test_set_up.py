"""How a programme sets up its money, on pages: years, sources, categories, split rules."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from finance.models import CostCategory, FinancialYear, FundingSource, PlannedContribution
from finance.selectors import budget_position
from programme import uses
from programme.actions import restore_part, withdraw_part
from programme.models import PlanPriority, Programme, User
from reports.actions import install_template
from tests import builders


@pytest.fixture
def programme(db) -> Programme:
    return builders.make_programme(slug="hub", financial_year_start_month=8)


@pytest.fixture
def office(client, programme):
    client.force_login(builders.make_user(programme=programme, role="office"))
    return client


def at(programme: Programme, name: str, **parts: str) -> str:
    return reverse(name, kwargs={"programme": programme.slug, **parts})


def days(name: str, value: date) -> dict[str, str]:
    parts = ("day", "month", "year")
    return {f"{name}_{part}": str(getattr(value, part)) for part in parts}


def test_the_next_year_follows_the_last_in_the_programmes_own_calendar(office, programme):
    builders.make_year(programme=programme, starts_on=date(2018, 8, 1), ends_on=date(2019, 7, 31))
    form = office.get(at(programme, "finance:years:add")).context["form"]
    assert form["starts_on"].value() == date(2019, 8, 1)
    assert form["ends_on"].value() == date(2020, 7, 31)

    answers = days("starts_on", date(2019, 8, 1)) | days("ends_on", date(2020, 7, 31))
    office.post(at(programme, "finance:years:add"), answers | {"label": "", "state": "draft"})
    year = FinancialYear.objects.get(programme=programme, starts_on=date(2019, 8, 1))
    assert (year.label, year.slug) == ("2019/20", "2019-20")


def test_days_of_a_year_with_money_in_it_stand(office, programme):
    year = builders.make_year(programme=programme)
    builders.make_line(year=year)
    answers = days("starts_on", date(2018, 5, 1)) | days("ends_on", year.ends_on)
    page = office.post(
        at(programme, "finance:years:edit", year=year.slug),
        answers | {"label": year.label, "state": "agreed", "version": "1"},
    )
    assert "It stands: 1 budget line belong to this year." in page.content.decode()
    year.refresh_from_db()
    assert year.starts_on == date(2018, 4, 1)
    refused = office.post(at(programme, "finance:years:remove", year=year.slug), {"version": "1"})
    assert FinancialYear.objects.filter(pk=year.pk).exists()
    assert "is closed, not removed" in refused.content.decode().replace("\n", " ")


def test_a_contribution_is_some_partners(office, programme):
    page = office.post(
        at(programme, "finance:sources:add"), {"name": "Fire", "kind": "contribution"}
    )
    said = ["Choose the partner whose contribution it is."]
    assert page.context["form"].errors == {"organisation": said}


def test_what_is_withdrawn_is_offered_no_more_and_kept_where_it_was_chosen(office, programme):
    year = builders.make_year(programme=programme)
    gone = builders.make_category(programme=programme, name="Training")
    stays = builders.make_category(programme=programme, name="Estates")
    line = builders.make_line(year=year, category=gone)
    office.post(at(programme, "finance:categories:withdraw", category=gone.slug), {"version": "1"})
    gone.refresh_from_db()
    assert gone.withdrawn_on is not None

    new = office.get(at(programme, "finance:lines:add", year=year.slug)).context["form"]
    assert list(new.fields["category"].queryset) == [stays]
    old = office.get(at(programme, "finance:lines:edit", year=year.slug, line=line.ref)).context[
        "form"
    ]
    assert set(old.fields["category"].queryset) == {gone, stays}


def test_what_nothing_uses_goes_altogether(office, programme):
    category = builders.make_category(programme=programme)
    asked = office.get(at(programme, "finance:categories:withdraw", category=category.slug))
    assert "removed altogether" in asked.content.decode()
    answer = office.post(
        at(programme, "finance:categories:withdraw", category=category.slug),
        {"version": "1"},
        follow=True,
    )
    assert f"{category} is removed." in answer.content.decode()
    assert not CostCategory.objects.filter(pk=category.pk).exists()


def test_a_withdrawn_source_is_in_past_years_and_in_no_new_one(office, programme):
    source = builders.make_source(programme=programme, organisation=programme.host)
    old, new = (
        builders.make_year(programme=programme),
        builders.make_year(programme=programme, starts_on=date(2019, 4, 1)),
    )
    PlannedContribution.objects.create(year=old, source=source, amount_certainty="tbc")
    office.post(at(programme, "finance:sources:withdraw", source=source.slug), {"version": "1"})
    assert FundingSource.objects.get(pk=source.pk).withdrawn_on is not None
    assert [each.slug for each in budget_position(old).sources] == [source.slug]
    assert (
        source.name
        in office.get(at(programme, "finance:years:detail", year=old.slug)).content.decode()
    )
    assert (
        source.name
        not in office.get(at(programme, "finance:years:detail", year=new.slug)).content.decode()
    )


def test_a_place_in_the_list_moves_the_others_aside(office, programme):
    made = [
        builders.make_category(programme=programme, name=name, order=at_)
        for at_, name in enumerate(("One", "Two", "Three"), 1)
    ]
    office.post(
        at(programme, "finance:categories:edit", category=made[2].slug),
        {"name": "Three", "order": "1", "version": "1"},
    )
    names = CostCategory.objects.of(programme).order_by("order").values_list("name", flat=True)
    assert list(names) == ["Three", "One", "Two"]


def test_a_programme_that_keeps_no_money_says_nothing_of_it(essex, client, db):
    programme = Programme.objects.get(slug="essex")
    client.force_login(User.objects.get(email="office@example.org"))
    assert "/essex/finance/" in client.get("/essex/projects/").content.decode()
    Programme.objects.filter(pk=programme.pk).update(keeps_money=False)
    for address in ("/essex/projects/", "/essex/set-up/"):
        page = client.get(address).content.decode()
        assert 'href="/essex/finance/"' not in page, address
        assert "Funding sources" not in page
    paper = client.get("/essex/papers/strategic-board/2018-05/").content.decode()
    assert "Finance update" not in paper
    assert "Outturn of the previous year" not in paper


def test_a_priority_is_not_brought_back_beside_one_with_its_number(office, programme):
    old = PlanPriority.objects.create(
        programme=programme, number=1, text="Old", withdrawn_on=date(2019, 3, 1)
    )
    PlanPriority.objects.create(programme=programme, number=1, text="New")
    with pytest.raises(ValidationError, match="has this number"):
        restore_part(part=old, by=None)


def test_a_workstream_that_a_paper_is_narrowed_to_is_in_use(programme):
    work = builders.make_workstream(programme=programme)
    install_template(
        programme=programme,
        builtin="quarterly-scrutiny",
        board=builders.make_board(programme=programme),
        sections={"current-work": {"options": {"workstreams": [work.slug]}}},
        by=None,
    )
    assert uses.in_words(uses.uses(work)) == "1 section of a paper"
    assert withdraw_part(part=work, by=None).withdrawn_on is not None


def test_a_programme_without_money_has_no_pages_of_money(office, programme):
    project = builders.make_project(programme=programme)
    page = at(programme, "projects:detail", project=project.ref)
    money = at(programme, "finance:project", project=project.ref)
    assert money in office.get(page).content.decode()
    Programme.objects.filter(pk=programme.pk).update(keeps_money=False)
    assert "/finance/" not in office.get(page).content.decode()
    for name in ("finance:home", "finance:benefits:list", "finance:grants:add"):
        refused = office.get(at(programme, name))
        assert refused.status_code == 403
        assert "does not keep its money here" in refused.content.decode()


def test_a_split_rule_says_that_it_needs_a_source(office, programme):
    address = at(programme, "finance:split_rules:add")
    sources = at(programme, "finance:sources:list")
    assert f'href="{sources}"' in office.get(address).content.decode()
    builders.make_source(programme=programme)
    assert f'href="{sources}"' not in office.get(address).content.decode()
