"""Risks and issues: their facts, their scores, their end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from programme.common.formfields import DateField
from programme.common.forms import PortalForm, PortalModelForm
from programme.forms.base import OfProgramme
from projects.forms.base import OWNER_USER, offer_writers, project_label
from projects.models import Risk
from projects.selectors.registers import RiskWords, risk_words

AS_BEFORE = "As before mitigation"


class StepField(forms.TypedChoiceField):
    """One of the programme's steps of likelihood or of impact, as radio buttons; cleans to a number
    or None. Its form says what the steps are."""

    def __init__(self, axis: str, empty: str = "No target", **kwargs: Any) -> None:
        self.axis, self.empty = axis, empty
        super().__init__(coerce=int, empty_value=None, widget=forms.RadioSelect, **kwargs)

    def offer(self, words: RiskWords) -> None:
        """The steps with the word of each: 4 Likely."""
        steps = [(step, f"{step} {word}") for step, word in enumerate(getattr(words, self.axis), 1)]
        self.choices = steps if self.required else [("", self.empty), *steps]


class AsksForScores(OfProgramme):
    """Mixin of a form that asks for scores."""

    def prepare_fields(self) -> None:
        super().prepare_fields()
        words = risk_words(self.programme)
        for field in self.fields.values():
            if isinstance(field, StepField):
                field.offer(words)


class RiskForm(AsksForScores, PortalModelForm):
    inherent_likelihood = StepField("likelihood", label="Likelihood before mitigation")
    inherent_impact = StepField("impact", label="Impact before mitigation")
    likelihood = StepField("likelihood", label="Likelihood now", required=False, empty=AS_BEFORE)
    impact = StepField("impact", label="Impact now", required=False, empty=AS_BEFORE)
    target_likelihood = StepField("likelihood", label="Likelihood aimed at", required=False)
    target_impact = StepField("impact", label="Impact aimed at", required=False)

    class Meta:
        model = Risk
        fields = (
            "title",
            "kind",
            "project",
            "cause",
            "event",
            "effect",
            "owner_post",
            "owner_user",
            "owner_organisation",
            "raised_on",
            "inherent_likelihood",
            "inherent_impact",
            "target_likelihood",
            "target_impact",
            "response",
            "mitigation",
            "proximity",
            "review_on",
            "is_strategic",
            "sensitivity",
        )
        field_classes = {"raised_on": DateField, "review_on": DateField}
        labels = {
            "title": "What may happen, or has happened",
            "kind": "Risk or issue",
            "cause": "Cause",
            "event": "Event",
            "effect": "Effect",
            "proximity": "When it may happen",
            "review_on": "To be reviewed on",
            "owner_post": "Owner’s post",
            "owner_user": OWNER_USER["label"],
            "owner_organisation": "Owner’s organisation",
            "raised_on": "Raised on",
            "is_strategic": "Goes to the board whatever its score",
            "sensitivity": "Marking",
        }
        help_texts = {
            "kind": "A risk may happen, an issue has.",
            "cause": "What is so today, because of which it may happen.",
            "event": "What may happen.",
            "effect": "What it would do to the project or the programme.",
            "proximity": "",
            "mitigation": "What is done about it, by whom and by when.",
            "project": "",
            "owner_post": "A post, never a person’s name.",
            "owner_user": OWNER_USER["help_text"],
            "is_strategic": "",
        }
        error_messages = {
            "title": {"required": "Say what may happen, or has happened"},
            "owner_post": {"required": "Say whose post owns it"},
        }
        widgets = {
            "kind": forms.RadioSelect,
            "cause": forms.Textarea({"rows": 3}),
            "event": forms.Textarea({"rows": 3}),
            "effect": forms.Textarea({"rows": 3}),
            "response": forms.RadioSelect,
            "proximity": forms.RadioSelect,
            "mitigation": forms.Textarea({"rows": 4}),
            "sensitivity": forms.RadioSelect,
        }

    field_order = (
        *("title", "kind", "project", "cause", "event", "effect"),
        *("owner_post", "owner_user", "owner_organisation", "raised_on"),
        *("inherent_likelihood", "inherent_impact", "likelihood", "impact"),
        *("target_likelihood", "target_impact", "response", "mitigation"),
    )

    @property
    def values(self) -> dict[str, Any]:
        """The score now is no field of the risk: where it is given, the risk is assessed."""
        answers = super().values
        score = answers.pop("likelihood"), answers.pop("impact")
        return answers | {"score": None if None in score else score}

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        now = {name: answers.get(name) for name in ("likelihood", "impact")}
        given = [name for name, step in now.items() if step is not None]
        if len(given) == 1 and not any(name in self.errors for name in now):
            (other,) = set(now) - set(given)
            self.add_error(other, "A score has both a likelihood and an impact.")
        return answers

    def prepare_fields(self) -> None:
        for name in ("likelihood", "impact"):
            self.fields[name].required = self.instance.pk is not None
        super().prepare_fields()
        self.fields["owner_post"].required = True
        for name in ("response", "proximity"):
            field = self.fields[name]
            field.choices = [("", "Not decided"), *(each for each in field.choices if each[0])]
        project = self.fields["project"]
        project.queryset = project.queryset.filter(withdrawn_on__isnull=True)
        project.empty_label = "The whole programme"
        project.label_from_instance = project_label
        self.keep("owner_organisation")
        offer_writers(self, "owner_user", "risks.edit", nobody="Nobody with an account")
        if not self.instance.pk:
            self.fields["raised_on"].initial = timezone.localdate()


class AssessmentForm(AsksForScores, PortalForm):
    """The score of a risk on a day."""

    assessed_on = DateField(label="Assessed on", help_text="For example, 27 3 2026")
    likelihood = StepField("likelihood", label="Likelihood now")
    impact = StepField("impact", label="Impact now")
    note = forms.CharField(label="What changed", required=False, widget=forms.Textarea({"rows": 3}))

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["assessed_on"].initial = timezone.localdate()

    @property
    def values(self) -> dict[str, Any]:
        answers = super().values
        return answers | {"score": (answers.pop("likelihood"), answers.pop("impact"))}


class CloseRiskForm(OfProgramme, PortalForm):
    closed_on = DateField(label="Closed on", help_text="For example, 27 3 2026")
    closing_note = forms.CharField(
        label="How it ended",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say how it ended"},
    )

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["closed_on"].initial = timezone.localdate()
