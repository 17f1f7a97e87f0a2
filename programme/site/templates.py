"""Templates say their own text in the words of the programme whose page they are.

What a template prints of its own ("Projects that it supports") is told from what it is handed
(``{{ project.name }}``) by its source alone, and so is put into the programme's words without a
mark: when a template is read, each default word in its text becomes ``{% say "…" %}``. Text is what
stands between tags, and in the attributes that are read out.
"""

from __future__ import annotations

import re
from functools import cache

from django.template import Origin
from django.template.loaders import filesystem

from programme.common.words import default_words, pattern_of

_CODE = re.compile(
    r"({%\s*comment.*?endcomment\s*%}|{%.*?%}|{{.*?}}|{#.*?#}|"
    r"<script.*?</script>|<style.*?</style>)",
    re.DOTALL,
)
_READ_OUT = re.compile(r'((?:aria-label|alt|title|placeholder|data-label)=")([^"]*)')
_TAG = re.compile(r"(<(?=[/!a-zA-Z])|>)")


class Loader(filesystem.Loader):
    """The portal's own templates; those of packages are read as they are."""

    def get_contents(self, origin: Origin) -> str:
        return in_own_words(super().get_contents(origin))


def in_own_words(source: str) -> str:
    """A template's source with a tag in place of each default word of its text."""
    inside, parts = False, []
    for piece in _CODE.split(source):
        if _CODE.fullmatch(piece):
            parts.append(piece)
            continue
        for part in _TAG.split(piece):
            if part in ("<", ">"):
                inside = part == "<"
                parts.append(part)
            elif inside:
                parts.append(_READ_OUT.sub(lambda found: found[1] + _tagged(found[2]), part))
            else:
                parts.append(_tagged(part))
    return "".join(parts)


@cache
def _words() -> re.Pattern[str]:
    return pattern_of(default_words())


def _tagged(text: str) -> str:
    return _words().sub(lambda found: f'{{% say "{found[0]}" %}}', text)
