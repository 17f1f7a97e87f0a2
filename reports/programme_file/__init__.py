"""A whole programme as a file: loaded and exported, and the files that come with the portal."""

from __future__ import annotations

from pathlib import Path

from reports.programme_file.export import export
from reports.programme_file.load import load, load_entry

__all__ = ["FOLDER", "export", "load", "load_entry", "names"]

FOLDER = Path(__file__).parent.parent / "programme_files"


def names() -> list[str]:
    """The programme files that come with the portal."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))
