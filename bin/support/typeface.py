"""Puts the portal's typeface where pages, papers and charts find it.

    typeface.py SOURCE TARGET

SOURCE is the folder of the typeface package. TARGET receives `source-sans-3-400.woff2` and its kin
for pages and papers (with `-ext-` in the name: letters beyond Western Europe's) and the same in
TTF, which reads faster: charts measure their labels in it and papers look up which characters it
has.
"""

import shutil
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

# File name as packaged, and as ours.
STYLES = (
    ("400-normal", "400"),
    ("400-italic", "400-italic"),
    ("600-normal", "600"),
    ("700-normal", "700"),
)


def as_truetype(source: Path, target: Path) -> None:
    """Write `source` (woff2) as TTF."""
    with TTFont(source) as font:
        font.flavor = None
        font.save(target)


def install(source: Path, target: Path) -> None:
    """Fill `target` from `source`; a missing file of the package stops it."""
    target.mkdir(parents=True, exist_ok=True)
    for packaged, ours in STYLES:
        latin = source / f"source-sans-3-latin-{packaged}.woff2"
        shutil.copyfile(latin, target / f"source-sans-3-{ours}.woff2")
        shutil.copyfile(
            source / f"source-sans-3-latin-ext-{packaged}.woff2",
            target / f"source-sans-3-ext-{ours}.woff2",
        )
        as_truetype(latin, target / f"source-sans-3-{ours}.ttf")


if __name__ == "__main__":
    install(Path(sys.argv[1]), Path(sys.argv[2]))
