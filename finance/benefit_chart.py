"""Benefits by class, drawn: the one drawing of them, for pages of money, home and papers."""

from __future__ import annotations

from collections.abc import Iterable

from finance.benefits import ClassTotals
from programme.common.blocks import Chart, Series, Table
from programme.common.formats import money_total
from programme.common.values import Amount, AmountTotal


def class_chart(rows: Iterable[tuple[str, ClassTotals]], table: Table) -> Chart | None:
    """Forecast and validated realised amounts against target, a group of bars for each class
    under its label; None where there is no money to draw. ``table`` has the same figures."""
    drawn = [(label, each) for label, each in rows if has_money(each)]
    if not drawn:
        return None
    totals = [each for _, each in drawn]
    return Chart(
        title="Benefits: forecast against target",
        description=_description(drawn),
        categories=tuple(f"{label}{_waiting(each)}" for label, each in drawn),
        series=stated(
            Series("Forecast", tuple(_drawn(each.against_target.forecast) for each in totals)),
            Series("Realised", tuple(_drawn(each.realised.validated) for each in totals)),
            Series(
                "Target", tuple(_drawn(each.against_target.target) for each in totals), "target"
            ),
        ),
        table=table,
    )


def has_money(totals: ClassTotals) -> bool:
    """Whether a class has an amount to draw; what nobody validated is not drawn."""
    held = totals.against_target
    parts = (held.target, held.forecast, totals.realised.validated)
    return any(each.counted or each.unknown for each in parts)


def stated(*series: Series) -> tuple[Series, ...]:
    """The series in which anything is stated at all."""
    return tuple(
        each for each in series if any(one != Amount.not_applicable() for one in each.values)
    )


def _description(rows: list[tuple[str, ClassTotals]]) -> str:
    """The drawing in words, for who cannot see it."""
    parts = []
    for label, totals in rows:
        held = totals.against_target
        words = f"{label}: forecast {money_total(held.forecast) or 'none'}"
        words += f", target {money_total(held.target)}" if held.target.counted else ", no target"
        parts.append(words)
    return f"Bars of forecast and realised benefits with their targets. {'. '.join(parts)}."


def _waiting(totals: ClassTotals) -> str:
    """How many forecasts a bar leaves out because they are still to be confirmed."""
    forecast = totals.against_target.forecast
    return f" (and {forecast.unknown} TBC)" if forecast.unknown and forecast.counted else ""


def _drawn(amount: AmountTotal) -> Amount:
    """A total to draw: what is known of it, and TBC only where nothing is."""
    return Amount.exact(amount.pounds) if amount.counted else amount.as_amount()
