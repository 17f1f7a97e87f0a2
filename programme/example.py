"""The ground floor's part of an example file: the programme itself, its partners, boards, calendar,
ratings and people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

from programme.common.loading import Loading, each, each_after_its_parents
from programme.common.yamlfile import Entry
from programme.models import (
    Aim,
    Board,
    BoardMember,
    Colour,
    Dimension,
    MarkingChoices,
    Meeting,
    Organisation,
    Partnership,
    PlanPriority,
    Principle,
    Programme,
    RatingLevel,
    RatingScale,
    ReportingPeriod,
    RoleAssignment,
    Stage,
    Theme,
    Tolerance,
    User,
)


@dataclass
class ProgrammeParts:
    """What the ground floor loaded, by the names that the rest of the file uses."""

    programme: Programme
    loading: Loading
    organisations: dict[str, Organisation] = field(default_factory=dict)
    priorities: dict[str, PlanPriority] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    stages: dict[str, Stage] = field(default_factory=dict)
    periods: dict[str, ReportingPeriod] = field(default_factory=dict)
    boards: dict[str, Board] = field(default_factory=dict)
    meetings: dict[tuple[int, date], Meeting] = field(default_factory=dict)
    levels: dict[int, dict[str, RatingLevel]] = field(default_factory=dict)
    dimensions: dict[str, Dimension] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def meeting(self, entry: Entry, board: Board, key: str = "meeting") -> Meeting | None:
        """The meeting of a board on the day that ``key`` gives, if it gives one."""
        held_on = entry.day(key, None)
        if held_on is None:
            return None
        found = self.meetings.get((board.pk, held_on))
        if found is None:
            days = [f"{day}" for board_pk, day in self.meetings if board_pk == board.pk]
            known = ", ".join(days) or "none"
            raise entry.problem(
                f"'{key}' is '{held_on}', when {board.short_name} has no meeting; known are: "
                f"{known}",
                key=key,
            )
        return found


def load(file: Entry, loading: Loading) -> ProgrammeParts:
    """Loads what the ground floor keeps. Raises YamlError; runs in the caller's transaction."""
    organisations = _organisations(file, loading)
    top = file.entry("programme")
    if top is None:
        raise file.problem("'programme' is missing")
    parts = ProgrammeParts(_programme(top, loading, organisations), loading)
    parts.organisations = organisations
    for build in (_words, _stages):
        build(top, parts)
    for build in (_partnerships, _periods, _boards, _users, _members, _scales, _dimensions):
        build(file, parts)
    return parts


def slugs(entries: list[Entry]) -> list[str]:
    """The slugs that entries give themselves."""
    return [str(entry.text("slug", "")) for entry in entries]


def numbered(entries: list[Entry]) -> Callable[[Entry], int]:
    """The place of an entry in its list, counted from 1: what ``order`` fields hold."""
    places = {id(entry): place for place, entry in enumerate(entries, 1)}
    return lambda entry: places[id(entry)]


def _organisations(file: Entry, loading: Loading) -> dict[str, Organisation]:
    entries = file.entries("organisations")
    stored = Organisation.objects.filter(slug__in=slugs(entries))
    rows = loading.rows(stored, "slug", reports_left=False)

    def build(entry: Entry) -> Organisation:
        return rows.put(
            entry,
            slug=entry.text("slug"),
            name=entry.text("name"),
            short_name=entry.text("short_name", None) or entry.text("name"),
            kind=entry.choice("kind", Organisation.Kind.values),
        )

    return {row.slug: row for row in each(entries, build)}


def _programme(entry: Entry, loading: Loading, organisations: dict[str, Organisation]) -> Programme:
    slug = entry.text("slug")
    rows = loading.rows(Programme.objects.filter(slug=slug), "slug")
    return rows.put(
        entry,
        slug=slug,
        name=entry.text("name"),
        short_name=entry.text("short_name"),
        vision=entry.text("vision", ""),
        summary=entry.text("summary", ""),
        host=entry.ref("host", organisations),
        financial_year_start_month=entry.integer("financial_year_start_month", 4),
        default_marking=entry.choice(
            "default_marking", MarkingChoices.values, MarkingChoices.OFFICIAL.value
        ),
    )


def _words(top: Entry, parts: ProgrammeParts) -> None:
    """Principles, aims, plan priorities and themes."""
    programme, loading = parts.programme, parts.loading
    for key, model in (("principles", Principle), ("aims", Aim)):
        lines = loading.rows(model.objects.filter(programme=programme), "programme", "order")
        for order, text in enumerate(top.texts(key), 1):
            lines.put(top, programme=programme, order=order, text=text)
        lines.finish()

    stored = PlanPriority.objects.filter(programme=programme)
    priorities = loading.rows(stored, "number", "in_force_from")

    def priority(entry: Entry) -> PlanPriority:
        return priorities.put(
            entry,
            programme=programme,
            number=entry.integer("number"),
            text=entry.text("text"),
            in_force_from=entry.day("in_force_from", None),
            in_force_to=entry.day("in_force_to", None),
        )

    # Where two plans number their priorities alike, the later in the file is meant.
    built = each(top.entries("plan_priorities"), priority)
    parts.priorities = {str(row.number): row for row in built}
    priorities.finish()

    themes = loading.rows(Theme.objects.filter(programme=programme), "slug")
    entries = top.entries("themes")
    place = numbered(entries)

    def theme(entry: Entry) -> Theme:
        slug, name = entry.text("slug"), entry.text("name")
        return themes.put(entry, programme=programme, slug=slug, name=name, order=place(entry))

    parts.themes = {row.slug: row for row in each(entries, theme)}
    themes.finish()


