"""A state, or a kind, as a tag: its word on a colour, so that neither speaks alone."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString


def tag(words: str, colour: str) -> SafeString:
    """GOV.UK's tag in one of its colours ("blue", "grey", "red" …)."""
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, words)
