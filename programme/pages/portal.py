"""Pages of the portal as a whole, outside any programme: for whoever administers it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView
from django.views.generic.base import ContextMixin, View

from programme import access
from programme.pages.base import Link, Way
from programme.pages.edits import SENT_BEFORE, SENT_TWICE, place
from programme.site import sending


class PortalPage(ContextMixin, View):
    """Mixin of a page that only those open who administer the portal."""

    title: str = ""
    above: tuple[Way, ...] = (("Programmes", "reports:start"),)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        access.require_portal(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_title(self) -> str:
        return self.title

    def get_lead(self) -> str:
        """What is said below the title; empty for nothing."""
        return ""

    def get_breadcrumbs(self) -> list[Link]:
        return [(words, reverse(name)) for words, name in self.above]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("title", self.get_title())
        kwargs.setdefault("lead", self.get_lead())
        return super().get_context_data(breadcrumbs=self.get_breadcrumbs(), **kwargs)


class PortalEdit(PortalPage, FormView):
    """A form whose answers go to one action (``perform``). As on the pages of a programme, a form
    that is sent twice counts once, and what an action refuses is said beside its field."""

    template_name = "programme/portal_form.html"
    button = "Save"

    def perform(self, form: Any) -> Any:
        """Calls the action; returns what it returns and raises what it raises."""
        raise NotImplementedError(f"{type(self).__name__} has no perform().")

    def get_success_url(self, saved: Any) -> str:
        return self.get_cancel_url()

    def get_cancel_url(self) -> str:
        """Where to go without saving: the page above."""
        return self.get_breadcrumbs()[-1][1]

    def finish(self, saved: Any) -> None:
        """What is left to do once all is saved: says so, and sends mail."""

    @cached_property
    def form_key(self) -> str:
        """The key that the form was sent with: it keeps it until it is saved."""
        return sending.key_of(self.request.POST)

    def form_valid(self, form: Any) -> HttpResponseBase:
        given, user, path = sending.given(self.request), self.request.user, self.request.path
        try:
            with transaction.atomic():
                sent, is_first = sending.take(user, path, given)
                if not is_first and sent is not None:
                    if sending.says_the_same(sent, path, given):
                        messages.success(self.request, SENT_TWICE)
                        return redirect(sent.leads_to)
                    form.add_error(None, SENT_BEFORE)
                    self.form_key = sending.new_key(asked=True)
                    return self.form_invalid(form)
                saved = self.perform(form)
                leads_to = self.get_success_url(saved)
                if sent is not None:
                    sending.note(sent, path, given, leads_to)
        except ValidationError as error:
            place(form, error)
            return self.form_invalid(form)
        self.finish(saved)
        return redirect(leads_to)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            button=self.button,
            cancel_url=self.get_cancel_url(),
            form_key=self.form_key or sending.new_key(),
            **kwargs,
        )
