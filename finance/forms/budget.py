"""A budget line with its funding, a split rule with its shares, a planned contribution."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from finance.funding import Breakdown, SplitError, breakdown, check_shares, remainder
from finance.models import BudgetLine, CostCategory, FundingSource, SplitRule
from programme.common.formfields import AmountField, DateField, MoneyField, PercentField
from programme.common.forms import PortalForm
from programme.common.words import say
from programme.forms.base import OfProgramme
from programme.models import MarkingChoices
from projects.forms.base import project_label
from projects.models import Project


class _BySource(OfProgramme, PortalForm):
    """A form with a field for each funding source of the programme.

    ``own`` are the ids of the organisations whose money its reader may set; None for everybody's.
    """

    prefix_of_sources: str

    def __init__(
        self,
        *args: Any,
        sources: Sequence[FundingSource],
        own: Collection[int] | None = None,
        **kwargs: Any,
    ) -> None:
        self.sources = sources
        self.own = own
        super().__init__(*args, **kwargs)

    def field_of(self, source: FundingSource) -> str:
        return f"{self.prefix_of_sources}_{source.slug}"

    def limit_of(self, source: FundingSource) -> str:
        """What a reader is told who may not spend the money of a source."""
        if self.own is None or source.organisation_id in self.own:
            return ""
        return " This is another body’s money: you can lower it, not raise it."

    def by_source(self) -> dict[FundingSource, Decimal]:
        """What was given for each source, nothing and zero left out."""
        given = {each: self.cleaned_data.get(self.field_of(each)) for each in self.sources}
        return {source: value for source, value in given.items() if value}

    def is_own(self, sources: Collection[FundingSource]) -> bool:
        """Whether the reader's own organisation pays, where that is asked."""
        return self.own is None or any(each.organisation_id in self.own for each in sources)


class LineForm(_BySource):
    """A budget line: what it is for, what it costs, and who pays: fixed amounts first, what they
    leave by a split rule."""

    prefix_of_sources = "fixed"

    description = forms.CharField(max_length=200)
    category = forms.ModelChoiceField(CostCategory.objects.all())
    project = forms.ModelChoiceField(
        Project.objects.all(), required=False, help_text="Where the cost is one project’s."
    )
    nature = forms.ChoiceField(
        label="Revenue or capital", choices=BudgetLine.Nature.choices, widget=forms.RadioSelect
    )
    amount = AmountField(help_text="What the line is forecast to cost in the year.")
    split_rule = forms.ModelChoiceField(
        SplitRule.objects.all(),
        required=False,
        help_text="Who carries what fixed funding leaves.",
    )
    note = forms.CharField(required=False, widget=forms.Textarea({"rows": 3}))
    sensitivity = forms.ChoiceField(
        label="Marking", choices=MarkingChoices.choices, widget=forms.RadioSelect
    )

    field_order = ("description", "category", "project", "nature", "amount")

    def prepare_fields(self) -> None:
        super().prepare_fields()
        for source in self.sources:
            self.fields[self.field_of(source)] = MoneyField(
                label=f"Fixed from {source.name}",
                required=False,
                help_text=say("In pounds; paid first, before the split rule.")
                + self.limit_of(source),
            )
        fixed = [self.field_of(each) for each in self.sources]
        self.order_fields([*self.field_order, *fixed, "split_rule", "note", "sensitivity"])
        self.fields["project"].label_from_instance = project_label
        self.fields["project"].empty_label = say("No single project")
        self.fields["split_rule"].empty_label = "No rule: fixed funding pays all of it"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        fixed = self.by_source()
        if "amount" in cleaned:
            try:
                remainder(cleaned["amount"], fixed)
            except SplitError as error:
                self.add_error(self.field_of(next(iter(fixed))) if fixed else "amount", str(error))
        if not self.errors and not self.is_own(self.payers()):
            self.add_error(
                "split_rule", "Choose funding to which your own organisation contributes."
            )
        return cleaned

    def payers(self) -> list[FundingSource]:
        """The sources on which the line would fall."""
        rule = self.cleaned_data.get("split_rule")
        shared = [share.source for share in rule.shares.select_related("source")] if rule else []
        return [*self.by_source(), *shared]

    @property
    def values(self) -> dict[str, Any]:
        fields = {self.field_of(each) for each in self.sources}
        values = {name: value for name, value in super().values.items() if name not in fields}
        return values | {"fixed": self.by_source()}

    def breakdown(self) -> Breakdown[str]:
        """How the line as answered would be funded, sources by their slugs in their order."""
        rule = self.cleaned_data["split_rule"]
        percent = {each.source_id: each.percent for each in rule.shares.all()} if rule else {}
        return breakdown(
            self.cleaned_data["amount"],
            {source.slug: pounds for source, pounds in self.by_source().items()},
            {each.slug: percent[each.pk] for each in self.sources if each.pk in percent},
        )


class SplitRuleForm(_BySource):
    """Named shares that add up to 100%, and the days between which they hold."""

    prefix_of_sources = "share"

    @property
    def lacks(self) -> tuple[type[FundingSource], ...]:
        """What has to be there before there is anything to share, for its page to say so."""
        return () if self.sources else (FundingSource,)

    name = forms.CharField(max_length=100, help_text="Such as: Both bodies equally")
    in_force_from = DateField(label="In force from", required=False)
    in_force_to = DateField(label="In force to", required=False)

    def prepare_fields(self) -> None:
        super().prepare_fields()
        for source in self.sources:
            self.fields[self.field_of(source)] = PercentField(
                label=f"Share of {source.name}",
                required=False,
                help_text=f"In percent, to four decimals.{self.limit_of(source)}",
            )
        shares = [self.field_of(each) for each in self.sources]
        self.order_fields(["name", *shares, "in_force_from", "in_force_to"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        shares = self.by_source()
        given = all(self.field_of(each) not in self.errors for each in self.sources)
        if given and self.sources:
            first = self.field_of(self.sources[0])
            try:
                check_shares(shares)
            except SplitError as error:
                self.add_error(first, str(error))
            else:
                if not self.is_own(shares):
                    self.add_error(first, "Give your own organisation a share.")
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        kept = ("name", "in_force_from", "in_force_to")
        return {name: self.cleaned_data[name] for name in kept} | {"shares": self.by_source()}


class ContributionForm(PortalForm):
    """What a source has agreed to put in for a year."""

    amount = AmountField(label="Amount agreed for the year")
    note = forms.CharField(required=False, max_length=300, widget=forms.Textarea({"rows": 3}))
