"""Tables of the ground floor's lists."""

from __future__ import annotations

from typing import Any

from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from programme import display, sentences
from programme.common import formats, ratings
from programme.common.columns import (
    NONE,
    DayColumn,
    NameColumn,
    PortalColumn,
    PortalTable,
)
from programme.models import (
    AuditEntry,
    Dimension,
    Meeting,
    Organisation,
    Partnership,
    Person,
    RatingLevel,
    RatingScale,
    RoleAssignment,
    SetUpPart,
)
from programme.record_reading import Reader
from programme.stored_tolerances import tolerances_in_words


class MeetingTable(PortalTable):
    day = NameColumn(
        "programme:boards:meetings:detail",
        board="board__slug",
        meeting="held_on",
        column={"accessor": "held_on", "verbose_name": "Day", "order_by": "held_on"},
    )
    board = PortalColumn(order_by=("board__name", "held_on"))
    starts_at = PortalColumn(verbose_name="Starts at", orderable=False)
    place = PortalColumn()
    period = PortalColumn(verbose_name="Receives the papers of", order_by="period__as_at")
    state = PortalColumn()

    class Meta:
        order_by = "-day"

    def render_day(self, value: Any, record: Meeting) -> SafeString:
        return self.columns["day"].column.render(formats.day(value), record, self)

    def value_day(self, value: Any) -> Any:
        return value

    def render_starts_at(self, value: Any) -> str:
        return f"{value:%H:%M}"

    def render_state(self, record: Meeting) -> SafeString:
        return display.meeting_state(record)

    def value_state(self, record: Meeting) -> str:
        return record.get_state_display()


class PartTable(PortalTable):
    """A list of rows of the set-up: those that have been withdrawn are marked."""

    withdrawn_on = PortalColumn(verbose_name="In use", empty_values=())

    class Meta:
        sequence = ("...", "withdrawn_on")

    def render_withdrawn_on(self, record: SetUpPart) -> SafeString | str:
        return display.part_state(record)

    def value_withdrawn_on(self, record: SetUpPart) -> str:
        return "no" if record.withdrawn_on else "yes"


class PeriodTable(PortalTable):
    name = NameColumn(
        "programme:periods:edit",
        period="slug",
        column={"verbose_name": "Period", "order_by": "as_at"},
    )
    starts_on = DayColumn(verbose_name="First day")
    as_at = DayColumn(verbose_name="As at")
    opens_on = DayColumn(verbose_name="Updates asked for")
    due_on = DayColumn(verbose_name="Updates due")
    state = PortalColumn()

    class Meta:
        order_by = "-as_at"


class ThemeTable(PartTable):
    order = PortalColumn(verbose_name="Place")
    name = NameColumn("programme:themes:edit", theme="slug")

    class Meta(PartTable.Meta):
        order_by = "order"


class PrincipleTable(PartTable):
    order = PortalColumn(verbose_name="Place")
    text = NameColumn(
        "programme:principles:edit", principle="pk", column={"verbose_name": "Principle"}
    )

    class Meta(PartTable.Meta):
        order_by = "order"


class AimTable(PartTable):
    order = PortalColumn(verbose_name="Place")
    text = NameColumn("programme:aims:edit", aim="pk", column={"verbose_name": "Aim"})

    class Meta(PartTable.Meta):
        order_by = "order"


class PriorityTable(PartTable):
    number = PortalColumn(verbose_name="No.")
    text = NameColumn(
        "programme:priorities:edit", priority="pk", column={"verbose_name": "Priority"}
    )
    in_force_from = DayColumn(verbose_name="In force from")
    in_force_to = DayColumn(verbose_name="In force until")

    class Meta(PartTable.Meta):
        order_by = ("in_force_from", "number")


class StageTable(PartTable):
    order = PortalColumn(verbose_name="Place")
    name = NameColumn("programme:stages:edit", stage="slug")
    kind = PortalColumn(verbose_name="What it means for a project")

    class Meta(PartTable.Meta):
        order_by = "order"


class ScaleTable(PartTable):
    name = NameColumn("programme:scales:levels:list", scale="slug")
    levels = PortalColumn(accessor="pk", orderable=False)

    class Meta(PartTable.Meta):
        order_by = "name"

    def render_levels(self, record: RatingScale) -> SafeString | str:
        shown = [each for each in record.levels.all() if each.withdrawn_on is None]
        return format_html_join(" ", "{}", ((ratings.of(each),) for each in shown)) or NONE

    def value_levels(self, record: RatingScale) -> str:
        return ", ".join(each.word for each in record.levels.all() if each.withdrawn_on is None)


