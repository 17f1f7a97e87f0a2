"""What home and the list of papers show, as frozen facts."""

from reports.overview.home import ProgrammeOverview, programme_overview
from reports.overview.papers import PaperEntry, paper_entries

__all__ = ["ProgrammeOverview", "PaperEntry", "paper_entries", "programme_overview"]
