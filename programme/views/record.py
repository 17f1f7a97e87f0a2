"""The record: who did what, when, with both texts, for the auditor."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from programme import sentences
from programme.filters import RecordFilters
from programme.models import AuditEntry
from programme.pages import DetailPage, ListPage
from programme.pages.base import Link
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


class RecordEntry(DetailPage):
    """One entry with all that it changed, and what else the same request did."""

    template_name = "programme/record/detail.html"
    permission = "audit.view"
    above = (("Home", "reports:home"), ("Record", "programme:record:list"))

    def get_object(self) -> AuditEntry:
        rows = AuditEntry.objects.of(self.programme)
        return get_object_or_404(rows, pk=self.kwargs["entry"])

    def get_title(self) -> str:
        deed = sentences.deed(self.object)
        return deed[0].upper() + deed[1:]

    def get_buttons(self) -> list[Link]:
        thing = f"{self.object.object_type}:{self.object.object_id}"
        record = self.url("programme:record:list")
        return [("All that was done to it", f"{record}?thing={thing}")]

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
            "together": [(each, sentences.deed(each)) for each in together[:20]],
        }
        return super().get_context_data(**kwargs)
