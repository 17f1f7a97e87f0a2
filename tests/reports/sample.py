"""A document with every kind of block and cell, for the tests of the renderers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from programme.common.blocks import (
    Blank,
    Chart,
    Column,
    ColumnKind,
    Day,
    Missing,
    Money,
    MoneyTotal,
    Movement,
    Number,
    Percent,
    Rating,
    Ref,
    Row,
    RowGroup,
    RowKind,
    Run,
    Score,
    Series,
    Slip,
    Table,
    Text,
)
from programme.common.values import Amount, Certainty, PlainDate, total
from reports.document import (
    Bullets,
    Document,
    Gap,
    GridGroup,
    GridRow,
    KeyFigure,
    KeyFigures,
    KeyLevel,
    Meta,
    Paragraph,
    RagBox,
    RagCell,
    RagGrid,
    RatingKey,
    Recommendation,
    Recommendations,
    Section,
    Subheading,
    Withheld,
)

RED = Rating("R", "Red", "red")
AMBER_RED = Rating("A/R", "Amber/Red", "amber_red")
AMBER = Rating("A", "Amber", "amber")
AMBER_GREEN = Rating("A/G", "Amber/Green", "amber_green")
GREEN = Rating("G", "Green", "green")
COMPLETE = Rating("C", "Complete", "blue")
RESET = Rating("X", "Reset", "grey")
NOT_APPLICABLE = Rating("N/A", "Not applicable", "none")

META = Meta(
    programme="Essex Emergency Services Collaboration Programme",
    board="Performance and Resources Scrutiny Board",
    title="Collaboration: quarterly update",
    subtitle="Progress, costs and benefits of current work",
    meeting_date=PlainDate(date(2019, 3, 28)),
    as_at=date(2019, 3, 15),
    period="January to March 2019",
    author_post="Head of Strategic Change",
    purpose="To note",
    marking="OFFICIAL",
    status="Draft",
    template="quarterly-scrutiny",
)

FILLER = (
    "The workshop brought the three services together to agree what each needs from the shared "
    "building, and the outline plan now goes to the chief officers with two options and their "
    "running costs. Nothing in either option depends on the other projects of the programme."
)


def plain(text: str) -> Paragraph:
    return Paragraph(Text.plain(text))


def changed(rating: Rating, movement: Movement, previous: str = "", reason: str = "") -> Rating:
    return Rating(rating.code, rating.word, rating.colour, movement, previous, reason)


def source_table() -> Table:
    figure = ColumnKind.FIGURE
    return Table.of(
        "Budget, funding and variance by source, 2018/19",
        (
            Column("Source"),
            Column("Budget", figure),
            Column("Funding", figure),
            Column("Variance", figure),
        ),
        (
            Row(
                (
                    Text.plain("Police"),
                    Money(Amount.exact(287_000)),
                    Money(Amount.exact(304_289), ref=Ref("source", "police")),
                    Money(Amount.exact(-17_289), signed_word="over"),
                )
            ),
            Row(
                (
                    Text.plain("Police Transformation Fund grant"),
                    Money(Amount.exact(129_500)),
                    Money(Amount.exact(129_500)),
                    Money(Amount.exact(0)),
                )
            ),
            Row(
                (
                    Text.plain("Fire and rescue"),
                    Money(Amount.tbc()),
                    Money(Amount.exact(296_789)),
                    Money(Amount.tbc()),
                )
            ),
            Row(
                (
                    Text.plain("Total"),
                    MoneyTotal(total([Amount.exact(287_000), Amount.exact(129_500), Amount.tbc()])),
                    MoneyTotal(total([Amount.exact(730_578)]), ref=Ref("year", "2018-19")),
                    Money(Amount.tbc()),
                ),
                RowKind.TOTAL,
            ),
            Row(
                (
                    Text.plain("Share of funding from grants"),
                    Blank(),
                    Percent(Decimal("17.7"), 1),
                    Blank(),
                ),
                RowKind.SHARE,
            ),
        ),
        notes=(Text.plain("Variance is budget less funding; a minus sign is an overspend."),),
    )


def spend_chart() -> Chart:
    return Chart(
        title="Funding against budget by source, 2018/19",
        description=(
            "Police funding of £304,289 stands above a budget of £287,000; the grant is funded in "
            "full at £129,500; the fire and rescue budget is to be confirmed."
        ),
        categories=("Police", "Police Transformation Fund grant", "Fire and rescue"),
        series=(
            Series(
                "Funding",
                (Amount.exact(304_289), Amount.exact(129_500), Amount.exact(296_789)),
            ),
            Series("Budget", (Amount.exact(287_000), Amount.exact(129_500), Amount.tbc())),
        ),
        table=source_table(),
    )


def benefits_chart() -> Chart:
    columns = (
        Column("Year"),
        Column("Forecast", ColumnKind.FIGURE),
        Column("Target", ColumnKind.FIGURE),
    )
    rows = (
        Row(
            (
                Text.plain("2017/18"),
                Money(Amount.exact(3_100_000)),
                Money(Amount.exact(2_900_000)),
            )
        ),
        Row((Text.plain("2018/19"), Money(Amount.circa(5_200_000)), Money(Amount.tbc()))),
        Row(
            (
                Text.plain("2019/20"),
                Money(Amount.not_applicable()),
                Money(Amount.exact(4_000_000)),
            )
        ),
        Row((Text.plain("2020/21"), Money(Amount.exact(-250_000)), Money(Amount.exact(1_000_000)))),
    )
    return Chart(
        title="Efficiencies forecast against target",
        description="Forecasts run ahead of the target in 2017/18 and behind it in 2020/21.",
        categories=("2017/18", "2018/19", "2019/20", "2020/21"),
        series=(
            Series(
                "Forecast",
                (
                    Amount.exact(3_100_000),
                    Amount.circa(5_200_000),
                    Amount.not_applicable(),
                    Amount.exact(-250_000),
                ),
            ),
            Series(
                "Target",
                (
                    Amount.exact(2_900_000),
                    Amount.tbc(),
                    Amount.exact(4_000_000),
                    Amount.exact(1_000_000),
                ),
                role="target",
            ),
        ),
        table=Table.of("Efficiencies forecast against target", columns, rows),
    )


def ratings_grid() -> RagGrid:
    return RagGrid(
        caption="Ratings of current collaborations",
        dimensions=("Overall", "Time", "Costs", "Savings", "Benefits"),
        groups=(
            GridGroup(
                "Essex and Kent",
                (
                    GridRow(
                        "Joint Serious Crime Directorate",
                        (Missing("not given"), AMBER, GREEN, GREEN, GREEN),
                        Ref("project", "scd"),
                    ),
                    GridRow(
                        "Op Hexagon",
                        (
                            Missing("not given"),
                            changed(AMBER, Movement.WORSE, "Green"),
                            GREEN,
                            changed(AMBER, Movement.SAME),
                            GREEN,
                        ),
                    ),
                ),
            ),
            GridGroup(
                "National",
                (
                    GridRow(
                        "Single Online Home",
                        (
                            changed(RED, Movement.WORSE, "Amber"),
                            AMBER_RED,
                            changed(GREEN, Movement.BETTER, "Amber"),
                            NOT_APPLICABLE,
                            changed(RESET, Movement.NOT_COMPARABLE),
                        ),
                    ),
                    GridRow(
                        "BT Hothouse",
                        (
                            changed(GREEN, Movement.NEW, reason="The pilot met its aims early"),
                            AMBER,
                            AMBER_GREEN,
                            NOT_APPLICABLE,
                            COMPLETE,
                        ),
                    ),
                ),
            ),
        ),
        notes=(Text.plain("Movement is since the paper of January 2019."),),
    )


def hexagon_box(title: str = "Op Hexagon") -> RagBox:
    return RagBox(
        title=title,
        overall=RagCell("Overall", changed(AMBER, Movement.SAME)),
        cells=(
            RagCell("Time", changed(AMBER, Movement.WORSE, "Green", "The business case is late")),
            RagCell("Costs", GREEN, (Money(Amount.circa(110_000), term="a year"),)),
            RagCell(
                "Savings",
                AMBER,
                (
                    Money(Amount.exact(100_000), label="2018/19 achieved"),
                    Money(Amount.exact(250_000), label="2019/20"),
                    Money(Amount.tbc(), label="cashable"),
                ),
            ),
            RagCell("Benefits", Missing("Rating not given"), (Number(Decimal(8), "staff"),)),
        ),
        notes=(Text((Run("Time is amber: ", strong=True), Run("the business case is late."))),),
    )


def risk_table() -> Table:
    return Table(
        "Open risks and the milestones they touch",
        (
            Column("Risk", weight=5),
            Column("Score", ColumnKind.RATING, weight=2),
            Column("Milestone", ColumnKind.DATE, weight=2),
            Column("Slip", weight=3),
        ),
        (
            RowGroup(
                "Digital portfolio",
                (
                    Row(
                        (
                            Text.plain("The network line is not in place when dual running begins"),
                            Score(4, 4, "High", "amber"),
                            Day(PlainDate(date(2019, 6, 3))),
                            Slip(44),
                        )
                    ),
                    Row(
                        (
                            Text.plain("Scanners arrive in the wrong order"),
                            Score(2, 2, "Low", "green"),
                            Day(PlainDate(date(2019, 8, 1), Certainty.CIRCA)),
                            Slip(0),
                        )
                    ),
                ),
            ),
            RowGroup(
                "Community safety",
                (
                    Row(
                        (
                            Text.plain("Two districts agree no hub"),
                            Score(5, 4, "Very high", "red"),
                            Day(PlainDate.tbc()),
                            Slip(None),
                        )
                    ),
                ),
            ),
        ),
    )


def sample(*, projects: int = 3, marking: str = "OFFICIAL") -> Document:
    """The document; ``projects`` sets how many project sections it has, and so its length."""
    updates = tuple(
        block
        for number in range(1, projects + 1)
        for block in (
            Subheading(f"Project {number} of the joint estate", depth=2),
            hexagon_box(f"Project {number} of the joint estate"),
            plain(FILLER),
            Bullets(
                (
                    Text.plain("Site chosen"),
                    Bullets((Text.plain("surveyed"), Text.plain("valued")), "1"),
                    Text.plain("Section 22A agreement in draft"),
                )
            ),
        )
    )
    meta = Meta(**{name: getattr(META, name) for name in META.__slots__} | {"marking": marking})
    return Document(
        meta,
        (
            Section(
                "recommendations",
                "Recommendations",
                (
                    Recommendations(
                        Text.plain("The Board is asked to:"),
                        (
                            Recommendation(
                                "note", Text.plain("the progress of the programme since January;")
                            ),
                            Recommendation(
                                "endorse", Text.plain("the re-baselined dates of two projects.")
                            ),
                        ),
                    ),
                ),
            ),
            Section(
                "summary",
                "Executive summary",
                (
                    plain(FILLER),
                    Paragraph(
                        Text(
                            (
                                Run("The full report is "),
                                Run("public", strong=True),
                                Run(" and stands "),
                                Run(
                                    "on the commissioner’s site",
                                    href="https://www.essex.pfcc.police.uk/",
                                ),
                                Run("; its annexes "),
                                Run("do not", emphasis=True),
                                Run(".\nA second line of it follows here."),
                            )
                        )
                    ),
                    KeyFigures(
                        (
                            KeyFigure("Efficiencies forecast", Money(Amount.exact(18_000_000))),
                            KeyFigure("Target", Money(Amount.exact(15_300_000)), "set in the plan"),
                            KeyFigure("Share of target", Percent(Decimal("117.6"))),
                            KeyFigure("Overall", changed(AMBER, Movement.BETTER, "Red")),
                        )
                    ),
                    ratings_grid(),
                    RatingKey(
                        "Key to the ratings",
                        (
                            KeyLevel(GREEN, "Delivery is highly likely; no major issue is open."),
                            KeyLevel(
                                AMBER,
                                "Feasible, but significant issues need attention and look "
                                "resolvable.",
                            ),
                            KeyLevel(RED, "Appears unachievable at this stage."),
                            KeyLevel(NOT_APPLICABLE, "The dimension does not arise."),
                        ),
                    ),
                ),
            ),
            Section(
                "updates",
                "Update on current work",
                (
                    Subheading("Essex and Kent"),
                    *updates,
                    Gap("Durham University culture study has no update in this period."),
                ),
            ),
            Section(
                "implications",
                "Implications",
                (plain("None beyond those below."),),
                sections=(
                    Section("finance", "Finance", (plain(FILLER), source_table(), spend_chart())),
                    Section(
                        "risks",
                        "Risks and mitigation",
                        (
                            risk_table(),
                            Withheld(
                                "The commercial terms of the fleet workshop",
                                "Local Government Act 1972, Schedule 12A, paragraph 3",
                            ),
                        ),
                    ),
                    Section("benefits", "Benefits", (benefits_chart(),)),
                ),
            ),
            Section(
                "future",
                "Future work",
                (
                    plain(FILLER),
                    Bullets(
                        (
                            Text.plain("Fleet business case"),
                            Text((Run("Second "), Run("hothouse", emphasis=True))),
                        ),
                        "1",
                    ),
                ),
            ),
            Section(
                "outturn",
                "Outturn by category",
                (plain("Figures are those of the agreed year end."), source_table()),
                new_page=True,
            ),
        ),
    )
