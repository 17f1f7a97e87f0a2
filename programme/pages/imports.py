"""Pages that bring rows from a workbook: the template, the upload, and what it would do.

What is uploaded is read and rehearsed at once: every rule of every action is asked, and nothing of
it stays. What passes is kept for its owner until they have looked at it and confirm; it is planned
again then, and counts only if it would still do what they saw.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.views.generic.base import View

from programme import access
from programme.common import formats
from programme.common.english import listed
from programme.common.export import MEDIA_TYPES
from programme.common.forms import PortalForm
from programme.common.words import say
from programme.imports import (
    MAX_BYTES,
    Plan,
    Planned,
    Problem,
    Reading,
    Refused,
    Sheet,
    all_problems,
    carry_out,
    read,
    write,
)
from programme.models import Programme, Upload
from programme.pages.base import InAddress, ProgrammePage
from programme.pages.edits import ConfirmPage, EditPage
from programme.site import uploads

MOST_SHOWN = 200
"""Problems that a page lists; of more it says how many there are."""
STALE = (
    "Something that the workbook is about has changed since you looked at this page. Nothing is "
    "saved. This is what the workbook would do now."
)


class WorkbookForm(PortalForm):
    file = forms.FileField(
        label="Workbook",
        help_text=f"The template as you filled it in (.xlsx), at most {MAX_BYTES // 1024**2} MB.",
        max_length=200,
        widget=forms.FileInput({"accept": ".xlsx"}),
        error_messages={"empty": "This file is empty. Select the workbook that you filled in."},
    )


class PreviewForm(PortalForm):
    """Carries what its reader has seen of the plan."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class Workbook(ProgrammePage):
    """Mixin of the pages about one kind of workbook. ``kind`` is its word where uploads are kept,
    ``sheets`` what it holds; ``plan`` and ``saves`` say what its rows mean and save them. ``also``
    gives the right that rows of a sheet ask for beside that of the page."""

    kind: ClassVar[str]
    sheets: ClassVar[Sequence[Sheet]]
    also: ClassVar[tuple[tuple[Sheet, str], ...]] = ()

    def plan_of(self, reading: Reading) -> Plan:
        raise NotImplementedError(f"{type(self).__name__} has no plan_of().")

    def saves(self) -> Callable[[Planned, dict[str, Any]], Any]:
        raise NotImplementedError(f"{type(self).__name__} has no saves().")

    def require_all(self, plan: Plan) -> None:
        """Raises PermissionDenied where the plan does what the reader may not."""
        for sheet, permission in self.also:
            if plan.touches(sheet):
                access.require(self.request.user, permission, self.programme, None)

    def counted(self, rows: Sequence[Planned]) -> str:
        """ "2 workstreams and 1 project"."""
        found = [
            formats.count(number, *sheet.things)
            for sheet in self.sheets
            if (number := sum(row.sheet is sheet for row in rows))
        ]
        return listed(found)


class TemplatePage(Workbook, View):
    """The workbook to fill in, with what is stored already."""

    title = ""

    def rows(self) -> dict[str, Any]:
        raise NotImplementedError(f"{type(self).__name__} has no rows().")

    def lists(self) -> dict[str, Any]:
        raise NotImplementedError(f"{type(self).__name__} has no lists().")

    def marking(self) -> str:
        """The highest marking of what the workbook holds, in words."""
        raise NotImplementedError(f"{type(self).__name__} has no marking().")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        marking = self.marking()
        content = write(
            self.sheets,
            self.rows(),
            lists=self.lists(),
            title=f"{self.programme}: {say(self.title)}",
            marking=marking,
        )
        name = f"{marking}-{self.programme.slug}-{self.kind}.xlsx"
        return HttpResponse(
            content,
            content_type=MEDIA_TYPES["xlsx"],
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class UploadPage(Workbook, EditPage):
    """Takes a workbook, and says of each cell that is wrong what to do. ``template`` and
    ``preview`` name the pages before and after it."""

    form_class = WorkbookForm
    template_name = "programme/upload_page.html"
    button = "Upload and look at it"
    autosave = False
    template: ClassVar[str]
    preview: ClassVar[str]
    problems: Sequence[Problem] = ()

    def get_object(self) -> Programme:
        """The programme, to which the workbook's rows will belong: it is there already, and
        uploading a workbook twice adds nothing twice."""
        return self.programme

    def get_permission_object(self) -> None:
        return None

    def perform(self, form: Any) -> Upload:
        file = form.cleaned_data["file"]
        try:
            if file.size > MAX_BYTES:
                raise Refused(f"This file is larger than {MAX_BYTES // 1024**2} MB.")
            reading = read(file.read(), self.sheets)
        except Refused as refused:
            raise ValidationError({"file": str(refused)}) from refused
        plan = self.plan_of(reading)
        self.require_all(plan)
        self.refuse(all_problems(reading, plan, self.saves()))
        data = reading.stored()
        if uploads.is_too_large(data):
            message = "This workbook has more text than is read at a time. Upload it in parts."
            raise ValidationError({"file": message})
        return uploads.keep(self.request.user, self.programme, self.kind, file.name, data)

    def refuse(self, problems: Sequence[Problem]) -> None:
        if problems:
            self.problems = problems
            found = formats.count(len(problems), "problem", "problems")
            raise ValidationError(
                {"file": f"The workbook has {found}, listed below. Nothing is saved."}
            )

    def get_success_url(self, obj: Upload) -> str:
        return self.url(self.preview, upload=obj.key)

    def finish(self, saved: Upload) -> None:
        """Says nothing: nothing of meaning is saved yet, and the next page says so."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            problems=self.problems[:MOST_SHOWN],
            not_shown=max(0, len(self.problems) - MOST_SHOWN),
            template_url=self.url(self.template),
            **kwargs,
        )


class PreviewPage(Workbook, ConfirmPage):
    """What the workbook would do, row by row, and the button that does it: all of it or nothing."""

    form_class = PreviewForm
    template_name = "programme/preview_page.html"
    button = "Save all of it"
    cancel = "Save nothing"
    upload_page: ClassVar[str]
    upload = InAddress(
        lambda page: uploads.waiting(page.request.user, page.programme, page.kind), by="key"
    )
    done: ClassVar[str]
    """Where to go once all is saved."""

    def get_title(self) -> str:
        return f"What “{self.object}” would do"

    @cached_property
    def plan(self) -> Plan:
        return self.plan_of(Reading.restored(self.object.data, self.sheets))

    def get_permission_object(self) -> None:
        return None

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "seen": self.plan.digest}

    def perform(self, form: Any) -> Plan:
        plan = self.plan
        if plan.digest != form.cleaned_data["seen"]:
            form.data["seen"] = plan.digest
            raise ValidationError(STALE)
        self.require_all(plan)
        problems = [*plan.problems] or carry_out(plan, self.saves())
        if problems:
            raise ValidationError([each.sentence for each in problems[:MOST_SHOWN]])
        return plan

    def get_success_url(self, obj: Any) -> str:
        return self.url(self.done)

    def get_cancel_url(self) -> str:
        return self.url(self.upload_page)

    def finish(self, saved: Plan) -> None:
        added, changed = self.counted(saved.added), self.counted(saved.changed)
        parts = [f"{added} added"] if added else []
        parts += [f"{changed} changed"] if changed else []
        messages.success(self.request, f"From the workbook: {listed(parts) or 'nothing to do'}.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = self.plan
        return super().get_context_data(
            plan=plan,
            added=self.counted(plan.added),
            changed=self.counted(plan.changed),
            unchanged=self.counted(plan.unchanged),
            **kwargs,
        )
