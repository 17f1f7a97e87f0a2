"""Tables of the top floor's lists."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from programme.common.columns import DayColumn, NameColumn, PortalColumn, PortalTable
from programme.common.tags import tag
from programme.tables import PartTable
from reports.models import Paper

STATES = {
    Paper.State.DRAFT: "grey",
    Paper.State.IN_REVIEW: "blue",
    Paper.State.APPROVED: "green",
    Paper.State.ISSUED: "purple",
}
"""The colour of the GOV.UK tag of each state."""


class TemplateTable(PartTable):
    order = PortalColumn(verbose_name="Place")
    name = NameColumn("reports:templates:edit", template="slug")
    board = PortalColumn(order_by="board__name")
    numbering = PortalColumn()

    class Meta(PartTable.Meta):
        order_by = "order"


class PaperTable(PortalTable):
    """Papers, each with the way to read it and to keep it."""

    title = NameColumn(
        "reports:papers:detail",
        template="template__slug",
        period="period__slug",
        column={"verbose_name": "Paper"},
    )
    board = PortalColumn(accessor="board__name", verbose_name="Board")
    period = PortalColumn(verbose_name="Period", order_by="period__as_at")
    as_at = DayColumn(accessor="period__as_at", verbose_name="Figures as at")
    meeting = DayColumn(accessor="meeting__held_on", verbose_name="Meeting", default="TBC")
    state = PortalColumn()
    pdf = PortalColumn(
        verbose_name="PDF", empty_values=(), orderable=False, exclude_from_export=True
    )

    def render_state(self, record: Paper) -> SafeString:
        return tag(record.get_state_display(), STATES[Paper.State(record.state)])

    def value_state(self, record: Paper) -> str:
        return record.get_state_display()

    def value_period(self, value: Any) -> str:
        return str(value)

    def render_pdf(self, record: Paper) -> SafeString:
        url = reverse(
            "reports:papers:pdf",
            kwargs={
                "programme": self.request.programme.slug,
                "template": record.template.slug,
                "period": record.period.slug,
            },
        )
        return format_html(
            '<a class="govuk-link govuk-link--no-visited-state" href="{}">PDF'
            '<span class="govuk-visually-hidden"> of {}, {}</span></a>',
            url,
            record.title,
            record.period.name,
        )
