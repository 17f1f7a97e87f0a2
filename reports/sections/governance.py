"""Plan priorities, risks, engagement, and what comes next."""

from __future__ import annotations

from collections import Counter
from datetime import date

from programme.common.blocks import (
    Cell,
    Column,
    ColumnKind,
    Day,
    Row,
    Score,
    Slip,
    Table,
    Text,
)
from programme.common.english import listed, lower_first, sentence, the, within
from programme.common.formats import count, day, plain_date
from programme.common.words import say
from projects.facts import (
    EngagementFacts,
    MilestoneFacts,
    ProjectFacts,
    RiskFacts,
    ScoreFacts,
)
from reports.document import Bullets, Gap
from reports.paper_data import PaperData, Part, SectionSpec
from reports.sections.programme_of_work import chosen_projects, chosen_workstreams, limited
from reports.sections.registry import Blocks, Option, section_kind
from reports.sections.words import as_at, lead_in, paragraph

RISK_MOVEMENT = {"better": "Lower", "worse": "Higher", "same": "No change", "new": "New"}


def _serving(data: PaperData, spec: SectionSpec) -> list[ProjectFacts]:
    """The projects that are named below a priority."""
    about = chosen_projects(data, spec)
    numbers = {each.number for each in data.priorities}
    return [
        each
        for each in (data.delivery.projects if data.delivery else ())
        if each.ref in about and each.update and numbers & set(each.priorities)
    ]


@section_kind(
    "plan_priorities",
    "Links to plan priorities",
    Part.PRIORITIES,
    Part.DELIVERY,
    marked=_serving,
    options={"workstreams": Option.WORKSTREAMS},
)
def plan_priorities(data: PaperData, spec: SectionSpec) -> Blocks:
    """The plan's priorities in force, each with the projects that serve it. The option
    ``workstreams`` narrows whose projects are named."""
    if not data.priorities:
        if spec.narrative:
            return ()
        words = f"No priority of the plan is in force {as_at(data.period.as_at)}."
        return (paragraph(words),)
    serving: dict[int, list[str]] = {each.number: [] for each in data.priorities}
    for project in _serving(data, spec):
        for number in project.priorities:
            if number in serving:
                serving[number].append(project.label)
    every = [label for labels in serving.values() for label in labels]
    return (
        Bullets(
            tuple(
                lead_in(each.text, f": {listed(own, beside=every)}" if own else "")
                for each in data.priorities
                for own in (serving[each.number],)
            ),
            marker="i",
        ),
    )


def _register(data: PaperData, spec: SectionSpec) -> list[RiskFacts]:
    """The open entries that a section is about: where it is narrowed, those of its workstreams'
    projects and those of the programme as a whole."""
    if not limited(spec):
        return list(data.risks)
    about = chosen_projects(data, spec)
    return [each for each in data.risks if not each.project or each.project in about]


def _listed_risks(data: PaperData, spec: SectionSpec) -> list[RiskFacts]:
    top = _top(spec)
    register = _register(data, spec)
    return [each for place, each in enumerate(register) if place < top or each.is_strategic]


def _top(spec: SectionSpec) -> int:
    return int(spec.options.get("top", 10))


def _shown(data: PaperData, spec: SectionSpec) -> str:
    """Which of the register's entries a paper shows that does not show them all."""
    highest = _top(spec)
    besides = sum(each.is_strategic for each in _register(data, spec)[highest:])
    words = "The highest is shown" if highest == 1 else f"The {highest} highest are shown"
    if not besides:
        return f"{words}."
    more = "one more that goes" if besides == 1 else f"{besides} more that go"
    return say(f"{words}, and {more} to the board whatever the score.")


