"""The typefaces of papers: the portal's own, and nothing from the machine that prints.

Each family has the letters that those before it have not. Source Sans 3 has three styles, the
families for other scripts have none in italics.
"""

from __future__ import annotations

import os
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from fontTools.ttLib import TTFont

from reports.render.html import FONTS

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

OWN = ("400", "400-italic", "600")
UPRIGHT = ("400", "600")
FAMILIES: dict[str, tuple[str, ...]] = {
    "Source Sans 3": tuple(f"source-sans-3-{style}.ttf" for style in OWN),
    "Source Sans 3 Ext": tuple(f"source-sans-3-ext-{style}.woff2" for style in OWN),
    **{
        f"Source Sans 3 {name}": tuple(
            f"source-sans-3-{name.lower().replace(' ', '-')}-{style}.woff2" for style in OWN
        )
        for name in ("Cyrillic", "Cyrillic Ext", "Greek", "Greek Ext", "Vietnamese")
    },
    # Its letters are whole, so that text copied or read aloud from a file has each. Noto's are put
    # together of parts that several share; they stand in for the letters it has not.
    "IBM Plex Sans Arabic": tuple(f"ibm-plex-sans-arabic-{style}.woff2" for style in UPRIGHT),
    **{
        f"Noto Sans {name}": tuple(f"noto-sans-{name.lower()}-{style}.woff2" for style in UPRIGHT)
        for name in (
            "Arabic",
            "Bengali",
            "Devanagari",
            "Gujarati",
            "Gurmukhi",
            "Hebrew",
            "Tamil",
        )
    },
    "Noto Sans Signs": ("noto-sans-signs-400.ttf",),
}
"""The file of each style by the family's name, in the order in which letters are looked for."""

# Says that there is no typeface at all; papers bring theirs.
NO_FONTS = Path(settings.BASE_DIR) / "reports/render/fonts.conf"
_environment = threading.Lock()


CORE = tuple(FONTS / name for family in list(FAMILIES)[:2] for name in FAMILIES[family])
"""Without these no paper is printed. A set-up that lacks another script names its letters."""


def families() -> dict[str, tuple[str, ...]]:
    """The families that are installed, all their files."""
    return {
        family: names
        for family, names in FAMILIES.items()
        if all((FONTS / name).exists() for name in names)
    }


def files() -> list[Path]:
    return [*CORE, *(FONTS / name for names in families().values() for name in names)]


def style_sheet() -> str:
    """The families as rules, and all of them as what text is set in."""
    rules = []
    for family, names in families().items():
        for name in names:
            style = "italic" if "italic" in name else "normal"
            weight = 600 if "600" in name else 400
            rules.append(
                f'@font-face{{font-family:"{family}";font-style:{style};font-weight:{weight};'
                f'src:url("{(FONTS / name).as_uri()}")}}'
            )
    names_of_all = ",".join(f'"{family}"' for family in families())
    rules.append(f"html,.paper,.paper .drawing{{font-family:{names_of_all}}}")
    rules.append(f"@page{{font-family:{names_of_all}}}")
    return "\n".join(rules)


def own_configuration() -> FontConfiguration:
    """A configuration that knows no typeface of the machine. Fontconfig is told by its environment
    and for this moment only: a browser that the process starts needs the machine's."""
    with _environment:
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = str(NO_FONTS)
        try:
            from weasyprint.text.fonts import FontConfiguration

            return FontConfiguration()
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


@cache
def characters() -> frozenset[str]:
    """The characters that papers print, with those that print nothing of themselves."""
    found: set[int] = set()
    own: dict[str, set[int]] = {style: set() for style in OWN}
    for names in families().values():
        if len(names) == len(OWN):
            for style, name in zip(OWN, names, strict=True):
                own[style] |= _codes(name)
        else:
            found |= set.intersection(*map(_codes, names))
    return frozenset(map(chr, found | set.intersection(*own.values()))) | frozenset("\n\t\r ")


def _codes(name: str) -> set[int]:
    with TTFont(FONTS / name, lazy=True) as font:
        return set(font.getBestCmap())
