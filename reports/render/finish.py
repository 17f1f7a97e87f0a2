"""The last touches to a PDF before it is written, which WeasyPrint leaves to its caller.

- It says in its metadata that it is PDF/UA-1, with the schema that PDF/A asks for.
- Running heads and page numbers are artifacts: a screen reader does not read them on every page.
- A table that goes on over pages is one table, and its repeated head is not read again.
- Header cells say whether they head a row or a column, and the cells below a group's heading name
  it as theirs.
- A drawing's alternative text is its description.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

PDF_UA = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the document conforms to\
</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag>\
</pdfaExtension:schemas></rdf:Description>"""

_END_OF_METADATA = b"</rdf:RDF>"


class Finisher:
    """Given to WeasyPrint as ``finisher``. ``descriptions`` is what drawings show, by title."""

    def __init__(self, descriptions: dict[str, str]) -> None:
        self._descriptions = descriptions

    def __call__(self, layout: Any, pdf: pydyf.PDF) -> None:
        _claim_pdf_ua(pdf)
        tree = _Tree(pdf)
        tree.describe_figures(self._descriptions)
        tree.say_scopes()
        tree.join_tables(layout)
        tree.make_artifacts()
        if "AF" in pdf.catalog:  # each file is listed twice by WeasyPrint 70
            pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _claim_pdf_ua(pdf: pydyf.PDF) -> None:
    metadata = _object(pdf, pdf.catalog["Metadata"])
    (content,) = metadata.stream
    assert content.count(_END_OF_METADATA) == 1
    metadata.stream = [content.replace(_END_OF_METADATA, PDF_UA + _END_OF_METADATA)]


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split(b" ", 1)[0])]


class _Tree:
    """The structure tree of a PDF in the making."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self._pdf = pdf
        root = _object(pdf, pdf.catalog["StructTreeRoot"])
        self._top = _object(pdf, root["K"][0])
        self._content = _object(pdf, root["ParentTree"])["Nums"]
        self._elements = [
            item
            for item in pdf.objects
            if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem"
        ]

    def describe_figures(self, descriptions: dict[str, str]) -> None:
        for element in self._of("/Figure"):
            alt = element.get("Alt")
            if alt is not None and alt.string in descriptions:
                element["Alt"] = pydyf.String(descriptions[alt.string])

    # --- tables -------------------------------------------------------------------------------

    def say_scopes(self) -> None:
        """Rows and columns for header cells; cells below a group's heading have it as theirs."""
        for body in (*self._of("/THead"), *self._of("/TBody")):
            in_head, group = body["S"] == "/THead", None
            for row in self._kids(body):
                for cell in self._kids(row):
                    if cell["S"] == "/TH":
                        heads_group = "ColSpan" in cell["A"]
                        cell["A"]["Scope"] = "/Column" if in_head or heads_group else "/Row"
                        group = cell["ID"] if heads_group and not in_head else group
                    elif group is not None and cell["S"] == "/TD":
                        cell["A"].setdefault("Headers", pydyf.Array()).append(group)

    def join_tables(self, layout: Any) -> None:
        """Put the parts of a table that goes on over pages together again."""
        first_parts: dict[Any, Any] = {}
        for page in layout.pages:
            for box in _table_boxes(page._page_box):
                part = self._table_of(box)
                if part is None:
                    continue
                first = first_parts.setdefault(box.element, part)
                if first is not part:
                    self._join(first, part)

    def _table_of(self, box: Any) -> Any:
        """The element of a table's box, found from the mark that WeasyPrint leaves on cells."""
        for group in box.children:
            for row in group.children:
                for cell in row.children:
                    return self._parent(self._parent(self._parent(cell.mark)))
        return None

    def _join(self, first: Any, part: Any) -> None:
        """Move the rows of a later part into the first, leaving out the repeated head."""
        (head, *_) = (body for body in self._kids(first) if body["S"] == "/THead")
        columns = [cell["ID"] for row in self._kids(head) for cell in self._kids(row)]
        for body in self._kids(part):
            if body["S"] == "/THead":  # out of the tree, so that its text becomes an artifact
                for row in self._kids(body):
                    for cell, column in zip(self._kids(row), columns, strict=True):
                        # The cells below refer to this very object.
                        cell["ID"].string = column.string
            elif body["S"] == "/TBody":
                body["P"] = first.reference
                first["K"].append(body.reference)
        self._parent(part)["K"].remove(part.reference)

    # --- artifacts ----------------------------------------------------------------------------

    def make_artifacts(self) -> None:
        """Text whose element is not in the tree is no part of the document's content."""
        in_tree: dict[int, bool] = {self._top.number: True}
        for page_number, page in enumerate(self._pdf.page_references):
            numbers = self._content[2 * page_number + 1]
            strays = {
                mcid
                for mcid, reference in enumerate(numbers)
                if not self._in_tree(_object(self._pdf, reference), in_tree)
            }
            if strays:
                _mark_artifacts(_object(self._pdf, _object(self._pdf, page)["Contents"]), strays)
                for mcid in strays:
                    numbers[mcid] = "null"
        for element in self._elements:
            if not self._in_tree(element, in_tree):
                element.clear()

    def _in_tree(self, element: Any, known: dict[int, bool]) -> bool:
        """Whether every ancestor up to the document lists the next one among its children."""
        if element.number not in known:
            parent = self._parent(element)
            known[element.number] = (
                self._in_tree(parent, known) and element.reference in parent["K"]
            )
        return known[element.number]

    # --- walking ------------------------------------------------------------------------------

    def _of(self, kind: str) -> list[Any]:
        return [element for element in self._elements if element["S"] == kind]

    def _kids(self, element: Any) -> list[Any]:
        return [_object(self._pdf, kid) for kid in element["K"] if isinstance(kid, bytes)]

    def _parent(self, element: Any) -> Any:
        return _object(self._pdf, element["P"])


def _table_boxes(box: Any) -> Iterator[Any]:
    """The tables laid out in a box, in order. No table of a paper holds another."""
    for child in getattr(box, "children", ()):
        if getattr(child, "element_tag", None) == "table" and not child.is_table_wrapper:
            yield child
        else:
            yield from _table_boxes(child)


def _mark_artifacts(stream: Any, mcids: set[int]) -> None:
    """Turn marked content of these numbers into pagination artifacts, in the page's stream."""
    items = stream.stream
    for position, item in enumerate(items):
        if isinstance(item, pydyf.Dictionary) and item.get("MCID") in mcids:
            items[position - 1] = "/Artifact"
            items[position] = pydyf.Dictionary({"Type": "/Pagination"})
