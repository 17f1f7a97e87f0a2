"""Workbooks as people send them: what is right is read, what is wrong is said with its cell, and
what no workbook should be is refused before anything reads it."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName

from programme.imports import (
    AmbiguousWord,
    Kind,
    Lookup,
    Reading,
    Refused,
    Sheet,
    SheetColumn,
    UnknownWord,
    guard,
    read,
    write,
)
from programme.imports import reading as how_it_reads

moment = datetime.fromisoformat
"""A day with its time, as a workbook keeps it."""

THINGS = Sheet(
    "Things",
    (
        SheetColumn("ref", "Reference", needed=True, is_key=True, longest=20),
        SheetColumn("name", "Name", needed=True, longest=30, choices="Names"),
        SheetColumn("text", "Text", kind=Kind.TEXT),
        SheetColumn("day", "Start", kind=Kind.DAY),
        SheetColumn("listed", "Listed", kind=Kind.YES_NO),
    ),
    ("thing", "things"),
)
HEAD = ["Reference *", "Name *", "Text", "Start", "Listed"]


def saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def book_of(*rows: list[Any], change: Callable[[Any], None] | None = None) -> bytes:
    """A workbook with these rows on its sheet, and what else ``change`` does to the sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Things"
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    return saved(book)


def read_one(value: Any, *, at: int, form: str = "", data_type: str = "") -> Reading:
    """What is read of one row in which one cell holds the value."""

    def put(sheet: Any) -> None:
        cell = sheet.cell(2, at)
        cell.value = value
        if data_type:
            cell.data_type = data_type
        if form:
            cell.number_format = form

    row = ["t1", "Name", None, None, None]
    return read(book_of(HEAD, row, change=put), [THINGS])


def said(found: Reading) -> list[str]:
    return [problem.sentence for problem in found.problems]


def tampered(content: bytes, **parts: bytes | None) -> bytes:
    """The workbook with parts replaced, added, or with None taken out; ``__`` stands for a dot and
    ``_slash_`` for a slash."""
    wanted = {name.replace("_slash_", "/").replace("__", "."): to for name, to in parts.items()}
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            if name not in wanted:
                new.writestr(name, old.read(name), zipfile.ZIP_DEFLATED)
        for name, to in wanted.items():
            if to is not None:
                new.writestr(name, to, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name)


SHEET_PART = "xl/worksheets/sheet1.xml"
GOOD = book_of(HEAD, ["t1", "One", "Text", moment("2026-03-27"), "Yes"])


# --- what is read ---------------------------------------------------------------------------------


def test_a_row_is_read_by_its_headings():
    (row,) = read(GOOD, [THINGS]).rows
    assert dict(row.values) == {
        "ref": "t1",
        "name": "One",
        "text": "Text",
        "day": date(2026, 3, 27),
        "listed": True,
    }
    assert row.number == 2


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        ("  One\u00a0", "", "One"),
        ("One\u200b", "", "One"),
        ("One_x000D_\nTwo", "", "One Two"),
        ("One\nTwo", "", "One Two"),
        (3, "", "3"),
        (3.0, "", "3"),
        (5.1, "", "5.1"),
        (5.1, "0.00", "5.10"),
        (7, "000", "007"),
        (0.1 + 0.2, "", "0.3"),
        (True, "", "Yes"),
        (0, "", "0"),
    ],
)
def test_a_text_is_what_excel_shows(value, form, text):
    found = read_one(value, at=2, form=form)
    assert (said(found), found.rows[0].values["name"]) == ([], text)


def test_a_text_that_begins_like_a_formula_is_a_text():
    assert read_one("=SUM(1)", at=3, data_type="s").rows[0].values["text"] == "=SUM(1)"


