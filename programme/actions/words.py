"""What a programme calls its things."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.common.words import TERMS, refused
from programme.models import Programme, User
from programme.writing import Edit


@transaction.atomic
def save_words(
    *,
    programme: Programme,
    words: Mapping[str, Mapping[str, str]],
    currency_sign: str | None = None,
    movement_signs: str | None = None,
    expected_version: int | None = None,
    by: User | None,
) -> Programme:
    """Gives a programme its own words, by the key of their term: ``{"project": {"one": "scheme",
    "many": "schemes"}}``. A term that is left out, or has its default words, has no word of its
    own. ``currency_sign`` and ``movement_signs`` stay as they are where they are not given. Raises
    ValidationError, by ``project_one`` and ``project_many``, for what is no word, and for what
    cannot be a sign."""
    edit = Edit(programme, expected_version=expected_version)
    if problems := refused(words):
        raise ValidationError(problems)
    defaults = {term.key: {"one": term.one, "many": term.many} for term in TERMS}
    own = {
        key: dict(words[key]) for key in defaults if words.get(key, defaults[key]) != defaults[key]
    }
    edit.set(words=own)
    if currency_sign is not None:
        edit.set(currency_sign=currency_sign)
    if movement_signs is not None:
        edit.set(movement_signs=movement_signs)
    return edit.save("programme.words", by=by)