@section_kind(
    "risks",
    "Risks and issues from the register",
    Part.RISKS,
    Part.DELIVERY,
    marked=_listed_risks,
    options={"top": Option.NUMBER, "workstreams": Option.WORKSTREAMS},
)
def risks(data: PaperData, spec: SectionSpec) -> Blocks:
    """The highest open risks: as many as the option ``top`` says (10), and every strategic one.
    The option ``workstreams`` narrows whose entries count beside those of the whole programme."""
    register = _register(data, spec)
    scope = _scope(data, spec)
    if not register:
        nothing, is_open = say("No risk or issue"), say("is open in the register")
        words = f"{nothing}{scope} {is_open} {as_at(data.period.as_at)}."
        return (paragraph(words),)
    listed_risks = _listed_risks(data, spec)
    levels = Counter(each.current.level.word for each in register)
    words = listed([f"{levels[word]} {word.lower()}" for word in levels])
    entries = count(len(register), "open entry", "open entries")
    said = f"The register holds {entries}{scope}: {words}."
    if len(listed_risks) < len(register):
        said += f" {_shown(data, spec)}"
    columns = [
        Column("Ref", weight=5),
        Column(say("Risk or issue"), weight=26),
        Column("Mitigation and owner", weight=36),
        Column("Score", ColumnKind.RATING, weight=12),
        Column("Target", ColumnKind.RATING, weight=12),
    ]
    if data.previous:
        columns.append(Column("Movement", weight=9))
    rows = tuple(_risk_row(each, with_movement=bool(data.previous)) for each in listed_risks)
    return (
        paragraph(said),
        Table.of(say(f"Risk register {as_at(data.period.as_at)}"), tuple(columns), rows),
    )


def _scope(data: PaperData, spec: SectionSpec) -> str:
    """Whose entries are counted, where that is not the whole register."""
    if not limited(spec):
        return ""
    names = [within(each.name) for each in chosen_workstreams(data, spec)]
    return f" of {listed([*names, 'the programme as a whole'])}"


def _risk_row(risk: RiskFacts, *, with_movement: bool) -> Row:
    title = risk.title if not risk.project_label else f"{risk.project_label}: {risk.title}"
    kind = " (issue)" if risk.kind == "issue" else ""
    owner = f" Owner: {sentence(risk.owner_post)}" if risk.owner_post else " No owner is recorded."
    cells: list[Cell] = [
        Text.plain(risk.ref.upper()),
        Text.plain(f"{title}{kind}"),
        Text.plain(f"{sentence(risk.mitigation) or 'No mitigation is recorded.'}{owner}"),
        _score(risk.current),
        _score(risk.target) if risk.target else Text.plain("Not set"),
    ]
    if with_movement:
        cells.append(Text.plain(RISK_MOVEMENT[risk.movement] if risk.movement else "Not known"))
    return Row(tuple(cells))


def _score(score: ScoreFacts) -> Score:
    return Score(score.likelihood, score.impact, score.level.word, score.level.colour)


def _of_kinds(data: PaperData, spec: SectionSpec) -> list[EngagementFacts]:
    wanted = spec.options.get("kinds")
    return [each for each in data.engagements if not wanted or each.kind in wanted]


@section_kind(
    "engagement",
    "Engagement and consultation",
    Part.ENGAGEMENTS,
    marked=_of_kinds,
    options={"kinds": Option.ENGAGEMENTS},
)
def engagement(data: PaperData, spec: SectionSpec) -> Blocks:
    """Engagement of the kinds that the option ``kinds`` names, or of every kind."""
    found = _of_kinds(data, spec)
    if found:
        return (
            Bullets(
                tuple(lead_in(f"{each.with_whom}: ", sentence(each.summary)) for each in found)
            ),
        )
    if spec.narrative:
        return ()
    return (Gap("Nothing of this kind is recorded for this period."),)


def _milestones(
    data: PaperData, spec: SectionSpec
) -> tuple[list[MilestoneFacts], list[MilestoneFacts]]:
    """The milestones that are named: those reached since the last paper, and those to come."""
    ahead = _ahead(data, spec)
    reached = [each for each in ahead if each.actual_on]
    coming = [each for each in ahead if not each.actual_on and _worth_showing(data, each)]
    return reached, coming