def _stages(top: Entry, parts: ProgrammeParts) -> None:
    rows = parts.loading.rows(Stage.objects.filter(programme=parts.programme), "slug")
    entries = top.entries("stages")
    place = numbered(entries)
    rows.make_room("order", {(slug,): n for n, slug in enumerate(slugs(entries), 1)})

    def build(entry: Entry) -> Stage:
        return rows.put(
            entry,
            programme=parts.programme,
            slug=entry.text("slug"),
            name=entry.text("name"),
            kind=entry.choice("kind", Stage.Kind.values),
            order=place(entry),
        )

    parts.stages = {row.slug: row for row in each(entries, build)}
    rows.finish()


def _partnerships(file: Entry, parts: ProgrammeParts) -> None:
    stored = Partnership.objects.filter(programme=parts.programme)
    rows = parts.loading.rows(stored, "organisation")
    entries = file.entries("partnerships")
    place = numbered(entries)

    def build(entry: Entry) -> Partnership:
        return rows.put(
            entry,
            programme=parts.programme,
            organisation=entry.ref("organisation", parts.organisations),
            role=entry.choice("role", Partnership.Role.values, Partnership.Role.PARTNER.value),
            joined_on=entry.day("joined_on", None),
            left_on=entry.day("left_on", None),
            order=place(entry),
        )

    each(entries, build)
    rows.finish()


def _periods(file: Entry, parts: ProgrammeParts) -> None:
    rows = parts.loading.rows(ReportingPeriod.objects.filter(programme=parts.programme), "slug")

    def build(entry: Entry) -> ReportingPeriod:
        states = ReportingPeriod.State
        return rows.put(
            entry,
            programme=parts.programme,
            slug=entry.text("slug"),
            name=entry.text("name"),
            starts_on=entry.day("starts_on"),
            as_at=entry.day("as_at"),
            opens_on=entry.day("opens_on", None),
            due_on=entry.day("due_on", None),
            state=entry.choice("state", states.values, states.PLANNED.value),
        )

    parts.periods = {row.slug: row for row in each(file.entries("periods"), build)}
    rows.finish()


def _boards(file: Entry, parts: ProgrammeParts) -> None:
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
            succeeded_by=entry.ref("succeeded_by", parts.boards, None),
            set_up_on=entry.day("set_up_on", None),
            ended_on=entry.day("ended_on", None),
            order=place(entry),
        )
        parts.boards[board.slug] = board

    each_after_its_parents(entries, "slug", ["reports_to", "succeeded_by"], build)
    rows.finish()
    _meetings(entries, parts)


def _meetings(boards: list[Entry], parts: ProgrammeParts) -> None:
    stored = Meeting.objects.filter(board__programme=parts.programme)
    rows = parts.loading.rows(stored, "board", "held_on")

    def build(board: Board, entry: Entry) -> Meeting:
        return rows.put(
            entry,
            board=board,
            held_on=entry.day("held_on"),
            place=entry.text("place", ""),
            state=entry.choice("state", Meeting.State.values, Meeting.State.PLANNED.value),
            period=entry.ref("period", parts.periods, None),
        )

    for entry in boards:
        board = parts.boards[str(entry.text("slug"))]
        for row in each(entry.entries("meetings"), lambda one, board=board: build(board, one)):
            parts.meetings[row.board_id, row.held_on] = row
    rows.finish()


def _members(file: Entry, parts: ProgrammeParts) -> None:
    stored = BoardMember.objects.filter(board__programme=parts.programme)
    rows = parts.loading.rows(stored, "board", "organisation", "post", "from_day")

    def build(board: Board, entry: Entry, order: int) -> BoardMember:
        return rows.put(
            entry,
            board=board,
            post=entry.text("post"),
            organisation=entry.ref("organisation", parts.organisations),
            role=entry.choice("role", BoardMember.Role.values, BoardMember.Role.MEMBER.value),
            user=entry.ref("user", parts.users, None),
            from_day=entry.day("from_day", None),
            to_day=entry.day("to_day", None),
            order=order,
        )

    for entry in file.entries("boards"):
        board, members = parts.boards[str(entry.text("slug"))], entry.entries("members")
        place = numbered(members)
        each(members, lambda one, board=board, place=place: build(board, one, place(one)))
    rows.finish()


