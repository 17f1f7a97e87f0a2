"""How actions write: one row read again and locked, changed, checked, saved and recorded.

An action makes one :class:`Edit` inside its transaction and saves it once. What the edit leaves as
it was is neither saved, nor counted up as a version, nor recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F

from programme import audit
from programme.checks import refuse_other_programmes
from programme.common.states import Moves, WrongState, after
from programme.common.validation import validate
from programme.models import AuditEntry, Programme, User

Row = TypeVar("Row", bound=models.Model)


class StaleVersion(Exception):
    """Somebody else changed the row since it was read. Nothing was written.

    ``row`` is the row as it is stored now, its ``version`` the one to expect next time.
    ``theirs`` and ``yours`` hold, by field and as a reader understands them, what is stored and
    what was about to be written; both are empty where no field was being edited.
    """

    def __init__(
        self,
        row: models.Model,
        theirs: dict[str, Any],
        yours: dict[str, Any],
        versioned_by: str = "version",
    ) -> None:
        entry = _last_entry(row)
        self.row, self.theirs, self.yours = row, theirs, yours
        self.version: int = getattr(row, versioned_by, 1)
        self.changed_by: str = entry.actor_label if entry else audit.SYSTEM
        self.changed_at: datetime | None = entry.at if entry else getattr(row, "updated_at", None)
        super().__init__(f"{self.changed_by} changed {row} in the meantime.")

    @property
    def differing(self) -> list[str]:
        """Names of the fields in which the two texts differ."""
        return [name for name, text in self.yours.items() if self.theirs.get(name) != text]


class Edit(Generic[Row]):
    """One write of one row, new or stored.

    A stored row is read again and locked for the rest of the transaction, so that ``row`` is what
    the database holds whatever the caller's instance had become. Saving over a version other than
    ``expected_version`` raises StaleVersion, unless nothing would change (a form sent twice);
    None expects nothing. A part of a row that is edited by itself has a column of its own that
    counts its versions, ``versioned_by``: 0 until it is saved for the first time, which counts and
    is recorded though nothing else changes.
    """

    def __init__(
        self, row: Row, *, expected_version: int | None = None, versioned_by: str = "version"
    ) -> None:
        self.is_new = row._state.adding
        self.row: Row = row if self.is_new else locked(row)
        self._expected, self._versioned_by = expected_version, versioned_by
        self._links: dict[str, list[models.Model]] = {}
        self._was: dict[str, Any] = {}
        self._before: dict[str, Any] = {}
        self._parts: dict[str, tuple[Any, Any]] = {}
        self._notes: dict[str, Any] = {}

    def set(self, **values: Any) -> None:
        """Gives fields, value properties and many-to-many fields new values."""
        for name, value in values.items():
            if name not in self._was:
                self._was[name] = None if self.is_new else self._raw(name)
                self._before[name] = None if self.is_new else self._readable(name)
            if self._is_many(name):
                self._links[name] = list(value)
            else:
                setattr(self.row, name, _tidy(value))

    def apply(self, values: Mapping[str, Any], allowed: type) -> None:
        """Sets what a caller gives by field name; fields that it does not name stay as they are.

        ``allowed`` is the TypedDict of the values. Raises TypeError for a name it does not have.
        """
        self.set(**known_values(values, allowed))

    def part(self, name: str, before: Any, after: Any) -> None:
        """Rows below this one that the action writes along, as a reader understands them."""
        self._parts[name] = (before, after)

    def note(self, **said: Any) -> None:
        """What the record should say of the action beside the fields, such as its reason."""
        self._notes |= {name: text for name, text in said.items() if text}

    def move(self, moves: Moves, done: str, *, state: str, what: str) -> str:
        """The state after ``done``; refuses what the state table does not allow.

        A move to another state is refused on a stale version whatever else changes: whoever
        accepts a text must have read it. Raises StaleVersion and ValidationError.
        """
        if moves[done].ends is not None:
            self.refuse_stale()
        try:
            return after(moves, done, state, what=what)
        except WrongState as error:
            raise ValidationError(str(error)) from error

    def refuse_stale(self) -> None:
        """Raises StaleVersion when the row is not of the version that was expected."""
        if self._expected is not None and not self.is_new and self._expected != self._version:
            raise self._stale()

    @property
    def changed(self) -> list[str]:
        """Names of what will be different once saved; of a new row, of what it has."""
        if self.is_new:
            names = [name for name in self._was if self._readable(name) not in (None, "", [])]
        else:
            names = [name for name, was in self._was.items() if self._raw(name) != was]
        return names + [name for name, (old, new) in self._parts.items() if old != new]

    def save(self, verb: str, *, by: User | None, programme: Programme | None = None) -> Row:
        """Checks, saves and records the row under a dotted verb; a bare noun ("board") becomes
        "board.added" or "board.edited". ``programme`` is for rows that programmes share.

        Leaves everything alone when nothing changed. Raises ValidationError by field, and
        StaleVersion.
        """
        changed = self.changed
        if not changed and not self.is_new and self._version != 0:
            return self.row
        self.refuse_stale()
        validate(self.row)
        self._refuse_other_programmes(programme)
        self._write()
        for name in self._links:
            getattr(self.row, name).set(self._links[name])
        if "." not in verb:
            verb = f"{verb}.{'added' if self.is_new else 'edited'}"
        audit.record(
            verb=verb,
            obj=self.row,
            before={} if self.is_new else {name: self._old(name) for name in changed},
            after={name: self._new(name) for name in changed} | self._notes,
            by=by,
            programme=programme,
        )
        return self.row

    # --- how ----------------------------------------------------------------------------------

    @property
    def _version(self) -> int | None:
        return getattr(self.row, self._versioned_by, None)

    def _write(self) -> None:
        if self._versioned_by != "version":
            setattr(self.row, self._versioned_by, (self._version or 0) + 1)
        version = getattr(self.row, "version", None)
        if not self.is_new and version is not None:
            # The lock makes this succeed where rows can be locked; elsewhere this is the lock.
            same = type(self.row)._default_manager.filter(pk=self.row.pk, version=version)
            if not same.update(version=F("version") + 1):
                raise self._stale()
            self.row.version += 1
        try:
            with transaction.atomic():
                self.row.save()
        except IntegrityError:
            validate(self.row)  # says what a write of the same moment left no room for
            raise

    def _stale(self) -> StaleVersion:
        stored = type(self.row)._default_manager.get(pk=self.row.pk)
        names = self._was
        return StaleVersion(
            stored,
            theirs={name: audit.snapshot(stored, [name])[name] for name in names}
            | {name: old for name, (old, _) in self._parts.items()},
            yours={name: self._readable(name) for name in names}
            | {name: new for name, (_, new) in self._parts.items()},
            versioned_by=self._versioned_by,
        )

    def _refuse_other_programmes(self, programme: Programme | None) -> None:
        """A row relates to rows of its own programme, or to those that programmes share."""
        own = programme or audit.programme_of(self.row)
        names = {field.name for field in self.row._meta.concrete_fields if field.is_relation}
        if not self.is_new:
            names &= set(self.changed)
        related = {name: [getattr(self.row, name)] for name in names} | self._links
        refuse_other_programmes(own, related)

    def _is_many(self, name: str) -> bool:
        try:
            return bool(self.row._meta.get_field(name).many_to_many)
        except FieldDoesNotExist:
            return False

    def _raw(self, name: str) -> Any:
        """What is compared: columns as they are stored, related rows by their keys."""
        if name in self._links:
            return {other.pk for other in self._links[name]}
        if self._is_many(name):
            return set(getattr(self.row, name).values_list("pk", flat=True))
        try:
            return getattr(self.row, self.row._meta.get_field(name).attname)
        except FieldDoesNotExist:
            return getattr(self.row, name)

    def _readable(self, name: str) -> Any:
        if name in self._links:
            return sorted(str(other) for other in self._links[name])
        try:
            return audit.snapshot(self.row, [name])[name]
        except ObjectDoesNotExist:
            return None  # a required relation left empty; validate() will say so

    def _old(self, name: str) -> Any:
        return self._parts[name][0] if name in self._parts else self._before[name]

    def _new(self, name: str) -> Any:
        return self._parts[name][1] if name in self._parts else self._readable(name)


def known_values(values: Mapping[str, Any], allowed: type) -> Mapping[str, Any]:
    """The values, all of whose names the TypedDict ``allowed`` has; else raises TypeError."""
    unknown = sorted(set(values) - set(allowed.__annotations__))
    if unknown:
        raise TypeError(f"{allowed.__name__} has no {', '.join(unknown)}.")
    return values


def locked(row: Row) -> Row:
    """The row as it is stored, locked for the rest of the transaction."""
    # Without its key: rows that refer to this one can still be added meanwhile.
    # By the model, not the type: the signed-in user comes wrapped in a lazy object.
    return row._meta.model._default_manager.select_for_update(no_key=True).get(pk=row.pk)


def held(row: Row) -> Row:
    """The row as it is stored, held so for the rest of the transaction: others may hold it too,
    and nobody changes it meanwhile. Where writers queue, there is nobody to hold it against."""
    model = row._meta.model
    if connection.vendor == "postgresql":
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR SHARE", [row.pk])  # noqa: S608
    return model._default_manager.get(pk=row.pk)


def _tidy(value: Any) -> Any:
    """Text without the line ends that browsers send and without space around it."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def _last_entry(row: models.Model) -> AuditEntry | None:
    return AuditEntry.objects.filter(
        object_type=row._meta.label_lower, object_id=str(row.pk)
    ).first()
