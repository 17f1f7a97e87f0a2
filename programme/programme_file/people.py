"""The example accounts: people who can sign in at once, and the roles they hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.utils import timezone

from programme.models import Person, RoleAssignment, User
from programme.programme_file.loading import each
from programme.programme_file.parts import ProgrammeParts
from programme.programme_file.yamlfile import Entry


def load(file: Entry, parts: ProgrammeParts) -> None:
    """Users with a verified address and their roles. Never takes over an account that is not an
    example's, leaves one alone that another programme knows too, and brings none to production."""
    entries = file.entries("users")
    if entries and settings.PRODUCTION:
        raise entries[0].problem(
            "accounts in a file have a password that everybody knows, so they are not loaded in "
            "production: leave “users” out"
        )
    emails = [str(entry.text("email", "")).lower() for entry in entries]
    stored = User.objects.filter(email__in=emails)
    rows = parts.loading.rows(stored, "email", reports_left=False)
    running_it = {user.email for user in stored if user.administers_portal}
    no_staff = set(emails) - {user.email for user in stored if user.is_staff}
    taken = {user.email for user in stored if not user.is_example}
    known_elsewhere = dict.fromkeys(
        Person.objects.exclude(programme=parts.programme)
        .filter(user__in=stored)
        .values_list("user__email", flat=True)
    )
    password = _password(stored)

    def build(entry: Entry) -> User:
        email = str(entry.text("email")).lower()
        if email in taken:
            raise entry.problem(f"{email} is somebody's own account", key="email")
        roles = {one.choice("role", RoleAssignment.Role.values) for one in entry.entries("roles")}
        name = entry.text("name", "")
        administers_portal = _administers_portal(entry, email in running_it, parts)
        if email in known_elsewhere:  # what other programmes read of the account stays as it is
            return rows.put(entry, email=email)
        return rows.put(
            entry,
            email=email,
            name=name,
            is_example=True,
            is_staff=RoleAssignment.Role.ADMINISTRATOR.value in roles
            and not (parts.loading.bounded and email in no_staff),
            administers_portal=administers_portal,
            password=password,
        )

    parts.users = {row.email: row for row in each(entries, build)}
    _addresses(entries, parts)
    _people(entries, parts)
    _roles(entries, parts)


def _administers_portal(entry: Entry, now: bool, parts: ProgrammeParts) -> bool:
    """Whether an account administers the portal: no programme's to say, so a file that somebody
    loads who does not administer it leaves that as it is."""
    by = parts.loading.by
    wanted = entry.boolean("administers_portal", False)
    if by is None or by.administers_portal:
        return wanted
    if wanted and not now:
        raise entry.problem(
            "only somebody who administers the portal loads an account that does",
            key="administers_portal",
        )
    return now


def _password(stored: Iterable[User]) -> str:
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


def _people(entries: list[Entry], parts: ProgrammeParts) -> None:
    """What the programme says of them. Example accounts are nobody's: they accept at once."""
    rows = parts.loading.rows(Person.objects.of(parts.programme), "user", removable=False)
    since = dict(Person.objects.of(parts.programme).values_list("user_id", "accepted_at"))

    def build(entry: Entry) -> Person:
        user = parts.users[str(entry.text("email")).lower()]
        return rows.put(
            entry,
            programme=parts.programme,
            user=user,
            email=user.email,
            name=user.name,
            post=entry.text("post", ""),
            organisation=entry.ref("organisation", parts.organisations, None),
            accepted_at=since.get(user.pk) or timezone.now(),
        )

    each(entries, build)
    rows.finish()


def _roles(entries: list[Entry], parts: ProgrammeParts) -> None:
    stored = RoleAssignment.objects.filter(programme=parts.programme, user__in=parts.users.values())
    rows = parts.loading.rows(stored, "user", "role", "organisation", "board", removable=False)
    held = {(each.user_id, each.role, each.organisation_id, each.board_id): each for each in stored}
    for entry in entries:
        user = parts.users[str(entry.text("email")).lower()]
        for one in entry.entries("roles"):
            role = one.choice("role", RoleAssignment.Role.values)
            organisation = one.ref("organisation", parts.organisations, None)
            board = one.ref("board", parts.boards, None)
            key = (user.pk, role, organisation and organisation.pk, board and board.pk)
            known = held.get(key)
            days = one.day("from_day", None), one.day("to_day", None)
            if parts.loading.bounded and _widens(known, days):
                raise one.problem(
                    f"this would give {user.email} a role, or one for longer: roles are given on "
                    "the page “People”, where somebody else confirms them",
                    key="role",
                )
            confirmed_at = known and known.confirmed_at
            if confirmed_at is None and not parts.loading.bounded:
                confirmed_at = timezone.now()
            rows.put(
                one,
                programme=parts.programme,
                user=user,
                role=role,
                organisation=organisation,
                board=board,
                from_day=days[0],
                to_day=days[1],
                confirmed_at=confirmed_at,
            )
    rows.finish()


def _widens(known: RoleAssignment | None, days: tuple[date | None, date | None]) -> bool:
    """Whether a role from one day to another is more than somebody holds."""
    if known is None:
        return True
    from_day, to_day = days
    starts_earlier = (from_day or date.min) < (known.from_day or date.min)
    return starts_earlier or (to_day or date.max) > (known.to_day or date.max)
