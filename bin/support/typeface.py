"""Puts the portal's typefaces where pages, papers and charts find them.

    typeface.py SOURCE TARGET

SOURCE is the folder of the typeface packages. TARGET receives `source-sans-3-400.woff2` and its kin
for pages and papers (with `-ext-` in the name: letters beyond Western Europe's) and the same in
TTF, which reads faster: charts measure their labels in it and papers look up which characters it
has. For papers alone, which take nothing from the machine that prints them, there are the other
scripts in which people and places in Britain write their names.
"""

import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

# File name as packaged, and as ours.
STYLES = (
    ("400-normal", "400"),
    ("400-italic", "400-italic"),
    ("600-normal", "600"),
    ("700-normal", "700"),
)
SCRIPTS_OF_SOURCE_SANS = ("cyrillic", "cyrillic-ext", "greek", "greek-ext", "vietnamese")
SCRIPTS_OF_NOTO = ("arabic", "bengali", "devanagari", "gujarati", "gurmukhi", "hebrew", "tamil")
# By package, the script of its file.
OTHERS = {
    "ibm-plex-sans-arabic": "arabic",
    **{f"noto-sans-{script}": script for script in SCRIPTS_OF_NOTO},
}
SIGNS = "≤≥≠≈±×÷−→←↑↓↔⇒✓∑√∞∆"


def as_truetype(source: Path, target: Path) -> None:
    """Write `source` (woff2) as TTF."""
    with TTFont(source) as font:
        font.flavor = None
        font.save(target)


def signs(source: Path, target: Path) -> None:
    """Write the signs that people type of `source` (woff2), a large typeface of mathematics."""
    with TTFont(source) as font:
        cut = subset.Subsetter()
        cut.populate(text=f"{SIGNS} \u00a0")
        cut.subset(font)
        font.flavor = None
        font.save(target)


def install(source: Path, target: Path) -> None:
    """Fill `target` from `source`; a missing file of the packages stops it."""
    target.mkdir(parents=True, exist_ok=True)
    own = source / "source-sans-3/files"
    for packaged, ours in STYLES:
        latin = own / f"source-sans-3-latin-{packaged}.woff2"
        shutil.copyfile(latin, target / f"source-sans-3-{ours}.woff2")
        shutil.copyfile(
            own / f"source-sans-3-latin-ext-{packaged}.woff2",
            target / f"source-sans-3-ext-{ours}.woff2",
        )
        as_truetype(latin, target / f"source-sans-3-{ours}.ttf")
        for script in SCRIPTS_OF_SOURCE_SANS:
            shutil.copyfile(
                own / f"source-sans-3-{script}-{packaged}.woff2",
                target / f"source-sans-3-{script}-{ours}.woff2",
            )
    for package, script in OTHERS.items():
        for weight in ("400", "600"):
            shutil.copyfile(
                source / package / "files" / f"{package}-{script}-{weight}-normal.woff2",
                target / f"{package}-{weight}.woff2",
            )
    math = source / "noto-sans-math/files/noto-sans-math-latin-400-normal.woff2"
    signs(math, target / "noto-sans-signs-400.ttf")


if __name__ == "__main__":
    install(Path(sys.argv[1]), Path(sys.argv[2]))
