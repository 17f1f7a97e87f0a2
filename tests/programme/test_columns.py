"""What each kind of column prints in a list and writes to a download."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module

import pytest
from django.test import RequestFactory
from openpyxl import load_workbook

from programme.common import export
from programme.common.columns import (
    AmountColumn,
    DayColumn,
    MonthColumn,
    NameColumn,
    PortalColumn,
    PortalTable,
    RatingColumn,
)
from programme.common.values import Amount, Certainty, PlainDate
from programme.facts import Level

AMBER = Level("A", "Amber", 2, "rag", "amber", needs_reason=True)
RED = Level("R", "Red", 3, "rag", "red", needs_reason=True)


@dataclass(frozen=True)
class Rated:
    level: Level
    movement: str | None = None
    previous: Level | None = None


@dataclass(frozen=True)
class Row:
    name: str
    cost: Amount | None = None
    day: PlainDate | date | None = None
    rated: Rated | Level | None = None


class Table(PortalTable):
    name = NameColumn()
    cost = AmountColumn()
    day = DayColumn()
    rated = RatingColumn(verbose_name="Overall")


def table(*rows: Row) -> Table:
    found = Table(list(rows))
    found.request = RequestFactory().get("/")
    return found


def cells(row: Row) -> list[str]:
    [printed] = table(row).printed_rows
    return [str(cell) for cell in printed]


def downloaded(*rows: Row) -> list[list[str]]:
    content = export.to_csv(export.grid_of(table(*rows), "List"))
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("amount", "printed", "written"),
    [
        (Amount.exact("1234.50"), "£1,235", ["1234.50", "Exact"]),
        (Amount.exact(0), "£0", ["0", "Exact"]),
        (Amount.exact(-17289), "\N{MINUS SIGN}£17,289", ["-17289", "Exact"]),
        (Amount.circa(110_000), "circa £110,000", ["110000", "Circa (approximate)"]),
        (Amount.tbc(), "TBC", ["", "To be confirmed"]),
        (Amount.not_applicable(), "not applicable", ["", "Not applicable"]),
        (None, "–", ["", ""]),
    ],
)
def test_an_amount_keeps_unknown_zero_and_not_applicable_apart(amount, printed, written):
    row = Row("A", cost=amount)
    assert f">{printed}</td>" in cells(row)[1]
    assert "govuk-table__cell--numeric" in cells(row)[1]
    header, values = downloaded(row)
    assert header[1:3] == ["Cost", "Cost (certainty)"]
    assert values[1:3] == written


@pytest.mark.parametrize(
    ("day", "printed", "written"),
    [
        (date(2019, 3, 5), "5 Mar 2019", ["2019-03-05", "Exact"]),
        (PlainDate(date(2019, 3, 5)), "5 Mar 2019", ["2019-03-05", "Exact"]),
        (
            PlainDate(date(2019, 3, 1), Certainty.CIRCA),
            "Mar 2019",
            ["2019-03-01", "Circa (approximate)"],
        ),
        (PlainDate.tbc(), "TBC", ["", "To be confirmed"]),
        (None, "–", ["", ""]),
    ],
)
def test_a_day_keeps_what_is_known_of_it(day, printed, written):
    row = Row("A", day=day)
    assert f">{printed}</td>" in cells(row)[2]
    assert downloaded(row)[1][3:5] == written


@pytest.mark.parametrize(
    ("rated", "printed", "written"),
    [
        (AMBER, ["chip--amber", ">A<", ">Amber<"], ["Amber", ""]),
        (Rated(RED, "worse", AMBER), [">R<", ">Red<", "↓ was Amber"], ["Red", "↓ was Amber"]),
        (Rated(RED, "same", RED), ["unchanged"], ["Red", "unchanged"]),
        (None, ["–"], ["", ""]),
    ],
)
def test_a_rating_is_a_letter_and_a_word_with_its_movement(rated, printed, written):
    row = Row("A", rated=rated)
    assert [part for part in printed if part not in cells(row)[3]] == []
    assert downloaded(row)[1][5:7] == written


def test_the_name_is_the_header_of_its_row_and_nothing_in_it_is_markup():
    first = cells(Row("<b>Bold</b> & brave"))[0]
    assert first.startswith('<th scope="row"')
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; brave" in first


def test_a_table_of_facts_is_sorted_by_its_columns():
    rows = table(Row("B", day=date(2019, 1, 1)), Row("A", day=date(2020, 1, 1)))
    rows.order_by = "name"
    assert [row.record.name for row in rows.rows] == ["A", "B"]
    rows.order_by = "-day"
    assert [row.record.name for row in rows.rows] == ["A", "B"]


def test_figures_and_days_of_a_sheet_are_figures_and_days():
    rows = [[Decimal("12.50"), date(2019, 3, 5), datetime(2019, 7, 1, 11, tzinfo=UTC), None, "=1"]]
    content = export.to_xlsx(export.Grid("A/B: [list]", list("abcde"), rows))
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet.title == "A B   list "
    assert [cell.value for cell in sheet[1]] == list("abcde")
    amount, day, moment, nothing, text = sheet[2]
    assert (amount.value, amount.data_type) == (12.5, "n")
    assert day.value == datetime(2019, 3, 5)  # noqa: DTZ001 - a sheet knows no time zones
    assert moment.value == datetime(2019, 7, 1, 12)  # noqa: DTZ001 - noon in London, in summer
    assert nothing.value is None
    assert (text.value, text.data_type) == ("=1", "s")


@pytest.mark.parametrize("text", ["a\x00b", "a\x0bb", "line\nline", "£ and –", "'quoted'"])
def test_any_text_makes_a_file_that_opens(text):
    grid = export.Grid("List", ["a"], [[text]])
    sheet = load_workbook(io.BytesIO(export.to_xlsx(grid))).active
    clean = text.replace("\x00", "").replace("\x0b", "")
    assert sheet["A2"].value == clean
    rows = csv.reader(io.StringIO(export.to_csv(grid).decode("utf-8-sig"), newline=""))
    assert list(rows)[1] == [clean]


def test_a_column_that_stands_for_no_field_makes_its_cells_of_the_record():
    class Made(PortalTable):
        shout = PortalColumn(empty_values=())
        missing = PortalColumn()

        def render_shout(self, record):
            return record.name.upper()

    made = Made([Row("a")])
    made.request = RequestFactory().get("/")
    [[shout, missing]] = made.printed_rows
    assert ">A</td>" in shout
    assert ">–</td>" in missing


def test_no_table_makes_a_text_of_a_value_that_has_a_type():
    """A table that prints a cell in its own way says by ``value_…`` what a download holds; without
    it the download would hold the print, and a day or an amount would be a text."""
    for app in ("finance", "programme", "projects", "reports"):
        import_module(f"{app}.tables")
    found = []
    for kind in _all_tables(PortalTable):
        for name, column in kind.base_columns.items():
            typed = isinstance(column, (AmountColumn, DayColumn, MonthColumn, RatingColumn))
            if typed and hasattr(kind, f"render_{name}") and not hasattr(kind, f"value_{name}"):
                found.append(f"{kind.__name__}.{name}")
    assert found == []


def _all_tables(kind: type) -> set[type]:
    below = set(kind.__subclasses__())
    return below.union(*map(_all_tables, below))
