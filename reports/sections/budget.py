"""The money: grants, the year's budget and funding, and the outturn of the year before."""

from __future__ import annotations

from decimal import Decimal

from finance.facts import BudgetPosition, GrantFacts, OutturnPosition
from finance.variance import statements, variance_chart
from programme.common.blocks import (
    Cell,
    Column,
    Money,
    MoneyTotal,
    Percent,
    Ref,
    Row,
    RowKind,
    Table,
    Text,
)
from programme.common.english import listed, lower_first, sentence, within
from programme.common.formats import day, money_total
from programme.common.values import AmountTotal
from programme.common.words import say
from reports.document import Bullets, Gap, Subheading
from reports.paper_data import PaperData, Part, SectionSpec
from reports.sections.registry import Blocks, section_kind
from reports.sections.words import FIGURE, lead_in, paragraph

WHOLE = Decimal(100)


@section_kind(
    "grants",
    "Grants and the returns on them",
    Part.GRANTS,
    marked=lambda data, spec: data.grants,
)
def grants(data: PaperData, spec: SectionSpec) -> Blocks:
    """Each grant with its amount, what it is for, and where its returns stand."""
    if not data.grants:
        if spec.narrative:
            return ()
        return (Gap("No grant is recorded for this period."),)
    columns = (
        Column("Grant", weight=28),
        Column("Year", weight=10),
        Column("Amount", FIGURE, weight=14),
        Column("What it is for, and its returns", weight=48),
    )
    rows = tuple(
        Row(
            (
                Text.plain(f"{each.name} ({each.awarded_by})"),
                Text.plain(each.year),
                Money(each.amount, ref=Ref("grant", each.slug)),
                Text.plain(_grant_words(each)),
            )
        )
        for each in data.grants
    )
    notes: tuple[Text, ...] = ()
    outside = [each for each in data.grants if not each.in_budget]
    if outside:
        names = listed([each.name for each in outside])
        notes = (Text.plain(f"Held outside the programme’s own budget: {names}."),)
    return (Table.of("Grants and their returns", columns, rows, notes),)


def _grant_words(grant: GrantFacts) -> str:
    words = [sentence(grant.purpose) or "No purpose is recorded."]
    for each in grant.returns:
        if each.submitted_on:
            state = f"submitted on {day(each.submitted_on)}"
            if each.due_on:
                state += ", on schedule" if each.submitted_on <= each.due_on else ", late"
        elif each.on_schedule:
            state = "submitted on schedule"
        elif each.due_on:
            state = f"due on {day(each.due_on)}"
        else:
            state = "not submitted yet"
        words.append(f"{each.name}: {state}.")
    return " ".join(words)


@section_kind(
    "finance",
    "Budget, funding and variance of the year",
    Part.BUDGET,
    marked=lambda data, spec: [data.budget] if data.budget else [],
)
def finance(data: PaperData, spec: SectionSpec) -> Blocks:
    """The year's forecast and who meets it, against what each source agreed to put in."""
    if not data.has_finance:
        return (Gap("No financial year is stored for this programme."),)
    if data.budget is None:
        return (Gap(f"No budget is stored for the year in which {day(data.period.as_at)} falls."),)
    budget = data.budget
    if not budget.lines:
        return (Gap(f"The budget for {budget.year} has no lines yet."),)
    problems = tuple(
        Gap(f"{line.description}: {line.problem}") for line in budget.lines if line.problem
    )
    return (
        Subheading(f"Budget for {budget.year}"),
        *_forecast(budget),
        *problems,
        variance_chart(budget),
        *_said(budget),
    )


def _said(budget: BudgetPosition) -> Blocks:
    """What the table says, as a sentence or, where it says several things, as one list."""
    said = statements(budget)
    if len(said) > 1:
        return (Bullets(tuple(Text.plain(each) for each in said)),)
    return tuple(paragraph(each) for each in said)


