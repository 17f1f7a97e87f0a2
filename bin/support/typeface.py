"""Puts the portal's typeface where pages, papers and charts find it.

    typeface.py SOURCE TARGET

SOURCE is the folder of the typeface package. TARGET receives `source-sans-3-400.woff2` and its kin
for pages and papers (with `-ext-` in the name: letters beyond Western Europe's) and the same in TTF
for charts, because matplotlib reads no woff2. The TTF files form one family, “Portal Text”: the
packaged files all call themselves by the name of the lightest weight, and matplotlib chooses by
name and weight.
"""

import shutil
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

FAMILY = "Portal Text"
# File name as packaged, as ours, and the style's name.
STYLES = (
    ("400-normal", "400", "Regular"),
    ("400-italic", "400-italic", "Italic"),
    ("600-normal", "600", "SemiBold"),
    ("700-normal", "700", "Bold"),
)
FAMILY_NAME, STYLE_NAME, UNIQUE_NAME, FULL_NAME, POSTSCRIPT_NAME = 1, 2, 3, 4, 6
TYPOGRAPHIC_FAMILY, TYPOGRAPHIC_STYLE = 16, 17


def as_truetype(source: Path, target: Path, style: str) -> None:
    """Write `source` (woff2) as TTF under the family's own name."""
    with TTFont(source) as font:
        postscript = f"{FAMILY.replace(' ', '')}-{style}"
        names = {
            FAMILY_NAME: FAMILY,
            STYLE_NAME: style,
            UNIQUE_NAME: postscript,
            FULL_NAME: f"{FAMILY} {style}",
            POSTSCRIPT_NAME: postscript,
        }
        table = font["name"]
        for identifier in (TYPOGRAPHIC_FAMILY, TYPOGRAPHIC_STYLE):
            table.removeNames(nameID=identifier)
        for identifier, text in names.items():
            table.removeNames(nameID=identifier)
            table.setName(text, identifier, 3, 1, 0x409)
        font.flavor = None
        font.save(target)


def install(source: Path, target: Path) -> None:
    """Fill `target` from `source`; a missing file of the package stops it."""
    target.mkdir(parents=True, exist_ok=True)
    for packaged, ours, style in STYLES:
        latin = source / f"source-sans-3-latin-{packaged}.woff2"
        shutil.copyfile(latin, target / f"source-sans-3-{ours}.woff2")
        shutil.copyfile(
            source / f"source-sans-3-latin-ext-{packaged}.woff2",
            target / f"source-sans-3-ext-{ours}.woff2",
        )
        as_truetype(latin, target / f"source-sans-3-{ours}.ttf", style)


if __name__ == "__main__":
    install(Path(sys.argv[1]), Path(sys.argv[2]))
