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
    expected_version: int | None = None,
    by: User | None,
) -> Programme:
    """Gives a programme its own words, by the key of their term: ``{"project": {"one": "scheme",
    "many": "schemes"}}``. A term that is left out, or has its default words, has no word of its
    own. Raises ValidationError, by ``project_one`` and ``project_many``, for what is no word."""
    edit = Edit(programme, expected_version=expected_version)
    if problems := refused(words):
        raise ValidationError(problems)
    defaults = {term.key: {"one": term.one, "many": term.many} for term in TERMS}
    own = {
        key: dict(words[key]) for key in defaults if words.get(key, defaults[key]) != defaults[key]
    }
    edit.set(words=own)
    return edit.save("programme.words", by=by)
