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
from programme.common.filters import PortalFilterSet, SearchFilter
from programme.common.formfields import DateField
from programme.models import (
    NAMELESS,
    AuditEntry,
    Board,
    Meeting,
    Organisation,
    Partnership,
    RoleAssignment,
)

ANY = "Any"


class DayFilter(django_filters.Filter):
    """A day typed as day, month and year."""

    field_class = DateField


def _boards(request: HttpRequest) -> QuerySet[Board]:
    return Board.objects.of(request.programme)


class MeetingFilters(PortalFilterSet):
    board = django_filters.ModelChoiceFilter(
        queryset=_boards, to_field_name="slug", label="Board", empty_label=ANY
    )
    state = django_filters.ChoiceFilter(
        choices=Meeting.State.choices, label="State", empty_label=ANY
    )
    since = DayFilter(field_name="held_on", lookup_expr="gte", label="From this day")
    until = DayFilter(field_name="held_on", lookup_expr="lte", label="Up to this day")


class OrganisationFilters(PortalFilterSet):
    search = SearchFilter("name", "short_name")
    kind = django_filters.ChoiceFilter(
        choices=Organisation.Kind.choices, label="Kind", empty_label=ANY
    )
    part = django_filters.ChoiceFilter(
        choices=[*Partnership.Role.choices, ("none", "No part of its own"), ("left", "Has left")],
        label="Part in the programme",
        empty_label=ANY,
        method="with_part",
    )

    def with_part(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        if value == "none":
            return rows.filter(part_role__isnull=True)
        if value == "left":
            return rows.filter(left_on__lt=timezone.localdate())
        return rows.filter(part_role=value)


class PersonFilters(PortalFilterSet):
    search = SearchFilter("shown_name", "shown_email", "person__post", label="Name, post or e-mail")
    role = django_filters.ChoiceFilter(
        choices=RoleAssignment.Role.choices, label="Role", empty_label=ANY
    )
    state = django_filters.ChoiceFilter(
        choices=[
            ("current", "In force"),
            ("ended", "Ended"),
            ("coming", "Not begun"),
            ("invited", "Not accepted yet"),
            ("unconfirmed", "Not confirmed yet"),
        ],
        label="State of the role",
        empty_label=ANY,
        method="in_state",
    )

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        today = timezone.localdate()
        if value == "ended":
            return rows.filter(to_day__lt=today)
        if value == "coming":
            return rows.filter(from_day__gt=today)
        if value == "invited":
            return rows.filter(person__accepted_at__isnull=True)
        if value == "unconfirmed":
            not_over = Q(to_day__isnull=True) | Q(to_day__gte=today)
            return rows.filter(not_over, confirmed_at__isnull=True)
        return rows.current(today)


def _entries(request: HttpRequest) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.of(request.programme).order_by()


class RecordFilters(PortalFilterSet):
    """The record's filters. Persons, kinds of thing and verbs on offer are those it holds."""

    # Addresses are not searched: not everybody who reads the record may know them.
    search = SearchFilter("object_label", "actor__name", label="Thing or person")
    person = django_filters.ChoiceFilter(label="Who", empty_label=ANY, choices=(), method="done_by")
    kind = django_filters.ChoiceFilter(
        field_name="object_type", label="Kind of thing", empty_label=ANY, choices=()
    )
    verb = django_filters.ChoiceFilter(
        label="What was done", empty_label=ANY, choices=(), method="with_verb"
    )
    since = DayFilter(label="From this day", method="from_day")
    until = DayFilter(label="Up to this day", method="to_day")
    # Not asked for: pages lead here with it.
    thing = django_filters.CharFilter(method="about", label="One thing", widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = _entries(self.request)
        actors = dict(rows.values_list("actor", "actor__name").distinct())
        kinds = rows.values_list("object_type", flat=True).distinct()
        verbs = rows.values_list("verb", flat=True).distinct()
        self.filters["person"].extra["choices"] = _by_words(
            (str(pk or 0), SYSTEM if pk is None else name or NAMELESS)
            for pk, name in actors.items()
        )
        self.filters["kind"].extra["choices"] = _by_words(
            (one, sentences.noun(one).capitalize()) for one in kinds
        )
        last = {one.rpartition(".")[2] for one in verbs}
        self.filters["verb"].extra["choices"] = _by_words(
            (one, sentences.done(one).capitalize()) for one in last
        )

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
