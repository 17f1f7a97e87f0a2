"""Filters of the ground floor's lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from programme import sentences
from programme.audit import SYSTEM
from programme.common.filters import (
    ChoiceFilter,
    Choices,
    DayFilter,
    PortalFilterSet,
    RowFilter,
    SearchFilter,
)
from programme.models import (
    NAMELESS,
    AuditEntry,
    Board,
    Meeting,
    Organisation,
    Partnership,
    RoleAssignment,
)


def boards(request: HttpRequest) -> Choices:
    return Board.objects.of(request.programme).values_list("slug", "name")


class MeetingFilterSet(PortalFilterSet):
    board = RowFilter(boards, label="Board", field_name="board__slug")
    state = ChoiceFilter(label="State", choices=Meeting.State.choices)
    since = DayFilter(field_name="held_on", lookup_expr="gte", label="From this day")
    until = DayFilter(field_name="held_on", lookup_expr="lte", label="Up to this day")


class OrganisationFilterSet(PortalFilterSet):
    search = SearchFilter("name", "short_name")
    kind = ChoiceFilter(label="Kind", choices=Organisation.Kind.choices)
    part = ChoiceFilter(
        label="Part in the programme",
        choices=[*Partnership.Role.choices, ("none", "No part of its own"), ("left", "Has left")],
        method="with_part",
    )

    def with_part(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        if value == "none":
            return rows.filter(part_role__isnull=True)
        if value == "left":
            return rows.filter(left_on__lt=timezone.localdate())
        return rows.filter(part_role=value)


class PersonFilterSet(PortalFilterSet):
    search = SearchFilter(
        "shown_name", "shown_email", "person__post", help_text="In name, post and e-mail address"
    )
    role = ChoiceFilter(label="Role", choices=RoleAssignment.Role.choices)
    state = ChoiceFilter(
        label="State",
        choices=[
            ("current", "In force"),
            ("ended", "Ended"),
            ("coming", "Not begun"),
            ("invited", "Not accepted yet"),
            ("declined", "Declined"),
            ("unconfirmed", "Not confirmed yet"),
        ],
        method="in_state",
    )

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        today = timezone.localdate()
        if value == "ended":
            return rows.filter(to_day__lt=today)
        if value == "coming":
            return rows.filter(from_day__gt=today)
        if value == "invited":
            return rows.filter(person__accepted_at__isnull=True, person__declined_at__isnull=True)
        if value == "declined":
            return rows.filter(person__declined_at__isnull=False)
        if value == "unconfirmed":
            return rows.unconfirmed()
        return rows.current(today)


def _entries(request: HttpRequest) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.of(request.programme).order_by()


def _actors(request: HttpRequest) -> Choices:
    actors = dict(_entries(request).values_list("actor", "actor__name").distinct())
    return _by_words(
        (str(pk or 0), SYSTEM if pk is None else name or NAMELESS) for pk, name in actors.items()
    )


def _kinds(request: HttpRequest) -> Choices:
    kinds = _entries(request).values_list("object_type", flat=True).distinct()
    return _by_words((one, sentences.noun(one).capitalize()) for one in kinds)


def _verbs(request: HttpRequest) -> Choices:
    verbs = _entries(request).values_list("verb", flat=True).distinct()
    last = {one.rpartition(".")[2] for one in verbs}
    return _by_words((one, sentences.done(one).capitalize()) for one in last)


class RecordFilterSet(PortalFilterSet):
    """The record's filters. Persons, kinds of thing and verbs on offer are those it holds."""

    # Addresses are not searched: not everybody who reads the record may know them.
    search = SearchFilter("object_label", "actor__name", help_text="In things and people")
    person = RowFilter(_actors, label="Who", method="done_by")
    kind = RowFilter(_kinds, label="Kind of thing", field_name="object_type")
    verb = RowFilter(_verbs, label="What was done", method="with_verb")
    since = DayFilter(label="From this day", method="from_day")
    until = DayFilter(label="Up to this day", method="to_day")
    # Not asked for: pages lead here with it.
    thing = django_filters.CharFilter(method="about", label="One thing", widget=forms.HiddenInput)

    def done_by(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(actor=value) if value != "0" else rows.filter(actor=None)

    def with_verb(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(Q(verb=value) | Q(verb__endswith=f".{value}"))

    def from_day(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        return rows.filter(at__gte=_midnight(value))

    def to_day(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        return rows.filter(at__lt=_midnight(value + timedelta(days=1)))

    def about(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """All entries about one thing, given as its kind and its id: "programme.board:3"."""
        kind, _, key = value.partition(":")
        return rows.filter(object_type=kind, object_id=key)


def _by_words(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(pairs, key=lambda pair: pair[1])


def _midnight(day: Any) -> datetime:
    """The first moment of a day where the portal's clock stands."""
    return timezone.make_aware(datetime.combine(day, time.min))
