"""Papers: a template filled for a period."""

from __future__ import annotations

from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.models import Board, Meeting, User
from programme.places import arrange
from programme.writing import Edit
from reports.models import Paper, PaperTemplate


class TemplateInput(TypedDict, total=False):
    name: str
    title: str
    board: Board
    numbering: str
    purpose: str
    author_post: str
    order: int


class PaperInput(TypedDict, total=False):
    title: str
    meeting: Meeting | None
    purpose: str
    marking: str
    author_post: str


@transaction.atomic
def save_template(
    *,
    template: PaperTemplate,
    values: TemplateInput,
    expected_version: int | None = None,
    by: User | None,
) -> PaperTemplate:
    """Changes what a board's paper is called and how it is numbered. Papers that were opened keep
    what they were opened with, and the board that they were opened for."""
    edit = Edit(template, expected_version=expected_version)
    edit.apply(values, TemplateInput)
    arrange(edit, PaperTemplate.objects.of(edit.row.programme))
    return edit.save("paper_template", by=by)


@transaction.atomic
def save_paper(
    *, paper: Paper, values: PaperInput, expected_version: int | None = None, by: User | None
) -> Paper:
    """Opens a paper (``Paper(template=…, period=…)``), with what its template says where nothing
    else is given, or changes it while it is a draft or in review. Its meeting is one of its
    board's."""
    edit = Edit(paper, expected_version=expected_version)
    row = edit.row
    if edit.is_new:
        template = row.template
        edit.set(template=template, period=row.period, board=template.board)
        edit.set(title=template.title, purpose=template.purpose, author_post=template.author_post)
        edit.set(marking=template.programme.default_marking)
    edit.apply(values, PaperInput)
    if edit.changed and row.state not in Paper.OPEN:
        raise ValidationError(f"This paper is {row.get_state_display().lower()}: it stands.")
    if row.meeting is not None and row.meeting.board_id != row.board_id:
        raise ValidationError({"meeting": f"Choose a meeting of {row.board}."})
    return edit.save("paper", by=by)