def _scales(file: Entry, parts: ProgrammeParts) -> None:
    stored = RatingScale.objects.filter(programme=parts.programme)
    scales = parts.loading.rows(stored, "slug")

    def build(entry: Entry) -> None:
        scale = scales.put(
            entry, programme=parts.programme, slug=entry.text("slug"), name=entry.text("name")
        )
        levels = entry.entries("levels")
        place = numbered(levels)
        rows = parts.loading.rows(RatingLevel.objects.filter(scale=scale), "code")
        ranks = {(one.text("code"),): one.integer("rank", None) for one in levels}
        rows.make_room("rank", ranks)
        built = each(levels, lambda one: rows.put(one, **_level(one, scale, place(one))))
        parts.levels[scale.pk] = {row.code: row for row in built}
        rows.finish()

    each(file.entries("rating_scales"), build)
    scales.finish()


def _level(entry: Entry, scale: RatingScale, order: int) -> dict[str, object]:
    return {
        "scale": scale,
        "code": entry.text("code"),
        "word": entry.text("word"),
        "colour": entry.choice("colour", Colour.values, Colour.NONE.value),
        "definition": entry.text("definition", ""),
        "rank": entry.integer("rank", None),
        "needs_reason": entry.boolean("needs_reason", False),
        "order": order,
    }


def _dimensions(file: Entry, parts: ProgrammeParts) -> None:
    scales = {row.slug: row for row in RatingScale.objects.filter(programme=parts.programme)}
    rows = parts.loading.rows(Dimension.objects.filter(programme=parts.programme), "slug")
    stored = Tolerance.objects.filter(dimension__programme=parts.programme)
    tolerances = parts.loading.rows(stored, "dimension", "level")
    entries = file.entries("dimensions")
    place = numbered(entries)

    def build(entry: Entry) -> Dimension:
        row = rows.put(
            entry,
            programme=parts.programme,
            slug=entry.text("slug"),
            name=entry.text("name"),
            scale=entry.ref("scale", scales),
            is_overall=entry.boolean("is_overall", False),
            measure=entry.choice("measure", Dimension.Measure.values, "none"),
            figures=entry.choice("figures", Dimension.Figures.values, "none"),
            in_force_from=entry.day("in_force_from", None),
            in_force_to=entry.day("in_force_to", None),
            order=place(entry),
        )
        levels = parts.levels.get(row.scale_id, {})
        for one in entry.entries("tolerances"):
            level, limit = one.ref("level", levels), one.decimal("limit", None)
            tolerances.put(one, dimension=row, level=level, limit=limit)
        return row

    parts.dimensions = {row.slug: row for row in each(entries, build)}
    rows.finish()
    tolerances.finish()


# --- people -----------------------------------------------------------------------------------


def _users(file: Entry, parts: ProgrammeParts) -> None:
    entries = file.entries("users")
    emails = [str(entry.text("email", "")).lower() for entry in entries]
    stored = User.objects.filter(email__in=emails)
    rows = parts.loading.rows(stored, "email", reports_left=False)
    taken = {user.email for user in stored if not user.is_example}
    password = _password(stored)

    def build(entry: Entry) -> User:
        email = str(entry.text("email")).lower()
        if email in taken:
            raise entry.problem(f"{email} is somebody's own account", key="email")
        roles = {one.choice("role", RoleAssignment.Role.values) for one in entry.entries("roles")}
        return rows.put(
            entry,
            email=email,
            name=entry.text("name", ""),
            post=entry.text("post", ""),
            organisation=entry.ref("organisation", parts.organisations, None),
            is_example=True,
            is_staff=RoleAssignment.Role.ADMINISTRATOR.value in roles,
            password=password,
        )

    parts.users = {row.email: row for row in each(entries, build)}
    _addresses(entries, parts)
    _roles(entries, parts)


def _password(stored: Iterator[User]) -> str:
    """The example password's hash. One for all accounts, and the stored one where it still fits:
    hashing is slow on purpose, and the password is known to everybody anyway."""
    for encoded in {user.password for user in stored if user.is_example}:
        if check_password(settings.EXAMPLE_PASSWORD, encoded):
            return encoded
    return make_password(settings.EXAMPLE_PASSWORD)


def _addresses(entries: list[Entry], parts: ProgrammeParts) -> None:
    """Addresses that allauth takes as verified, so that the accounts can sign in at once."""
    stored = EmailAddress.objects.filter(user__in=parts.users.values())
    rows = parts.loading.rows(stored, "user", "email")
    for entry in entries:
        user = parts.users[str(entry.text("email")).lower()]
        rows.put(entry, user=user, email=user.email, verified=True, primary=True)


def _roles(entries: list[Entry], parts: ProgrammeParts) -> None:
    stored = RoleAssignment.objects.filter(programme=parts.programme, user__in=parts.users.values())
    rows = parts.loading.rows(stored, "user", "role", "organisation", "board")
    for entry in entries:
        user = parts.users[str(entry.text("email")).lower()]
        for one in entry.entries("roles"):
            rows.put(
                one,
                programme=parts.programme,
                user=user,
                role=one.choice("role", RoleAssignment.Role.values),
                organisation=one.ref("organisation", parts.organisations, None),
                board=one.ref("board", parts.boards, None),
            )
    rows.finish()
