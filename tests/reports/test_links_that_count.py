"""Every figure of home that leads somewhere leads to exactly the rows that it counts."""

import re
from datetime import date
from html import unescape

import pytest
from django.contrib.auth import get_user_model

from programme.models import Programme, RoleAssignment
from tests.builders import (
    make_action,
    make_benefit,
    make_board,
    make_dimension,
    make_milestone,
    make_organisation,
    make_period,
    make_profile,
    make_programme,
    make_project,
    make_role,
    make_update,
    make_user,
    make_workstream,
)

User = get_user_model()
FIGURE = re.compile(
    r'<a [^>]*?href="(?P<url>[^"]+)"[^>]*? data-count="(?P<count>\d+)"[^>]*>(.*?)</a>'
)
ANY_FIGURE = re.compile(r"data-count=")

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


def figures(client, slug: str) -> list[tuple[str, int, str]]:
    """Address, number and words of each figure on home."""
    html = client.get(f"/{slug}/").content.decode()
    found = [
        (unescape(url), int(count), " ".join(re.sub("<[^>]+>", " ", words).split()))
        for url, count, words in FIGURE.findall(html)
    ]
    assert len(found) == len(ANY_FIGURE.findall(html))
    return found


def follow_all(client, slug: str) -> int:
    found = figures(client, slug)
    for url, count, words in found:
        assert str(count) in words, f"{words!r} does not say {count}"
        answer = client.get(url)
        assert answer.status_code == 200, url
        listed = answer.context["table"].page.paginator.count
        assert listed == count, f"{words!r} leads to {listed} rows: {url}"
    return len(found)


def holders(slug: str) -> list[str]:
    roles = RoleAssignment.objects.current().filter(programme__slug=slug)
    return sorted(set(roles.values_list("user__email", flat=True)))


def test_for_every_account_of_the_example(essex, client):
    followed = 0
    for email in holders("essex"):
        client.force_login(User.objects.get(email=email))
        followed += follow_all(client, "essex")
    assert followed > 10


def test_for_every_role_in_another_programme(northmere, client):
    programme = Programme.objects.get(slug="northmere")
    assert figures_of_all_roles(client, programme)


def figures_of_all_roles(client, programme) -> int:
    board = programme.boards.first()
    followed = 0
    for role in RoleAssignment.Role.values:
        needs_board = role in (RoleAssignment.Role.SECRETARY, RoleAssignment.Role.MEMBER)
        user = make_user(programme=programme, role=role, board=board if needs_board else None)
        client.force_login(user)
        followed += follow_all(client, programme.slug)
    return followed


@pytest.fixture
def busy():
    """A programme with more of everything than home shows, and with what looks alike and is not
    counted: other boards' actions, components, withdrawn projects, closed ones, other bodies'."""
    programme = make_programme()
    overall = make_dimension(programme=programme, is_overall=True, name="Overall")
    other = make_organisation(programme=programme)
    board = make_board(programme=programme)
    elsewhere = make_board(programme=programme)
    then = make_period(programme=programme, as_at=date(2019, 1, 31), state="closed")
    now = make_period(programme=programme, as_at=date(2019, 3, 29), state="open")
    below = make_workstream(programme=programme, parent=make_workstream(programme=programme))
    for number in range(40):
        project = make_project(
            programme=programme,
            workstream=below if number % 3 else below.parent,
            lead_organisation=other if number % 2 else programme.host,
            **(
                {"withdrawn_on": date(2019, 2, 1), "withdrawn_reason": "Merged"}
                if number % 13 == 12
                else {}
            ),
        )
        if number % 3:
            make_update(project=project, period=then, ratings={overall: "G"})
        if number % 5:
            state = ("handed_in", "accepted", "draft", "returned")[number % 4]
            given = {overall: "RAGR"[number % 4]} if number % 7 else {}
            extra = {"return_reason": "Say more."} if state == "returned" else {}
            make_update(project=project, period=now, state=state, ratings=given, **extra)
        late = date(2019, 2, 1) if number % 4 == 0 else date(2019, 6, 3)
        make_milestone(project=project, day=late)
        if number % 9 == 0:
            part = make_project(programme=programme, parent=project, workstream=project.workstream)
            make_update(project=part, period=now, ratings={overall: "R"})
    for number in range(9):
        make_action(
            board=elsewhere if number % 3 else board,
            due_on=date(2019, 2, 1),
            owner_organisation=other if number % 2 else programme.host,
        )
        benefit = make_benefit(programme=programme)
        make_profile(benefit=benefit, realised_pounds=100, realised_certainty="exact")
    return programme


def test_for_every_role_of_a_programme_with_much_of_everything(busy, client):
    assert figures_of_all_roles(client, busy) > 15
    for body in busy.partners.all() or [busy.host]:
        for role in (RoleAssignment.Role.LEAD, RoleAssignment.Role.FINANCE):
            user = make_user()
            make_role(user=user, programme=busy, role=role, organisation=body)
            client.force_login(user)
            assert follow_all(client, busy.slug)
