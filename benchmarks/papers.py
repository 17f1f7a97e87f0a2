"""How fast papers are made, as ratios measured in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from unittest.mock import patch

from django.db import connection
from django.test.utils import CaptureQueriesContext
from weasyprint import HTML

from benchmarks.data import make_programme, period_of
from benchmarks.measure import RUNS, Result, seconds
from reports.build import build_document
from reports.models import PaperTemplate
from reports.papers import render_paper
from reports.render import pdf
from reports.selectors import load_paper_data


def measure() -> Iterator[Result]:
    """Every measurement of this module, each as soon as it is made."""
    small, large = make_programme("forty", 40), make_programme("four-hundred", 400)
    yield from _queries(small, large)
    yield from _against_weasyprint(small)
    yield _per_element(small, large)


def _queries(small: PaperTemplate, large: PaperTemplate) -> Iterator[Result]:
    few, many = (_count_queries(each) for each in (small, large))
    yield Result("queries for a paper's data, 400 projects", many, 28, f"40 projects: {few}")
    yield Result("the same, 400 projects : 40 projects", many / few, 1.0, f"{many} : {few}")


def _count_queries(template: PaperTemplate) -> int:
    period = period_of(template)
    with CaptureQueriesContext(connection) as captured:
        load_paper_data(template, period)
    return len(captured)


def _seconds_and_layouts(job: Callable[[], object], *, runs: int) -> tuple[float, float]:
    """How long a paper takes, and how often it is laid out: twice where it had a guess wrong, or
    is set closer to spare a page."""
    with patch.object(pdf, "_once", wraps=pdf._once) as once:
        taken = seconds(job, runs=runs)
    return taken, once.call_count / (runs + 1)


def _against_weasyprint(template: PaperTemplate) -> Iterator[Result]:
    """The whole way from the database to the bytes, against WeasyPrint alone on the same HTML
    with the same style sheets, profile and typeface, for each time that it is laid out."""
    period = period_of(template)
    html = pdf.print_html(build_document(load_paper_data(template, period)), with_contents=True)
    whole, layouts = _seconds_and_layouts(lambda: render_paper(template, period, "pdf"), runs=RUNS)
    alone = seconds(lambda: HTML(string=html).write_pdf(**pdf.layout_options()))
    yield Result("times that a paper is laid out", layouts, 2.0, "")
    yield Result(
        "a layout from database to PDF : WeasyPrint alone",
        whole / layouts / alone,
        1.15,
        f"{whole / layouts:.2f} s : {alone:.2f} s",
    )


def _per_element(small: PaperTemplate, large: PaperTemplate) -> Result:
    """Time for a layout of the same amount of paper. Pages are no measure of it: those of the
    larger programme hold about a fifth more, because fewer of them end half empty at a section."""
    few, many = (_microseconds_per_element(each) for each in (small, large))
    return Result(
        "time per element, 400 projects : 40 projects",
        many / few,
        1.3,
        f"{many:.0f} µs : {few:.0f} µs",
    )


def _microseconds_per_element(template: PaperTemplate) -> float:
    period = period_of(template)
    document = build_document(load_paper_data(template, period))
    elements = pdf.print_html(document, with_contents=True).count("</")
    runs = RUNS if elements < 10_000 else 1
    taken, layouts = _seconds_and_layouts(lambda: render_paper(template, period, "pdf"), runs=runs)
    return taken / layouts / elements * 1e6
