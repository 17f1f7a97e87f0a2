"""The one formatter in templates: `{% load formats %}`, then `{{ meeting.held_on|day }}`."""

from django import template

from programme.common import formats, richtext

register = template.Library()
register.filter("day", formats.day)
register.filter("short_day", formats.short_day)
register.filter("plain_date", formats.plain_date)
register.filter("money", formats.money)
register.filter("rich", richtext.printed)
