"""The guide, to read where one works: within a programme, and outside of any."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.views.generic import TemplateView

from programme.pages import ProgrammePage
from programme.pages.base import Link
from reports.guide import GuidePage, guide_page, guide_pages, guide_title
from reports.views.papers import HOME


class _Guide(TemplateView):
    """What both share: the page that the address names, the first one where it names none."""

    template_name = "reports/help.html"

    def address(self, name: str) -> str:
        """Where a page of the guide stands, the first one for no name."""
        raise NotImplementedError

    @property
    def guide(self) -> str:
        name = self.kwargs.get("guide", "")
        if name and name not in guide_pages():
            raise Http404(f"The guide has no page “{name}”.")
        return name

    def page(self) -> GuidePage:
        return guide_page(self.guide, self.address)

    def way_to_the_front(self) -> list[Link]:
        return [(guide_title(""), self.address(""))] if self.guide else []


class _Help(ProgrammePage, _Guide):
    """The guide within a programme, for all who may read it."""

    above = (HOME,)

    def address(self, name: str) -> str:
        if name:
            return self.url("reports:help:page", guide=name)
        return self.url("reports:help:front")

    def get_breadcrumbs(self) -> list[Link]:
        return [*super().get_breadcrumbs(), *self.way_to_the_front()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self.page()
        return super().get_context_data(title=page.title, shown=page, **kwargs)


class HelpFront(_Help):
    permission = "programme.view"


class HelpPage(_Help):
    permission = "programme.view"


class PortalHelp(_Guide):
    def address(self, name: str) -> str:
        if name:
            return reverse("reports:portal_help:page", kwargs={"guide": name})
        return reverse("reports:portal_help:front")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self.page()
        return super().get_context_data(
            title=page.title, shown=page, breadcrumbs=self.way_to_the_front(), **kwargs
        )
