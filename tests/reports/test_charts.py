"""Charts: clean of style, readable without colour, honest about what is not known."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from programme.common import charts
from programme.common.blocks import Chart, Series
from programme.common.values import Amount, AmountTotal, total
from tests.reports.sample import benefits_chart, spend_chart

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(charts.draw(chart, "paper-chart"))  # noqa: S314 - our own


def labels(chart: Chart) -> list[str]:
    return [text.text or "" for text in drawn(chart).iter(f"{SVG}text")]


def one_bar(
    *amounts: Amount | AmountTotal, targets: tuple[Amount | AmountTotal, ...] = ()
) -> Chart:
    series = (Series("Forecast", amounts),)
    if targets:
        series += (Series("Target", targets, "target"),)
    names = tuple(f"Year {n}" for n in range(len(amounts)))
    return replace(spend_chart(), categories=names, series=series)


@pytest.mark.parametrize("chart", [spend_chart(), benefits_chart()])
def test_passes_the_content_security_policy(chart: Chart) -> None:
    svg = charts.draw(chart, "k")
    assert not re.search(r"style|class=\"(?!drawing\")|<script|url\(|href", svg)


def test_has_its_name_first_and_its_long_text() -> None:
    svg, chart = drawn(spend_chart()), spend_chart()
    assert [child.tag for child in svg][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert svg[0].text == chart.title
    assert svg[1].text == chart.description
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == f"{svg[0].get('id')} {svg[1].get('id')}"


def test_an_amount_to_be_confirmed_is_an_empty_slot_with_its_word() -> None:
    chart = one_bar(Amount.exact(100), Amount.tbc())
    dashed = [r for r in drawn(chart).iter(f"{SVG}rect") if r.get("stroke-dasharray")]
    assert len(dashed) == 1
    assert dashed[0].get("fill") == "none"
    assert "TBC" in labels(chart)
    assert "£0" not in labels(chart)[2:4]


def test_of_a_total_the_known_part_is_drawn_and_the_unknown_one_is_a_slot_behind_it() -> None:
    parts = total([Amount.circa(573_451), Amount.tbc()])
    chart = one_bar(Amount.exact(573_451), parts, targets=(Amount.exact(300_000), parts))
    slots = [r for r in drawn(chart).iter(f"{SVG}rect") if r.get("stroke-dasharray")]
    bars = [r for r in drawn(chart).iter(f"{SVG}rect") if not r.get("stroke-dasharray")]
    assert len(slots) == 1
    assert bars[1].get("width") == bars[2].get("width"), "as long as the known amount alone"
    end = float(bars[2].get("x", 0)) + float(bars[2].get("width", 0))
    assert abs(float(slots[0].get("x", 0)) - end) < 0.02
    assert "circa £573k, 1 TBC; target circa £573k, 1 TBC" in labels(chart)


def test_a_total_of_no_parts_is_neither_drawn_nor_labelled() -> None:
    chart = one_bar(Amount.exact(100), total(()))
    assert len(list(drawn(chart).iter(f"{SVG}rect"))) == 2  # one in the legend
    assert "not applicable" not in labels(chart)
    assert "" not in labels(chart)


def test_what_does_not_apply_has_a_word_and_no_slot() -> None:
    chart = one_bar(Amount.exact(100), Amount.not_applicable())
    assert "not applicable" in labels(chart)
    assert not [r for r in drawn(chart).iter(f"{SVG}rect") if r.get("stroke-dasharray")]


def test_an_unknown_target_is_said_and_a_known_one_is_drawn() -> None:
    chart = one_bar(Amount.exact(100), Amount.exact(100), targets=(Amount.exact(80), Amount.tbc()))
    assert "£100; target TBC" in labels(chart)
    strokes = [p for p in drawn(chart).iter(f"{SVG}path") if p.get("stroke") == charts.TARGET]
    assert len(strokes) == 2  # one in the legend


def test_series_differ_by_more_than_colour() -> None:
    """Hatching: as many diagonal strokes as hatched bars, and one in the legend."""
    diagonal = [
        p for p in drawn(spend_chart()).iter(f"{SVG}path") if (p.get("d") or "").count("M") > 1
    ]
    assert len(diagonal) == 3


def test_bars_are_as_long_as_their_amounts() -> None:
    svg = drawn(one_bar(Amount.exact(200), Amount.exact(100), Amount.exact(50)))
    widths = [float(rect.get("width", "0")) for rect in svg.iter(f"{SVG}rect")][1:]
    assert widths[1] == pytest.approx(widths[0] / 2, abs=0.02)
    assert widths[2] == pytest.approx(widths[0] / 4, abs=0.02)


def test_negative_amounts_go_to_the_left_of_nought() -> None:
    svg = drawn(one_bar(Amount.exact(-50), Amount.exact(50)))
    legend, left, right = list(svg.iter(f"{SVG}rect"))
    assert float(left.get("x", "")) + float(left.get("width", "")) == pytest.approx(
        float(right.get("x", "")), abs=0.02
    )


@pytest.mark.parametrize(
    "chart",
    [
        spend_chart(),
        benefits_chart(),
        one_bar(Amount.circa(1_234_567_890)),
        one_bar(Amount.exact(0), Amount.exact(0)),
        one_bar(Amount.tbc(), targets=(Amount.tbc(),)),
        one_bar(Amount.exact(10), targets=(Amount.exact(990_000_000),)),
        replace(one_bar(Amount.exact(5)), categories=("A category with a name " * 6,)),
    ],
)
def test_nothing_is_drawn_outside(chart: Chart) -> None:
    svg = drawn(chart)
    height = float(svg.get("height", ""))
    for text in svg.iter(f"{SVG}text"):
        wide = charts._width(text.text or "")
        start = float(text.get("x", "")) - wide * {"end": 1, "middle": 0.5}.get(
            text.get("text-anchor", ""), 0
        )
        assert start >= -1
        assert start + wide <= charts.WIDTH + 1
        assert 0 < float(text.get("y", "")) < height
    for rect in svg.iter(f"{SVG}rect"):
        assert float(rect.get("x", "")) >= 0
        assert float(rect.get("x", "")) + float(rect.get("width", "")) <= charts.WIDTH


def test_text_is_no_smaller_than_nine_points_in_print() -> None:
    text_width = 170 / 25.4 * 72  # A4 less its margins, in points
    assert charts.TEXT_SIZE * text_width / charts.WIDTH >= 9


def test_texts_are_escaped() -> None:
    chart = replace(one_bar(Amount.exact(1)), title='<b>"&', categories=("<script>",))
    assert drawn(chart)[0].text == '<b>"&'
    assert "<script" not in charts.draw(chart, "k")


def test_equal_charts_give_equal_strings() -> None:
    first = charts.draw(spend_chart(), "k")
    charts._draw.cache_clear()
    assert charts.draw(spend_chart(), "k") == first


def test_a_chart_of_targets_alone_is_drawn() -> None:
    chart = replace(spend_chart(), series=(Series("Target", (Amount.exact(1),) * 3, "target"),))
    assert "Fire and rescue" in labels(chart)
