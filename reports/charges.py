"""What boards have in their charge on this floor: their templates, and papers yet to be issued."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from programme.models import Board, Meeting
from programme.succession import Charge, HandOver, Left, give, register
from programme.writing import Edit
from reports.models import Paper


def register_all() -> None:
    """Registers them. Meetings change hands first, so that a paper finds its own again."""
    register(
        Board,
        Charge(
            "templates",
            ("paper made for it", "papers made for it"),
            "programme.edit",
            lambda board, last_day: board.paper_templates.offered(),
            give("board", "paper_template.handed_over"),
        ),
        Charge(
            "papers",
            ("paper in preparation", "papers in preparation"),
            "papers.edit",
            _in_preparation,
            _give_paper,
        ),
    )


def _in_preparation(board: Board, last_day: date) -> Iterable[Paper]:
    """Papers that are not approved yet, for a meeting that the successor holds or will hold or,
    where none is named, as at a later day."""
    later = Q(meeting__isnull=True, period__as_at__gt=last_day)
    later |= Q(meeting__held_on__gt=last_day, meeting__state=Meeting.State.PLANNED)
    papers = Paper.objects.filter(later, board=board, state__in=Paper.OPEN)
    return papers.select_related("period", "template__programme")


def _give_paper(row: Paper, wanted: HandOver) -> None:
    """The successor receives the paper, as it holds the meeting."""
    edit = Edit(row)
    if edit.row.meeting is not None and edit.row.meeting.board_id != wanted.successor.pk:
        raise Left(f"its meeting is still {edit.row.meeting.board}’s.")
    edit.set(board=wanted.successor)
    wanted.save(edit, "paper.handed_over")