def _forecast(budget: BudgetPosition) -> Blocks:
    """Total, grant, match fund and contributions as sentences."""
    funding = budget.funding
    items = [Text.plain(f"Total forecast spend for {budget.year} is {money_total(funding.total)}.")]
    granted = [each for each in budget.sources if each.is_grant]
    if granted:
        names = listed([within(each.name) for each in granted])
        items.append(
            Text.plain(
                f"Of this, {money_total(funding.grant)} is met by {names}, which leaves "
                f"{money_total(funding.match_fund)} for the other sources."
            )
        )
    partners = [
        each
        for each in funding.contributions
        if each.source not in {source.slug for source in granted}
    ]
    team = [lower_first(each.name) for each in budget.categories if each.is_programme_team]
    with_team = listed(
        [f"{budget.source(each.source).short_name} {money_total(each.total)}" for each in partners]
    )
    if partners:
        including = f" ({listed(team)} included)" if team else ""
        items.append(lead_in(f"{say('Contributions')}{including}: ", f"{with_team}."))
    if partners and team:
        without = listed(
            [
                f"{budget.source(each.source).short_name} {money_total(each.without_team)}"
                for each in partners
            ]
        )
        items.append(lead_in(f"{say('Contributions')} without {listed(team)}: ", f"{without}."))
    return (Bullets(tuple(items)),)


@section_kind(
    "outturn",
    "Outturn of the year before, by category and source",
    Part.OUTTURN,
    marked=lambda data, spec: [data.outturn] if data.outturn else [],
)
def outturn(data: PaperData, spec: SectionSpec) -> Blocks:
    """Spend by category and source with its percentages, and the published figures that differ."""
    if data.outturn is None or not data.outturn.matrix.rows:
        if spec.narrative:
            return ()
        year = (
            data.outturn.year if data.outturn else f"a year that ended by {day(data.period.as_at)}"
        )
        return (Gap(f"No outturn is recorded for {year}."),)
    position = data.outturn
    return (_matrix(position), *_differences(position))


def _matrix(position: OutturnPosition) -> Table:
    matrix = position.matrix
    names = {each.slug: each.name for each in position.categories}
    sources = {each.slug: each.short_name for each in position.sources}
    year = position.year_slug
    columns = (
        Column("Category", weight=40),
        *(Column(sources[each], FIGURE, weight=15) for each in matrix.sources),
        Column("Total", FIGURE, weight=15),
    )
    rows = [
        Row(
            (
                Text.plain(names[row.category]),
                *(
                    _spent(cell, Ref("outturn", f"{year}/{row.category}/{source}"))
                    for source, cell in zip(matrix.sources, row.cells, strict=True)
                ),
                _spent(row.total, Ref("outturn", f"{year}/{row.category}/")),
            )
        )
        for row in matrix.rows
    ]
    rows.append(
        Row(
            (
                Text.plain("Total"),
                *(
                    _spent(each, Ref("outturn", f"{year}//{source}"))
                    for source, each in zip(matrix.sources, matrix.totals, strict=True)
                ),
                _spent(matrix.grand_total, Ref("outturn", f"{year}//")),
            ),
            RowKind.TOTAL,
        )
    )
    if all(share is not None for share in matrix.shares):
        shares = [Percent(share) for share in matrix.shares if share is not None]
        rows.append(
            Row(
                (Text.plain("Share of the total"), *shares, Percent(WHOLE)),
                RowKind.SHARE,
            )
        )
    notes: tuple[Text, ...] = ()
    if any(not cell.counted for row in matrix.rows for cell in row.cells):
        notes = (Text.plain("A dash means that nothing was spent there."),)
    return Table.of(f"Outturn {position.year} by category and source", columns, tuple(rows), notes)


def _spent(total: AmountTotal, ref: Ref) -> Cell:
    if not total.counted and not total.unknown:
        return Text.plain("–")
    return MoneyTotal(total, ref=ref)


def _differences(position: OutturnPosition) -> Blocks:
    """Where an old paper printed another figure than its rows add up to."""
    if not position.differences:
        return ()
    rows = tuple(
        Row(
            (
                Text.plain(each.difference.label),
                Money(each.difference.printed),
                Money(each.difference.computed),
                Money(each.difference.difference),
            )
        )
        for each in position.differences
    )
    documents = listed(list(dict.fromkeys(each.document for each in position.differences)))
    return (
        paragraph(
            f"These figures of {position.year} were printed otherwise in {documents}. The portal "
            f"keeps what was printed and shows it beside what the stored rows come to."
        ),
        Table.of(
            f"Published figures of {position.year} that differ from the computed ones",
            (
                Column("Figure", weight=43),
                Column("Printed", FIGURE, weight=19),
                Column("Computed", FIGURE, weight=19),
                Column("Printed less computed", FIGURE, weight=19),
            ),
            rows,
        ),
    )
