"""Facts of the first floor in templates: `{% load delivery %}`, then `{{ rating|rating }}`."""

from django import template

from programme.common import ratings
from projects import cells

register = template.Library()
# A rating with its movement, or a level alone.
register.filter("rating", ratings.of)
register.filter("score", cells.score)
register.filter("state", cells.state)
