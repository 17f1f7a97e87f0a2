"""What a programme is: its vision, its words, how it rates; and the portal's accessibility."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from programme.selectors.about import programme_setup
from programme.views.shared import SectionPage, link_up


class About(SectionPage, TemplateView):
    """All that the programme set up for itself, to read."""

    template_name = "programme/about.html"
    permission = "programme.view"
    section = "programme:about"

    def get_title(self) -> str:
        return f"About {self.programme.short_name}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ways = {
            "stages": link_up(self, "Set up stages", "programme:stages:list"),
            "periods": link_up(self, "Set up the programme", "reports:set_up"),
        }
        may = self.allows("programme.edit")
        return super().get_context_data(
            setup=programme_setup(self.programme, today=timezone.localdate()),
            ways={name: links[0] for name, links in ways.items() if links and may},
            **kwargs,
        )


@method_decorator(login_not_required, name="dispatch")
class Accessibility(TemplateView):
    """The accessibility statement, which anybody may read."""

    template_name = "programme/accessibility.html"
    extra_context = {"contact": settings.CONTACT_EMAIL}
