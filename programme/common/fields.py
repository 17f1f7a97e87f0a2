"""Model fields and constraints shared by every app: money, percentages, values that may be TBC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from programme.common.values import Amount, Certainty, PlainDate

Value = TypeVar("Value", Amount, PlainDate)


class MoneyField(models.DecimalField):
    """An amount in pounds with its pence; up to 999,999,999,999.99."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 14)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)


class PercentField(models.DecimalField):
    """A percentage as a number of percent (28.05 is 28.05%), to four decimals, 0 to 100."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 7)
        kwargs.setdefault("decimal_places", 4)
        kwargs.setdefault("validators", [MinValueValidator(0), MaxValueValidator(100)])
        super().__init__(*args, **kwargs)


class CertaintyField(models.CharField):
    """Whether the value beside it is exact, circa, to be confirmed or not applicable."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 15)
        kwargs.setdefault("choices", Certainty.choices())
        kwargs.setdefault("default", Certainty.EXACT.value)
        super().__init__(*args, **kwargs)


def _value_property(
    name: str, suffix: str, build: Callable[[Any, Certainty], Value], read: Callable[[Value], Any]
) -> property:
    value_field, certainty_field = f"{name}_{suffix}", f"{name}_certainty"

    def getter(self: models.Model) -> Value:
        return build(getattr(self, value_field), Certainty(getattr(self, certainty_field)))

    def setter(self: models.Model, value: Value) -> None:
        setattr(self, value_field, read(value))
        setattr(self, certainty_field, value.certainty.value)

    return property(getter, setter, doc=f"The two columns of {name!r} as one value.")


def amount_property(name: str) -> property:
    """``name_pounds`` and ``name_certainty`` as one :class:`Amount`, readable and writable."""

    def build(pounds: Decimal | None, certainty: Certainty) -> Amount:
        return Amount(None if pounds is None else Decimal(pounds), certainty)

    return _value_property(name, "pounds", build, lambda amount: amount.pounds)


def date_property(name: str) -> property:
    """``name_day`` and ``name_certainty`` as one :class:`PlainDate`, readable and writable."""

    def build(day: date | None, certainty: Certainty) -> PlainDate:
        return PlainDate(day, certainty)

    return _value_property(name, "day", build, lambda plain: plain.day)


def known_when_certain(model: str, name: str, suffix: str) -> models.CheckConstraint:
    """The value column is filled exactly when its certainty is exact or circa."""
    known = [Certainty.EXACT.value, Certainty.CIRCA.value]
    unknown = [Certainty.TBC.value, Certainty.NOT_APPLICABLE.value]
    value = f"{name}_{suffix}__isnull"
    certainty = f"{name}_certainty__in"
    return models.CheckConstraint(
        condition=Q(**{value: False, certainty: known}) | Q(**{value: True, certainty: unknown}),
        name=f"{model}_{name}_known_when_certain",
        violation_error_message="Give a value, or say that it is TBC or not applicable.",
    )


def not_negative(model: str, *fields: str) -> models.CheckConstraint:
    """None of the given columns is below zero (empty ones are left alone)."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__gte": 0}) | Q(**{f"{field}__isnull": True})
    return models.CheckConstraint(
        condition=condition,
        name=f"{model}_{fields[0]}_not_negative",
        violation_error_message="An amount cannot be negative here.",
    )


def in_order(model: str, first: str, last: str) -> models.CheckConstraint:
    """``first`` is not later than ``last``; either may be empty."""
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True})
        | Q(**{f"{last}__isnull": True})
        | Q(**{f"{first}__lte": F(last)}),
        name=f"{model}_{first}_before_{last}",
        violation_error_message="The end cannot be before the start.",
    )
