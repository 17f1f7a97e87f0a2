"""Keeping stored rows as a file says: made when they are new, changed where they differ, and taken
away where the file no longer names them. Loading the same file twice changes nothing.

What people entered or changed in the portal is theirs: a file takes none of it away.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any, Generic, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, RestrictedError

from programme import audit
from programme.common.validation import unseen_signs
from programme.models import User
from programme.programme_file.yamlfile import Entry, Unknown, YamlError

Source = TypeVar("Source")
Thing = TypeVar("Thing")
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Altered:
    """A stored row that a file changes: by its name, each field with its value before and after."""

    words: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass
class Loading:
    """One run over a file: how many rows it made, changed or found as they should be, and what
    became of stored rows that the file did not name: ``removed``, ``withdrawn``, or ``left`` as
    they were, each with the reason. One that is ``told`` names as well what it made and changed.
    ``by`` is who loads; None for a command. A loading is ``bounded`` when somebody loads into a
    programme that has begun: what people agreed in it one by one is not a file's to say."""

    made: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    not_named: list[tuple[models.Model, str, bool]] = field(default_factory=list)
    told: bool = False
    by: User | None = None
    bounded: bool = False
    added: list[str] = field(default_factory=list)
    altered: list[Altered] = field(default_factory=list)

    def rows(
        self,
        queryset: models.QuerySet[Row],
        *key: str,
        reports_left: bool = True,
        removable: bool = True,
        repeats: bool = False,
    ) -> Rows[Row]:
        """The rows of a queryset, known by the fields of their natural key.

        ``reports_left`` is off for rows that other programmes share, ``removable`` for those that
        only people end, such as somebody's role. Rows that ``repeats`` allows to have the same key
        are told apart by their place among those.
        """
        return Rows(self, queryset, key, reports_left, removable, repeats)

    @property
    def touched(self) -> int:
        return self.made + self.changed + len(self.removed) + len(self.withdrawn)

    @property
    def names(self) -> dict[str, list[str]]:
        """By name what was added and changed, of a loading that was told to keep them."""
        if not self.told:
            return {}
        return {"added": self.added, "altered": [each.words for each in self.altered]}

    @contextmanager
    def section(self) -> Iterator[None]:
        """A section of the file: its problems are kept, and the next section is read as well.

        After a section with problems, names that are not known are no news: what they name may be
        what could not be read. They are said in the next run, if they are wrong still.
        """
        try:
            yield
        except YamlError as error:
            hidden = Unknown if self.problems else ()
            self.problems += [each for each in error.problems if not isinstance(each, hidden)]
        except KeyError:
            if not self.problems:
                raise

    def refuse(self) -> None:
        """Raises YamlError when any section had problems."""
        if self.problems:
            raise YamlError(*self.problems)

    def settle(self, is_somebodys: Callable[[models.Model], bool], day: date) -> None:
        """Takes away the rows that the file no longer names, those that others refer to after
        these: deleted where nothing refers to them, else withdrawn on ``day`` where their model
        can be. What ``is_somebodys`` says people entered or changed stays, and is named."""
        for row, words, removable in reversed(self.not_named):
            if getattr(row, "withdrawn_on", None):
                continue
            if not removable:
                self.left.append(f"{words}: only people end it")
            elif is_somebodys(row):
                self.left.append(f"{words}: entered or changed in the portal")
            elif _deleted(row):
                self.removed.append(words)
            elif _withdrawn(row, day):
                self.withdrawn.append(words)
            else:
                self.left.append(f"{words}: other rows refer to it")


class Unsaid:
    """The value of what a file may leave out without meaning that there is none: somebody's own
    account, and when they did something. A stored row keeps it; an example's account, which a file
    could name, goes."""

    def of(self, row: models.Model | None, name: str) -> Any:
        stored = None if row is None else getattr(row, name)
        return None if getattr(stored, "is_example", False) else stored


UNSAID = Unsaid()


