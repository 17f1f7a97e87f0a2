"""One's own account: invitations that wait for an answer, and one's name."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import FormView, TemplateView

from programme import actions, granting, holdings
from programme.forms import AcceptForm, NameForm
from programme.models import Person
from programme.pages.edits import place
from programme.selectors import invitations_for, roles_not_yet, roles_offered


class Invitations(TemplateView):
    """Programmes that invited the reader: each is answered with yes or no."""

    template_name = "account/invitations.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = request.POST.get("person", "")
        known = key.isascii() and key.isdigit() and len(key) < 19
        person = invitations_for(request.user).filter(pk=int(key) if known else None).first()
        if person is None:  # answered meanwhile, or somebody else's
            return redirect("account_invitations")
        if "_decline" in request.POST:
            actions.decline_invitation(person=person, by=request.user)
            messages.success(request, f"You declined the invitation to {person.programme.name}.")
            return redirect("reports:start")
        form = self.form(person, request.POST)
        if form.is_valid():
            try:
                actions.accept_invitation(
                    person=person, name=form.cleaned_data.get("name", ""), by=request.user
                )
            except ValidationError as error:
                place(form, error)
            else:
                programme = person.programme
                messages.success(request, f"You accepted the invitation to {programme.name}.")
                for role in roles_not_yet(request.user).filter(programme=programme):
                    messages.success(request, granting.why_not_yet(role))
                return redirect("reports:start")
        return self.render_to_response(self.get_context_data(form=form))

    def form(self, person: Person, data: Any = None) -> AcceptForm:
        return AcceptForm(data, person=person, auto_id=f"id_{person.pk}_%s")

    def get_context_data(self, form: AcceptForm | None = None, **kwargs: Any) -> dict[str, Any]:
        waiting = []
        for person in invitations_for(self.request.user):
            roles = roles_offered().filter(person=person).select_related("organisation", "board")
            mine = form is not None and form.person == person
            answer = form if mine else self.form(person)
            waiting.append((person, list(roles), holdings.promised(person), answer))
        return super().get_context_data(waiting=waiting, form=form, **kwargs)


class Name(FormView):
    """What the reader is called in all programmes, which nobody else changes."""

    template_name = "account/name.html"
    form_class = NameForm

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.request.user.name}

    def form_valid(self, form: NameForm) -> HttpResponseBase:
        actions.change_name(
            user=self.request.user, name=form.cleaned_data["name"], by=self.request.user
        )
        messages.success(self.request, "Your name is saved.")
        return redirect("reports:start")
