"""What pages of a programme share: the right they ask for, their heading, and the way back up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.generic.base import ContextMixin, View

from programme import access
from programme.access import ANYTHING, Anything, Owned
from programme.models import Programme

Link = tuple[str, str]
"""Words and the address that they lead to."""


class ProgrammePage(ContextMixin, View):
    """Mixin of every view whose address begins with a programme.

    ``permission`` names the right that the page asks for. Each page says it for itself: a mixin
    that set one would decide, by the order of a page's bases, what a page asks for.
    ``above`` are the pages above this one, as pairs of words and URL name; where an address needs
    more than the programme, ``get_breadcrumbs`` says it. ``title`` is the page's heading.
    """

    permission: str
    title: str = ""
    above: tuple[tuple[str, str], ...] = ()
    programme: Programme

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "permission" in vars(cls) and not hasattr(cls, "get"):
            raise TypeError(f"{cls.__name__} is a mixin: its pages name their permission.")

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        if not getattr(cls, "permission", ""):
            raise TypeError(f"{cls.__name__} names no permission.")
        return super().as_view(**initkwargs)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.programme = request.programme
        # Whoever holds the right for nothing at all does not learn what there is.
        access.require(request.user, self.permission, self.programme, ANYTHING)
        access.require(request.user, self.permission, self.programme, self.get_permission_object())
        return super().dispatch(request, *args, **kwargs)

    def get_permission_object(self) -> Owned | Anything | None:
        """The row that a right over one's own is held against; None asks for a right over all."""
        return None

    def allows(self, permission: str, obj: Owned | Anything | None = None) -> bool:
        """Whether the reader may do this, with ``obj`` to that row: for what a page offers."""
        return access.allows(self.request.user, permission, self.programme, obj)

    def url(self, name: str, **kwargs: Any) -> str:
        """Address of a page of this programme."""
        return reverse(name, kwargs={"programme": self.programme.slug, **kwargs})

    def get_title(self) -> str:
        return self.title

    def get_breadcrumbs(self) -> list[Link]:
        """Words and addresses of the pages above this one, the highest first."""
        return [(words, self.url(name)) for words, name in self.above]

    def get_buttons(self) -> Sequence[Link]:
        """What the reader may do from here: buttons beside the heading."""
        return ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # In place of the slug, which Django hands over from the address.
        kwargs["programme"] = self.programme
        kwargs.setdefault("title", self.get_title())
        kwargs.setdefault("breadcrumbs", self.get_breadcrumbs())
        kwargs.setdefault("buttons", list(self.get_buttons()))
        return super().get_context_data(**kwargs)
