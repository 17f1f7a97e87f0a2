"""What a password must not be."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

GOOD = "Three words that have nothing to do with each other are good."
_HARD = 4
"""zxcvbn's best score: more than ten thousand million guesses."""
_LONGEST = 72
"""More is not looked at: it takes long and changes nothing."""
_OURS = ("collaboration", "collaborate", "portal", "police", "fire", "council", "programme")


class GuessValidator:
    """Refuses what a list of leaked passwords, names, words, dates and keyboard rows leads to,
    also with a capital, a year or "!" about it, and what the account itself suggests."""

    def validate(self, password: str, user: Any = None) -> None:
        about = [str(getattr(user, name, "") or "").lower() for name in ("email", "name")]
        hints = [*_OURS, *about, *re.findall(r"\w{3,}", " ".join(about))]
        if zxcvbn(password[:_LONGEST], user_inputs=hints)["score"] < _HARD:
            raise ValidationError(f"This password is too easy to guess. {GOOD}", code="guessable")

    def get_help_text(self) -> str:
        return GOOD
