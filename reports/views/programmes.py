"""Programmes that are set up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.urls import reverse

from programme import actions
from programme.forms import NewProgrammeForm
from programme.models import Programme
from programme.pages import PortalEdit


class ProgrammeAdd(PortalEdit):
    """A new programme, in which its list of tasks leads on."""

    title = "Set up a programme"
    button = "Set the programme up"
    form_class = NewProgrammeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def perform(self, form: NewProgrammeForm) -> Programme:
        if name := form.cleaned_data.get("your_name"):
            actions.change_name(user=self.request.user, name=name, by=self.request.user)
            self.request.user.refresh_from_db()
        return actions.create_programme(values=form.programme, by=self.request.user)

    def get_success_url(self, saved: Programme) -> str:
        return reverse("reports:set_up", kwargs={"programme": saved.slug})

    def finish(self, saved: Programme) -> None:
        messages.success(
            self.request, f"{saved} is set up, and you are its administrator and its office."
        )
