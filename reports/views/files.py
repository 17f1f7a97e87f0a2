"""A programme as a file: taken away, and loaded after a look at what that would do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from programme.common.forms import PortalForm
from programme.forms import ProgrammeFileUpload
from programme.models import MarkingChoices
from programme.pages import EditPage, ProgrammePage
from programme.pages.base import Link
from programme.pages.set_up import SET_UP
from programme.programme_file.yamlfile import YamlError
from reports.programme_file import export
from reports.programme_file.preview import Preview, load_as_shown, preview
from reports.starts import said_of_the_file
from reports.views.papers import attachment

SALT = "programme file"
KEPT_FOR = 24 * 60 * 60
"""Seconds in which a file that was looked at can be loaded."""
LARGEST = 1_500_000
"""Characters of a file as the form of its preview carries it, packed."""
TOO_LARGE = (
    "This file is too large to be loaded here. Ask whoever runs the portal to load it with the "
    "command load_programme."
)
MEDIA_TYPE = "application/yaml; charset=utf-8"


class ConfirmForm(PortalForm):
    """The question below a preview. The file goes with it, signed and packed, as it was shown."""


class FileExport(ProgrammePage):
    """The whole programme, and what is restricted in it too: its name says the highest marking."""

    permission = "file.edit"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        marking = MarkingChoices.OFFICIAL_SENSITIVE.label
        name = f"{marking}-{self.programme.slug}-programme.yaml"
        return attachment(name, MEDIA_TYPE, export(self.programme).encode())


class FileOfSetUp(ProgrammePage):
    """What another programme could begin with."""

    permission = "programme.edit"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        marking = self.programme.get_default_marking_display()
        name = f"{marking}-{self.programme.slug}-set-up.yaml"
        return attachment(name, MEDIA_TYPE, export(self.programme, only_set_up=True).encode())


class FileLoad(EditPage):
    """Takes a file, shows what it would do, and loads it when that is confirmed."""

    permission = "file.edit"
    title = "Programme file"
    template_name = "reports/programme_file.html"
    button = "Show what it would do"
    above = SET_UP
    autosave = False

    @property
    def is_confirming(self) -> bool:
        return "packed" in self.request.POST

    def get_form_class(self) -> type[forms.Form]:
        return ConfirmForm if self.is_confirming else ProgrammeFileUpload

    def get_buttons(self) -> list[Link]:
        return [
            ("Export the programme", self.beside("export")),
            ("Export its set-up alone", self.beside("set_up")),
        ]

    def form_valid(self, form: Any) -> HttpResponseBase:
        if self.is_confirming:
            return super().form_valid(form)
        file = form.cleaned_data["file"]
        stored = file.read()
        try:
            with said_of_the_file():
                return self.shown(form, stored, file.name)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)

    def shown(self, form: Any, stored: bytes, name: str) -> HttpResponse:
        """The preview of a file, with the form that loads it as it is now."""
        found = preview(stored=stored, name=name, programme=self.programme, by=self.request.user)
        text = stored.decode("utf-8-sig")
        packed = signing.dumps(
            [self.programme.pk, self.request.user.pk, name, text, found.digest],
            salt=SALT,
            compress=True,
        )
        if len(packed) > LARGEST:
            raise ValidationError({"file": TOO_LARGE})
        context = self.get_context_data(form=form, preview=found, packed=packed, file_name=name)
        return render(self.request, "reports/programme_file_preview.html", context)

    def perform(self, form: Any) -> Preview:
        try:
            programme, user, name, text, digest = signing.loads(
                self.request.POST["packed"], salt=SALT, max_age=KEPT_FOR
            )
        except signing.BadSignature:
            programme = user = name = text = digest = None
        if (programme, user) != (self.programme.pk, self.request.user.pk):
            raise ValidationError("This preview is not yours or too old. Choose the file again.")
        try:
            return load_as_shown(
                stored=text.encode(),
                name=name,
                programme=self.programme,
                digest=digest,
                by=self.request.user,
            )
        except YamlError as error:
            raise ValidationError(list(error.problems)) from error

    def form_invalid(self, form: Any) -> HttpResponseBase:
        if not self.is_confirming:
            return super().form_invalid(form)
        upload = ProgrammeFileUpload(data={}, files={})
        upload._errors = form.errors
        return self.render_to_response(self.get_context_data(form=upload))

    def get_success_url(self, obj: Preview) -> str:
        return self.url("reports:set_up")

    def get_success_text(self, obj: Preview) -> str:
        return "The programme file is loaded."
