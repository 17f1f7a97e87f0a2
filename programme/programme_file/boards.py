"""Boards of a programme's file, their meetings and who sits on them."""

from __future__ import annotations

from programme.models import Board, BoardMember, BoardName, Meeting, MeetingTerm
from programme.programme_file.loading import (
    UNSAID,
    each,
    each_after_its_parents,
    refusals,
    save_checked,
)
from programme.programme_file.names import load_names
from programme.programme_file.parts import ProgrammeParts, numbered
from programme.programme_file.yamlfile import Entry


def load(file: Entry, parts: ProgrammeParts) -> None:
    """Boards, whatever their order in the file, and their meetings."""
    entries = file.entries("boards")
    place = numbered(entries)
    rows = parts.loading.rows(Board.objects.filter(programme=parts.programme), "slug")

    def build(entry: Entry) -> None:
        board = rows.put(
            entry,
            programme=parts.programme,
            slug=entry.text("slug"),
            name=entry.text("name"),
            short_name=entry.text("short_name", None) or entry.text("name"),
            kind=entry.choice("kind", Board.Kind.values),
            remit=entry.text("remit", ""),
            organisation=entry.ref("organisation", parts.organisations, None),
            reports_to=entry.ref("reports_to", parts.boards, None),
            set_up_on=entry.day("set_up_on", None),
            ended_on=entry.day("ended_on", None),
            order=place(entry),
        )
        parts.boards[board.slug] = board

    each_after_its_parents(entries, "slug", ["reports_to"], build)
    rows.finish()
    _successors(entries, parts)
    load_names(
        parts.loading,
        BoardName.objects.of(parts.programme),
        "board",
        [(parts.boards.get(one.text("slug", "")), one) for one in entries],
    )
    _meetings(entries, parts)


def _successors(entries: list[Entry], parts: ProgrammeParts) -> None:
    """Who succeeded whom, once all boards are there: a successor may have stood below the board."""

    def build(entry: Entry) -> None:
        heir = entry.ref("succeeded_by", parts.boards, None)
        board = parts.boards.get(str(entry.text("slug")))
        if board is not None and board.succeeded_by != heir:
            board.succeeded_by = heir
            with refusals(entry, "succeeded_by"):
                save_checked(board)

    each(entries, build)


def _meetings(boards: list[Entry], parts: ProgrammeParts) -> None:
    stored = Meeting.objects.filter(board__programme=parts.programme)
    rows = parts.loading.rows(stored, "board", "held_on")

    def build(board: Board, entry: Entry) -> Meeting:
        return rows.put(
            entry,
            board=board,
            held_on=entry.day("held_on"),
            starts_at=entry.time("starts_at", None),
            place=entry.text("place", ""),
            state=entry.choice("state", Meeting.State.values, Meeting.State.PLANNED.value),
            period=entry.ref("period", parts.periods, None),
        )

    terms = parts.loading.rows(MeetingTerm.objects.of(parts.programme), "meeting", "until")

    def term(meeting: Meeting, entry: Entry) -> MeetingTerm:
        return terms.put(
            entry,
            meeting=meeting,
            board=entry.ref("board", parts.boards),
            until=entry.day("until"),
        )

    for entry in boards:
        board, entries = parts.boards[str(entry.text("slug"))], entry.entries("meetings")
        for row in each(entries, lambda one, board=board: build(board, one)):
            parts.meetings[row.board_id, row.held_on] = row
        for one in entries:
            row = parts.meetings[board.pk, one.day("held_on")]
            each(one.entries("earlier_boards"), lambda each_, row=row: term(row, each_))
    rows.finish()
    terms.finish()


def load_members(file: Entry, parts: ProgrammeParts) -> None:
    """The seats of boards; after the users who hold some of them."""
    stored = BoardMember.objects.filter(board__programme=parts.programme)
    rows = parts.loading.rows(stored, "board", "organisation", "post", "from_day", repeats=True)

    def build(board: Board, entry: Entry, order: int) -> BoardMember:
        return rows.put(
            entry,
            board=board,
            post=entry.text("post"),
            organisation=entry.ref("organisation", parts.organisations),
            role=entry.choice("role", BoardMember.Role.values, BoardMember.Role.MEMBER.value),
            user=entry.ref("user", parts.users, UNSAID),
            from_day=entry.day("from_day", None),
            to_day=entry.day("to_day", None),
            order=order,
        )

    for entry in file.entries("boards"):
        board, members = parts.boards[str(entry.text("slug"))], entry.entries("members")
        place = numbered(members)
        each(members, lambda one, board=board, place=place: build(board, one, place(one)))
    rows.finish()
