"""What boards have in their charge on this floor: their templates, and papers yet to be issued."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from programme.models import Board
from programme.succession import Charge, HandOver, give, register
from programme.writing import Edit
from reports.models import Paper

_OPEN = (Paper.State.DRAFT, Paper.State.IN_REVIEW)


def register_all() -> None:
    """Registers them. Meetings change hands first, so that a paper finds its own again."""
    register(
        Board,
        Charge(
            "templates",
            ("paper made for it", "papers made for it"),
            lambda board, last_day: board.paper_templates.offered(),
            give("board", "paper_template.handed_over"),
        ),
        Charge(
            "papers",
            ("paper in preparation", "papers in preparation"),
            _in_preparation,
            _give_paper,
        ),
    )


def _in_preparation(board: Board, last_day: date) -> Iterable[Paper]:
    """Papers that are not approved yet, as at a later day or for a later meeting."""
    later = Q(period__as_at__gt=last_day) | Q(meeting__held_on__gt=last_day)
    papers = Paper.objects.filter(later, board=board, state__in=_OPEN)
    return papers.select_related("period", "template__programme")


def _give_paper(row: Paper, wanted: HandOver) -> None:
    """The successor receives the paper, at its own meeting where that was handed over."""
    edit = Edit(row)
    edit.set(board=wanted.successor)
    if edit.row.meeting is not None and edit.row.meeting.board_id != wanted.successor.pk:
        edit.set(meeting=None)
    edit.note(reason=wanted.reason)
    edit.save("paper.handed_over", by=wanted.by)
