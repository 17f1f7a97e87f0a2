"""The audit record: one entry for each action of a person, written in the action's transaction.

The table itself refuses changes, and chains each entry to the one before
(``programme.record_guards``). Entries of one request, or of one run of a
command, share a correlation id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models, transaction

from programme import record_chain
from programme.common import formats
from programme.common.values import Amount, PlainDate
from programme.models import (
    AuditEntry,
    Person,
    Programme,
    RoleAssignment,
    ScopedQuerySet,
    User,
)

_AFTER_THE_END = frozenset(
    {
        "file.downloaded",
        "programme.ended",
        "programme.reopened",
        "text.redacted",
    }
)

SYSTEM = "The system"
"""The actor of what a command did."""

_correlation: ContextVar[str | None] = ContextVar("correlation", default=None)


@contextmanager
def correlated() -> Iterator[str]:
    """Gives everything recorded inside the same new correlation id."""
    token = _correlation.set(str(uuid4()))
    try:
        yield correlation_id()
    finally:
        _correlation.reset(token)


def correlation_id() -> str:
    """The id of the request or command that runs now; a new one outside of both."""
    return _correlation.get() or str(uuid4())


def record(
    *,
    verb: str,
    obj: models.Model,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    by: User | None,
    programme: Programme | None = None,
) -> AuditEntry:
    """Writes one entry: ``by`` (None for a command) did ``verb`` ("update.handed_in") to ``obj``.

    ``before`` and ``after`` are what :func:`snapshot` returns, empty for what did not exist.
    The programme is found from the object unless it is given. Raises TransactionManagementError
    outside a transaction: an entry must stand or fall with the action it is about; and
    ValidationError for anything done to a programme that has ended, save what outlasts it.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "An audit entry is written inside the transaction of its action."
        )
    programme = programme or programme_of(obj)
    if programme is not None and programme.has_ended and not _outlasts(verb, obj):
        raise ValidationError(f"{over(programme)} Nothing of it can be changed any more.")
    entry = AuditEntry(
        actor=by,
        actor_label=SYSTEM if by is None else _actor_label(by),
        programme=programme,
        verb=verb,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        object_label=str(obj)[:300],
        before=record_chain.storable(before),
        after=record_chain.storable(after),
        correlation_id=correlation_id(),
    )
    entry.digest = record_chain.digest(entry)
    entry.save(force_insert=True)
    return entry


def over(programme: Programme) -> str:
    """That a programme has ended, as a sentence."""
    return f"{programme.name} ended on {formats.day(programme.ended_on)}."


def _outlasts(verb: str, obj: models.Model) -> bool:
    """Whether it may be done though the programme has ended: who may read it still changes, and
    what must not be read still goes."""
    of_a_file = verb.startswith("programme_file.")  # a command may load the past as it was
    return verb in _AFTER_THE_END or of_a_file or obj._meta.model in (User, Person, RoleAssignment)


def snapshot(obj: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """The named fields (or value properties) of a row as a reader understands them.

    Related rows by their names, choices by their labels, amounts and uncertain dates as the portal
    prints them; plain days in ISO form, numbers as text with all their decimals. All of it can be
    stored as JSON.
    """
    return {name: _readable(obj, name) for name in fields}


def programme_of(obj: models.Model) -> Programme | None:
    """The programme that a row belongs to, by its model's path to it; None for shared rows."""
    if isinstance(obj, Programme):
        return obj
    # By the model, not the type: the signed-in user comes wrapped in a lazy object.
    queryset = obj._meta.model._default_manager.all()
    if not isinstance(queryset, ScopedQuerySet):
        return None
    found: Any = obj
    for step in queryset.programme_path.split("__"):
        found = getattr(found, step)
    return found


def _actor_label(by: User) -> str:
    return f"{by.name} ({by.email})"[:200] if by.name else by.email


def _readable(obj: models.Model, name: str) -> Any:
    value = getattr(obj, name)
    try:
        field = obj._meta.get_field(name)
    except FieldDoesNotExist:
        return _plain(value)
    if field.many_to_many:
        return sorted(str(other) for other in value.all())
    if getattr(field, "choices", None):
        return getattr(obj, f"get_{name}_display")()
    return _plain(value)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, Amount):
        return formats.money(value, pence=True)
    if isinstance(value, PlainDate):
        return formats.plain_date(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(one) for one in value]
    return str(value)