def test_lines_of_a_text_stay_lines():
    found = read_one("One_x000D_\nTwo\n· three", at=3)
    assert found.rows[0].values["text"].split("\n")[:2] == ["One", "Two"]


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (moment("2026-03-27"), ""),
        (46108, "General"),
        (46108, "@"),
        ("27/3/2026", ""),
        ("27.03.2026", ""),
        ("27-3-2026", ""),
        ("27 March 2026", ""),
        (" 27  Mar 2026 ", ""),
        ("27\u00a0march\u00a02026", ""),
        ("2026-03-27", ""),
        ("2026-03-27 00:00:00", ""),
    ],
)
def test_a_day_is_a_day_however_it_is_written(value, form):
    found = read_one(value, at=4, form=form)
    assert (said(found), found.rows[0].values["day"]) == ([], date(2026, 3, 27))


def test_days_of_a_workbook_that_counts_from_1904():
    book = load_workbook(BytesIO(GOOD))
    book.epoch = CALENDAR_MAC_1904
    book["Things"]["D2"].value = 46108 - 1462
    book["Things"]["D2"].number_format = "General"
    assert read(saved(book), [THINGS]).rows[0].values["day"] == date(2026, 3, 27)


@pytest.mark.parametrize(("value", "is_yes"), [(True, True), ("no", False), (" YES ", True)])
def test_yes_and_no(value, is_yes):
    assert read_one(value, at=5).rows[0].values["listed"] is is_yes


def test_columns_stand_in_any_order_below_a_title_and_whatever_their_case():
    rows = [["Our things"], [], ["NAME", None, " reference* ", "text:"], ["One", None, "t1", "x"]]
    found = read(book_of(*rows), [THINGS])
    assert said(found) == []
    assert (found.rows[0].number, dict(found.rows[0].values)) == (
        4,
        {"name": "One", "ref": "t1", "text": "x"},
    )


def test_rows_without_anything_are_passed_over():
    found = read(book_of(HEAD, [" ", "\u00a0"], ["t1", "One"], [], [None, ""]), [THINGS])
    assert said(found) == []
    assert [row.number for row in found.rows] == [3]


def test_what_is_hidden_counts_and_is_said():
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet.parent.create_sheet("Other")
        sheet.sheet_state = "hidden"

    found = read(book_of(HEAD, ["t1", "One", "x"], change=hide), [THINGS])
    assert found.rows[0].values["text"] == "x"
    assert found.notes == (
        "Things: rows that the workbook hides count too (2).",
        "Things: columns that the workbook hides count too (“Text”).",
        "The sheet “Things” is hidden, and counts too.",
    )


def test_other_sheets_names_and_styles_do_no_harm():
    def add(sheet: Any) -> None:
        other = sheet.parent.create_sheet("Notes")
        other["A1"] = "=1+1"
        other.merge_cells("A1:C9")
        sheet.parent.defined_names["Old"] = DefinedName("Old", attr_text="#REF!")
        sheet["A9"].number_format = "0.00"
        sheet["A1900"].number_format = "0.00"

    found = read(book_of(HEAD, ["t1", "One"], change=add), [THINGS])
    assert (said(found), len(found.rows)) == ([], 1)


def test_what_is_read_can_be_kept_and_is_the_same_after():
    found = read(GOOD, [THINGS])
    kept = Reading.restored(found.stored(), [THINGS])
    assert [dict(row.values) for row in kept.rows] == [dict(row.values) for row in found.rows]
    assert kept.letters == found.letters


