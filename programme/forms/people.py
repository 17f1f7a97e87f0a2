"""People, and the roles they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst

from programme import holdings
from programme.common.formfields import DateField
from programme.common.forms import PortalForm, PortalModelForm
from programme.common.widgets import LabelWithHint
from programme.common.words import say
from programme.forms.base import OfProgramme
from programme.holdings import Holding
from programme.models import Board, Organisation, Person, RoleAssignment

Role = RoleAssignment.Role

DOES = {
    Role.OFFICE: "Changes everything but amounts that others must confirm; manages people.",
    Role.LEAD: "Writes the updates, milestones and risks of their own projects.",
    Role.FINANCE: "Enters and confirms the money and benefits of one organisation. A second person "
    "who manages people confirms the role.",
    Role.SECRETARY: "Keeps a board’s members, meetings, decisions and actions.",
    Role.MEMBER: "Reads all that is reported, and finds the papers of their board first.",
    Role.AUDITOR: "Reads everything, and the record of who did what.",
    Role.ADMINISTRATOR: "Manages people and organisations; reads the record. A second person who "
    "manages people confirms the role.",
}
"""What each role is for, in a line beside the choice."""

# What a role is held for: which of the two fields it needs, and which it may have.
NEEDS = {Role.FINANCE: "organisation", Role.SECRETARY: "board", Role.MEMBER: "board"}
TAKES = NEEDS | {Role.LEAD: "organisation"}
_WITH_ARTICLE = {"organisation": "an organisation", "board": "a board"}
_MISSING = {
    Role.FINANCE: "Select the organisation whose money this finance lead answers for",
    Role.SECRETARY: "Select the board that this secretary looks after",
    Role.MEMBER: "Select the board that this member sits on",
}


def role_choices() -> list[tuple[str, LabelWithHint]]:
    return [(role.value, LabelWithHint(str(role.label), say(DOES[role]))) for role in Role]


class RoleRules:
    """Mixin: a role is held for an organisation, for a board, or for the whole programme.

    ``role_fields`` say which field of the form asks for which of the two.
    """

    role_fields = (("organisation", "organisation"), ("board", "board"))

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("role"):
            role = Role(answers["role"])
            for kind, field in self.role_fields:
                problem = _problem(role, kind, answers.get(field))
                if problem and field not in self.errors:
                    self.add_error(field, problem)
        return answers


def _problem(role: Role, kind: str, chosen: Any) -> str:
    """What is wrong with the organisation or board chosen for a role, if anything."""
    if NEEDS.get(role) == kind and chosen is None:
        return say(_MISSING[role])
    if TAKES.get(role) != kind and chosen is not None:
        held_for = (
            f"held for {say(_WITH_ARTICLE[TAKES[role]])}" if role in TAKES else "for everything"
        )
        return f"Take the {kind} out: the role of {role.label.lower()} is {held_for}"
    return ""


class GivesRows:
    """Mixin of a form that gives a role, and with it rows to answer for: of each kind in
    ``offered``, those of the programme that go on."""

    def __init__(self, *args: Any, offered: Sequence[Holding], **kwargs: Any) -> None:
        self.offered = offered
        super().__init__(*args, **kwargs)

    def prepare_fields(self) -> None:
        super().prepare_fields()
        for each in self.offered:
            rows = each.going_on(self.programme).select_related(each.field)
            choices = [(str(row.pk), _now_held(each, row)) for row in rows]
            if choices:
                self.fields[each.key] = forms.MultipleChoiceField(
                    label=say(capfirst(each.words[1])),
                    choices=choices,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                    help_text=say("Whoever leads one of them now hands it over by this."),
                )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("role"):
            able = holdings.given_with(answers["role"])
            for each in self.offered:
                if answers.get(each.key) and each not in able:
                    role = Role(answers["role"]).label.lower()
                    self.add_error(
                        each.key, say(f"Take these out: the role of {role} has no {each.words[1]}")
                    )
        return answers

    @property
    def gives(self) -> dict[str, set[int]]:
        """The keys of what is given, by the key of its kind."""
        chosen = {each.key: self.cleaned_data.get(each.key) or () for each in self.offered}
        return {key: {int(pk) for pk in rows} for key, rows in chosen.items() if rows}


def _now_held(holding: Holding, row: Any) -> str:
    held = getattr(row, holding.field)
    return f"{holding.name(row)} (now {held})" if held else holding.name(row)


class RoleForm(RoleRules, OfProgramme, PortalModelForm):
    class Meta:
        model = RoleAssignment
        fields = ("role", "organisation", "board", "from_day", "to_day")
        field_classes = {"from_day": DateField, "to_day": DateField}
        labels = {"from_day": "First day", "to_day": "Last day"}
        help_texts = {
            "organisation": "For a finance lead, or a project lead of all its projects.",
            "board": "For a board secretary or a board member.",
            "from_day": "Leave empty for a role that is in force already.",
            "to_day": "Leave empty for a role without an end.",
        }
        widgets = {"role": forms.RadioSelect}

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["role"].choices = role_choices()


class NewRoleForm(GivesRows, RoleForm):
    """Another role, with what its holder answers for."""


class InvitationForm(GivesRows, RoleRules, OfProgramme, PortalForm):
    """Somebody new to the programme, and the first role they hold in it."""

    role_fields = (("organisation", "organisation_of_role"), ("board", "board"))

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="The invitation goes there. Their role is in force once they accept it.",
        widget=forms.TextInput({"type": "email", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "invalid": "Enter an e-mail address in the form name@example.org",
        },
    )
    name = forms.CharField(
        label="Name", max_length=150, widget=forms.TextInput({"autocomplete": "off"})
    )
    post = forms.CharField(
        label="Post", max_length=150, required=False, help_text="As papers should name it."
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(), label="Organisation they work for", required=False
    )
    role = forms.ChoiceField(label="Role", choices=role_choices, widget=forms.RadioSelect)
    organisation_of_role = forms.ModelChoiceField(
        Organisation.objects.all(),
        label="Organisation of the role",
        required=False,
        help_text="For a finance lead, or a project lead of all its projects.",
    )
    board = forms.ModelChoiceField(
        Board.objects.all(),
        label="Board of the role",
        required=False,
        help_text="For a board secretary or a board member.",
    )

    @property
    def person(self) -> dict[str, Any]:
        """The facts of the person."""
        return {name: self.cleaned_data[name] for name in ("name", "post", "organisation")}

    @property
    def given(self) -> dict[str, Any]:
        """The facts of the role."""
        return {
            "role": self.cleaned_data["role"],
            "organisation": self.cleaned_data["organisation_of_role"],
            "board": self.cleaned_data["board"],
        }


class PersonForm(OfProgramme, PortalModelForm):
    """What the programme says of somebody. The name of who accepted is theirs to change."""

    class Meta:
        model = Person
        fields = ("name", "post", "organisation")
        help_texts = {
            "name": "Until they accept; then they are called as they call themselves.",
            "post": "As papers should name it.",
        }

    def prepare_fields(self) -> None:
        super().prepare_fields()
        if self.instance.is_waiting:
            self.fields["name"].required = True
        else:
            del self.fields["name"]


class NameForm(PortalForm):
    name = forms.CharField(
        label="Your name",
        max_length=150,
        help_text="As people in your programmes read it.",
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": "Enter your name"},
    )


class AcceptForm(NameForm):
    """Yes to an invitation; asks for a name where the account has none."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def prepare_fields(self) -> None:
        if self.person.user.name:
            del self.fields["name"]
        else:
            self.fields["name"].initial = self.person.name


class EndRoleForm(PortalForm):
    to_day = DateField(
        label="Last day",
        help_text="Yesterday ends the role at once. The account and its record stay.",
    )

    def prepare_fields(self) -> None:
        self.fields["to_day"].initial = timezone.localdate()
