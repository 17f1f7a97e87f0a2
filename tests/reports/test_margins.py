"""Nothing leaves the page: wide tables are turned or parted, long words broken, and a paper in
which something would still pass its margin is refused by name."""

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from programme.common import charts
from programme.common.blocks import (
    Chart,
    Column,
    ColumnKind,
    Money,
    MoneyTotal,
    Number,
    Rating,
    Row,
    RowKind,
    Series,
    Table,
    Text,
)
from programme.common.values import Amount
from programme.common.values import total as sum_of
from reports.document import (
    Block,
    Bullets,
    Document,
    GridGroup,
    GridRow,
    KeyFigure,
    KeyFigures,
    RagBox,
    RagCell,
    RagGrid,
    Section,
)
from reports.render import pdf, widths
from reports.render.margins import overruns
from reports.render.pdf import CannotPrint, render_pdf
from tests.reports.sample import META, plain, risk_table

WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch" * 3
GREEN = Rating("G", "Green", "green")


def only(*blocks: Block) -> Document:
    return Document(META, (Section("money", "The money", blocks),))


def spend(sources: int, *, pounds: str = "1234567.89", name: str = "Source") -> Table:
    columns = (
        Column("Category", weight=40),
        *(Column(f"{name} {n}", ColumnKind.FIGURE, weight=15) for n in range(1, sources + 1)),
        Column("Total", ColumnKind.FIGURE, weight=15),
    )
    amount = Amount.exact(Decimal(pounds))
    total = sum_of([amount] * sources)
    rows = tuple(
        Row((Text.plain(label), *[Money(amount)] * sources, MoneyTotal(total)), kind)
        for label, kind in (
            ("Programme team salaries", RowKind.BODY),
            ("Pilots", RowKind.BODY),
            ("Total", RowKind.TOTAL),
        )
    )
    return Table.of("Outturn by category and source", columns, rows)


def pages(*blocks: Block) -> list[str]:
    reader = PdfReader(BytesIO(render_pdf(only(*blocks))))
    return [page.extract_text() for page in reader.pages]


@pytest.mark.parametrize("sources", [2, 6, 9, 15, 40])
def test_a_table_prints_every_column_and_its_total_however_many_there_are(sources: int) -> None:
    text = " ".join(" ".join(pages(plain("Before."), spend(sources), plain("After."))).split())
    for place in range(1, sources + 1):
        assert f"Source {place} " in text
    assert text.count("Total") >= 2
    assert text.count("£1,234,568") == 3 * sources


def test_tables_of_many_columns_are_turned_and_those_of_more_parted() -> None:
    def of(sources: int) -> widths.Fit:
        table = spend(sources)
        return widths.fit(table.columns, [row.cells for row in table.groups[0].rows])

    assert of(3) == widths.Fit(sideways=False, parts=((0, 1, 2, 3, 4),))
    assert of(9) == widths.Fit(sideways=True, parts=(tuple(range(11)),))
    many = of(15)
    assert many.sideways
    assert len(many.parts) == 2
    assert all(part[0] == 0 and len(part) > 4 for part in many.parts)
    assert sorted({place for part in many.parts for place in part}) == list(range(17))


HOSTILE = {
    "a name in a table": (spend(3, name=WORD),),
    "a figure": (spend(3, pounds="999999999999999999.99"),),
    "figures in many columns": (spend(12, pounds="999999999999999999.99"),),
    "a word in a cell": (
        replace(
            risk_table(),
            groups=(
                replace(
                    risk_table().groups[0],
                    rows=tuple(
                        replace(row, cells=(Text.plain(WORD), Text.plain(WORD), *row.cells[2:]))
                        for row in risk_table().groups[0].rows
                    ),
                ),
            ),
        ),
    ),
    "words in text": (plain(WORD), Bullets((Text.plain(WORD),))),
    "a grid": (
        RagGrid(
            "Ratings",
            tuple(f"{WORD[:40]} {n}" for n in range(12)),
            (GridGroup(WORD, (GridRow(WORD, (replace(GREEN, word=WORD[:30]),) * 12),)),),
        ),
    ),
    "a box": (
        RagBox(
            f"Box {WORD}",
            RagCell("Overall", GREEN),
            tuple(RagCell(WORD[:30], replace(GREEN, word=WORD[:30])) for n in range(11)),
        ),
    ),
    "key figures": (
        KeyFigures(tuple(KeyFigure(WORD[:60], Number(Decimal(10**12)), WORD) for n in range(11))),
    ),
    "a chart": (
        Chart(
            "Chart " + WORD,
            WORD,
            (WORD, "B"),
            (Series("Funding", (Amount.exact(Decimal("999999999")), Amount.tbc())),),
            spend(9, name=WORD),
        ),
    ),
}


