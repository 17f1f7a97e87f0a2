"""Meetings in templates: `{% load meetings %}`, then `{{ meeting|meeting_state }}`."""

from django import template

from programme import display

register = template.Library()
register.filter("meeting_state", display.meeting_state)
