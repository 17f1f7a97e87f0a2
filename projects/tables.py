"""The lists of the first floor as tables."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from programme.common import formats, ratings
from programme.common.columns import (
    NONE,
    DayColumn,
    NameColumn,
    NumberColumn,
    PortalColumn,
    PortalTable,
    RatingColumn,
)
from programme.common.ratings import chip
from programme.common.tags import tag
from programme.common.values import PlainDate
from programme.common.words import arrow, say
from programme.models import ReportingPeriod, RiskLevel
from programme.tables import PartTable
from projects import cells
from projects.delivery import slip, slip_in_months
from projects.models import Action, Decision, Milestone, Project, Risk, StatusUpdate
from projects.risk import Cells
from projects.selectors.attention import is_missed, milestone_words
from projects.selectors.listing import RatedIn, by_next_milestone, by_rating, rating_in
from projects.selectors.progress import NOT_STARTED, days_late
from projects.selectors.registers import (
    Scored,
    action_standing,
    inherent_score,
    present_score,
    risk_movement,
    target_score,
)

_MOVED = {"better": ("↓", "lower"), "worse": ("↑", "higher"), "same": ("", "unchanged")}
"""How the score of a risk moved; a lower one is better."""


def _name(heading: str) -> dict[str, Any]:
    """Options of the column that says what a row is: it has the room that a sentence needs."""
    return {"verbose_name": heading, "attrs": {"td": {"class": "app-table__name"}}}


class RefColumn(PortalColumn):
    """A row's own reference, in capitals as papers print it."""

    def render(self, value: str) -> str:
        return value.upper()


