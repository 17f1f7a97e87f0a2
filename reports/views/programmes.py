"""Programmes that are set up: what they begin with, and the form that makes each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from programme import actions
from programme.forms import NewProgrammeForm, ProgrammeFileForm
from programme.models import Programme
from programme.pages import PortalEdit, PortalPage
from reports import starts
from reports.starts import Preset

START = ("Programmes", "reports:start")
CHOOSE = ("Set up a programme", "reports:programmes:choose")


class ProgrammeChoose(PortalPage, TemplateView):
    """What a new programme can begin with."""

    template_name = "reports/programme_choose.html"
    title = CHOOSE[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            presets=starts.presets().values(),
            copyable=starts.copyable(self.request.user),
            **kwargs,
        )


class NewProgramme(PortalEdit):
    """A form of a new programme, in which its list of tasks leads on."""

    button = "Set the programme up"
    above = (START, CHOOSE)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def begin(self, form: Any) -> Programme:
        """Makes the programme that the form describes."""
        raise NotImplementedError(f"{type(self).__name__} has no begin().")

    def perform(self, form: Any) -> Programme:
        if name := form.cleaned_data.get("your_name"):
            self.request.user = actions.change_name(
                user=self.request.user, name=name, by=self.request.user
            )
        return self.begin(form)

    def get_success_url(self, saved: Programme) -> str:
        return reverse("reports:set_up", kwargs={"programme": saved.slug})

    def finish(self, saved: Programme) -> None:
        messages.success(
            self.request, f"{saved} is created. You are its administrator and its office."
        )


class ProgrammeAdd(NewProgramme):
    title = "Set up a programme from nothing"
    form_class = NewProgrammeForm

    def begin(self, form: NewProgrammeForm) -> Programme:
        return actions.create_programme(values=form.programme, by=self.request.user)


class ProgrammePreset(NewProgramme):
    form_class = NewProgrammeForm

    @property
    def preset(self) -> Preset:
        if (found := starts.presets().get(self.kwargs["preset"])) is None:
            raise Http404
        return found

    def get_title(self) -> str:
        return f"Set up a programme: {self.preset.name}"

    def get_lead(self) -> str:
        return self.preset.hint

    def begin(self, form: NewProgrammeForm) -> Programme:
        return starts.begin_with_preset(
            preset=self.preset, values=form.programme, by=self.request.user
        )


class ProgrammeCopy(NewProgramme):
    """Begins with the set-up of a programme that the reader administers."""

    form_class = NewProgrammeForm

    @property
    def source(self) -> Programme:
        among = [each.pk for each in starts.copyable(self.request.user)]
        return get_object_or_404(Programme, slug=self.kwargs["source"], pk__in=among)

    def get_title(self) -> str:
        return f"Set up a programme like {self.source.short_name}"

    def get_lead(self) -> str:
        return (
            "It begins with the organisations, boards, stages, scales, risk scheme, categories and "
            f"papers of {self.source.name}. Nothing that happened there comes along."
        )

    def get_initial(self) -> dict[str, Any]:
        alike = ("financial_year_start_month", "calendar", "default_marking")
        return super().get_initial() | {name: getattr(self.source, name) for name in alike}

    def begin(self, form: NewProgrammeForm) -> Programme:
        return starts.begin_with_copy(
            source=self.source, values=form.programme, by=self.request.user
        )


class ProgrammeFile(NewProgramme):
    title = "Set up a programme from a file"
    form_class = ProgrammeFileForm

    def begin(self, form: ProgrammeFileForm) -> Programme:
        file = form.cleaned_data["file"]
        return starts.begin_with_file(
            stored=file.read(),
            name=file.name,
            values={name: text for name, text in form.programme.items() if text},
            by=self.request.user,
        )
