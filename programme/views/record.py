"""The record: who did what, when, with both texts, for the auditor."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from programme import actions, sentences
from programme.filters import RecordFilters
from programme.forms import RedactForm
from programme.models import AuditEntry
from programme.pages import ConfirmPage, DetailPage, ListPage
from programme.pages.base import Link
from programme.record_reading import Reader, texts_of
from programme.tables import RecordTable
from programme.views.shared import FullDownload, SectionPage


class Record(SectionPage, FullDownload, ListPage):
    template_name = "programme/section_list.html"
    permission = "audit.view"
    section = "programme:record:list"
    title = "Record of who did what"
    table_class = RecordTable
    filterset_class = RecordFilters
    things = ("entry", "entries")
    only_on_page = ("changes",)
    only_in_downloads = ("kind", "thing", "before", "after", "correlation_id")
    empty_text = "Nothing is on record yet. Whatever anybody changes will stand here."

    def get_queryset(self) -> Any:
        return AuditEntry.objects.of(self.programme)

    def table_options(self) -> dict[str, Any]:
        reader = Reader(self.request.user, self.programme)
        return super().table_options() | {"reader": reader}


class RecordEntry(DetailPage):
    """One entry with all that it changed, and what else the same request did."""

    template_name = "programme/record/detail.html"
    permission = "audit.view"
    above = (("Home", "reports:home"), ("Record", "programme:record:list"))

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.request.user, self.programme)

    def get_object(self) -> AuditEntry:
        """The entry as far as the reader may read it."""
        rows = AuditEntry.objects.of(self.programme)
        return self.reader.clear(get_object_or_404(rows, pk=self.kwargs["entry"]))

    def get_title(self) -> str:
        deed = sentences.deed(self.object)
        return deed[0].upper() + deed[1:]

    def get_buttons(self) -> list[Link]:
        thing = f"{self.object.object_type}:{self.object.object_id}"
        record = self.url("programme:record:list")
        links = [("All that was done to it", f"{record}?thing={thing}")]
        if self.allows("audit.redact") and texts_of(self.object):
            links.append(
                ("Redact texts", self.url("programme:record:redact", entry=self.object.pk))
            )
        return links

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entry = self.object
        together = (
            AuditEntry.objects.of(self.programme)
            .filter(correlation_id=entry.correlation_id)
            .exclude(pk=entry.pk)
            .order_by("at", "pk")
        )
        # Over what stands in the address, by the same names.
        kwargs |= {
            "entry": entry,
            "noun": sentences.noun(entry.object_type),
            "changes": sentences.changes(entry),
            "together": [(each, sentences.deed(self.reader.clear(each))) for each in together[:20]],
        }
        return super().get_context_data(**kwargs)


class Redact(ConfirmPage):
    """Takes texts that an entry holds out of everybody's reach."""

    permission = "audit.redact"
    form_class = RedactForm
    action = actions.redact_texts
    row = "entry"
    warning = (
        "What you choose is taken out of where it stands now, and hidden in everything that the "
        "record says of this thing so far. It cannot be brought back. That it was redacted, by "
        "whom and why, stays on record."
    )
    button = "Redact"
    success_text = "The texts are redacted."

    def get_object(self) -> AuditEntry:
        rows = AuditEntry.objects.of(self.programme)
        entry = get_object_or_404(rows, pk=self.kwargs["entry"])
        if not texts_of(entry):
            raise Http404("The entry holds no text.")
        return entry

    def get_title(self) -> str:
        return f"Redact texts of “{self.object.object_label}”?"

    def get_permission_object(self) -> None:
        """Entries are nobody's own."""

    def get_form_kwargs(self) -> dict[str, Any]:
        texts = [
            (name, sentences.label(self.object, name).capitalize())
            for name in texts_of(self.object)
        ]
        return super().get_form_kwargs() | {"texts": texts}

    def get_breadcrumbs(self) -> list[Link]:
        return [
            ("Home", self.url("reports:home")),
            ("Record", self.url("programme:record:list")),
            ("Entry", self.url("programme:record:detail", entry=self.object.pk)),
        ]

    def get_success_url(self, obj: AuditEntry) -> str:
        return self.url("programme:record:detail", entry=obj.pk)