class DimensionColumn(RatingColumn):
    """The rating of a listed project in one dimension as it last reported."""

    def __init__(self, dimension: RatedIn) -> None:
        super().__init__(
            verbose_name=dimension.name, accessor="pk", attrs={"td": {"class": "app-table__rating"}}
        )
        self.dimension = dimension

    def render(self, record: Project) -> SafeString | str:
        return ratings.of(rating_in(record, self.dimension)) or NONE

    def value(self, record: Project) -> Any:
        return rating_in(record, self.dimension)

    def order(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        return by_rating(queryset, dimension=self.dimension.slug, worst_first=is_descending), True


class NextMilestoneColumn(PortalColumn):
    """The next milestone of a listed project with its day."""

    parts = ("", "expected", "certainty")

    def render(self, value: list[Milestone]) -> SafeString | str:
        if not value:
            return NONE
        return format_html(
            '{} <span class="app-table__quiet">{}</span>',
            value[0].name,
            formats.short_date(value[0].forecast),
        )

    def value(self, value: list[Milestone]) -> Any:
        return value

    def export(self, value: list[Milestone]) -> list[Any]:
        if not value:
            return ["", None, ""]
        return [value[0].name, value[0].forecast_day, value[0].forecast.certainty.label]

    def order(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        return by_next_milestone(queryset, latest_first=is_descending), True


class ProjectColumn(NameColumn):
    """A project's name, the short one where there is one, with its workstream. A download has the
    full name, and the workstream in a column of its own."""

    def render(self, value: Any, record: Project, table: PortalTable) -> SafeString | str:
        name = super().render(value=record.label, record=record, table=table)
        if not table.says_workstream:
            return name
        return format_html(
            '{} <span class="app-table__quiet">{}</span>', name, record.workstream.name
        )


class ProjectTable(PortalTable):
    """Projects as they last reported. ``download`` gives the workstream a column of its own, for
    which a page has no room."""

    says_workstream = True

    ref = RefColumn(verbose_name="Ref")
    name = ProjectColumn("projects:detail", project="ref", column=_name("Project"))
    workstream = PortalColumn(verbose_name="Workstream")
    lead = PortalColumn(
        verbose_name="Lead",
        accessor="lead_organisation__short_name",
        order_by="lead_organisation__short_name",
    )
    stage = PortalColumn(verbose_name="Stage", order_by=("stage__order", "order"))
    coming = NextMilestoneColumn(
        verbose_name="Next milestone",
        empty_values=(),
        attrs={"td": {"class": "app-table__milestone"}},
    )

    class Meta:
        model = Project
        fields = ()
        sequence = ("ref", "name", "workstream", "lead", "stage", "...", "coming")

    def __init__(
        self,
        *args: Any,
        dimensions: tuple[RatedIn, ...] = (),
        download: bool = False,
        **kwargs: Any,
    ) -> None:
        columns = [(f"rating_{each.slug}", DimensionColumn(each)) for each in dimensions]
        left_out = () if download else ("workstream",)
        super().__init__(*args, extra_columns=columns, exclude=left_out, **kwargs)


class ChosenColumn(PortalColumn):
    """A box to tick, for what is done to several rows at once."""

    def render(self, record: Project, table: PortalTable) -> SafeString | str:
        if record.standing in StatusUpdate.GIVEN:
            return ""
        return format_html(
            '<div class="govuk-checkboxes govuk-checkboxes--small app-tick">'
            '<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" '
            'type="checkbox" name="project" value="{0}" id="choose-{0}">'
            '<label class="govuk-label govuk-checkboxes__label" for="choose-{0}">'
            '<span class="govuk-visually-hidden">{1} {2}</span></label></div></div>',
            record.ref,
            say("Choose"),
            record.label,
        )


class LeadColumn(PortalColumn):
    """Who leads a project, and for which organisation; a download has the two in columns of their
    own."""

    parts = ("", "organisation")

    def render(self, record: Project) -> SafeString | str:
        body = record.lead_organisation.short_name if record.lead_organisation else ""
        if record.lead_user is None:
            return body or NONE
        return format_html('{} <span class="app-table__quiet">{}</span>', record.lead_user, body)

    def value(self, record: Project) -> Any:
        return record

    def export(self, value: Project | None) -> list[Any]:
        if value is None:
            return ["", ""]
        body = value.lead_organisation.short_name if value.lead_organisation else ""
        return [str(value.lead_user or ""), body]


class StandingColumn(PortalColumn):
    """How an update stands, which leads to it for those who may read it."""

    def render(self, value: str, record: Project, table: ProgressTable) -> SafeString | str:
        said = cells.state(value)
        if value == NOT_STARTED or not (table.reads_drafts or value == "accepted"):
            return said
        url = reverse(
            "projects:updates:detail",
            args=[table.request.programme.slug, record.ref, table.period.slug],
        )
        return format_html(
            '<a class="govuk-link govuk-link--no-visited-state" href="{}" aria-label="{}">{}</a>',
            url,
            f"{cells.state_words(value)}: {record.label}",
            said,
        )

    def value(self, value: str) -> str:
        return cells.state_words(value)


class ProgressTable(PortalTable):
    """How the updates of a period come in, measured on a day. ``chooses`` gives each row that is
    still owed a box to tick; ``reads_drafts`` leads to what was not accepted yet."""

    chosen = ChosenColumn(verbose_name="Choose", accessor="pk", orderable=False)
    ref = RefColumn(verbose_name="Ref")
    name = ProjectColumn("projects:detail", project="ref", column=_name("Project"))
    lead = LeadColumn(
        verbose_name="Lead",
        accessor="pk",
        order_by=("lead_user__name", "lead_organisation__short_name"),
    )
    standing = StandingColumn(verbose_name="Update")
    since = DayColumn(verbose_name="Since", empty_values=())
    late = NumberColumn(verbose_name="Days late", accessor="due", empty_values=())
    reminded_on = DayColumn(verbose_name="Last reminder")

    class Meta:
        model = Project
        fields = ()

    says_workstream = True

    def __init__(
        self,
        *args: Any,
        period: ReportingPeriod,
        day: date,
        chooses: bool,
        reads_drafts: bool,
        **kwargs: Any,
    ) -> None:
        self.period, self.day, self.reads_drafts = period, day, reads_drafts
        super().__init__(*args, exclude=() if chooses else ("chosen",), **kwargs)

    def value_since(self, record: Project) -> date | None:
        if record.standing == NOT_STARTED:
            return self.period.opens_on
        return timezone.localdate(record.since) if record.since else None

    def render_since(self, record: Project) -> str:
        since = self.value_since(record)
        return formats.short_day(since) if since else NONE

    def value_late(self, record: Project) -> int:
        return days_late(record.standing, record.came, record.due, self.day)

    def render_late(self, record: Project) -> SafeString | str:
        """How many; with the later day until which it is admitted."""
        days = self.value_late(record)
        later = record.due if record.due != self.period.due_on else None
        if later is None:
            return str(days) if days else NONE
        return format_html(
            '{} <span class="app-table__quiet">admitted until {}</span>',
            days or NONE,
            formats.short_day(later),
        )


class ScoreColumn(PortalColumn):
    """A score of a risk on its level's colour; downloads as the score and the level's word."""

    parts = ("", "level")

    def export(self, value: Scored | None) -> list[Any]:
        if value is None:
            return ["", ""]
        return [cells.score_words(value), value.level.word if value.level else ""]


class RiskLevelTable(PartTable):
    rank = PortalColumn(verbose_name="Place")
    word = NameColumn(
        "projects:risk_scheme:levels:edit",
        risk_level="slug",
        column={"verbose_name": "Level", "order_by": "word"},
    )
    colour = PortalColumn()

    class Meta(PartTable.Meta):
        order_by = "rank"

    def render_colour(self, record: RiskLevel) -> SafeString:
        return chip(record.colour, record.word, record.word)

    def value_colour(self, record: RiskLevel) -> str:
        return record.get_colour_display()


class RiskTable(PortalTable):
    ref = RefColumn(verbose_name="Ref")
    title = NameColumn("projects:risks:detail", risk="ref", column=_name("Risk or issue"))
    project = PortalColumn(
        verbose_name="Project",
        accessor="project__label",
        order_by="project__order",
        default="Whole programme",
    )
    inherent = ScoreColumn(
        verbose_name="Before mitigation",
        accessor="pk",
        order_by=("inherent_likelihood", "inherent_impact"),
    )
    present = ScoreColumn(
        verbose_name="Now", accessor="pk", order_by=("level_rank", "likelihood", "impact")
    )
    target = ScoreColumn(
        verbose_name="Target", accessor="pk", order_by=("target_likelihood", "target_impact")
    )
    owner_post = PortalColumn(verbose_name="Owner")
    raised_on = DayColumn(verbose_name="Raised")
    closed_on = DayColumn(verbose_name="Closed", default="")

    class Meta:
        model = Risk
        fields = ()

    def __init__(self, *args: Any, levels: Cells | None = None, **kwargs: Any) -> None:
        self.levels: Cells = levels or {}
        super().__init__(*args, **kwargs)

    def render_title(self, value: str, record: Risk, column: NameColumn) -> SafeString:
        name = column.render(value=value, record=record, table=self)
        if record.kind == Risk.Kind.ISSUE:
            return format_html("{} {}", name, tag("Issue", "grey"))
        return name

    def value_title(self, value: str) -> str:
        return value

    def render_inherent(self, record: Risk) -> SafeString | str:
        return cells.score(self.value_inherent(record))

    def value_inherent(self, record: Risk) -> Scored:
        return inherent_score(record, self.levels)

    def render_present(self, record: Risk) -> SafeString | str:
        sign, words = _MOVED.get(str(risk_movement(record, self.levels)), ("", ""))
        moved = f"{arrow(sign) if sign else ''}{words}"
        return format_html(
            '{} <span class="movement">{}</span>', cells.score(self.value_present(record)), moved
        )

    def value_present(self, record: Risk) -> Scored:
        return present_score(record, self.levels)

    def render_target(self, record: Risk) -> SafeString | str:
        return cells.score(self.value_target(record)) or NONE

    def value_target(self, record: Risk) -> Scored | None:
        return target_score(record, self.levels)


class DecisionTable(PortalTable):
    ref = RefColumn(verbose_name="Ref")
    text = NameColumn("projects:decisions:detail", decision="ref", column=_name("Decision"))
    kind = PortalColumn(verbose_name="Kind", accessor="get_kind_display", order_by="kind")
    board = PortalColumn(
        verbose_name="Board", accessor="board__short_name", order_by="board__order"
    )
    taken_on = DayColumn(verbose_name="Taken")

    class Meta:
        model = Decision
        fields = ()


class StateColumn(PortalColumn):
    """Whether an action is open, overdue, done or withdrawn."""

    def render(self, record: Action, table: PortalTable) -> SafeString:
        return cells.state(action_standing(record, today=table.today))

    def value(self, record: Action, table: PortalTable) -> str:
        return cells.state_words(action_standing(record, today=table.today))


class ActionTable(PortalTable):
    ref = RefColumn(verbose_name="Ref")
    text = NameColumn("projects:actions:detail", task="ref", column=_name("Action"))
    owner_post = PortalColumn(verbose_name="Who")
    board = PortalColumn(
        verbose_name="Board", accessor="board__short_name", order_by="board__order"
    )
    due_on = DayColumn(verbose_name="By when", default="no date")
    completed_on = DayColumn(verbose_name="Done", default="")
    state = StateColumn(verbose_name="State", accessor="pk", orderable=False)

    class Meta:
        model = Action
        fields = ()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def order_due_on(self, actions: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        """Those without a date come last."""
        day = F("due_on")
        place = day.desc(nulls_last=True) if is_descending else day.asc(nulls_last=True)
        return actions.order_by(place, "ref"), True


class SlipColumn(PortalColumn):
    """How a milestone stands: working days from its baseline, and whether its day has passed."""

    def render(self, record: Milestone, table: PortalTable) -> str:
        reached = record.actual_on
        return milestone_words(
            slip(
                record.baseline,
                record.forecast,
                reached,
                calendar=table.calendar,
            ),
            months=slip_in_months(record.baseline, record.forecast, reached),
            current=PlainDate(reached) if reached else record.forecast,
            missed=reached is None and is_missed(record.forecast, table.today),
            first_date=record.first_date,
        )

    def value(self, record: Milestone, table: PortalTable) -> str:
        return self.render(record, table)


class MilestoneTable(PortalTable):
    """The milestones of all projects."""

    name = NameColumn(
        "projects:milestones:detail",
        project="project__ref",
        milestone="pk",
        column=_name("Milestone"),
    )
    project = PortalColumn(
        verbose_name="Project", accessor="project__label", order_by="project__order"
    )
    baseline = DayColumn(verbose_name="Baseline", order_by="baseline_day")
    forecast = DayColumn(verbose_name="Forecast", order_by="forecast_day")
    actual_on = DayColumn(verbose_name="Reached", default="")
    standing = SlipColumn(verbose_name="Against the baseline", accessor="pk", orderable=False)

    class Meta:
        model = Milestone
        fields = ()

    def __init__(self, *args: Any, today: date, calendar: str, **kwargs: Any) -> None:
        self.today, self.calendar = today, calendar
        super().__init__(*args, **kwargs)


class WorkstreamTable(PartTable):
    number = PortalColumn(verbose_name="No.", order_by=("order", "name"))
    name = NameColumn(
        "projects:workstreams:detail", workstream="slug", column={"verbose_name": "Workstream"}
    )
    parent = PortalColumn(verbose_name="Below", order_by="parent__order", default="")
    open_projects = PortalColumn(verbose_name="Open projects")

    class Meta(PartTable.Meta):
        fields = ()


class WorkstreamProjectTable(ProjectTable):
    """The projects of one workstream, which need not say of which."""

    says_workstream = False
