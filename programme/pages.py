"""What pages of a programme share: the right they ask for, and the way back up."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.generic.base import ContextMixin, View

from programme import access
from programme.models import Programme


class ProgrammePage(ContextMixin, View):
    """Mixin of every view whose address begins with a programme.

    ``permission`` names the right that the page asks for; a page without one is a mistake.
    ``above`` are the pages above this one, as pairs of words and URL name.
    """

    permission: str
    above: tuple[tuple[str, str], ...] = ()
    programme: Programme

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.programme = request.programme
        access.require(request.user, self.permission, self.programme)
        return super().dispatch(request, *args, **kwargs)

    def url(self, name: str, **kwargs: str) -> str:
        """Address of a page of this programme."""
        return reverse(name, kwargs={"programme": self.programme.slug, **kwargs})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # In place of the slug, which Django hands over from the address.
        kwargs["programme"] = self.programme
        kwargs.setdefault("breadcrumbs", [(words, self.url(name)) for words, name in self.above])
        return super().get_context_data(**kwargs)
