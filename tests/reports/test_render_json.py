"""The document as JSON: it comes back the same, and what is not a document is refused."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.common.blocks import Money, MoneyTotal, Percent
from programme.common.values import Amount, AmountTotal
from reports.document import Document, KeyFigure, KeyFigures, Section
from reports.numbering import number
from reports.render.jsonform import MalformedDocument, from_json, printed_json, to_json
from tests.reports.sample import sample

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize("style", ["paragraphs", "decimal", "none"])
def test_the_sample_comes_back_as_it_went(style: str) -> None:
    document = number(sample(), style)
    assert from_json(to_json(document)) == document
    assert to_json(from_json(to_json(document))) == to_json(document)


@given(DECIMALS, DECIMALS, st.text(), st.booleans())
def test_figures_and_texts_come_back_exactly(
    pounds: Decimal, share: Decimal, label: str, circa: bool
) -> None:
    amount = Amount.circa(pounds) if circa else Amount.exact(pounds)
    items = (
        KeyFigure(label, Money(amount, label=label)),
        KeyFigure(label, MoneyTotal(AmountTotal(pounds, circa, 2, 3))),
        KeyFigure(label, Percent(share, 2), label),
    )
    document = Document(sample().meta, (Section("s", label, (KeyFigures(items),)),))
    back = from_json(to_json(document))
    assert back == document
    (block,) = back.sections[0].blocks
    assert isinstance(block, KeyFigures)
    value = block.items[0].value
    assert isinstance(value, Money)
    assert str(value.amount.pounds) == str(pounds)  # exponent and trailing zeros too


def test_every_object_says_its_kind_and_decimals_are_text() -> None:
    data = json.loads(to_json(sample()))
    assert data["type"] == "Document"
    assert data["meta"]["as_at"] == "2019-03-15"
    table = data["sections"][3]["sections"][0]["blocks"][1]
    assert table["type"] == "Table"
    money = table["groups"][0]["rows"][0]["cells"][1]
    assert money["type"] == "Money"
    assert money["amount"] == {"type": "Amount", "pounds": "287000", "certainty": "exact"}


def broken(change: str) -> str:
    data = json.loads(to_json(sample()))
    match change:
        case "kind":
            data["sections"][0]["blocks"][0]["type"] = "Meta"
        case "field":
            data["meta"]["colour"] = "red"
        case "missing":
            del data["meta"]["title"]
        case "date":
            data["meta"]["as_at"] = "yesterday"
        case "amount":
            cell = data["sections"][3]["sections"][0]["blocks"][1]["groups"][0]["rows"][0]["cells"]
            cell[1]["amount"]["certainty"] = "tbc"
        case "text":
            data["meta"]["title"] = 7
        case "list":
            data["sections"] = {}
    return json.dumps(data)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("kind", r"sections\[0\].blocks\[0\]"),
        ("field", "colour"),
        ("missing", "title"),
        ("date", "document.meta.as_at"),
        ("amount", r"cells\[1\].amount"),
        ("text", "document.meta.title"),
        ("list", "document.sections"),
    ],
)
def test_what_is_not_a_document_is_refused_with_its_place(change: str, where: str) -> None:
    with pytest.raises(MalformedDocument, match=where):
        from_json(broken(change))


def test_text_that_is_not_json_is_refused() -> None:
    with pytest.raises(MalformedDocument, match="not JSON"):
        from_json("{")


def test_the_order_of_fields_does_not_matter() -> None:
    document = replace(sample(), sections=sample().sections[:1])
    shuffled = json.dumps(json.loads(to_json(document)), sort_keys=True)
    assert from_json(shuffled) == document


def test_what_is_given_away_holds_no_reference_and_no_reason_that_is_not_printed() -> None:
    document = sample(projects=2)
    assert "The pilot met its aims early" in to_json(document)
    text = printed_json(document)
    assert "The pilot met its aims early" not in text
    assert '"Ref"' not in text
    assert from_json(text).meta == document.meta