class LevelTable(PartTable):
    order = PortalColumn(verbose_name="Place")
    word = NameColumn(
        "programme:scales:levels:edit",
        scale="scale__slug",
        level="pk",
        column={"verbose_name": "Level", "order_by": "word"},
    )
    looks = PortalColumn(accessor="pk", verbose_name="In a cell", orderable=False)
    definition = PortalColumn(verbose_name="Meaning", orderable=False)
    rank = PortalColumn(verbose_name="On the scale")
    needs_reason = PortalColumn(verbose_name="Asks for a reason")

    class Meta(PartTable.Meta):
        order_by = "order"

    def render_definition(self, value: str) -> SafeString:
        return linebreaksbr(value)

    def render_looks(self, record: RatingLevel) -> SafeString | str:
        return ratings.of(record)

    def value_looks(self, record: RatingLevel) -> str:
        return record.code

    def render_needs_reason(self, value: bool) -> str:
        return "Yes" if value else "No"

    def value_needs_reason(self, value: bool) -> str:
        return self.render_needs_reason(value)


class DimensionTable(PartTable):
    order = PortalColumn(verbose_name="Place")
    name = NameColumn("programme:dimensions:edit", dimension="slug")
    scale = PortalColumn(order_by="scale__name")
    is_overall = PortalColumn(verbose_name="The project as a whole")
    measure = PortalColumn(verbose_name="Proposed from")
    tolerances = PortalColumn(accessor="pk", orderable=False)

    class Meta(PartTable.Meta):
        order_by = "order"

    def render_is_overall(self, value: bool) -> str:
        return "Yes" if value else "No"

    def value_is_overall(self, value: bool) -> str:
        return self.render_is_overall(value)

    def render_measure(self, record: Dimension) -> str:
        """What it comes from: its figure, or the other ratings."""
        return record.get_rule_display() if record.is_derived else record.get_measure_display()

    def value_measure(self, record: Dimension) -> str:
        return self.render_measure(record)

    def render_tolerances(self, record: Dimension) -> str:
        return tolerances_in_words(record) or NONE

    def value_tolerances(self, record: Dimension) -> str:
        return tolerances_in_words(record)


class OrganisationTable(PortalTable):
    name = NameColumn("programme:organisations:detail", organisation="slug")
    short_name = PortalColumn(verbose_name="Short name")
    kind = PortalColumn()
    part_role = PortalColumn(verbose_name="Part in the programme", order_by=("part_role", "name"))
    joined_on = DayColumn(verbose_name="Joined")
    left_on = DayColumn(verbose_name="Left")

    def render_kind(self, record: Organisation) -> str:
        return record.get_kind_display()

    def value_kind(self, record: Organisation) -> str:
        return record.get_kind_display()

    def render_part_role(self, value: str) -> str:
        return Partnership.Role(value).label

    def value_part_role(self, value: str | None) -> str:
        return Partnership.Role(value).label if value else ""


class PersonTable(PortalTable):
    """Roles in the order of the people who hold them."""

    person = NameColumn(
        "programme:people:detail",
        person="person__pk",
        column={
            "accessor": "person",
            "verbose_name": "Person",
            "order_by": ("shown_name", "shown_email"),
        },
    )
    post = PortalColumn(accessor="person__post", order_by=("person__post", "shown_name"))
    role = PortalColumn(order_by=("role", "shown_name"))
    held_for = PortalColumn(accessor="pk", verbose_name="For", orderable=False)
    from_day = DayColumn(verbose_name="Since")
    to_day = DayColumn(verbose_name="Until")
    signed_in = PortalColumn(
        accessor="signed_in", verbose_name="Last signed in", order_by="signed_in"
    )
    email = PortalColumn(accessor="shown_email", verbose_name="E-mail address")

    def render_person(self, value: Person, record: RoleAssignment) -> SafeString:
        link = self.columns["person"].column.render(value, record, self)
        waits = " – has not accepted yet" if value.is_waiting else ""
        waits = " – declined the invitation" if value.declined_at else waits
        waits = " – account closed" if value.closed_at else waits
        return format_html(
            '{} <span class="app-table__quiet">{}{}</span>', link, value.address, waits
        )

    def render_role(self, record: RoleAssignment) -> str:
        return record.get_role_display()

    def value_role(self, record: RoleAssignment) -> str:
        return record.get_role_display()

    def render_held_for(self, record: RoleAssignment) -> str:
        return str(record.organisation or record.board or "the whole programme")

    def value_held_for(self, record: RoleAssignment) -> str:
        return self.render_held_for(record)

    def render_signed_in(self, value: Any) -> str:
        return formats.short_day(timezone.localtime(value).date())

    def value_signed_in(self, value: Any) -> Any:
        return timezone.localtime(value).date() if value else None


