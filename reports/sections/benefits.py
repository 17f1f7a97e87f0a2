"""Benefits: forecast against target, drawn and as a table."""

from __future__ import annotations

from finance.benefit_chart import class_chart, has_money
from finance.benefits import ClassTotals
from finance.facts import BenefitFacts, BenefitPosition
from programme.common.blocks import (
    Blank,
    Cell,
    Chart,
    Column,
    Money,
    MoneyTotal,
    Percent,
    Ref,
    Row,
    RowGroup,
    Table,
    Text,
)
from programme.common.english import listed, lower_first
from programme.common.formats import count, money_total, percent
from programme.common.values import Amount, AmountTotal
from programme.common.words import say
from projects.facts import ProjectFacts
from reports.paper_data import PaperData, SectionSpec
from reports.sections.programme_of_work import chosen_projects, limited
from reports.sections.registry import Blocks
from reports.sections.words import FIGURE, is_nothing, paragraph


def benefits_chart(data: PaperData, spec: SectionSpec) -> Blocks:
    """Forecast and target of the programme and, by class, of the projects that the section is
    about; nothing at all where no benefits are kept in money."""
    position = _position(data, spec)
    if position is None:
        return ()
    chart = chart_by_class(position.programme, position.projects, _table(data, position))
    if chart is None:
        return ()
    apart: Blocks = ()
    if any(_apart(each) for each in marked_benefits(data, spec)):
        apart = (
            paragraph(
                "What is forecast and what was realised are not all of the same years; the table "
                "names them."
            ),
        )
    return (*_sentences(position.programme), *apart, chart)


def marked_benefits(data: PaperData, spec: SectionSpec) -> tuple[BenefitFacts, ...]:
    """The benefits that the chart and its table print, singly and in their sums."""
    position = _position(data, spec)
    benefits = position.benefits if position else ()
    return tuple(each for each in benefits if each.life and has_money(each.life))


def _position(data: PaperData, spec: SectionSpec) -> BenefitPosition | None:
    """The benefits of the whole programme and of the projects that a section is about."""
    if data.benefits is None or not limited(spec):
        return data.benefits
    return data.benefits.only(chosen_projects(data, spec))


def chart_by_class(
    programme: tuple[ClassTotals, ...], projects: tuple[ClassTotals, ...], table: Table
) -> Chart | None:
    """Forecast, realised and target of each class, those of the programme apart from those of its
    projects; None where no benefit is kept in money."""
    return class_chart(_labelled(programme, projects), table)


def table_by_class(programme: tuple[ClassTotals, ...], projects: tuple[ClassTotals, ...]) -> Table:
    """The totals of each class, with what is still to be confirmed."""
    return Table.of(
        say("Benefits by class: target, forecast and realised"),
        (
            Column(say("Benefits"), weight=34),
            Column("Target", FIGURE, weight=17),
            Column("Forecast", FIGURE, weight=19),
            Column("Realised", FIGURE, weight=16),
            Column("Forecast as % of target", FIGURE, weight=14),
        ),
        tuple(
            Row((Text.plain(label), *_totals(each)))
            for label, each in _labelled(programme, projects)
        ),
        (
            Text.plain(
                say(
                    "Cash-releasing and non-cash-releasing benefits are never added together. A "
                    "realised amount counts once a finance lead has validated it."
                )
            ),
        ),
    )


def _totals(totals: ClassTotals) -> tuple[Cell, ...]:
    held = totals.against_target
    amounts = (held.target, held.forecast, totals.realised.validated)
    return (
        *(MoneyTotal(each) if each.counted or each.unknown else Blank() for each in amounts),
        Percent(held.share) if held.share is not None else Blank(),
    )


def _labelled(
    programme: tuple[ClassTotals, ...], projects: tuple[ClassTotals, ...]
) -> list[tuple[str, ClassTotals]]:
    """Classes that have money, each under its name."""
    rows = [(f"Programme: {each.benefit_class.label.lower()}", each) for each in programme]
    rows += [(f"{say('Projects')}: {each.benefit_class.label.lower()}", each) for each in projects]
    return [(label, each) for label, each in rows if has_money(each)]


