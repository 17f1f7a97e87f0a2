"""A workstream's and a project's facts, and the stage at which a project stands."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from programme.common import formats
from programme.common.formfields import DateField, RowsField
from programme.common.forms import PortalForm, PortalModelForm
from programme.common.slugs import RESERVED
from programme.common.words import say
from programme.forms import PLACE, PartForm
from programme.forms.base import OfProgramme
from programme.forms.earlier import HolderForm
from programme.models import Board, RoleAssignment, Stage, User
from projects.forms.base import offer_people, offer_writers, project_label
from projects.models import Project, Workstream
from projects.stages import first_day


class WorkstreamForm(OfProgramme, PartForm):
    class Meta:
        model = Workstream
        fields = ("name", "number", "parent", "summary", "dimensions", "order")
        field_classes = {"dimensions": RowsField}
        labels = {
            "dimensions": "Rated in this workstream only",
            "number": "Number in papers",
            "parent": "Stands below",
            "order": PLACE["label"],
        }
        help_texts = {
            "number": "As papers print it, such as 3 or 5.1",
            "summary": "A sentence or two that papers print before its projects.",
            "dimensions": "Projects elsewhere are not asked for what is ticked here. What no "
            "workstream ticks is asked of all.",
            "order": PLACE["help_text"],
        }
        widgets = {
            "dimensions": forms.CheckboxSelectMultiple,
            "number": forms.TextInput({"class": "govuk-input--width-5"}),
            "summary": forms.Textarea({"rows": 3}),
            "order": PLACE["widget"],
        }

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["parent"].empty_label = say("No other workstream")
        if self.instance.pk:
            field = self.fields["parent"]
            field.queryset = field.queryset.exclude(pk=self.instance.pk)
        rated = [(each.pk, str(each)) for each in self.fields["dimensions"].queryset]
        self.fields["dimensions"].choices = rated
        if not rated:
            # A programme may rate nothing; a question without answers is not asked.
            del self.fields["dimensions"]


NO_LEAD = "Nobody but the programme office"
NOT_KNOWN_YET = ("", "Not known yet")


def offer_parents(form: OfProgramme) -> None:
    """Leaves what a project can be a component of."""
    parent = form.fields["parent"]
    parent.queryset = parent.queryset.top_level().open().exclude(pk=form.instance.pk)
    parent.empty_label = say("No other project")
    parent.label_from_instance = project_label


class ProjectForm(HolderForm, OfProgramme, PortalModelForm):
    """The facts of a project, apart from its stage."""

    holder, holder_words = "lead_organisation", "lead organisation"
    field_order: tuple[str, ...] = (
        *("name", "short_name", "summary", "workstream", "parent"),
        *("lead_organisation", "change_of_holder", "held_since"),
    )

    class Meta:
        model = Project
        fields = (
            "name",
            "short_name",
            "summary",
            "workstream",
            "parent",
            "lead_organisation",
            "partners",
            "lead_post",
            "lead_user",
            "sponsor_post",
            "sponsor_user",
            "starts_on",
            "ends_on",
            "themes",
            "priorities",
            "statutory_basis",
            "sensitivity",
            "in_papers_as_component",
        )
        field_classes = {
            "starts_on": DateField,
            "ends_on": DateField,
            "partners": RowsField,
            "themes": RowsField,
            "priorities": RowsField,
        }
        labels = {
            "short_name": "Short name",
            "parent": "Component of",
            "lead_organisation": "Lead organisation",
            "partners": "Other partners",
            "lead_post": "Lead’s post",
            "sponsor_post": "Sponsor’s post",
            "lead_user": "Lead’s account",
            "sponsor_user": "Sponsor’s account",
            "starts_on": "Start",
            "ends_on": "End",
            "priorities": "Priorities of the plan that it serves",
            "statutory_basis": "Statutory basis",
            "sensitivity": "Marking",
            "in_papers_as_component": "Papers list it in the entry of the project it belongs to",
        }
        help_texts = {
            "short_name": "For table cells; the name stands there when this is empty.",
            "summary": "What the project does and why, as a board member should read it.",
            "parent": "For the parts of a portfolio.",
            "lead_post": "A post, never a person’s name.",
            "sponsor_post": "A post, never a person’s name.",
            "lead_user": "Who writes its updates, milestones and risks. Somebody with the role of "
            "project lead or programme office.",
            "sponsor_user": "Who answers for it above its lead. A sponsor reads what the lead "
            "writes, and writes none of it.",
            "statutory_basis": "Such as a section 22A agreement.",
        }
        widgets = {
            "summary": forms.Textarea({"rows": 5}),
            "partners": forms.CheckboxSelectMultiple,
            "themes": forms.CheckboxSelectMultiple,
            "priorities": forms.CheckboxSelectMultiple,
            "sensitivity": forms.RadioSelect,
        }

    def prepare_fields(self) -> None:
        super().prepare_fields()
        offer_parents(self)
        held = RoleAssignment.objects.of(self.programme).current().values("user")
        sponsors = User.objects.filter(pk__in=held, is_active=True).order_by("name", "pk")
        offer_writers(self, "lead_user", "updates.edit", nobody=NO_LEAD)
        offer_people(self, "sponsor_user", sponsors, nobody="Nobody with an account")
        self.keep("parent", "lead_organisation", "partners")
        # Both questions offer the same bodies, which are read once.
        bodies = self.fields["lead_organisation"].queryset | self.fields["partners"].queryset
        for name in ("lead_organisation", "partners"):
            self.fields[name].queryset = bodies
        organisations = [(each.pk, str(each)) for each in bodies]
        self.fields["lead_organisation"].choices = [NOT_KNOWN_YET, *organisations]
        self.fields["partners"].choices = organisations
        self.ask_of_holder()
        for name in ("themes", "priorities"):
            rows = [(each.pk, str(each)) for each in self.fields[name].queryset]
            self.fields[name].choices = rows
            if not rows:
                # A programme may have none; a question without answers is not asked.
                del self.fields[name]


class NewProjectForm(OfProgramme, PortalModelForm):
    """A new project in one short page: what it is called, where it stands, who leads it. All else
    is given later, by ``ProjectForm``."""

    stage_since = DateField(label="At this stage since", required=False)

    class Meta:
        model = Project
        fields = (
            "name",
            "ref",
            "workstream",
            "parent",
            "stage",
            "lead_organisation",
            "lead_user",
        )
        labels = ProjectForm.Meta.labels | {"ref": "Reference"}
        help_texts = ProjectForm.Meta.help_texts | {
            "ref": "Short and lasting, as in addresses and papers: t03. Left empty, it is made "
            "from the name."
        }
        widgets = {"ref": forms.TextInput({"class": "govuk-input--width-5"})}

    field_order = ("name", "ref", "workstream", "parent", "stage", "stage_since")

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["ref"].required = False
        offer_parents(self)
        offer_writers(self, "lead_user", "updates.edit", nobody=NO_LEAD)
        self.fields["lead_organisation"].empty_label = NOT_KNOWN_YET[1]
        begins = formats.day(first_day(self.programme, None))
        self.fields["stage_since"].help_text = say(
            "Papers leave a project out of the time before. Left empty, it is "
            f"{begins}: the next papers have it then."
        )

    def clean_ref(self) -> str:
        ref: str = self.cleaned_data["ref"].lower()
        if ref in RESERVED:
            raise ValidationError(f"Choose another word: “{ref}” is one of the portal’s addresses.")
        return ref


class MoveStageForm(OfProgramme, PortalForm):
    """Where a project stands from now on, since when, why, and by whose decision."""

    to_stage = forms.ModelChoiceField(
        Stage.objects.all(), label="New stage", widget=forms.RadioSelect, empty_label=None
    )
    changed_on = DateField(label="Since", help_text="For example, 27 3 2026")
    reason = forms.CharField(
        label="Reason",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Needed when the project pauses or comes to an end.",
    )
    board = forms.ModelChoiceField(Board.objects.all(), label="Decided by", required=False)


class FirstStageForm(OfProgramme, PortalForm):
    """Where a project stood when it began and since when, and why that was wrong before."""

    to_stage = forms.ModelChoiceField(
        Stage.objects.all(), label="First stage", widget=forms.RadioSelect, empty_label=None
    )
    changed_on = DateField(
        label="Since", help_text="Papers leave the project out of the time before this day."
    )
    reason = forms.CharField(
        label="Why it is corrected",
        widget=forms.Textarea({"rows": 3}),
        help_text="Stays on record.",
    )
