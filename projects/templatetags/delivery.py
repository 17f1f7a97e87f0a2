"""Facts of the first floor in templates: `{% load delivery %}`, then `{{ cell|rating }}`."""

from django import template

from programme.common import formats
from projects import cells

register = template.Library()
register.filter("rating", cells.rating)
register.filter("level", cells.level)
register.filter("score", cells.score)
register.filter("state", cells.state)
register.filter("slip", formats.slip)