@pytest.mark.parametrize("blocks", HOSTILE.values(), ids=HOSTILE)
def test_words_and_figures_of_any_length_stay_on_the_page(blocks: tuple[Block, ...]) -> None:
    """``render_pdf`` refuses whatever passes a margin."""
    assert render_pdf(only(*blocks)).startswith(b"%PDF")


def test_headings_and_names_of_any_length_stay_on_the_page() -> None:
    meta = replace(META, title=WORD, board=WORD, programme=WORD, author_post=WORD, subtitle=WORD)
    document = Document(meta, (Section("a", WORD, (plain("x"),)),))
    assert render_pdf(document).startswith(b"%PDF")


def test_what_still_passes_the_margin_is_refused_and_named(monkeypatch) -> None:
    monkeypatch.setattr(
        widths, "fit", lambda columns, rows: widths.Fit(False, (tuple(range(len(columns))),))
    )
    with pytest.raises(CannotPrint) as refusal:
        render_pdf(only(plain("Before."), spend(15)))
    assert "The table “Outturn by category and source” in “The money” (page 1)" in str(
        refusal.value
    )


@pytest.mark.parametrize(
    ("style", "cells", "found"),
    [
        ("white-space:nowrap", "£1,234,567,890,123,456.00", ["The table “Narrow”"]),
        ("", "short", []),
        ("text-indent:-99mm", "short", ["The table “Narrow”"]),
    ],
)
def test_text_over_the_next_column_or_the_left_edge_is_found(style, cells, found) -> None:
    html = (
        '<html lang="en-GB"><title>T</title><body class="paper"><h2>Money</h2>'
        '<table class="table" style="table-layout:fixed;width:60mm"><caption>Narrow</caption>'
        f'<tr><th>A</th><td style="{style}">{cells}</td><td>c</td></tr></table></body></html>'
    )
    layout = pdf._once(html, pdf._styles())
    assert [each.what for each in overruns(layout)] == found


@pytest.mark.parametrize("pounds", ["999999999", "1000000000", "12", "95000000000"])
@pytest.mark.parametrize("name", ["A", "A name of some length", WORD, "Київ, Αθήνα সিলেট"])
def test_a_charts_figures_stay_inside_the_drawing(pounds: str, name: str) -> None:
    empty = Table.of("", (), ())
    amounts = (Amount.exact(Decimal(pounds)), Amount.exact(-Decimal(pounds)))
    chart = Chart("T", "D", (name, "B"), (Series("Funding", amounts),), empty)
    positive = Chart("T", "D", (name,), (Series("Funding", amounts[:1]),), empty)
    for each in (chart, positive):
        for x, anchor, text in re.findall(
            r'<text x="([\d.-]+)" y="[\d.]+"(?: text-anchor="(\w+)")?[^>]*>([^<]*)',
            charts.draw(each, "c"),
        ):
            width = charts.text_width(text, charts.TEXT_SIZE)
            share = {"middle": 0.5, "end": 1.0}.get(anchor, 0.0)
            start = float(x) - share * width
            assert start >= -0.5, text
            assert start + width <= charts.WIDTH + 0.5, text


def test_labels_in_other_letters_are_measured_in_them() -> None:
    latin, cyrillic = charts.text_width("Ki", 10), charts.text_width("Щ", 10)
    assert cyrillic != charts.DEFAULT_ADVANCE * 10
    assert latin < cyrillic * 2
