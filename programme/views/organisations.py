"""Organisations and their part in the programme."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from programme import actions
from programme.common.words import say
from programme.filters import OrganisationFilterSet
from programme.forms import NewPartnerForm, OrganisationForm, PartnershipForm
from programme.models import BoardMember, Organisation, Partnership
from programme.pages import DetailPage, EditPage, InAddress, ListPage, ProgrammePage
from programme.pages.base import Link
from programme.selectors import organisations_listed, organisations_of
from programme.succession import still_open
from programme.tables import OrganisationTable
from programme.views.shared import HOME, SectionPage, link_up

ORGANISATIONS = ("Organisations", "programme:organisations:list")


class OrganisationList(SectionPage, ListPage):
    template_name = "programme/section_list.html"
    permission = "programme.view"
    section = "programme:organisations:list"
    title = "Organisations"
    table_class = OrganisationTable
    filterset_class = OrganisationFilterSet
    things = ("organisation", "organisations")
    empty_text = "No organisation takes part yet. The programme office adds the first one."

    def get_queryset(self) -> Any:
        return organisations_listed(self.programme)

    def get_buttons(self) -> list[Link]:
        if not self.allows("organisations.edit"):
            return []
        return [("Add an organisation", self.url("programme:organisations:add"))]


class OfOrganisation(ProgrammePage):
    """Mixin of the pages about one of the programme's organisations. Organisations are nobody's
    own: a right reaches all of them or none."""

    above = (HOME,)
    organisation = InAddress(
        lambda page: organisations_of(page.programme),
        detail="programme:organisations:detail",
        among=ORGANISATIONS,
        words=lambda organisation: organisation.short_name,
    )

    @cached_property
    def partnership(self) -> Partnership | None:
        """Its part in the programme; None for one that boards or projects merely name."""
        rows = Partnership.objects.of(self.programme)
        return rows.filter(organisation=self.organisation).first()


class OrganisationDetail(OfOrganisation, DetailPage):
    permission = "programme.view"
    row = "organisation"
    template_name = "programme/organisations/detail.html"

    def get_buttons(self) -> list[Link]:
        if not self.allows("organisations.edit"):
            return []
        part = "Edit its part" if self.partnership else say("Make it a partner")
        offered = [("Edit", self.beside("edit")), (part, self.beside("part"))]
        if self.allows("programme.edit"):
            offered.append(("Hand over to a successor", self.beside("hand_over")))
        return offered

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seats = (
            BoardMember.objects.of(self.programme)
            .filter(organisation=self.organisation)
            .select_related("board")
            .order_by("board__order", "order")
        )
        left_on = self.partnership.left_on if self.partnership else None
        about = [self.organisation, self.partnership] if self.partnership else [self.organisation]
        return super().get_context_data(
            partnership=self.partnership,
            earlier_names=list(self.organisation.earlier_names.all()),
            seats=list(seats),
            still_open=still_open(self.organisation, left_on),
            hand_over_url=self.beside("hand_over") if self.allows("programme.edit") else "",
            elsewhere=self._projects(),
            history=self.history_of(about),
            **kwargs,
        )

    def _projects(self) -> list[Link]:
        """The way to the projects that it leads, which are of an app above this one."""
        led = getattr(self.organisation, "led_projects", None)
        if led is None or not led.filter(programme=self.programme).exists():
            return []
        slug = self.organisation.slug
        return link_up(self, say("Projects that it leads"), "projects:list", lead=slug)


class OrganisationAdd(EditPage):
    permission = "organisations.edit"
    row = "organisation"
    title = "Add an organisation"
    above = (HOME, ORGANISATIONS)
    form_class = NewPartnerForm
    detail = "programme:organisations:detail"
    success_text = "{obj} takes part in the programme."

    @transaction.atomic
    def perform(self, form: NewPartnerForm) -> Organisation:
        """Two actions in one: an organisation that is new to the programme, and its part."""
        values = form.values
        known = organisations_of(self.programme)
        if same := known.filter(name__iexact=values["name"].strip()).first():
            raise ValidationError(
                {"name": f"The programme has {same} already: change its part on its page."}
            )
        organisation = actions.save_organisation(
            organisation=Organisation(programme=self.programme),
            values={
                "name": values["name"],
                "short_name": values["short_name"],
                "kind": values["kind"],
            },
            by=self.request.user,
        )
        actions.save_partnership(
            partnership=Partnership(programme=self.programme, organisation=organisation),
            values={"role": values["role"], "joined_on": values["joined_on"]},
            by=self.request.user,
        )
        return organisation


class OrganisationEdit(OfOrganisation, EditPage):
    permission = "organisations.edit"
    row = "organisation"
    form_class = OrganisationForm
    action = actions.save_organisation


class OrganisationPart(OfOrganisation, EditPage):
    """The organisation's part in the programme; a new one where it had none."""

    permission = "organisations.edit"
    row = "partnership"
    form_class = PartnershipForm
    action = actions.save_partnership
    button = "Save"

    def get_title(self) -> str:
        return f"{self.organisation.short_name}: part in the programme"

    def get_new_row(self, form: Any) -> Partnership:
        return Partnership(programme=self.programme, organisation=self.organisation)
