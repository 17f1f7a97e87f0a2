"""Organisations and their part in the programme."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404

from programme import actions
from programme.filters import OrganisationFilters
from programme.forms import NewPartnerForm, OrganisationForm, PartnershipForm
from programme.models import BoardMember, Organisation, Partnership
from programme.pages import DetailPage, EditPage, ListPage, ProgrammePage
from programme.pages.base import Link
from programme.selectors import organisations_listed, organisations_of
from programme.tables import OrganisationTable
from programme.views.shared import SectionPage, link_up


class OrganisationList(SectionPage, ListPage):
    template_name = "programme/section_list.html"
    permission = "programme.view"
    section = "programme:organisations:list"
    title = "Organisations"
    table_class = OrganisationTable
    filterset_class = OrganisationFilters
    things = ("organisation", "organisations")
    empty_text = "No organisation takes part yet. The programme office adds the first one."

    def get_queryset(self) -> Any:
        return organisations_listed(self.programme)

    def get_buttons(self) -> list[Link]:
        if not self.allows("organisations.edit"):
            return []
        return [("Add an organisation", self.url("programme:organisations:add"))]


class OfOrganisation(ProgrammePage):
    """A page about one of the programme's organisations."""

    @cached_property
    def organisation(self) -> Organisation:
        rows = organisations_of(self.programme)
        return get_object_or_404(rows, slug=self.kwargs["organisation"])

    @cached_property
    def partnership(self) -> Partnership | None:
        """Its part in the programme; None for one that boards or projects merely name."""
        rows = Partnership.objects.of(self.programme)
        return rows.filter(organisation=self.organisation).first()

    def organisation_url(self, name: str = "detail") -> str:
        return self.url(f"programme:organisations:{name}", organisation=self.organisation.slug)

    def get_breadcrumbs(self) -> list[Link]:
        return [
            ("Home", self.url("reports:home")),
            ("Organisations", self.url("programme:organisations:list")),
            (self.organisation.short_name, self.organisation_url()),
        ]

    def get_success_url(self, obj: Any) -> str:
        return self.organisation_url()


class OrganisationPage(OfOrganisation, DetailPage):
    template_name = "programme/organisations/detail.html"
    permission = "programme.view"

    def get_object(self) -> Organisation:
        return self.organisation

    def get_breadcrumbs(self) -> list[Link]:
        return super().get_breadcrumbs()[:-1]

    def get_buttons(self) -> list[Link]:
        if not self.allows("organisations.edit"):
            return []
        part = "Change its part" if self.partnership else "Make it a partner"
        return [
            ("Change this organisation", self.organisation_url("edit")),
            (part, self.organisation_url("part")),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seats = (
            BoardMember.objects.of(self.programme)
            .filter(organisation=self.organisation)
            .select_related("board")
            .order_by("board__order", "order")
        )
        about = [self.organisation, self.partnership] if self.partnership else [self.organisation]
        # Over what stands in the address, by the same names.
        kwargs |= {
            "organisation": self.organisation,
            "partnership": self.partnership,
            "seats": list(seats),
            "elsewhere": self._projects(),
            "history": self.history_of(about),
        }
        return super().get_context_data(**kwargs)

    def _projects(self) -> list[Link]:
        """The way to the projects that it leads, which are of an app above this one."""
        led = getattr(self.organisation, "led_projects", None)
        if led is None or not led.filter(programme=self.programme).exists():
            return []
        slug = self.organisation.slug
        return link_up(self, "Projects that it leads", "projects:list", lead=slug)


class OrganisationAdd(EditPage):
    permission = "organisations.edit"
    title = "Add an organisation"
    form_class = NewPartnerForm
    button = "Add the organisation"
    above = (("Home", "reports:home"), ("Organisations", "programme:organisations:list"))

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

    def get_success_url(self, obj: Organisation) -> str:
        return self.url("programme:organisations:detail", organisation=obj.slug)

    def get_success_text(self, obj: Organisation) -> str:
        return f"{obj.name} takes part in the programme."


class OrganisationEdit(OfOrganisation, EditPage):
    permission = "organisations.edit"
    form_class = OrganisationForm
    action = actions.save_organisation
    row = "organisation"

    def get_object(self) -> Organisation:
        return self.organisation

    def get_permission_object(self) -> None:
        """Organisations are nobody's own: the right reaches all of them or none."""

    def get_title(self) -> str:
        return f"Change {self.organisation.short_name}"


class PartnershipEdit(OfOrganisation, EditPage):
    """The organisation's part in the programme; a new one where it had none."""

    permission = "organisations.edit"
    form_class = PartnershipForm
    action = actions.save_partnership
    row = "partnership"

    def get_object(self) -> Partnership | None:
        return self.partnership

    def get_permission_object(self) -> None:
        """As of organisations."""

    def get_title(self) -> str:
        return f"{self.organisation.short_name}: part in the programme"

    def get_new_row(self, form: Any) -> Partnership:
        return Partnership(programme=self.programme, organisation=self.organisation)
