"""What pages of a programme share: the right they ask for, their heading, and the way back up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import resolve, reverse
from django.views.generic.base import ContextMixin, View

from programme import access
from programme.access import ANYTHING, Anything, Owned
from programme.common.words import say
from programme.models import Programme
from programme.pages.kept_filters import with_filters
from programme.roles import AFTER_THE_END, only_reads

Link = tuple[str, str]
"""Words and the address that they lead to."""
Way = tuple[str, str]
"""Words and the name of a URL."""

# What a row goes by in addresses: a reference of its own, else the row itself.
_PUBLIC = ("ref", "slug")


def public_name(model: type[Model]) -> str:
    """The field by which addresses name a model's rows: its public reference (``ref`` or ``slug``)
    where it has one, else its key."""
    for name in _PUBLIC:
        try:
            return model._meta.get_field(name).name
        except FieldDoesNotExist:
            continue
    return "pk"


class InAddress:
    """A row that the address names, as an attribute of its page by the name of that part::

        risk = InAddress(
            lambda page: Risk.objects.of(page.programme),
            detail="projects:risks:detail",
            among=RISKS,
        )

    ``rows`` gives the rows of the programme (or of the row above) among which it is looked for;
    one that is not among them is 404. ``by`` names a field other than the public reference.
    Breadcrumbs lead to the list ``among`` which it stands and to its own page ``detail``, where it
    has one, by ``words``. Templates find it by the name of the attribute.
    """

    def __init__(
        self,
        rows: Callable[[Any], QuerySet],
        *,
        detail: str = "",
        among: Way | None = None,
        by: str = "",
        words: Callable[[Any], str] = str,
    ) -> None:
        self.rows, self.detail, self.among, self.by, self.words = rows, detail, among, by, words

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, page: Any, owner: type | None = None) -> Any:
        if page is None:
            return self
        if self.name not in page.__dict__:
            rows = self.rows(page)
            by = self.by or public_name(rows.model)
            page.__dict__[self.name] = get_object_or_404(rows, **{by: page.kwargs[self.name]})
        return page.__dict__[self.name]

    def links(self, page: ProgrammePage, above: Mapping[str, Any]) -> list[Link]:
        """Breadcrumbs to the row; ``above`` are the parts of the address before its own."""
        found = [(say(self.among[0]), page.url(self.among[1], **above))] if self.among else []
        if self.detail:
            address = page.url(self.detail, **above, **{self.name: page.kwargs[self.name]})
            found.append((self.words(getattr(page, self.name)), address))
        return found


class ProgrammePage(ContextMixin, View):
    """Mixin of every view whose address begins with a programme.

    ``permission`` names the right that the page asks for, ``row`` the row that it is about, where
    there is one. Each page says both for itself: a mixin that set one would decide, by the order of
    a page's bases, what a page asks for. ``title`` is the page's heading. The rows that the address
    names are ``InAddress`` attributes. ``in_menu`` is the URL name of the menu's entry that the
    page belongs to, where its own name says another.

    Breadcrumbs are made of ``above``, the lists above all rows of the address; of these rows; and
    of ``beneath``, what lies between the last of them and this page. Both are pairs of words and
    URL name. A page is not among its own breadcrumbs.
    """

    permission: str
    writes: ClassVar[bool] = False
    row: str = ""
    title: str = ""
    in_menu: ClassVar[str] = ""
    above: tuple[Way, ...] = ()
    beneath: tuple[Way, ...] = ()
    programme: Programme

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for each in cls.__mro__:
            stated = [name for name in ("permission", "row") if vars(each).get(name)]
            if stated and not (issubclass(each, ProgrammePage) and hasattr(each, "get")):
                raise TypeError(f"{each.__name__} is a mixin: its pages name their {stated[0]}.")

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
        return self.over() or super().dispatch(request, *args, **kwargs)

    def over(self) -> HttpResponseBase | None:
        """What the page answers in place of itself, whoever asks; None when it answers."""
        return None

    def get_permission_object(self) -> Owned | Anything | None:
        """The row that a right over one's own is held against; None asks for a right over all."""
        return None

    def allows(self, permission: str, obj: Owned | Anything | None = None) -> bool:
        """Whether the reader may do this, with ``obj`` to that row: for what a page offers. What
        writes is not offered in a programme that has ended."""
        if self.is_over_for(permission):
            return False
        return access.allows(self.request.user, permission, self.programme, obj)

    def is_over_for(self, permission: str) -> bool:
        """Whether the programme has ended, and what the right is for with it."""
        lasts = only_reads(permission) or permission in AFTER_THE_END
        return self.programme.has_ended and not lasts

    def url(self, name: str, *, query: Mapping[str, str] | None = None, **kwargs: Any) -> str:
        """Address of a page of this programme; ``query`` is what its list is filtered by, or what
        its form suggests."""
        return reverse(name, kwargs={"programme": self.programme.slug, **kwargs}, query=query)

    def beside(self, name: str, **kwargs: Any) -> str:
        """Address of a page beside this one, about the same rows: ``beside("edit")`` on the page
        of a risk is the form of that risk."""
        space = self.request.resolver_match.namespace
        return self.url(f"{space}:{name}", **self.parts, **kwargs)

    @property
    def parts(self) -> dict[str, Any]:
        """The parts of the address below the programme."""
        return {name: value for name, value in self.kwargs.items() if name != "programme"}

    def get_object(self) -> Any:
        """The row that the page is about: what the address or the page has by the name ``row``;
        None for one that is not there yet."""
        if self.row == "programme":
            return self.programme  # which every address names first
        return getattr(self, self.row) if self.row and hasattr(type(self), self.row) else None

    @cached_property
    def object(self) -> Any:
        """The row that the page is about, as it is stored; None for a new one."""
        return self.get_object()

    @property
    def row_above(self) -> Any:
        """The last row that the address names, to which a new one will belong; None for none."""
        named = list(self._rows_of_address())
        return getattr(self, named[-1]) if named else None

    def _rows_of_address(self) -> Iterator[str]:
        for part in self.parts:
            if isinstance(getattr(type(self), part, None), InAddress):
                yield part

    def get_title(self) -> str:
        return say(self.title)

    def get_breadcrumbs(self) -> list[Link]:
        """Words and addresses of the pages above this one, the highest first."""
        links = [(say(words), self.url(name)) for words, name in self.above]
        known: dict[str, Any] = {}
        for part, value in self.parts.items():
            if isinstance(row := getattr(type(self), part, None), InAddress):
                links += row.links(self, known)
            known[part] = value
        links += [(say(words), self.url(name, **known)) for words, name in self.beneath]
        return [link for link in links if link[1] != self.request.path]

    def way_up(self) -> list[Link]:
        """The breadcrumbs, in which a list is as the reader last saw it."""
        return [(words, with_filters(self.request, url)) for words, url in self.get_breadcrumbs()]

    def get_buttons(self) -> Sequence[Link]:
        """What the reader may do from here: buttons beside the heading."""
        return ()

    def _offered(self, buttons: Sequence[Link]) -> list[Link]:
        """The buttons; of a programme that has ended, those that lead to what still answers."""
        if not self.programme.has_ended:
            return list(buttons)
        return [each for each in buttons if not self._leads_to_the_end(each[1])]

    def _leads_to_the_end(self, address: str) -> bool:
        page = getattr(resolve(address.partition("?")[0]).func, "view_class", None)
        return getattr(page, "writes", False) and self.is_over_for(page.permission)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # In place of the words of the address, which Django hands over.
        kwargs["programme"] = self.programme
        if self.programme.ended_on:
            kwargs["may_end"] = self.allows("programme.end")
        kwargs |= {part: getattr(self, part) for part in self._rows_of_address()}
        kwargs.setdefault("title", self.get_title())
        kwargs.setdefault("breadcrumbs", self.way_up())
        kwargs.setdefault("buttons", self._offered(self.get_buttons()))
        return super().get_context_data(**kwargs)
