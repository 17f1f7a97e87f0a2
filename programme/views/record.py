"""The record: who did what, when, with both texts, for the auditor."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404

from programme import actions, sentences
from programme.filters import RecordFilterSet
from programme.forms import RedactForm
from programme.models import AuditEntry
from programme.pages import ConfirmPage, DetailPage, InAddress, ListPage, ProgrammePage
from programme.pages.base import Link
from programme.record_reading import Reader, texts_of
from programme.tables import RecordTable
from programme.views.shared import HOME, FullDownload, SectionPage

RECORD = ("Record", "programme:record:list")


class RecordList(SectionPage, FullDownload, ListPage):
    template_name = "programme/section_list.html"
    permission = "audit.view"
    section = "programme:record:list"
    title = "Record of who did what"
    table_class = RecordTable
    filterset_class = RecordFilterSet
    things = ("entry", "entries")
    only_on_page = ("changes",)
    only_in_downloads = ("kind", "thing", "before", "after", "correlation_id")
    empty_text = "Nothing is on record yet. Whatever anybody changes will stand here."

    def get_queryset(self) -> Any:
        return AuditEntry.objects.of(self.programme)

    def table_options(self) -> dict[str, Any]:
        reader = Reader(self.request.user, self.programme)
        return super().table_options() | {"reader": reader}


class OfEntry(ProgrammePage):
    """Mixin of the pages about one entry. Entries are nobody's own."""

    above = (HOME,)
    entry = InAddress(
        lambda page: AuditEntry.objects.of(page.programme),
        detail="programme:record:detail",
        among=RECORD,
        words=lambda entry: "Entry",
    )


class RecordDetail(OfEntry, DetailPage):
    """One entry with all that it changed, and what else the same request did."""

    permission = "audit.view"
    row = "entry"
    template_name = "programme/record/detail.html"

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.request.user, self.programme)

    def get_object(self) -> AuditEntry:
        """The entry as far as the reader may read it."""
        return self.reader.clear(self.entry)

    def get_title(self) -> str:
        deed = sentences.deed(self.object)
        return deed[0].upper() + deed[1:]

    def get_buttons(self) -> list[Link]:
        thing = f"{self.object.object_type}:{self.object.object_id}"
        every = self.url("programme:record:list", query={"thing": thing})
        links = [("All that was done to it", every)]
        if self.allows("audit.redact") and texts_of(self.object):
            links.append(("Redact texts", self.beside("redact")))
        return links

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entry = self.object
        together = (
            AuditEntry.objects.of(self.programme)
            .filter(correlation_id=entry.correlation_id)
            .exclude(pk=entry.pk)
            .order_by("at", "pk")
        )
        context = super().get_context_data(
            noun=sentences.noun(entry.object_type),
            changes=sentences.changes(entry),
            together=[(each, sentences.deed(self.reader.clear(each))) for each in together[:20]],
            **kwargs,
        )
        return context | {"entry": entry}


class RecordRedact(OfEntry, ConfirmPage):
    """Takes texts that an entry holds out of everybody's reach."""

    permission = "audit.redact"
    row = "entry"
    form_class = RedactForm
    action = actions.redact_texts
    detail = "programme:record:detail"
    warning = (
        "What you choose is taken out of where it stands now, and hidden in everything that the "
        "record says of this thing so far. It cannot be brought back. That it was redacted, by "
        "whom and why, stays on record."
    )
    button = "Redact"
    success_text = "The texts are redacted."

    def get_object(self) -> AuditEntry:
        if not texts_of(self.entry):
            raise Http404("The entry holds no text.")
        return self.entry

    def get_title(self) -> str:
        return f"Redact texts of “{self.object.object_label}”?"

    def get_form_kwargs(self) -> dict[str, Any]:
        texts = [
            (name, sentences.label(self.object, name).capitalize())
            for name in texts_of(self.object)
        ]
        return super().get_form_kwargs() | {"texts": texts}
