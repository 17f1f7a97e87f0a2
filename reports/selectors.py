"""Loading a paper's data: all queries of a paper, a fixed number of them, are made here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from finance.models import FinancialYear
from finance.selectors import (
    benefit_position,
    budget_position,
    cost_estimates,
    grants,
    outturn_position,
)
from programme.common.values import PlainDate
from programme.models import (
    Board,
    Meeting,
    PlanPriority,
    Principle,
    Programme,
    ReportingPeriod,
)
from programme.selectors import (
    Names,
    meetings_around,
    names_on,
    period_facts,
    plan_priorities,
    principles,
    programme_facts,
    rating_setup,
)
from projects.models import Workstream
from projects.selectors import delivery_position, engagements, milestone_positions, risk_register
from reports.builtin import in_own_words
from reports.models import (
    Paper,
    PaperRecommendation,
    PaperSection,
    PaperTemplate,
    TemplateSection,
)
from reports.paper_data import PaperData, Part, RecommendationFacts, SectionSpec
from reports.sections import is_of_money, needs_of


def load_paper_data(
    template: PaperTemplate, period: ReportingPeriod, *, with_restricted: bool = False
) -> PaperData:
    """Everything a template's sections need for a period, as at its date.

    A paper that nobody has opened yet loads as well, with nothing written in it. The number of
    queries depends on the template's sections only, never on how many projects there are.
    ``template`` comes with its programme and board. A section that is not public is only printed
    ``with_restricted``; the restricted texts of updates never are.
    """
    programme = template.programme
    papers = list(
        Paper.objects.filter(template=template, period__as_at__lte=period.as_at)
        .select_related("period", "meeting", "board")
        .order_by("-period__as_at")
    )
    paper = next((each for each in papers if each.period_id == period.pk), None)
    previous = _previous_period(papers, period)
    sections = _section_specs(template, paper, with_restricted)
    names = names_on(programme, period.as_at)
    board = paper.board if paper else template.board
    meeting_day = _meeting_day(board, period, paper)

    data = PaperData(
        programme=programme_facts(programme),
        board=names.board(board).name,
        template=template.slug,
        numbering=template.numbering,
        title=paper.title if paper else template.title,
        period=period_facts(period),
        previous=period_facts(previous) if previous else None,
        meeting=meeting_day,
        author_post=(paper.author_post if paper else "") or template.author_post,
        purpose=(paper or template).get_purpose_display(),
        marking=paper.marking if paper else programme.default_marking,
        status=paper.get_state_display() if paper else "Not opened yet",
        sections=sections,
        recommendations=_recommendations(paper),
    )
    needs = needs_of(each.kind for each in sections)
    return replace(data, **_parts(needs, programme, board, period, previous, meeting_day, names))


def withholds(paper: Paper) -> bool:
    """Whether a section of the paper is not for the public."""
    return PaperSection.objects.filter(paper=paper, is_public=False).exists()


def _previous_period(papers: list[Paper], period: ReportingPeriod) -> ReportingPeriod | None:
    """The period of the last paper of this kind, or else the last period there was."""
    earlier = [each.period for each in papers if each.period.as_at < period.as_at]
    if earlier:
        return earlier[0]
    return (
        ReportingPeriod.objects.of(period.programme_id)
        .up_to(period.as_at)
        .exclude(pk=period.pk)
        .first()
    )


def _section_specs(
    template: PaperTemplate, paper: Paper | None, with_restricted: bool
) -> tuple[SectionSpec, ...]:
    written = {each.section_id: each for each in PaperSection.objects.filter(paper=paper)}
    grounds = {
        section: each.withheld_ground for section, each in written.items() if not each.is_public
    }
    withheld = {} if with_restricted else grounds
    return tuple(
        SectionSpec(
            key=each.key,
            kind=each.kind,
            heading=in_own_words(template.slug, each.key, each.heading),
            parent=each.parent.key if each.parent else "",
            options=each.options,
            standing_text=in_own_words(template.slug, each.key, each.standing_text),
            narrative=(
                written[each.pk].narrative if each.pk in written and each.pk not in withheld else ""
            ),
            new_page=each.new_page,
            withheld_ground=withheld.get(each.pk, ""),
            restricted_ground=grounds.get(each.pk, "") if with_restricted else "",
        )
        for each in TemplateSection.objects.filter(template=template).select_related("parent")
        if template.programme.keeps_money or not is_of_money(each.kind)
    )


def _recommendations(paper: Paper | None) -> tuple[RecommendationFacts, ...]:
    rows = PaperRecommendation.objects.filter(paper=paper)
    return tuple(RecommendationFacts(each.get_verb_display(), each.text) for each in rows)


def _while_it_met(board: Board, period: ReportingPeriod) -> date:
    """The day as of which a paper speaks of its board's meetings: the period's, or the last one of
    a board that had ended by then, whose paper it stayed."""
    return min(period.as_at, board.ended_on or period.as_at)


def _meeting_day(board: Board, period: ReportingPeriod, paper: Paper | None) -> PlainDate:
    """The day of the meeting that receives the paper: the paper's own, or the board's for the
    period, or TBC."""
    if paper and paper.meeting:
        return PlainDate(paper.meeting.held_on)
    meeting = (
        Meeting.objects.of_board(board, _while_it_met(board, period))
        .filter(period=period)
        .exclude(state=Meeting.State.CANCELLED)
        .first()
    )
    return PlainDate(meeting.held_on) if meeting else PlainDate.tbc()


def _parts(
    needs: frozenset[Part],
    programme: Programme,
    board: Board,
    period: ReportingPeriod,
    previous: ReportingPeriod | None,
    meeting: PlainDate,
    names: Names,
) -> dict[str, Any]:
    since = previous.as_at if previous else None
    start = since or period.starts_on
    parts: dict[str, Any] = {}
    if Part.PRINCIPLES in needs:
        parts["principles"] = principles(programme, on=period.as_at)
    if Part.PRIORITIES in needs:
        parts["priorities"] = plan_priorities(programme, on=period.as_at)
    if Part.RATINGS in needs:
        parts["ratings"] = rating_setup(programme, on=period.as_at)
    if Part.DELIVERY in needs:
        parts["delivery"] = delivery_position(
            programme,
            period=period,
            previous=previous,
            names=names,
            with_ratings=Part.RATINGS in needs,
        )
        if Part.RATINGS in needs:
            projects = parts["delivery"].projects
            given = (rating.level for project in projects for rating in project.ratings)
            parts["ratings"] = parts["ratings"].with_given(given)
    if Part.MILESTONES in needs:
        parts["milestones"] = milestone_positions(programme, as_at=period.as_at, since=since)
    if Part.RISKS in needs:
        parts["risks"] = risk_register(programme, as_at=period.as_at, since=since)
    if Part.ENGAGEMENTS in needs:
        parts["engagements"] = engagements(programme, since=start, as_at=period.as_at)
    if Part.MEETINGS in needs:
        day = meeting.day or period.as_at
        last, following = meetings_around(
            board, on=_while_it_met(board, period), day=day, names=names
        )
        parts |= {"last_meeting": last, "next_meeting": following}
    if Part.BUDGET in needs or Part.OUTTURN in needs:
        years = list(FinancialYear.objects.of(programme).order_by("-starts_on"))
        parts["has_finance"] = bool(years)
        begun = [each for each in years if each.starts_on <= period.as_at]
        current = begun[0] if begun and begun[0].ends_on >= period.as_at else None
        ended = [each for each in begun if each.ends_on < period.as_at]
        if Part.BUDGET in needs and current:
            parts["budget"] = budget_position(current)
        if Part.OUTTURN in needs and ended:
            parts["outturn"] = outturn_position(ended[0])
    if Part.GRANTS in needs:
        parts["grants"] = grants(programme, since=start, as_at=period.as_at, names=names)
    if Part.BENEFITS in needs:
        parts["benefits"] = benefit_position(programme)
    if Part.COSTS in needs:
        parts["costs"] = cost_estimates(programme, as_at=period.as_at)
    return parts


def sections_of_workstream(workstream: Workstream) -> int:
    """How many sections of the programme's templates are narrowed to a workstream. One query."""
    sections = TemplateSection.objects.of(workstream.programme_id).values_list("options", flat=True)
    return sum(workstream.slug in (options or {}).get("workstreams", ()) for options in sections)


def papers_since(part: Principle | PlanPriority) -> int:
    """How many papers were opened since a programme has a line that papers print without anything
    referring to it. One query."""
    papers = Paper.objects.filter(template__programme=part.programme_id)
    return papers.filter(created_at__gte=part.created_at).count()
