"""How fast the portal's pages are, and how much they send, as ratios and counts of one run."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.db import connection
from django.db.models import Prefetch, QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import timezone

from benchmarks.data import DIMENSIONS, make_programme
from benchmarks.measure import MOST_QUERIES, Result, seconds, seconds_of_each
from programme.models import Person, Programme, RoleAssignment, User
from projects.models import Milestone, Project, Rating, StatusUpdate
from reports.models import Paper
from reports.overview.search import search

MANY = 2_000
SEARCHED = 20_000
RUNS = 15
AGAINST_ADMIN = 1.75
"""The portal's page is twice as long as the admin's, with each cell labelled for small screens. The
two take about as long for each byte."""
WHOLE_PROGRAMME = {"reports:home", "reports:moved"}
MOST_BYTES = 90_000
"""Of style sheets and scripts together, compressed."""


def measure() -> Iterator[Result]:
    """Every measurement of this module, each as soon as it is made."""
    _register_changelist()
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        yield _list_against_admin()
        yield from _with_more_projects()
        yield _search()
        yield from _every_page()


# --- the list of projects against the admin's ---------------------------------------------------


def _register_changelist() -> None:
    """The admin's own list of projects with the portal's columns, filters and page length, its rows
    fetched as one would for the admin: related rows with them, lists of rows prefetched."""
    members: dict[str, Any] = {f"rated_{each}": _rated(each) for each in DIMENSIONS}
    changelist = type(
        "ProjectAdmin",
        (ModelAdmin,),
        members
        | {
            "coming": _coming,
            "get_queryset": lambda self, request: _as_for_the_admin(),
            "list_display": (
                "ref",
                "name",
                "workstream",
                "lead_organisation",
                "stage",
                *members,
                "coming",
            ),
            "list_filter": ("workstream", "stage", "lead_organisation", "themes"),
            "search_fields": ("ref", "name", "short_name", "summary"),
            "list_per_page": 50,
        },
    )
    if not admin.site.is_registered(Project):
        admin.site.register(Project, changelist)


def _as_for_the_admin() -> QuerySet[Project]:
    ratings = Rating.objects.select_related("dimension", "level")
    updates = (
        StatusUpdate.objects.accepted()
        .order_by("-period__as_at")
        .prefetch_related(Prefetch("ratings", ratings))
    )
    open_milestones = Milestone.objects.filter(
        actual_on__isnull=True, withdrawn_on__isnull=True
    ).order_by("forecast_day")
    return (
        Project.objects.filter(programme__slug=_slug(MANY), withdrawn_on__isnull=True)
        .select_related("workstream", "lead_organisation", "stage")
        .prefetch_related(Prefetch("updates", updates), Prefetch("milestones", open_milestones))
    )


def _rated(dimension: str) -> Callable[[ModelAdmin, Project], str]:
    """A column with the rating in a dimension and the one before it."""

    def shown(_: ModelAdmin, project: Project) -> str:
        levels = [
            rating.level
            for update in project.updates.all()
            for rating in update.ratings.all()
            if rating.dimension.slug == dimension
        ]
        words = [f"{each.code} {each.word}" for each in levels[:2]]
        return " was ".join(words) or "–"

    return admin.display(description=dimension.title())(shown)


@admin.display(description="Next milestone")
def _coming(_: ModelAdmin, project: Project) -> str:
    return next((f"{each.name} {each.forecast_day}" for each in project.milestones.all()), "–")


def _list_against_admin() -> Result:
    slug = _slug(MANY)
    make_programme(slug, MANY)
    client = _reader(slug, superuser=True)
    own = reverse("projects:list", kwargs={"programme": slug})
    theirs = reverse("admin:projects_project_changelist")
    ours, admins = seconds_of_each(
        lambda: _get(client, own), lambda: _get(client, theirs), runs=RUNS
    )
    return Result(
        "projects list, 2,000 projects : the admin's changelist",
        ours / admins,
        AGAINST_ADMIN,
        f"{ours * 1000:.0f} ms : {admins * 1000:.0f} ms",
    )


def _with_more_projects() -> Iterator[Result]:
    """Pages that read a whole programme, with ten times the projects: what they show is cut, the
    reading is not."""
    readers = {}
    for number in (40, 400):
        slug = f"{_slug(number)}-whole"
        make_programme(slug, number)
        readers[slug] = _reader(slug)
    for words, name, limit in (
        ("home", "reports:home", 4.0),
        ("what moved", "reports:moved", 4.0),
    ):
        looks = [
            partial(_get, reader, reverse(name, kwargs={"programme": slug}))
            for slug, reader in readers.items()
        ]
        few, many = seconds_of_each(*looks, runs=RUNS)
        yield Result(
            f"{words}, 400 projects : 40 projects",
            many / few,
            limit,
            f"{many * 1000:.0f} ms : {few * 1000:.0f} ms",
        )


def _search() -> Result:
    """A search that finds nothing has looked at everything."""
    slug = f"{_slug(SEARCHED)}-searched"
    programme = make_programme(slug, 40).programme
    pattern = Project.objects.of(programme).first()
    assert pattern is not None
    milestone = pattern.milestones.get()
    projects = _copies(pattern, lambda number: {"ref": f"s{number}"})
    _copies(milestone, lambda number: {"project_id": projects[number].pk})
    spent = seconds(lambda: search(programme, "not there", may=lambda _: True), runs=RUNS)
    return Result(
        f"search, milliseconds with {SEARCHED:,} projects", spent * 1000, 50.0, "processor time"
    )


def _copies(row: Any, differ: Callable[[int], dict[str, Any]]) -> list[Any]:
    fields = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    values = {name: getattr(row, name) for name in fields}
    made = [type(row)(**values | differ(number)) for number in range(SEARCHED)]
    return type(row)._default_manager.bulk_create(made, batch_size=500)


# --- every page -------------------------------------------------------------------------------


def _every_page() -> Iterator[Result]:
    """The most queries that a page of the example makes, and the most style and script that one
    sends. Pages that read a whole programme (a paper, home, what moved) have limits of their own in
    the tests."""
    from django.core.management import call_command

    call_command("load_programme", "essex", verbosity=0)
    client = _reader("essex")
    queries: dict[str, int] = {}
    sent: dict[str, int] = {}
    papers = set(_papers())
    for page in {*_pages(), *papers}:
        with CaptureQueriesContext(connection) as captured:
            html = _get(client, page)
        if page not in papers and resolve(page).view_name not in WHOLE_PROGRAMME:
            queries[page] = len(captured)
        sent[page] = _bytes_sent(html)
    worst, heaviest = max(queries, key=queries.__getitem__), max(sent, key=sent.__getitem__)
    yield Result(f"queries, most of {len(queries)} pages", queries[worst], MOST_QUERIES, worst)
    yield Result(
        f"style and script in kB, most of {len(sent)} pages",
        sent[heaviest] / 1000,
        MOST_BYTES / 1000,
        heaviest,
    )


def _papers() -> Iterator[str]:
    for paper in Paper.objects.filter(template__programme__slug="essex"):
        kwargs = {
            "programme": "essex",
            "template": paper.template.slug,
            "period": paper.period.slug,
        }
        yield reverse("reports:papers:detail", kwargs=kwargs)


def _pages() -> Iterator[str]:
    """Every page whose address needs a programme alone, and one of each other kind that these
    lead to."""
    client = _reader("essex")
    queue = [
        reverse(name, kwargs={"programme": "essex"})
        for name, names in _routes(get_resolver())
        if names == {"programme"}
    ]
    seen = {"reports:papers:detail", "reports:papers:pdf", "reports:papers:data"}
    while queue:
        page = queue.pop()
        kind = resolve(page).view_name
        if kind in seen:
            continue
        seen.add(kind)
        response = client.get(page)
        if response.status_code == 200 and "html" in response["Content-Type"]:
            yield page
            queue += sorted(set(re.findall(r'href="(/essex/[^"#?]*)"', response.content.decode())))


def _routes(
    resolver: URLResolver, namespace: str = "", above: frozenset[str] = frozenset()
) -> Iterator[tuple[str, frozenset[str]]]:
    """Every named route with the names in its address."""
    for each in resolver.url_patterns:
        names = above | frozenset(each.pattern.regex.groupindex)
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _routes(each, inner, names)
        elif isinstance(each, URLPattern) and each.name:
            yield f"{namespace}{each.name}", names


def _bytes_sent(html: str) -> int:
    """The style sheets and scripts that a page names, compressed as they are sent."""
    addresses = re.findall(r'<link rel="stylesheet" href="([^"]*)"', html)
    addresses += re.findall(r'<script[^>]* src="([^"]*)"', html)
    addresses += re.findall(r'data-govuk-frontend="([^"]*)"', html)
    folder = Path(settings.BASE_DIR, "static")
    files = {folder / each.removeprefix(settings.STATIC_URL) for each in addresses}
    return sum(len(gzip.compress(file.read_bytes())) for file in files)


# --- who looks --------------------------------------------------------------------------------


def _slug(projects: int) -> str:
    return f"of-{projects}"


def _reader(slug: str, *, superuser: bool = False) -> Client:
    """Somebody of the programme's office, signed in."""
    email = f"office-{slug}@example.org"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, is_staff=superuser, is_superuser=superuser)
        programme = Programme.objects.get(slug=slug)
        Person.objects.create(
            user=user, programme=programme, email=email, accepted_at=timezone.now()
        )
        RoleAssignment.objects.create(
            user=user,
            programme=programme,
            role=RoleAssignment.Role.OFFICE,
            confirmed_at=timezone.now(),
        )
    client = Client()
    client.force_login(user)
    return client


def _get(client: Client, page: str) -> str:
    response = client.get(page)
    if response.status_code != 200:
        raise RuntimeError(f"{page} answered {response.status_code}.")
    return response.content.decode()
