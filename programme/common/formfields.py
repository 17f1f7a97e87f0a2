"""Form fields for dates, money, and values that may be circa, to be confirmed or not applicable.

Every message says what to do. A field that knows its label names itself in its messages, so that
they make sense in the error summary at the top of the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from programme.common import typed
from programme.common.calendar import FIRST_YEAR, LAST_YEAR
from programme.common.english import lower_first
from programme.common.forms import required_message
from programme.common.questions import subject
from programme.common.typed import MAX_POUNDS
from programme.common.values import PENNY, Amount, Certainty, PlainDate
from programme.common.widgets import (
    AmountInput,
    DateInput,
    DateParts,
    MoneyInput,
    PercentInput,
    PlainDateInput,
)
from programme.common.words import say, spoken

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


_LONGEST_PK = 18
"""Figures that fit into the number of a row on every engine."""
PLAUSIBLE = f"a year from {FIRST_YEAR} to {LAST_YEAR}"


class PartsError(ValidationError):
    """A validation error that knows which parts of a field are wrong ("day", "month", "value")."""

    def __init__(self, message: str, code: str, parts: Sequence[str]) -> None:
        super().__init__(message, code=code)
        self.parts = tuple(parts)


class DateField(forms.Field):
    """A calendar date typed as day, month and year; a month may be a number or a name.

    Cleans to ``datetime.date``, or None when nothing is typed and the field is not required.
    ``day_optional`` reads a missing day as the first of the month. A year that no programme can
    mean (1066, 9999) is a slip of the hand, and is refused.
    """

    widget = DateInput
    asks_for = "a date"
    default_error_messages = {"required": "Enter a date"}

    def clean(self, value: Any) -> date | None:
        parts = DateParts.of(value)
        if not parts:
            if self.required:
                raise PartsError(self.error_messages["required"], "required", DateParts._fields)
            return None
        day = self.read(parts)
        self.run_validators(day)
        return day

    def read(self, parts: DateParts, *, day_optional: bool = False) -> date:
        """The date that was typed; raises :class:`PartsError` naming the parts that are wrong."""
        if day_optional and not parts.day:
            parts = parts._replace(day="1")
        missing = [part for part in DateParts._fields if not getattr(parts, part)]
        if missing:
            raise PartsError(
                self._say("must include", "Enter a date that includes", _list_parts(missing)),
                "incomplete",
                missing,
            )
        if not re.fullmatch(r"[0-9]{4}", parts.year):
            raise PartsError(
                self._say("must have", "Enter a date that has", "a year of 4 numbers"),
                "year",
                ["year"],
            )
        if not FIRST_YEAR <= int(parts.year) <= LAST_YEAR:
            raise PartsError(
                self._say("must have", "Enter a date that has", PLAUSIBLE), "implausible", ["year"]
            )
        month = _month_number(parts.month)
        if month is None:
            raise PartsError(
                self._say("must have", "Enter a date that has", "a month from 1 to 12"),
                "month",
                ["month"],
            )
        try:
            # A long row of figures is no day, and more than a date can be asked about.
            day = int(parts.day) if re.fullmatch(r"[0-9]{1,2}", parts.day) else 0
            return date(int(parts.year), month, day)
        except ValueError:
            raise PartsError(
                self._say("must be", "Enter", "a real date, such as 27 3 2026"),
                "unreal",
                DateParts._fields,
            ) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial or None) != bool(DateParts.of(data)) or (
                bool(initial) and self.read(DateParts.of(data)) != initial
            )
        except ValidationError:
            return True

    def _say(self, with_label: str, without_label: str, rest: str) -> str:
        named = f"{subject(str(self.label))} {with_label}" if self.label else without_label
        return f"{named} {rest}"


def _month_number(text: str) -> int | None:
    """1 to 12 of "3", "03", "March" or "Mar"; None for anything else."""
    if re.fullmatch(r"[0-9]{1,2}", text):
        return int(text) if 1 <= int(text) <= 12 else None
    word = text.lower().rstrip(".")
    if len(word) < 3:
        return None
    return next((i for i, name in enumerate(MONTHS, 1) if name.startswith(word)), None)


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _list_parts(parts: Sequence[str]) -> str:
    return "a " + " and ".join(parts)


class _NamesItself(forms.Field):
    """A field of one value whose messages have its label, where it has one: "Fixed from Essex
    Police must not be below £0". ``rules`` says of each code what the value must be, and how that
    is asked for without a label."""

    rules: ClassVar[dict[str, tuple[str, str]]] = {}

    def refuse(self, code: str) -> ValidationError:
        named, alone = (say(words) for words in self.rules[code])
        return ValidationError(
            f"{subject(str(self.label))} must {named}" if self.label else alone, code=code
        )

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            alone = say(str(self.error_messages["required"]))
            raise ValidationError(required_message(self) if self.label else alone, code="required")


class MoneyField(_NamesItself):
    """An amount in pounds, typed as people write it: "£1,234.50", "1 234.50", "−500", "(500)",
    "12k", "1.2m".

    Cleans to a ``Decimal`` with pence, or None when nothing is typed and the field is not
    required. An amount below zero is refused unless ``negative`` is true.
    """

    widget = MoneyInput
    asks_for = "an amount"
    default_error_messages = {"required": "Enter an amount in pounds"}
    rules = {
        "invalid": (
            "be an amount like 1,200 or 1.2m, in pounds with up to two decimals",
            "Enter an amount like 1,200 or 1.2m, in pounds with up to two decimals",
        ),
        "negative": ("not be below £0", "Enter an amount that is not below £0"),
        "too_large": (
            "be below £1,000,000,000,000",
            "Enter an amount below £1,000,000,000,000",
        ),
    }

    def __init__(self, *, negative: bool = False, **kwargs: Any) -> None:
        self.negative = negative
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        if isinstance(value, (Decimal, int)):
            return Decimal(value).quantize(PENNY)
        text = str(value).strip()
        if not text:
            return None
        try:
            return typed.pounds(text, spoken().sign)
        except typed.TooLarge:
            raise self.refuse("too_large") from None
        except typed.NotReadable:
            raise self.refuse("invalid") from None

    def validate(self, value: Decimal | None) -> None:
        super().validate(value)
        if value is None:
            return
        if value < 0 and not self.negative:
            raise self.refuse("negative")
        if abs(value) > MAX_POUNDS:
            raise self.refuse("too_large")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class PercentField(_NamesItself):
    """A share in percent, typed with its sign or without: "28.05%", "28.05". Cleans to a number of
    percent as a ``Decimal``, or None when nothing is typed and the field is not required."""

    widget = PercentInput
    asks_for = "a percentage"
    default_error_messages = {"required": "Enter a percentage"}
    rules = {
        "invalid": (
            "be a percentage from 0 to 100 like 28.05, with up to four decimals",
            "Enter a percentage from 0 to 100 like 28.05, with up to four decimals",
        ),
    }

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        if isinstance(value, (Decimal, int)):
            return Decimal(value)
        text = str(value).strip()
        try:
            share = typed.percent(text) if text else None
        except typed.NotReadable:
            raise self.refuse("invalid") from None
        if share is not None and share > 100:
            raise self.refuse("invalid")
        return share

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows to tick. A number that is too large for any row's is no row's number."""

    def _check_values(self, value: Any) -> Any:
        for pk in value if isinstance(value, (list, tuple)) else ():
            if len(str(pk)) > _LONGEST_PK:
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": str(pk)[:_LONGEST_PK]},
                )
        return super()._check_values(value)


