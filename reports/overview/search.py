"""Search over what a programme's readers may open. The tables themselves are asked, so that no copy
of a text has to be kept in step or redacted, or can leak."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When

from programme.common.filters import LONGEST_SEARCH
from programme.common.words import say
from programme.models import Board, BoardMember, Programme
from projects.models import Action, Decision, Milestone, Project, Risk
from reports.refs import Addresses

PER_KIND = 8
"""How many of one kind are shown; its own list has all."""
MOST_WORDS = 8
"""Of what is looked for at once."""

May = Callable[[str], bool]
"""Whether the reader holds a right over the whole programme."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One result: what kind of thing it is, its name, what it belongs to, its page."""

    kind: str
    name: str
    about: str
    url: str


@dataclass(frozen=True, slots=True)
class SearchFurther:
    """Where more of one kind are."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class SearchResults:
    words: tuple[str, ...]
    found: tuple[SearchHit, ...]
    further: tuple[SearchFurther, ...]


@dataclass(frozen=True, slots=True)
class SearchedKind:
    """What is searched of one kind: short texts that every holder of ``permission`` may read.
    ``fields`` are looked through, ``values`` are what ``entry`` makes a result of."""

    rows: Callable[[Programme], QuerySet]
    permission: str
    fields: tuple[str, ...]
    values: tuple[str, ...]
    entry: Callable[[Addresses, Any], SearchHit]
    order: tuple[str, ...]
    all_words: str = ""
    all_page: str = ""


def _of_project(name: str, short_name: str) -> str:
    return short_name or name or ""


KINDS = (
    SearchedKind(
        lambda programme: Project.objects.of(programme).filter(withdrawn_on__isnull=True),
        "projects.view",
        ("ref", "name", "short_name", "lead_post", "sponsor_post"),
        ("ref", "name", "workstream__name"),
        lambda to, row: SearchHit(
            say("Project"),
            row[1],
            f"{row[0].upper()} · {row[2]}",
            to.page("projects:detail", project=row[0]),
        ),
        ("order", "ref"),
        "list of projects",
        "projects:list",
    ),
    SearchedKind(
        lambda programme: Milestone.objects.of(programme).filter(
            withdrawn_on__isnull=True, project__withdrawn_on__isnull=True
        ),
        "projects.view",
        ("name",),
        ("pk", "name", "project__ref", "project__name", "project__short_name"),
        lambda to, row: SearchHit(
            say("Milestone"),
            row[1],
            _of_project(row[3], row[4]),
            to.page("projects:milestones:detail", project=row[2], milestone=str(row[0])),
        ),
        ("project__order", "order"),
        "list of milestones",
        "projects:milestones:list",
    ),
    SearchedKind(
        lambda programme: Risk.objects.of(programme),
        "projects.view",
        ("ref", "title", "owner_post"),
        ("ref", "title", "kind", "project__name", "project__short_name"),
        lambda to, row: SearchHit(
            say("Risk") if row[2] == Risk.Kind.RISK else "Issue",
            row[1],
            f"{row[0].upper()} · {_of_project(row[3], row[4]) or say('Whole programme')}",
            to.page("projects:risks:detail", risk=row[0]),
        ),
        ("closed_on", "ref"),
        "list of risks and issues",
        "projects:risks:list",
    ),
    SearchedKind(
        lambda programme: Decision.objects.of(programme),
        "projects.view",
        ("ref", "text"),
        ("ref", "text", "board__short_name"),
        lambda to, row: SearchHit(
            "Decision",
            row[1],
            f"{row[0].upper()} · {row[2]}",
            to.page("projects:decisions:detail", decision=row[0]),
        ),
        ("-taken_on", "ref"),
        "list of decisions",
        "projects:decisions:list",
    ),
    SearchedKind(
        lambda programme: Action.objects.of(programme),
        "projects.view",
        ("ref", "text", "owner_post"),
        ("ref", "text", "owner_post"),
        lambda to, row: SearchHit(
            "Action",
            row[1],
            f"{row[0].upper()} · {row[2]}",
            to.page("projects:actions:detail", task=row[0]),
        ),
        ("completed_on", "ref"),
        "list of actions",
        "projects:actions:list",
    ),
    SearchedKind(
        lambda programme: Board.objects.of(programme),
        "boards.view",
        ("name", "short_name"),
        ("slug", "name", "short_name"),
        lambda to, row: SearchHit(
            "Board", row[1], "", to.page("programme:boards:detail", board=row[0])
        ),
        ("order",),
    ),
    SearchedKind(
        lambda programme: BoardMember.objects.of(programme),
        "boards.view",
        ("post",),
        ("board__slug", "post", "board__name", "organisation__short_name"),
        lambda to, row: SearchHit(
            "Post", row[1], f"{row[3]} · {row[2]}", to.page("programme:boards:detail", board=row[0])
        ),
        ("board__order", "order"),
    ),
)
"""In the order of the results."""


def search(programme: Programme, looked_for: str, *, may: May) -> SearchResults:
    """What holds every word that is looked for, of the kinds that the reader may read; what has
    just this reference comes first of its kind. A query for each kind."""
    words = tuple(looked_for[:LONGEST_SEARCH].split()[:MOST_WORDS])
    found: list[SearchHit] = []
    further: list[SearchFurther] = []
    addresses = Addresses.within(programme)
    for kind in KINDS if words else ():
        if not may(kind.permission):
            continue
        rows = list(_matching(kind, programme, words)[: PER_KIND + 1])
        found += [kind.entry(addresses, row) for row in rows[:PER_KIND]]
        if len(rows) > PER_KIND and kind.all_page:
            url = addresses.page(kind.all_page, {"search": " ".join(words)})
            further.append(SearchFurther(say(kind.all_words), url))
    return SearchResults(words, tuple(found), tuple(further))


def _matching(kind: SearchedKind, programme: Programme, words: tuple[str, ...]) -> QuerySet:
    rows = kind.rows(programme).order_by()
    for word in words:
        rows = rows.filter(reduce(or_, (Q(**{f"{name}__icontains": word}) for name in kind.fields)))
    order: list[Any] = list(kind.order)
    if "ref" in kind.fields:
        just = When(ref__iexact=" ".join(words), then=Value(0))
        order.insert(0, Case(just, default=Value(1)))
    return rows.order_by(*order, F("pk")).values_list(*kind.values)
