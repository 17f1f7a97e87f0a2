"""Checking a row before it is saved, with each problem beside the field that a form shows it at."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db import models

_COLUMNS_OF_A_VALUE = ("_pounds", "_day", "_certainty")


def validate(row: models.Model) -> None:
    """``full_clean``, except that what a constraint refuses is said at one of its fields.

    An amount or date that may be unknown goes by the name of its value ("amount"), not of its
    columns. Raises ValidationError with a dictionary of field → messages.
    """
    try:
        row.full_clean(validate_constraints=False)
    except ValidationError as error:
        raise ValidationError(_by_value(row, error.message_dict)) from None
    problems: dict[str, list[str]] = {}
    for constraint in row._meta.constraints:
        try:
            constraint.validate(type(row), row)
        except ValidationError as error:
            field = shown_at(row, fields_of(constraint))
            message = _message(row, constraint) or error.messages[0]
            problems.setdefault(field, []).append(message)
    if problems:
        raise ValidationError(problems)


def fields_of(constraint: models.BaseConstraint) -> set[str]:
    """Names of the fields that a constraint speaks of."""
    if isinstance(constraint, models.UniqueConstraint):
        return set(constraint.fields)
    if isinstance(constraint, models.CheckConstraint):
        return set(constraint.condition.referenced_base_fields)
    return set()


def shown_at(row: models.Model, names: Iterable[str]) -> str:
    """The field beside which a problem of several is said: the last of them that people fill in.

    Of two dates in the wrong order that is the end, of a kind that asks for a reason the reason.
    """
    wanted = set(names)
    found = [field.name for field in _filled_in(row) if field.name in wanted]
    return _value_name(row, found[-1]) if found else NON_FIELD_ERRORS


def _filled_in(row: models.Model) -> list[models.Field]:
    return [field for field in row._meta.concrete_fields if not field.primary_key]


def _message(row: models.Model, constraint: models.BaseConstraint) -> str:
    """A sentence for a uniqueness that has none of its own; '' where the constraint says it."""
    default = constraint.default_violation_error_message
    if not isinstance(constraint, models.UniqueConstraint) or not constraint.fields:
        return ""
    if constraint.violation_error_message != default:
        return ""
    fields = [row._meta.get_field(name) for name in constraint.fields]
    own = [field for field in fields if not field.is_relation] or fields[-1:]
    same = " and ".join(str(field.verbose_name) for field in own)
    what = row._meta.verbose_name
    article = "an" if str(what)[0] in "aeio" else "a"
    return f"There is already {article} {what} with the same {same}."


def _by_value(row: models.Model, messages: dict[str, list[str]]) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for name, texts in messages.items():
        named.setdefault(_value_name(row, name), []).extend(texts)
    return named


def _value_name(row: models.Model, name: str) -> str:
    """ "amount" for "amount_pounds" where a property joins the two columns of a value."""
    for suffix in _COLUMNS_OF_A_VALUE:
        stem = name.removesuffix(suffix)
        if stem != name and isinstance(getattr(type(row), stem, None), property):
            try:
                row._meta.get_field(stem)
            except FieldDoesNotExist:
                return stem
    return name