class Rows(Generic[Row]):
    """The stored rows of one kind, read in one query, to be kept as a file says."""

    def __init__(
        self,
        loading: Loading,
        queryset: models.QuerySet[Row],
        key: Sequence[str],
        reports_left: bool,
        removable: bool,
        repeats: bool,
    ) -> None:
        self._loading, self._key, self._reports_left = loading, key, reports_left
        self._removable, self._repeats = removable, repeats
        self._model: type[Row] = queryset.model
        self._what = str(queryset.model._meta.verbose_name)
        self._stored: dict[tuple[Any, ...], Row] = {}
        for row in queryset:
            self._stored[self._next(self._key_of(row), self._stored)] = row
        self._kept: set[tuple[Any, ...]] = set()

    def put(
        self,
        entry: Entry,
        *,
        many: dict[str, list[models.Model]] | None = None,
        at_key: str = "",
        **values: Any,
    ) -> Row:
        """The row with the natural key found in ``values``, made or changed to hold them.

        ``many`` holds what many-to-many fields should hold; ``at_key`` is the key whose
        line problems name, where the entry holds several rows. An unchanged row is not saved; a
        changed one has its version counted up. Raises YamlError with the entry's line when the
        model refuses the values.
        """
        stored = self._find(entry, values, at_key)
        row = stored or self._model()
        values = {
            name: value.of(stored, name) if isinstance(value, Unsaid) else value
            for name, value in values.items()
        }
        differing = {
            name: value
            for name, value in values.items()
            if stored is None or _current(row, name) != _comparable(value)
        }
        links = {
            name: others
            for name, others in (many or {}).items()
            if (stored is not None or others) and _linked(stored, name) != {o.pk for o in others}
        }
        told = self._before(stored, [*differing, *links])
        for name, value in differing.items():
            setattr(row, name, value)
        if stored is None or differing or links:
            if stored is not None and hasattr(row, "version"):
                row.version += 1
            with refusals(entry, at_key):
                save_checked(row)
        for name, others in links.items():
            getattr(row, name).set(others)
        self._count(stored is None, bool(differing or links))
        self._tell(row, stored is None, told, [*differing, *links])
        return row

    def put_by(
        self,
        entry: Entry,
        action: Callable[[Row | None], Row],
        *,
        also: dict[str, Any] | None = None,
        **key: Any,
    ) -> Row:
        """The row that an action saves, counted by its version. The action is given the row that
        is stored under the natural key, None where there is none; ``also`` holds what the row says
        that is not the action's to set."""
        stored = self._find(entry, key)
        version = getattr(stored, "version", None)
        own = [item.name for item in self._model._meta.concrete_fields if item.editable]
        told = self._before(stored, own)
        with refusals(entry):
            row = action(stored)
            differing = {
                name: value for name, value in (also or {}).items() if getattr(row, name) != value
            }
            if differing:
                for name, value in differing.items():
                    setattr(row, name, value)
                row.version += 0 if stored is None else 1
                save_checked(row)
        changed = getattr(row, "version", None) != version
        self._count(stored is None, changed)
        self._tell(row, stored is None, told, own if changed else [])
        return row

    def _before(self, row: Row | None, names: Sequence[str]) -> dict[str, str]:
        """What a stored row says before it is changed; nothing where nobody wants to know."""
        if not self._loading.told or row is None:
            return {}
        return {name: in_words(row, name) for name in names}

    def _tell(self, row: Row, made: bool, before: dict[str, str], names: Sequence[str]) -> None:
        loading = self._loading
        if not loading.told:
            return
        if made:
            loading.added.append(f"{self._what} “{row}”")
        elif names:
            after = {name: in_words(row, name) for name in names}
            fields = tuple(
                (name.replace("_", " "), before[name], after[name])
                for name in names
                if before[name] != after[name]
            )
            loading.altered.append(Altered(f"{self._what} “{row}”", fields))

    def make_room(self, number: str, wanted: dict[tuple[Any, ...], int | None]) -> None:
        """Moves stored rows aside when a number that must be unique changes hands.

        ``wanted`` is the number that each natural key will have. Does nothing when all stored
        rows have the number wanted, so that a second run leaves them alone.
        """
        taken = {value: key for key, value in wanted.items() if value is not None}
        held = {key: getattr(row, number) for key, row in self._stored.items()}
        in_the_way = [key for key, value in held.items() if value in taken and taken[value] != key]
        free = 1 + max(
            [*taken, *(value for value in held.values() if value is not None)], default=0
        )
        for aside, key in enumerate(in_the_way, free):
            setattr(self._stored[key], number, aside)
            self._stored[key].save(update_fields=[number])

    def finish(self) -> None:
        """Notes the stored rows that the file did not name, for :meth:`Loading.settle`."""
        if self._reports_left:
            left = [row for key, row in self._stored.items() if key not in self._kept]
            self._loading.not_named += [
                (row, f"{self._what} “{row}”", self._removable) for row in left
            ]

    def _find(self, entry: Entry, values: dict[str, Any], at_key: str = "") -> Row | None:
        key = self._next(tuple(_comparable(values[name]) for name in self._key), self._kept)
        if key in self._kept:
            raise entry.problem(f"this {self._what} stands twice in the file", key=at_key)
        self._kept.add(key)
        return self._stored.get(key)

    def _next(self, key: tuple[Any, ...], known: Container[tuple[Any, ...]]) -> tuple[Any, ...]:
        """The key; of rows that may repeat it, with the first number that is still free."""
        if not self._repeats:
            return key
        return next((*key, n) for n in count() if (*key, n) not in known)

    def _key_of(self, row: Row) -> tuple[Any, ...]:
        return tuple(_current(row, name) for name in self._key)

    def _count(self, made: bool, changed: bool) -> None:
        if made:
            self._loading.made += 1
        elif changed:
            self._loading.changed += 1
        else:
            self._loading.unchanged += 1