class RecordTable(PortalTable):
    """The record: what was done, by whom, when, and both texts of each thing that it changed."""

    at = PortalColumn(verbose_name="When", attrs={"td": {"class": "app-record__when"}})
    actor = PortalColumn(accessor="actor_label", verbose_name="Who")
    what = NameColumn(
        "programme:record:detail",
        entry="pk",
        column={
            "accessor": "verb",
            "verbose_name": "What was done",
            "order_by": ("verb", "-at"),
            "attrs": {"td": {"class": "app-record__what"}},
        },
    )
    kind = PortalColumn(accessor="object_type", verbose_name="Kind of thing")
    thing = PortalColumn(accessor="object_label", verbose_name="Thing")
    changes = PortalColumn(
        accessor="pk",
        verbose_name="Before and after",
        orderable=False,
        attrs={"td": {"class": "app-record__texts"}},
    )
    before = PortalColumn(accessor="pk", verbose_name="Before")
    after = PortalColumn(accessor="pk", verbose_name="After")
    correlation_id = PortalColumn(verbose_name="Request")

    class Meta:
        order_by = "-at"

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        self._reader = reader
        super().__init__(*args, **kwargs)

    def render_actor(self, value: str) -> str:
        return self._reader.actor(value)

    def value_actor(self, value: str) -> str:
        return self._reader.actor(value)

    def render_thing(self, record: AuditEntry) -> str:
        return self._reader.clear(record).object_label

    def value_thing(self, record: AuditEntry) -> str:
        return self._reader.clear(record).object_label

    def render_at(self, value: Any) -> str:
        moment = timezone.localtime(value)
        return f"{formats.short_day(moment.date())}, {moment:%H:%M}"

    def value_at(self, value: Any) -> str:
        """To the second and with its offset, so that a spreadsheet keeps the moment."""
        return timezone.localtime(value).isoformat(sep=" ", timespec="seconds")

    def render_what(self, record: AuditEntry) -> SafeString | str:
        deed = sentences.deed(self._reader.clear(record))
        return self.columns["what"].column.render(deed[0].upper() + deed[1:], record, self)

    def value_what(self, record: AuditEntry) -> str:
        return sentences.done(record.verb)

    def value_kind(self, value: str) -> str:
        return sentences.noun(value)

    def render_changes(self, record: AuditEntry) -> SafeString | str:
        parts = sentences.changes(self._reader.clear(record))
        if not parts:
            return NONE
        names = dict.fromkeys(each.label for each in parts)
        rows = format_html_join(
            "",
            "<div><dt>{}</dt><dd>{} → {}</dd></div>",
            ((each.label.capitalize(), each.before, each.after) for each in parts),
        )
        return format_html(
            '<details class="govuk-details app-record__changes">'
            '<summary class="govuk-details__summary">'
            '<span class="govuk-details__summary-text">{}</span></summary>'
            '<div class="govuk-details__text"><dl class="app-changes">{}</dl></div></details>',
            _some(list(names)),
            rows,
        )

    def value_changes(self, record: AuditEntry) -> str:
        return sentences.summary(self._reader.clear(record))

    def value_before(self, record: AuditEntry) -> str:
        return sentences.one_line(sentences.changes(self._reader.clear(record)), after=False)

    def value_after(self, record: AuditEntry) -> str:
        return sentences.one_line(sentences.changes(self._reader.clear(record)), after=True)


def _some(names: list[str]) -> str:
    """The first names of a list, and how many there are beside them."""
    if len(names) <= 3:
        return ", ".join(names)
    return f"{', '.join(names[:2])} and {len(names) - 2} more"
