"""Writing a programme's rows as the file that loads them.

What a row says is taken from its model: each field under its own name, related rows by the names
that files use, and nothing for what is empty. A field that a model gets is carried from then on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

import yaml
from django.db import models

from programme.common.fields import CertaintyField
from programme.common.values import Amount, Certainty, PlainDate
from programme.models import Meeting, PlanPriority, Programme, SetUpPart, User
from programme.programme_file.parts import priority_name
from programme.programme_file.yamlfile import (
    AS_IT_IS,
    NOT_APPLICABLE,
    RICH,
    TBC,
    reads_as_written,
)

Row = TypeVar("Row", bound=models.Model)
Tree = dict[str, Any]

_NEVER = frozenset({"version", "created_at", "updated_at", "order"})
_WIDTH = 110
_ON_ONE_LINE = 88


class Rich(str):
    """A rich text, which a file carries as it is stored."""

    __slots__ = ()


class Writing:
    """One export of a programme: its rows by kind, and the names by which a file refers to them.

    Of accounts only an example's are named: whose the others are is no programme's to carry.

    With ``only_in_use`` it leaves out what was withdrawn and what is said of it, and places and
    ranks close up. What something in use stands on comes along, in use itself: see ``keep``.
    """

    def __init__(self, programme: Programme, *, only_in_use: bool = False) -> None:
        self.programme, self.only_in_use = programme, only_in_use
        self._kept: dict[type[models.Model], set[Any]] = defaultdict(set)
        self._names: dict[type[models.Model], dict[Any, Any]] = {}
        self._latest: dict[int, int] | None = None

    def rows(self, model: type[Row], **chosen: Any) -> list[Row]:
        """The programme's rows of a kind, in the order that their numbers give them, else in that
        of their model; what they link to many of is read with them."""
        links = [field.name for field in model._meta.many_to_many]
        found = list(
            model.objects.of(self.programme)
            .filter(**chosen)
            .order_by(*model._meta.ordering, "pk")
            .prefetch_related(*links)
        )
        if self.only_in_use:
            found = [row for row in found if self._is_in_use(row)]
        return sorted(found, key=lambda row: getattr(row, "order", 0))

    def keep(self, model: type[models.Model], keys: Iterable[Any]) -> None:
        """Says of withdrawn rows that something in use cannot do without them. Before the first of
        their kind is written or named."""
        self._kept[model].update(keys)

    def _is_in_use(self, row: models.Model) -> bool:
        """Whether it is not withdrawn, and neither is what it cannot be without."""
        if getattr(row, "withdrawn_on", None) is not None and row.pk not in self._kept[type(row)]:
            return False
        return all(
            self.name(field.related_model, getattr(row, field.attname)) is not None
            for field in row._meta.concrete_fields
            if field.is_relation and not field.null and issubclass(field.related_model, SetUpPart)
        )

    def below(self, model: type[Row], parent: str) -> dict[Any, list[Row]]:
        """The programme's rows of a kind by the key of what they stand below."""
        found: dict[Any, list[Row]] = defaultdict(list)
        for row in self.rows(model):
            found[getattr(row, f"{parent}_id")].append(row)
        return found

    def said(
        self, row: models.Model, *, leave_out: Collection[str] = (), rich: Collection[str] = ()
    ) -> Tree:
        """What a row says of itself: its fields by their names, empty ones left out. ``leave_out``
        are those that its place in the file says, ``rich`` those that hold rich text."""
        tree: Tree = {}
        fields = row._meta.concrete_fields
        values = {each.name.removesuffix("_certainty") for each in fields if _is_certainty(each)}
        parts = {f"{stem}_{part}" for stem in values for part in ("pounds", "day")}
        for field in fields:
            name = field.name
            if field.primary_key or name in _NEVER or name in leave_out or name in parts:
                continue
            if name == "withdrawn_on" and self.only_in_use:
                continue
            if _is_certainty(field):
                stem = name.removesuffix("_certainty")
                if stem not in leave_out:
                    tree[stem] = getattr(row, stem)
                continue
            value = getattr(row, field.attname)
            if field.is_relation and value is not None:
                value = self.name(field.related_model, value)
            switched_off = value is False and field.get_default() is not False
            if switched_off:
                tree[name] = value
            elif not _is_empty(value):
                tree[name] = Rich(value) if name in rich else value
        for link in row._meta.many_to_many:
            others = getattr(row, link.name).all()
            known = [self.name(link.related_model, other.pk) for other in others]
            names = [name for name in known if name is not None]
            if names and link.name not in leave_out:
                tree[link.name] = names
        return tree

    def listed(self, rows: Iterable[Row], build: Callable[[Row], Tree]) -> list[Tree]:
        """What ``build`` says of each row, with its number where that is not its place."""
        if self.only_in_use:
            return [build(row) for row in rows]
        return [_placed(row, build(row), place) for place, row in enumerate(rows, 1)]

    def ranks(self, rows: Iterable[models.Model]) -> dict[Any, int]:
        """The rank of each row of one scale that has one, by its key: of those in use alone,
        without a gap."""
        ranked = {row.pk: row.rank for row in rows if row.rank is not None}
        if not self.only_in_use:
            return ranked
        return {key: place for place, key in enumerate(sorted(ranked, key=ranked.__getitem__), 1)}

    def all(self, model: type[Row], *, rich: Collection[str] = (), **chosen: Any) -> list[Tree]:
        """Every row of a kind that stands right below the programme."""
        rows = self.rows(model, **chosen)
        return self.listed(rows, lambda row: self.said(row, leave_out=("programme",), rich=rich))

    def name(self, model: type[models.Model], key: Any) -> Any:
        """What a file calls a row; None for somebody's own account."""
        if model not in self._names:
            self._names[model] = self._names_of(model)
        return self._names[model].get(key)

    def _names_of(self, model: type[models.Model]) -> dict[Any, Any]:
        if model is User:
            known = User.objects.filter(is_example=True, known_as__programme=self.programme)
            return dict(known.values_list("pk", "email"))
        rows = model.objects.of(self.programme).order_by("pk")
        if self.only_in_use and issubclass(model, SetUpPart):
            rows = rows.filter(pk__in=[row.pk for row in self.rows(model)])
        if model is PlanPriority:
            return _priorities(rows)
        if model is Meeting:
            return {row.pk: row.held_on for row in rows}
        attribute = next(name for name in ("slug", "ref", "code") if hasattr(model, name))
        return dict(rows.values_list("pk", attribute))


