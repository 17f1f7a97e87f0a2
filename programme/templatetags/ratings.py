"""Ratings in templates: `{% load ratings %}`, then `{{ project.overall|rating }}`."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from programme.common import ratings

register = template.Library()


@register.filter
def rating(value: Any) -> SafeString | str:
    """A level (code, word, colour), or a rating with its ``level``, ``movement`` and ``previous``
    level, as letter and word on its colour; nothing for nothing."""
    return ratings.of(value)