def save_checked(row: models.Model) -> None:
    """``full_clean`` and ``save``, for a row whose related rows were just read or saved.

    Every constraint of a model is one of its table too, so the table is asked first, and the
    model only when the table refuses: to find out which of its rules it was. That halves the time
    of a load. Raises ValidationError.
    """
    row.clean_fields(exclude={item.name for item in row._meta.fields if item.is_relation})
    row.clean()
    if unseen := unseen_signs(row):
        raise ValidationError(unseen)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        row.validate_unique()
        row.validate_constraints()
        raise ValidationError(f"The database refuses it: {error}") from error


@contextmanager
def refusals(entry: Entry, at_key: str = "") -> Iterator[None]:
    """Turns a ValidationError raised inside into a YamlError with the lines it is about: those of
    the keys that are named like the fields, else that of ``at_key`` or of the entry."""
    try:
        yield
    except ValidationError as error:
        by_field = getattr(error, "message_dict", {NON_FIELD_ERRORS: error.messages})
        problems = []
        for name, messages in by_field.items():
            prefix = "" if name == NON_FIELD_ERRORS else f"'{name}': "
            key = name if name in entry.keys else at_key
            problems += [str(entry.problem(f"{prefix}{message}", key=key)) for message in messages]
        raise YamlError(*problems) from error


def _deleted(row: models.Model) -> bool:
    """Deletes a row, unless others refer to it."""
    try:
        with transaction.atomic():
            row.delete()
    except (ProtectedError, RestrictedError, IntegrityError):
        return False
    return True


def _withdrawn(row: models.Model, day: date) -> bool:
    """Withdraws a row where its model can be."""
    if not hasattr(row, "withdrawn_on"):
        return False
    row.withdrawn_on = day
    if hasattr(row, "withdrawn_reason"):
        row.withdrawn_reason = "The programme’s file no longer names it."
    if hasattr(row, "version"):
        row.version += 1
    try:
        save_checked(row)
    except ValidationError:
        return False
    return True


def in_words(row: models.Model, name: str) -> str:
    """The value of a field as a reader of a preview sees it."""
    value = audit.snapshot(row, [name])[name]
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _comparable(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _current(row: models.Model, name: str) -> Any:
    """The stored value of a field or value property; the key of a related row, unread."""
    try:
        item = row._meta.get_field(name)
    except FieldDoesNotExist:
        return getattr(row, name)
    return getattr(row, item.attname)


def _linked(row: models.Model | None, name: str) -> set[Any]:
    return set() if row is None else set(getattr(row, name).values_list("pk", flat=True))


class Problems:
    """Gathers what is wrong in several entries, so that one run tells all of it."""

    def __init__(self) -> None:
        self._found: list[str] = []

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Keeps the problems raised inside for :meth:`refuse`."""
        try:
            yield
        except YamlError as error:
            self._found.extend(error.problems)

    def refuse(self) -> None:
        """Raises :class:`YamlError` when anything was gathered."""
        if self._found:
            raise YamlError(*self._found)


def each(entries: Iterable[Source], build: Callable[[Source], Thing]) -> list[Thing]:
    """What ``build`` makes of each entry. Goes on to the last one before it raises, so that one
    :class:`YamlError` names what is wrong in all of them."""
    problems, built = Problems(), []
    for entry in entries:
        with problems.gathered():
            built.append(build(entry))
    problems.refuse()
    return built


def each_after_its_parents(
    entries: Iterable[Entry], key: str, links: Sequence[str], build: Callable[[Entry], Thing]
) -> None:
    """As :func:`each`, but builds every entry after those that its ``links`` name by their ``key``.

    An entry below one that is wrong is left out: what is said of it would only mislead.
    """
    problems, wrong = Problems(), set()
    for entry in parents_first(entries, key, *links):
        if wrong.intersection(entry.text(link, None) for link in links):
            wrong.add(entry.text(key))
            continue
        with problems.gathered():
            wrong.add(entry.text(key))
            build(entry)
            wrong.discard(entry.text(key))
    problems.refuse()


DEEPEST = 30
"""Levels that boards, workstreams or projects of a file can stand below one another."""


def parents_first(entries: Iterable[Entry], key: str, *links: str) -> list[Entry]:
    """Entries in such an order that each comes after those its ``links`` name by their ``key``.

    Raises :class:`YamlError` for a name that no entry has, and for entries that stand in a circle.
    """
    listed = list(entries)
    by_key = {str(entry.text(key)): entry for entry in listed}
    ordered: dict[int, Entry] = {}

    def place(entry: Entry, below: tuple[Entry, ...]) -> None:
        if id(entry) in ordered:
            return
        if len(below) > DEEPEST:
            raise entry.problem(f"it stands more than {DEEPEST} levels below the first")
        if entry in below:
            circle = " → ".join(str(one.text(key)) for one in (*below[below.index(entry) :], entry))
            raise entry.problem(f"these stand in a circle: {circle}")
        for link in links:
            other = entry.ref(link, by_key, None)
            if other is not None:
                place(other, (*below, entry))
        ordered[id(entry)] = entry

    for entry in listed:
        place(entry, ())
    return list(ordered.values())
