"""What a form needs before it can be sent: where nothing is there to choose from that must be
chosen, its page says so and leads to where that is set up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import NoReverseMatch

from programme.common.words import say
from programme.pages.base import Link, Way

if TYPE_CHECKING:
    from programme.pages.base import ProgrammePage

SET_UP_AT: dict[str, Way] = {
    "finance.costcategory": ("programme.edit", "finance:categories:list"),
    "finance.financialyear": ("programme.edit", "finance:years:list"),
    "finance.fundingsource": ("programme.edit", "finance:sources:list"),
    "programme.board": ("boards.view", "programme:boards:list"),
    "programme.organisation": ("programme.view", "programme:organisations:list"),
    "programme.ratingscale": ("programme.edit", "programme:scales:list"),
    "programme.reportingperiod": ("programme.edit", "programme:periods:list"),
    "programme.stage": ("programme.edit", "programme:stages:list"),
    "projects.project": ("projects.view", "projects:list"),
    "projects.workstream": ("projects.view", "projects:workstreams:list"),
    "reports.papertemplate": ("programme.edit", "reports:templates:list"),
}
"""By the model of what is chosen: the right to open the page where its rows are set up, and the
URL name of that page."""


def first(page: ProgrammePage, form: forms.BaseForm) -> list[Link]:
    """What has to be there before the form can be sent, with the address where it is set up; an
    empty one where the reader may not go."""
    return [(_words(model), _address(page, model._meta.label_lower)) for model in _missing(form)]


def _missing(form: forms.BaseForm) -> Iterator[Any]:
    seen = set()
    for field in form.fields.values():
        if not isinstance(field, forms.ModelChoiceField) or not field.required:
            continue
        model = field.queryset.model
        if model not in seen and not field.queryset.exists():
            seen.add(model)
            yield model
    yield from getattr(form, "lacks", ())


def _words(model: Any) -> str:
    noun = str(model._meta.verbose_name)
    return say(f"an {noun}" if noun[0] in "aeio" else f"a {noun}")


def _address(page: ProgrammePage, label: str) -> str:
    permission, name = SET_UP_AT.get(label, ("programme.edit", "reports:set_up"))
    if not page.allows(permission):
        return ""
    try:
        return page.url(name)
    except NoReverseMatch:
        return page.url("reports:set_up")