# --- what is wrong, and where ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "at", "form", "words"),
    [
        ("=A1", 2, "", "Things, B2, Name: This cell has a formula."),
        ("=A1", 4, "", "Things, D2, Start: This cell has a formula."),
        ("#N/A", 2, "", "Things, B2, Name: This cell shows an error of Excel."),
        (moment("2026-02-01"), 2, "", "Things, B2, Name: Excel has made a date or time of this."),
        (1234.5, 2, "#,##0.0", "Things, B2, Name: This is a number that can be written in"),
        (5.123, 2, "0.00", "Things, B2, Name: This is a number that can be written in"),
        (1.5e20, 2, "", "Things, B2, Name: This is a number that can be written in"),
        ("x" * 31, 2, "", "Name must be 30 characters or fewer: it has 31."),
        ("One_x0001_", 2, "", "Things, B2, Name: This has a sign in it that cannot be printed."),
        (None, 2, "", "Things, B2, Name: Name must not be empty."),
        ("soon", 4, "", "Things, D2, Start: Enter a day like 27/3/2026 or 27 March 2026."),
        ("3/27/2026", 4, "", "Things, D2, Start: This is no day of the calendar."),
        ("27/3/26", 4, "", "Things, D2, Start: Enter a day like"),
        ("30 Feb 2026", 4, "", "Things, D2, Start: This is no day of the calendar."),
        ("27 Foo 2026", 4, "", "Things, D2, Start: This is no day of the calendar."),
        (2026, 4, "", "Things, D2, Start: Enter a day like"),
        (20260327, 4, "", "Things, D2, Start: Enter a day like"),
        (46108.5, 4, "", "Things, D2, Start: Enter a day like"),
        (99999999, 4, "dd/mm/yyyy", "Things, D2, Start: This cell shows an error of Excel."),
        (moment("2026-03-27 14:00"), 4, "", "Things, D2, Start: This has a time of day."),
        (moment("1066-10-14"), 4, "", "Things, D2, Start: Enter a day"),
        (True, 4, "", "Things, D2, Start: Enter a day like"),
        ("perhaps", 5, "", "Things, E2, Listed: Enter Yes or No."),
        (1, 5, "", "Things, E2, Listed: Enter Yes or No."),
    ],
)
def test_a_wrong_cell_is_named_with_what_to_do(value, at, form, words):
    if isinstance(value, datetime) and value.year < 1900:
        value = value.date().isoformat()
    (problem,) = said(read_one(value, at=at, form=form))
    assert words in problem


def test_all_problems_are_said_at_once_in_the_order_of_the_workbook():
    found = read(book_of(HEAD, ["t1", None, None, "x"], ["t2", "=1", None, None, "?"]), [THINGS])
    assert [each.cell for each in found.problems] == ["B2", "D2", "B3", "E3"]
    assert [each.found for each in found.problems] == ["", "x", "=1", "?"]


def test_merged_cells_are_named():
    def merge(sheet: Any) -> None:
        sheet.merge_cells("B2:B3")

    (problem,) = said(read(book_of(HEAD, ["t1", "One"], ["t2"], change=merge), [THINGS]))[:1]
    assert problem.startswith("Things, B2, Name: The cells B2:B3 are merged. Unmerge them")


def test_a_title_over_merged_cells_is_no_problem():
    def merge(sheet: Any) -> None:
        sheet.merge_cells("A1:E1")

    assert said(read(book_of(["Title"], HEAD, ["t1", "One"], change=merge), [THINGS])) == []


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (["Reference", "Nmae"], "The template has no column “Nmae”. Did you mean “Name”?"),
        (["Reference", "Name", "Budget"], "The template has no column “Budget”."),
        (["Reference", "Name", "name"], "Two columns are headed “Name”."),
        (["Name", "Text"], "This sheet has no column “Reference”"),
        (["Foo", "Bar"], "No row of this sheet has the headings of the template"),
    ],
)
def test_headings_that_are_not_those_of_the_template(head, words):
    found = said(read(book_of(head, ["t1", "One", "x"]), [THINGS]))
    assert any(words in each for each in found), found


def test_a_value_below_no_heading_is_not_lost_without_a_word():
    (problem,) = said(read(book_of(HEAD, ["t1", "One", None, None, None, "stray"]), [THINGS]))
    assert problem.startswith("Things, F2: This stands in a column without a heading.")


