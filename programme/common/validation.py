"""Checking a row before it is saved, with each problem beside the field that a form shows it at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db import models

_UNSEEN = frozenset({"Cc", "Cf", "Co", "Zl", "Zp"})
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that are printed as nothing."""
_MEANT = re.compile(
    "[\u200c-\u200f\u061c\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
    "\U000e0020-\U000e007f]"
)
_CONTROLS = {"\n": "line end", "\r": "line end", "\t": "tab"}
_SHOWN = 20
_LONGEST_NAME = 200
_COLUMNS_OF_A_VALUE = ("_pounds", "_day", "_certainty")


def validate(row: models.Model) -> None:
    """``full_clean``, except that what a constraint refuses is said at one of its fields.

    An amount or date that may be unknown goes by the name of its value ("amount"), not of its
    columns. Raises ValidationError with a dictionary of field → messages.
    """
    problems: dict[str, list[str]] = {}
    try:
        row.full_clean(validate_constraints=False)
    except ValidationError as error:
        problems = _by_value(row, error.message_dict)
    for name, sentence in unseen_signs(row).items():
        problems.setdefault(name, []).append(sentence)
    if problems:
        raise ValidationError(problems)
    for constraint in row._meta.constraints:
        try:
            constraint.validate(type(row), row)
        except ValidationError as error:
            field = shown_at(row, fields_of(constraint))
            message = _message(row, constraint) or error.messages[0]
            problems.setdefault(field, []).append(message)
    if problems:
        raise ValidationError(problems)


def unseen_signs(row: models.Model) -> dict[str, str]:
    """What is wrong with each line of text in a row (a name, a title) that holds a sign which
    nobody sees and which changes what others see: one that turns the order of letters round, or
    makes two names look alike. What is longer than a name, as a note is, may have several lines."""
    lines = [field for field in _filled_in(row) if isinstance(field, models.CharField)]
    said = {}
    for field in lines:
        text = str(getattr(row, field.attname) or "")
        is_note = (field.max_length or 0) > _LONGEST_NAME
        said[field.name] = unseen(" ".join(text.split()) if is_note else text)
    return {name: sentence for name, sentence in said.items() if sentence}


def unseen(line: str) -> str:
    """A sentence about the first sign of a line that cannot be seen; '' where there is none. The
    joiners and marks that scripts are written with, and flags, are meant."""
    if line.isprintable() and not _BLANK & set(line):
        return ""
    for place, sign in enumerate(line):
        unseen_ = sign in _BLANK or unicodedata.category(sign) in _UNSEEN
        loose = "\U000e0020" <= sign <= "\U000e007f" and "\U0001f3f4" not in line[:place]
        if unseen_ and (loose or not _MEANT.fullmatch(sign)):
            before = "".join(filter(str.isprintable, line[:place])).strip()[-_SHOWN:]
            where = f"after “{before}”" if before else "at the beginning"
            what = _CONTROLS.get(sign) or unicodedata.name(sign, "control character").lower()
            return f"Take out the sign {where} that cannot be seen ({what})"
    return ""


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
