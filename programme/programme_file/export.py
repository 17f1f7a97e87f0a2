"""The ground floor's part of a programme's file as it is written: the programme itself, its
partners, boards, calendar, ratings and the example accounts."""

from __future__ import annotations

from typing import Any

from programme.models import (
    Aim,
    Board,
    BoardMember,
    BoardName,
    Dimension,
    HostTerm,
    Meeting,
    MeetingTerm,
    Organisation,
    OrganisationName,
    Partnership,
    Person,
    PlanPriority,
    Principle,
    RatingLevel,
    RatingScale,
    ReportingPeriod,
    RoleAssignment,
    Stage,
    Theme,
    Tolerance,
    User,
)
from programme.programme_file.writing import Tree, Writing, without_empty


def written(writing: Writing, *, only_set_up: bool = False) -> Tree:
    """What the ground floor keeps. Set-up alone has no days of its own: neither periods nor
    meetings nor earlier names, and nobody who sits on a board."""
    rated = Dimension.objects.of(writing.programme).offered()
    writing.keep(RatingScale, rated.values_list("scale", flat=True))
    return {
        "programme": _programme(writing, only_set_up),
        "organisations": _organisations(writing, only_set_up),
        "partnerships": writing.all(Partnership),
        "periods": [] if only_set_up else writing.all(ReportingPeriod)[::-1],
        "boards": _boards(writing, only_set_up),
        "users": [] if only_set_up else _users(writing),
        "rating_scales": _scales(writing),
        "dimensions": _dimensions(writing),
    }


def _programme(writing: Writing, only_set_up: bool) -> Tree:
    left_out = ("partners", "ended_on", "end_reason") if only_set_up else ("partners",)
    return writing.said(writing.programme, leave_out=left_out) | without_empty(
        {
            "earlier_hosts": [] if only_set_up else writing.all(HostTerm),
            "principles": _short(writing.all(Principle)),
            "aims": _short(writing.all(Aim)),
            "plan_priorities": writing.all(PlanPriority),
            "themes": writing.all(Theme),
            "stages": writing.all(Stage),
        }
    )


def _organisations(writing: Writing, only_set_up: bool) -> list[Tree]:
    names = {} if only_set_up else writing.below(OrganisationName, "organisation")
    return [
        writing.said(each, leave_out=("programme",))
        | without_empty(
            {
                "earlier_names": [
                    writing.said(one, leave_out=("organisation",)) for one in names.get(each.pk, ())
                ]
            }
        )
        for each in writing.rows(Organisation)
    ]


def _short(entries: list[Tree]) -> list[Any]:
    """Entries of which nothing but their text is said, as that text."""
    return [entry["text"] if set(entry) == {"text"} else entry for entry in entries]


def _boards(writing: Writing, only_set_up: bool) -> list[Tree]:
    members = {} if only_set_up else writing.below(BoardMember, "board")
    meetings = {} if only_set_up else writing.below(Meeting, "board")
    terms = {} if only_set_up else writing.below(MeetingTerm, "meeting")
    names = {} if only_set_up else writing.below(BoardName, "board")

    def build(board: Board) -> Tree:
        return writing.said(board, leave_out=("programme",)) | without_empty(
            {
                "earlier_names": [
                    writing.said(each, leave_out=("board",)) for each in names.get(board.pk, ())
                ],
                "members": writing.listed(members.get(board.pk, ()), seat),
                "meetings": [meeting(each) for each in meetings.get(board.pk, ())],
            }
        )

    def meeting(row: Meeting) -> Tree:
        earlier = [writing.said(each, leave_out=("meeting",)) for each in terms.get(row.pk, ())]
        return writing.said(row, leave_out=("board",)) | without_empty({"earlier_boards": earlier})

    def seat(member: BoardMember) -> Tree:
        return writing.said(member, leave_out=("board",))

    return writing.listed(writing.rows(Board), build)


def _users(writing: Writing) -> list[Tree]:
    """The example accounts that take part. Anybody else's account is their own, and in no file."""
    roles = writing.below(RoleAssignment, "user")
    people = writing.rows(Person, user__is_example=True, accepted_at__isnull=False)
    run_it = set(User.objects.filter(administers_portal=True).values_list("pk", flat=True))
    return [
        writing.said(each, leave_out=("programme", "user", "accepted_at", "promised"))
        | without_empty({"administers_portal": each.user_id in run_it})
        | {
            "roles": [
                writing.said(
                    role,
                    leave_out=(
                        "programme",
                        "user",
                        "person",
                        "granted_by",
                        "confirmed_by",
                        "confirmed_at",
                    ),
                )
                for role in roles.get(each.user_id, ())
                if role.confirmed_at
            ]
        }
        for each in people
    ]


def _scales(writing: Writing) -> list[Tree]:
    levels = writing.below(RatingLevel, "scale")

    def build(scale: RatingScale) -> Tree:
        own = levels.get(scale.pk, [])
        ranks = writing.ranks(own)

        def level(row: RatingLevel) -> Tree:
            tree = writing.said(row, leave_out=("scale",))
            return tree | {"rank": ranks[row.pk]} if row.pk in ranks else tree

        return writing.said(scale, leave_out=("programme",)) | {
            "levels": writing.listed(own, level)
        }

    return writing.listed(writing.rows(RatingScale), build)


def _dimensions(writing: Writing) -> list[Tree]:
    tolerances = writing.below(Tolerance, "dimension")

    def build(dimension: Dimension) -> Tree:
        rows = tolerances.get(dimension.pk, [])
        if writing.only_in_use and all(row.limit is not None for row in rows):
            rows = []  # the level that takes the rest is withdrawn: the limits say nothing
        return writing.said(dimension, leave_out=("programme",)) | without_empty(
            {"tolerances": [writing.said(each, leave_out=("dimension",)) for each in rows]}
        )

    return writing.listed(writing.rows(Dimension), build)