@section_kind(
    "future_work",
    "Future work and the next meeting",
    Part.MILESTONES,
    Part.MEETINGS,
    Part.DELIVERY,
    marked=lambda data, spec: [each for group in _milestones(data, spec) for each in group],
    options={"workstreams": Option.WORKSTREAMS},
)
def future_work(data: PaperData, spec: SectionSpec) -> Blocks:
    """What was reached since the last paper, what lies ahead until the next one or has slipped,
    and when the board meets next. The option ``workstreams`` narrows whose milestones count."""
    reached, coming = _milestones(data, spec)
    blocks: Blocks = ()
    if reached:
        names = listed([f"{each.project_label} ({lower_first(each.name)})" for each in reached])
        blocks += (paragraph(f"Reached since the last paper: {names}."),)
    if coming:
        blocks += (_milestone_table(data, coming),)
    if data.next_meeting:
        meeting = data.next_meeting
        blocks += (
            paragraph(f"The next meeting of {the(meeting.board)} is on {day(meeting.held_on)}."),
        )
    else:
        blocks += (Gap(f"No later meeting of {the(data.board)} is recorded."),)
    return blocks


def _working_days(data: PaperData) -> str:
    """Which days are counted, as the end of a sentence."""
    if not data.programme.calendar:
        return "every Monday to Friday is a working day"
    return f"the bank holidays of {data.programme.calendar} are not working days"


def _ahead(data: PaperData, spec: SectionSpec) -> list[MilestoneFacts]:
    """Milestones not reached by the last paper, of the projects that this one is about."""
    if data.delivery is None:
        return []
    since = data.previous.as_at if data.previous else data.period.starts_on
    about = chosen_projects(data, spec)
    return [
        each
        for each in data.milestones
        if each.project in about and (each.actual_on is None or each.actual_on > since)
    ]


def _worth_showing(data: PaperData, milestone: MilestoneFacts) -> bool:
    """Whether a milestone falls before the next report, is late, has moved or has no date."""
    until = data.next_meeting.held_on if data.next_meeting else date.max
    forecast = milestone.forecast.day
    moved = milestone.previous_forecast not in (None, milestone.forecast)
    return forecast is None or forecast <= until or moved or bool(milestone.slip)


def _milestone_table(data: PaperData, milestones: list[MilestoneFacts]) -> Table:
    columns = (
        Column(say("Milestone"), weight=40),
        Column("Baseline", ColumnKind.DATE, weight=17),
        Column("Forecast", ColumnKind.DATE, weight=17),
        Column("Slip", weight=18),
        *([Column("Since the last paper", weight=20)] if data.previous else []),
    )
    ordered = sorted(milestones, key=lambda each: each.forecast.day or date.max)
    rows = tuple(
        Row(
            (
                Text.plain(_name(each)),
                Day(each.baseline),
                Day(each.forecast),
                Slip(each.slip, each.slip_in_months),
                *([Text.plain(_since(data, each))] if data.previous else []),
            )
        )
        for each in ordered
    )
    notes = (
        Text.plain(
            f"Slip is in working days from the baseline to the forecast; {_working_days(data)}. "
            "Between two months it is in months. "
            + say(
                "Milestones are shown that fall before the board’s next meeting, are not on time, "
                "have moved or have no date."
            )
        ),
    )
    return Table.of(say(f"Milestones {as_at(data.period.as_at)}"), columns, rows, notes)


def _since(data: PaperData, milestone: MilestoneFacts) -> str:
    """What happened to a milestone since the last paper."""
    if milestone.previous_forecast is None:
        return "New"
    if milestone.previous_forecast == milestone.forecast:
        return "No change"
    return f"Moved from {plain_date(milestone.previous_forecast)}"


def _name(milestone: MilestoneFacts) -> str:
    """A milestone by its project; with the date it was first agreed for, where another has been
    agreed since: without that, "on time" would hide what slipped."""
    name = f"{milestone.project_label}: {milestone.name}"
    if milestone.first_date is None:
        return name
    return f"{name} (first agreed for {plain_date(milestone.first_date)}, re-baselined since)"