def _sentences(programme: tuple[ClassTotals, ...]) -> Blocks:
    """The programme's forecast against its target, class by class, in words."""
    blocks: Blocks = ()
    for totals in programme:
        held = totals.against_target
        if held.share is None:
            continue
        blocks += (
            paragraph(
                f"The programme forecasts {money_total(held.forecast)} of "
                f"{totals.benefit_class.label.lower()} {say('benefits')} against a target of "
                f"{money_total(held.target)}, which is {percent(held.share)} of the target."
            ),
        )
    return blocks


def _table(data: PaperData, position: BenefitPosition) -> Table:
    columns = (
        Column(say("Benefit"), weight=34),
        Column("Class", weight=18),
        Column("Target", FIGURE, weight=13),
        Column("Forecast", FIGURE, weight=13),
        Column("Realised", FIGURE, weight=12),
        Column("Forecast as % of target", FIGURE, weight=10),
    )
    benefits = position.benefits
    names = {each.ref: each for each in data.delivery.projects} if data.delivery else {}
    groups = []
    for heading, own in (
        ("The programme as a whole", [each for each in benefits if not each.project]),
        (say("Projects"), [each for each in benefits if each.project]),
    ):
        rows = tuple(_row(each, names) for each in own if each.life and has_money(each.life))
        if rows:
            groups.append(RowGroup(heading, rows))
    unvalidated = sum(each.life.realised.unvalidated.counted for each in benefits if each.life)
    notes = [
        Text.plain(
            say(
                "Cash-releasing and non-cash-releasing benefits are never added together. A "
                "realised amount counts once a finance lead has validated it."
            )
        )
    ]
    if unvalidated:
        waiting = count(unvalidated, "realised amount")
        notes.append(Text.plain(f"{waiting} not yet validated and not counted."))
    return Table(
        say("Benefits by class: target, forecast and realised"),
        columns,
        tuple(groups),
        tuple(notes),
    )


def _row(benefit: BenefitFacts, projects: dict[str, ProjectFacts]) -> Row:
    name = benefit.name
    if benefit.project in projects:
        name = f"{projects[benefit.project].label}: {lower_first(name)}"
    if words := _years_in_words(benefit):
        name = f"{name} ({words})"
    cells: list[Cell] = [Text.plain(name), Text.plain(benefit.class_label)]
    if benefit.life:
        held = benefit.life.against_target
        ref = Ref("benefit", benefit.ref)
        cells += [
            _money(held.target, ref),
            _money(held.forecast, ref),
            _money(benefit.life.realised.validated, ref),
            Percent(held.share) if held.share is not None else Blank(),
        ]
    return Row(tuple(cells))


def _stated_years(benefit: BenefitFacts) -> dict[str, tuple[str, ...]]:
    """Which years a benefit's target, forecast and realised amount are of, where there is one."""
    profile = benefit.profile
    counted = [part.realised if part.validated else Amount.not_applicable() for part in profile]
    found = {
        "target": _years(benefit, [part.target for part in profile]),
        "forecast": _years(benefit, [part.forecast for part in profile]),
        "realised": _years(benefit, counted),
    }
    return {name: years for name, years in found.items() if years}


def _apart(benefit: BenefitFacts) -> bool:
    """Whether what is forecast and what was realised are of different years."""
    years = _stated_years(benefit)
    return "realised" in years and years.get("forecast", years["realised"]) != years["realised"]


def _years_in_words(benefit: BenefitFacts) -> str:
    """The years of a benefit's amounts; '' where all are of the same."""
    by_years: dict[tuple[str, ...], list[str]] = {}
    for name, years in _stated_years(benefit).items():
        by_years.setdefault(years, []).append(name)
    if len(by_years) < 2:
        return ""
    return "; ".join(f"{listed(names)}: {listed(years)}" for years, names in by_years.items())


def _years(benefit: BenefitFacts, amounts: list[Amount]) -> tuple[str, ...]:
    """The years that a sum of a benefit's amounts is of, each amount counted once."""
    years = [
        part.year
        for part, amount in zip(benefit.profile, amounts, strict=True)
        if not is_nothing(amount)
    ]
    return ("whole life",) if None in years else tuple(year for year in years if year)


def _money(total: AmountTotal, ref: Ref) -> Cell:
    amount = total.as_amount()
    return Blank() if is_nothing(amount) else Money(amount, ref=ref)
