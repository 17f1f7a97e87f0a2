"""The programme's words in templates. Their own text needs nothing (``programme.site.templates``);
what they hand on does: `{% include … with words="all boards"|say %}`."""

from __future__ import annotations

from django import template

from programme.common import words

register = template.Library()
register.simple_tag(words.say, name="say")
register.filter("say", words.say)