def _priorities(rows: Iterable[PlanPriority]) -> dict[int, str]:
    """A priority's number; with the day from which it is in force where another in the file has
    the number too."""
    listed = list(rows)
    numbers = [row.number for row in listed]
    return {
        row.pk: str(row.number) if numbers.count(row.number) == 1 else priority_name(row)
        for row in listed
    }


def without_empty(tree: Mapping[str, Any]) -> Tree:
    """A tree without the keys behind which nothing stands."""
    return {key: value for key, value in tree.items() if not _is_empty(value)}


def _placed(row: models.Model, tree: Tree, place: int) -> Tree:
    number = getattr(row, "order", place)
    return tree if number == place else tree | {"order": number}


def _is_certainty(field: models.Field) -> bool:
    return isinstance(field, CertaintyField)


def _is_empty(value: Any) -> bool:
    return value is None or value is False or (not value and hasattr(value, "__len__"))


# --- as YAML --------------------------------------------------------------------------------------


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def dump(tree: Tree, heading: str) -> str:
    """The text of a file: ``heading`` as its first comment, then the tree."""
    text = yaml.dump(
        tree, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH, indent=2
    )
    return f"# {' '.join(heading.split())}\n\n{text}"


def _plain(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    if reads_as_written(text):
        return _plain(dumper, text)
    return dumper.represent_scalar(AS_IT_IS, text, style='"')


def _rich(dumper: yaml.SafeDumper, text: Rich) -> yaml.Node:
    return dumper.represent_scalar(RICH, str(text), style="|")


def _number(dumper: yaml.SafeDumper, number: Decimal) -> yaml.Node:
    tag = "tag:yaml.org,2002:float" if number % 1 else "tag:yaml.org,2002:int"
    return dumper.represent_scalar(tag, in_digits(number))


def in_digits(number: Decimal) -> str:
    """A number as files write it: 1250 or 1250.5, never 1.25E+3."""
    return f"{number.normalize():f}"


def _known(value: Amount | PlainDate, words: str) -> str:
    match value.certainty:
        case Certainty.TBC:
            return TBC
        case Certainty.NOT_APPLICABLE:
            return NOT_APPLICABLE
        case Certainty.CIRCA:
            return f"circa {words}"
        case _:
            return words


def _amount(dumper: yaml.SafeDumper, amount: Amount) -> yaml.Node:
    if amount.certainty is Certainty.EXACT and amount.pounds is not None:
        return _number(dumper, amount.pounds)
    words = "" if amount.pounds is None else in_digits(amount.pounds)
    return _plain(dumper, _known(amount, words))


def _plain_date(dumper: yaml.SafeDumper, value: PlainDate) -> yaml.Node:
    if value.certainty is Certainty.EXACT and value.day is not None:
        return dumper.represent_date(value.day)
    return _plain(dumper, _known(value, "" if value.day is None else f"{value.day}"))


def _mapping(dumper: yaml.SafeDumper, tree: Tree) -> yaml.Node:
    node = dumper.represent_mapping("tag:yaml.org,2002:map", tree.items(), flow_style=False)
    node.flow_style = _is_short(value for pair in node.value for value in pair)
    return node


def _sequence(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.Node:
    node = dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=False)
    node.flow_style = _is_short(node.value)
    return node


def _is_short(nodes: Iterable[yaml.Node]) -> bool:
    """Whether all of it stands on one line: single values, few enough."""
    length = 0
    for node in nodes:
        if not isinstance(node, yaml.ScalarNode) or node.style == "|":
            return False
        length += len(node.value) + 2
    return length <= _ON_ONE_LINE


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Rich, _rich)
_Dumper.add_representer(Decimal, _number)
_Dumper.add_representer(Amount, _amount)
_Dumper.add_representer(PlainDate, _plain_date)
_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(list, _sequence)
_Dumper.add_representer(tuple, _sequence)
_Dumper.add_representer(datetime, lambda dumper, at: _plain(dumper, at.isoformat()))
_Dumper.add_representer(time, lambda dumper, at: _plain(dumper, f"{at:%H:%M}"))
_Dumper.add_representer(date, lambda dumper, day: dumper.represent_date(day))
