"""The money on home: drawings with their tables, each figure leading to its rows."""

from __future__ import annotations

from dataclasses import dataclass

from finance.facts import BenefitGlance, FundingGlance
from finance.variance import statements, variance_chart
from programme.common.blocks import Chart
from programme.common.formats import money_total, percent
from programme.common.words import say
from reports.refs import Addresses
from reports.sections.benefits import chart_by_class, table_by_class


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing and its table with the sentence that they are there to say. ``url`` leads to the
    pages behind them, and is empty where there are none; ``addresses`` to those of each figure."""

    key: str
    title: str
    says: str
    chart: Chart
    url: str
    addresses: Addresses


def funding_panel(glance: FundingGlance | None, addresses: Addresses) -> Drawn | None:
    """Funding by source against its budget; None before a year has any money in it."""
    if glance is None or not glance.variance.rows:
        return None
    url = addresses.page("finance:years:detail", year=glance.year_slug)
    return Drawn(
        "funding", "Money by source", _funding_words(glance), variance_chart(glance), url, addresses
    )


def benefit_panel(glance: BenefitGlance, addresses: Addresses) -> Drawn | None:
    """Benefits by class against their targets; None where none is kept in money."""
    table = table_by_class(glance.programme, glance.projects)
    chart = chart_by_class(glance.programme, glance.projects, table)
    if chart is None:
        return None
    url = addresses.page("finance:benefits:list")
    return Drawn("benefits", say("Benefits"), _benefit_words(glance), chart, url, addresses)


def _funding_words(glance: FundingGlance) -> str:
    """What the year costs, and what the variance table says of it."""
    return " ".join(
        [f"{glance.year} costs {money_total(glance.variance.funding)}.", *statements(glance)]
    )


def _benefit_words(glance: BenefitGlance) -> str:
    sentences = [
        f"The programme forecasts {money_total(held.forecast)} of "
        f"{each.benefit_class.label.lower()} {say('benefits')} against a target of "
        f"{money_total(held.target)} ({percent(held.share)})."
        for each in glance.programme
        if (held := each.against_target).share is not None
    ]
    if sentences:
        return " ".join(sentences)
    if any(each.against_target.target.counted for each in (*glance.programme, *glance.projects)):
        return "The programme as a whole has no forecast and target that can be compared."
    return "No target is stored to hold the forecasts against."
