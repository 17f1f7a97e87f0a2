"""Papers as entries of a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from programme.common.values import PlainDate
from programme.models import Programme
from reports.models import Paper


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """A paper in a list. ``template``, ``period`` and ``board`` are the slugs in its address and
    in its filter. Its marking is not here: the highest of its parts wins, which only the whole
    paper knows."""

    template: str
    period: str
    period_name: str
    title: str
    board: str
    board_name: str
    meeting: PlainDate
    as_at: date
    state: str


def paper_entries(programme: Programme) -> tuple[PaperEntry, ...]:
    """The programme's papers, newest first. One query."""
    papers = Paper.objects.of(programme).select_related("template", "board", "period", "meeting")
    return tuple(
        PaperEntry(
            template=paper.template.slug,
            period=paper.period.slug,
            period_name=paper.period.name,
            title=paper.title,
            board=paper.board.slug,
            board_name=paper.board.name,
            meeting=PlainDate(paper.meeting.held_on) if paper.meeting else PlainDate.tbc(),
            as_at=paper.period.as_at,
            state=paper.get_state_display(),
        )
        for paper in papers
    )