class _CertainField(forms.MultiValueField):
    """A value with its certainty. Always answered: who has no value says that it is TBC or n/a.

    ``certainties`` are those on offer, all four unless told. ``thing`` is what is asked for.
    """

    thing = ""

    @property
    def missing(self) -> str:
        return self._named(
            f"Enter {_a(self.thing)}, or say that it is to be confirmed or not applicable"
        )

    def contradiction(self, certainty: Certainty) -> str:
        return self._named(
            f"Take the {self.thing} out, or do not say that it is {certainty.label.lower()}"
        )

    def _named(self, message: str) -> str:
        return f"{self.label}: {lower_first(message)}" if self.label else message

    def __init__(
        self,
        value_field: forms.Field,
        *,
        certainties: Sequence[Certainty] = tuple(Certainty),
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("widget", self.widget(certainties=certainties))
        choices = [(member.value, member.label) for member in certainties]
        super().__init__(
            fields=(value_field, forms.ChoiceField(choices=choices, required=False)),
            require_all_fields=False,
            required=True,
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        if isinstance(value, (Amount, PlainDate)):
            return value  # a disabled field keeps its initial value
        self.fields[0].label = self.label
        raw, certainty = value if value else (None, "")
        given = bool(raw.strip() if isinstance(raw, str) else raw is not None and raw)
        if not given and not certainty:
            raise PartsError(self.missing, "required", ["value"])
        chosen = self.fields[1].clean(certainty) or Certainty.EXACT.value
        cleaned = self.combine(raw, given, Certainty(chosen))
        self.run_validators(cleaned)
        return cleaned

    def combine(self, raw: Any, given: bool, certainty: Certainty) -> Any:
        """The cleaned value; raises when value and certainty contradict each other."""
        if certainty in (Certainty.TBC, Certainty.NOT_APPLICABLE):
            if given:
                raise PartsError(self.contradiction(certainty), "contradiction", ["value"])
            return self.build(None, certainty)
        if not given:
            raise PartsError(self.missing, "missing", ["value"])
        return self.build(self.read(raw, certainty), certainty)

    def read(self, raw: Any, certainty: Certainty) -> Any:
        raise NotImplementedError

    def build(self, value: Any, certainty: Certainty) -> Any:
        raise NotImplementedError

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.clean(data) != initial)
        except ValidationError:
            return True


class AmountField(_CertainField):
    """Asks for an :class:`~programme.common.values.Amount` and cleans to one."""

    widget = AmountInput
    thing = "amount"

    def __init__(self, *, negative: bool = False, **kwargs: Any) -> None:
        super().__init__(MoneyField(required=False, negative=negative), **kwargs)

    def read(self, raw: Any, certainty: Certainty) -> Decimal:
        try:
            pounds: Decimal = self.fields[0].clean(raw)
        except ValidationError as error:
            raise PartsError(error.messages[0], error.code or "invalid", ["value"]) from None
        return pounds

    def build(self, value: Decimal | None, certainty: Certainty) -> Amount:
        return Amount(value, certainty)


class PlainDateField(_CertainField):
    """Asks for a :class:`~programme.common.values.PlainDate` and cleans to one.

    A date that is circa needs no day: it is kept as the first of its month.
    """

    widget = PlainDateInput
    thing = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(DateField(required=False), **kwargs)

    def read(self, raw: Any, certainty: Certainty) -> date:
        circa = certainty is Certainty.CIRCA
        day: date = self.fields[0].read(DateParts.of(raw), day_optional=circa)
        return day.replace(day=1) if circa else day

    def build(self, value: date | None, certainty: Certainty) -> PlainDate:
        return PlainDate(value, certainty)
