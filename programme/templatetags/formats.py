"""The one formatter in templates: `{% load formats %}`, then `{{ meeting.held_on|day }}`."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from programme.common import formats, richtext

register = template.Library()
register.filter("day", formats.day)
register.filter("short_day", formats.short_day)
register.filter("plain_date", formats.plain_date)
register.filter("money", formats.money)


@register.filter
def rich(html: str) -> SafeString:
    """Stored rich text for a page: cleaned once more, so that nothing a row may hold is believed,
    however it came there."""
    return mark_safe(richtext.clean(html))  # noqa: S308 - cleaned on this very line
