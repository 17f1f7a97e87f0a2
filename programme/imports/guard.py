"""What a file must be before openpyxl reads it: a workbook of bounded size without macros.

openpyxl believes what a file says of itself: it unpacks whatever a part unpacks to, and goes
through every row up to the last. So each part is unpacked here first, piece by piece, and counted
as it comes; nothing is kept of it but where a sheet ends, and what is hidden and merged in it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.parsers import expat

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 40 * 1024 * 1024
"""Of all parts together."""
MAX_PART = 4 * 1024 * 1024
"""Of a part of XML that holds neither cells nor their texts: styles of this size take seconds."""
MAX_PARTS = 500
MAX_CELLS = 150_000
"""Of the whole workbook, empty ones that have a style among them."""
MAX_ROW, MAX_COLUMN = 2_000, 200
"""How far from its beginning a sheet may have something in a cell."""
MAX_MERGED = 5_000
_DEEPEST = 60

SAVE_AS = "Save it in Excel as “Excel Workbook (.xlsx)” and upload that."
_PIECE = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


class Refused(Exception):
    """The file is not read at all; the text says why and what to do."""


@dataclass(slots=True)
class SheetFacts:
    """Where a sheet's last filled cell stands, which rows and columns are hidden, and which areas
    are merged, as (first row, first column, last row, last column). All count from 1."""

    last_row: int = 0
    last_column: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def inspect(content: bytes) -> Mapping[str, SheetFacts]:
    """The facts of each sheet by the name of its part. Raises Refused, and of a broken file
    whatever comes of that."""
    _refuse_other_kinds(content)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return _inspect(archive)


def broken() -> Refused:
    return Refused(
        "This file is broken, or is no Excel workbook. Open it in Excel, save it as “Excel "
        "Workbook (.xlsx)” and upload that."
    )


def _refuse_other_kinds(content: bytes) -> None:
    if not content:
        raise Refused("This file is empty. Select the workbook that you filled in.")
    if len(content) > MAX_BYTES:
        raise Refused(
            f"This file is larger than {MAX_BYTES // 1024**2} MB. Remove pictures and sheets that "
            "are not part of the template, or upload it in parts."
        )
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Refused("This workbook has a password. Remove the password and save it again.")
        raise Refused(f"This is a workbook of an older kind (.xls). {SAVE_AS}")
    if not content.startswith(b"PK"):
        raise Refused(f"This is not an Excel workbook. {SAVE_AS}")


def _inspect(archive: zipfile.ZipFile) -> dict[str, SheetFacts]:
    parts = archive.infolist()
    names = [part.filename.lower() for part in parts]
    if len(parts) > MAX_PARTS or len(set(names)) < len(names):
        raise broken()
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("This file has a password. Remove the password and save it again.")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Refused(f"This workbook has macros (.xlsm), which are not taken. {SAVE_AS}")
    if "xl/workbook.bin" in names:
        raise Refused(f"This is a binary workbook (.xlsb). {SAVE_AS}")
    if "mimetype" in names:
        raise Refused(f"This is an OpenDocument file (.ods). {SAVE_AS}")
    if "[content_types].xml" not in names:
        raise Refused(f"This is not an Excel workbook. {SAVE_AS}")
    count = _Count()
    for part in parts:
        with archive.open(part) as stream:
            _scan(stream, part.filename, count)
    if not count.sheets:
        raise broken()
    return count.sheets


@dataclass(slots=True)
class _Count:
    unpacked: int = 0
    cells: int = 0
    sheets: dict[str, SheetFacts] = field(default_factory=dict)


def _scan(stream: Any, name: str, count: _Count) -> None:
    """Counts a part as it is unpacked, and follows it where it is XML, by what it begins with."""
    scan: _PartScan | None = None
    own, first = 0, True
    while piece := stream.read(_PIECE):
        count.unpacked += len(piece)
        own += len(piece)
        if count.unpacked > MAX_UNPACKED:
            raise _too_large()
        if first and not piece.strip():
            raise broken()  # what begins with nothing but blanks hides what it is
        if first and _is_xml(piece):
            scan = _PartScan(count)
        elif first and name.lower().endswith((".xml", ".rels")):
            raise broken()
        first = False
        if scan is not None:
            scan.feed(piece)
            if own > MAX_PART and not scan.is_large_by_nature:
                raise _too_large()
    if scan is not None:
        scan.feed(b"", last=True)
        if scan.sheet is not None:
            count.sheets[name] = scan.sheet


def _is_xml(piece: bytes) -> bool:
    start = piece.removeprefix(b"\xef\xbb\xbf").lstrip()[:2]
    return start[:1] == b"<" or start in (b"\xff\xfe", b"\xfe\xff", b"\x00<")


def _too_large() -> Refused:
    return Refused(
        "This workbook unpacks to more than the portal reads. Copy the rows into a newly "
        "downloaded template and upload that."
    )


class _PartScan:
    """Follows one part of XML as it comes."""

    def __init__(self, count: _Count) -> None:
        self.count = count
        self.sheet: SheetFacts | None = None
        self.is_large_by_nature = False
        self._depth = self._row = self._column = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        self._parser.Parse(piece, last)

    def _doctype(self, *given: Any) -> None:
        raise broken()

    def _end(self, name: str) -> None:
        self._depth -= 1

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise broken()
        local = name.rpartition(":")[2]
        if self._depth == 1:
            self.is_large_by_nature = local in ("worksheet", "sst")
            self.sheet = SheetFacts() if local == "worksheet" else None
        elif self.sheet is not None:
            self._in_sheet(self.sheet, local, attributes)

    def _in_sheet(self, sheet: SheetFacts, local: str, attributes: dict[str, str]) -> None:
        if local == "row":
            self._row = _number(attributes.get("r")) or self._row + 1
            self._column = 0
            if attributes.get("hidden") in ("1", "true"):
                sheet.hidden_rows.add(self._row)
                self._add_cells(1)
        elif local == "c":
            self._add_cells(1)
            place = _CELL.fullmatch(attributes.get("r", ""))
            self._column = column_number(place[1]) if place else self._column + 1
        elif local in ("v", "is", "f"):
            self._fill(sheet)
        elif local == "mergeCell":
            if len(sheet.merged) >= MAX_MERGED:
                raise _too_large()
            sheet.merged.append(_area(attributes.get("ref", "")))
        elif local == "col" and attributes.get("hidden") in ("1", "true"):
            self._add_cells(1)
            first, last = _number(attributes.get("min")), _number(attributes.get("max"))
            sheet.hidden_columns.append((first, last))

    def _add_cells(self, number: int) -> None:
        self.count.cells += number
        if self.count.cells > MAX_CELLS:
            raise Refused(
                f"This workbook has more than {MAX_CELLS:,} cells. Copy the rows into a newly "
                "downloaded template and upload that."
            )

    def _fill(self, sheet: SheetFacts) -> None:
        if self._row > MAX_ROW or self._column > MAX_COLUMN:
            raise Refused(
                f"Cell {letters(self._column)}{self._row} of a sheet has something in it, and the "
                f"portal reads {MAX_ROW:,} rows and {MAX_COLUMN} columns. Delete what stands "
                "beyond the table, or upload it in parts."
            )
        sheet.last_row = max(sheet.last_row, self._row)
        sheet.last_column = max(sheet.last_column, self._column)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def _area(ref: str) -> tuple[int, int, int, int]:
    cells = [_CELL.fullmatch(each) for each in ref.split(":")]
    if not 1 <= len(cells) <= 2 or not all(cells):
        raise broken()
    (first, last) = (cells[0], cells[-1])
    assert first is not None
    assert last is not None
    return (int(first[2]), column_number(first[1]), int(last[2]), column_number(last[1]))


def column_number(word: str) -> int:
    """1 of "A", 27 of "AA"."""
    number = 0
    for each in word.upper():
        number = number * 26 + ord(each) - ord("A") + 1
    return number


def letters(number: int) -> str:
    """ "A" of 1, "AA" of 27."""
    word = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        word = chr(ord("A") + rest) + word
    return word