def test_a_workbook_without_the_sheet_or_without_rows():
    book = Workbook()
    book.active.title = "Sheet A"
    assert said(read(saved(book), [THINGS])) == [
        "The workbook has no sheet “Things”. It has “Sheet A”."
    ]
    assert said(read(book_of(HEAD), [THINGS])) == ["No row of the workbook is filled in."]


def test_rows_are_bounded(monkeypatch):
    monkeypatch.setattr(how_it_reads, "MAX_ROWS", 2)
    rows = [[f"t{number}", "One"] for number in range(3)]
    (problem,) = said(read(book_of(HEAD, *rows), [THINGS]))
    assert problem == ("The workbook has 3 rows, and 2 are taken at a time. Upload it in parts.")


# --- what is not read at all ----------------------------------------------------------------------


def of_bytes(name: str) -> bytes:
    return {
        "empty": b"",
        "text": b"ref,name\nt1,One\n",
        "old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "macros": tampered(GOOD, xl_slash_vbaProject__bin=b"x"),
        "binary": tampered(GOOD, xl_slash_workbook__bin=b"x"),
        "ods": tampered(GOOD, mimetype=b"application/vnd.oasis"),
        "word": tampered(GOOD, **{"[Content_Types]__xml": None}),
        "cut": GOOD[: len(GOOD) // 2],
        "torn": GOOD[:400] + bytes(200) + GOOD[600:],
        "no sheet": tampered(GOOD, xl_slash_worksheets_slash_sheet1__xml=None),
        "bad xml": tampered(GOOD, xl_slash_workbook__xml=b"<workbook><"),
        "not xml": tampered(GOOD, xl_slash_workbook__xml=b"\x00\x01\x02"),
        "entities": tampered(
            GOOD,
            xl_slash_sharedStrings__xml=b'<!DOCTYPE s [<!ENTITY a "aaaa">]><sst>&a;</sst>',
        ),
        "deep": tampered(GOOD, xl_slash_styles__xml=b"<a>" * 9_000 + b"</a>" * 9_000),
    }[name]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("empty", "This file is empty."),
        ("text", "This is not an Excel workbook."),
        ("old", "This is a workbook of an older kind (.xls)."),
        ("password", "This workbook has a password."),
        ("macros", "This workbook has macros (.xlsm)"),
        ("binary", "This is a binary workbook (.xlsb)."),
        ("ods", "This is an OpenDocument file (.ods)."),
        ("word", "This is not an Excel workbook."),
        *((kind, "This file is broken") for kind in ("cut", "torn", "no sheet", "bad xml")),
        *((kind, "This file is broken") for kind in ("not xml", "entities", "deep")),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(kind, words):
    with pytest.raises(Refused, match=re.escape(words)):
        read(of_bytes(kind), [THINGS])


def test_a_file_that_is_too_large(monkeypatch):
    monkeypatch.setattr(guard, "MAX_BYTES", 100)
    with pytest.raises(Refused, match="larger than"):
        read(GOOD, [THINGS])


def test_a_bomb_is_refused_before_it_unpacks():
    bomb = tampered(GOOD, xl_slash_media_slash_image1__png=bytes(guard.MAX_UNPACKED + 1))
    assert len(bomb) < guard.MAX_BYTES
    with pytest.raises(Refused, match="unpacks to more"):
        read(bomb, [THINGS])


def test_a_part_that_hides_behind_blanks_is_refused():
    hidden = b" " * 70_000 + b"<workbook/>"
    with pytest.raises(Refused):
        read(tampered(GOOD, xl_slash_other__dat=hidden), [THINGS])


def test_styles_of_many_megabytes_are_refused():
    styles = b"<styleSheet>" + b"<font/>" * (guard.MAX_PART // 7 + 1) + b"</styleSheet>"
    with pytest.raises(Refused, match="unpacks to more"):
        read(tampered(GOOD, xl_slash_styles__xml=styles), [THINGS])


def test_a_cell_far_away_is_refused_at_once():
    far = part(GOOD, SHEET_PART).replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    begun = time.process_time()
    with pytest.raises(Refused, match="Cell XFD1048576 of a sheet has something in it"):
        read(tampered(GOOD, xl_slash_worksheets_slash_sheet1__xml=far), [THINGS])
    assert time.process_time() - begun < 1


def test_an_empty_cell_far_away_and_a_size_that_lies_do_no_harm():
    sheet = part(GOOD, SHEET_PART)
    far = sheet.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"/></row></sheetData>')
    far = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', far)
    begun = time.process_time()
    found = read(tampered(GOOD, xl_slash_worksheets_slash_sheet1__xml=far), [THINGS])
    assert (said(found), len(found.rows)) == ([], 1)
    assert time.process_time() - begun < 1


def test_too_many_cells(monkeypatch):
    monkeypatch.setattr(guard, "MAX_CELLS", 9)
    with pytest.raises(Refused, match="more than 9 cells"):
        read(GOOD, [THINGS])


@given(st.data())
def test_no_damage_makes_the_reading_fail(data):
    """Whatever is done to a part of a workbook, it is read or refused."""
    name = data.draw(st.sampled_from(zipfile.ZipFile(BytesIO(GOOD)).namelist()))
    inside = part(GOOD, name)
    at = data.draw(st.integers(0, len(inside)))
    damaged = inside[:at] + data.draw(st.binary(max_size=8)) + inside[at + 1 :]
    content = tampered(GOOD, **{name.replace("/", "_slash_").replace(".", "__"): damaged})
    try:
        found = read(content, [THINGS])
    except Refused:
        return
    assert found.rows or found.problems


# --- the template ---------------------------------------------------------------------------------


def template(*rows: dict[str, Any]) -> bytes:
    return write(
        [THINGS],
        {"Things": list(rows)},
        lists={"Names": ["One", "=Two"]},
        title="Kent: things",
        marking="OFFICIAL",
    )


ROW = {"ref": "t1", "name": "=One", "text": "A\nB; C", "day": date(2026, 3, 27), "listed": False}


def test_what_the_template_holds_is_read_as_it_is():
    found = read(template(ROW), [THINGS])
    assert said(found) == []
    assert [dict(row.values) for row in found.rows] == [ROW]


def test_the_template_protects_what_tells_rows_apart_and_offers_lists():
    sheet = load_workbook(BytesIO(template(ROW)))["Things"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert [sheet.cell(2, at).protection.locked for at in (1, 2, 4)] == [True, False, False]
    assert not sheet.column_dimensions["A"].protection.locked  # a new row has its key to fill in
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert rules["B2:B301"] == "=Lists!$A$2:$A$3"
    assert rules["E2:E301"] == '"Yes,No"'
    assert sheet["B2"].data_type == "s"


# --- rows that cells name -------------------------------------------------------------------------


def test_a_lookup_finds_rows_by_any_of_their_words():
    rows = [("Estates; and more", "est"), ("Fleet", "fleet"), ("Same", "a"), ("Same", "b")]
    lookup = Lookup(rows, lambda row: row, what="theme")
    assert lookup.find_all("fleet\nestates; AND more") == [rows[1], rows[0]]
    assert lookup.find_all("est; Fleet; est") == rows[:2]
    assert [lookup.label(row) for row in rows] == ["Estates; and more", "Fleet", "a", "b"]
    with pytest.raises(AmbiguousWord, match="Write one of these: a, b"):
        lookup.find("same")
    with pytest.raises(UnknownWord, match="no theme “Fleit”. Did you mean “Fleet”?"):
        lookup.find("Fleit")


def test_a_number_is_taken_for_no_amount():
    """Figures of other kinds have columns of their own; a text of figures stays as it is."""
    assert read_one(Decimal("12.5"), at=2).rows[0].values["name"] == "12.5"
