"""What the forms of the first floor share."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from programme.models import Person, User
from programme.selectors import people_who_may
from projects.models import Project

OWNER_USER = {
    "label": "Owner’s account",
    "help_text": "Who may write it here, besides the project’s lead and the programme office.",
}
"""What every form says of the account beside an owner's post."""


def project_label(project: Project) -> str:
    """A project in a choice: its name, and its reference, by which people find it."""
    return f"{project.ref.upper()} {project.label}"


def offer_writers(form: Any, field: str, permission: str, *, nobody: str) -> None:
    """Leaves a field the people whose role gives a right, and whoever stands there already, each
    with the post that the programme knows them by. ``nobody`` is what no answer means."""
    offer_people(form, field, people_who_may(permission, form.programme), nobody=nobody)


def offer_people(form: Any, field: str, people: QuerySet[User], *, nobody: str) -> None:
    """As ``offer_writers``, of these people. One query."""
    asked = form.fields[field]
    asked.queryset = people
    form.keep(field)
    known = Person.objects.of(form.programme).filter(user__in=asked.queryset.values("pk"))
    offered = [(each.user_id, _with_post(each)) for each in known.select_related("user")]
    asked.choices = [("", nobody), *sorted(offered, key=lambda pair: pair[1].casefold())]


def _with_post(person: Person) -> str:
    """A person in a choice: their name, and their post, which tells two of one name apart."""
    return f"{person}, {person.post}" if person.post else str(person)
