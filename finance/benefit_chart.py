"""Benefits by class, drawn: the one drawing of them, for pages of money, home and papers."""

from __future__ import annotations

from collections.abc import Iterable

from finance.benefits import ClassTotals
from programme.common.blocks import Chart, Series, Table
from programme.common.formats import money_total
from programme.common.values import Amount, AmountTotal, Certainty
from programme.common.words import say


def class_chart(rows: Iterable[tuple[str, ClassTotals]], table: Table) -> Chart | None:
    """Forecast and validated realised amounts against target, a group of bars for each class
    under its label; None where there is no money to draw. ``table`` has the same figures."""
    drawn = [(label, each) for label, each in rows if has_money(each)]
    if not drawn:
        return None
    totals = [each for _, each in drawn]
    return Chart(
        title=say("Benefits: forecast against target"),
        description=_description(drawn),
        categories=tuple(label for label, _ in drawn),
        series=stated(
            Series("Forecast", tuple(each.against_target.forecast for each in totals)),
            Series("Realised", tuple(each.realised.validated for each in totals)),
            Series("Target", tuple(each.against_target.target for each in totals), "target"),
        ),
        table=table,
    )


def has_money(totals: ClassTotals) -> bool:
    """Whether a class has an amount to draw; what nobody validated is not drawn."""
    held = totals.against_target
    parts = (held.target, held.forecast, totals.realised.validated)
    return not all(each.nothing for each in parts)


def stated(*series: Series) -> tuple[Series, ...]:
    """The series in which anything is stated at all."""

    def says(value: Amount | AmountTotal) -> bool:
        if isinstance(value, AmountTotal):
            return not value.nothing
        return value.certainty is not Certainty.NOT_APPLICABLE

    return tuple(each for each in series if any(map(says, each.values)))


def _description(rows: list[tuple[str, ClassTotals]]) -> str:
    """The drawing in words, for who cannot see it."""
    parts = []
    for label, totals in rows:
        held = totals.against_target
        named = (
            ("forecast", held.forecast),
            ("realised", totals.realised.validated),
            ("target", held.target),
        )
        said = ", ".join(
            f"no {name}" if each.nothing else f"{name} {money_total(each)}" for name, each in named
        )
        parts.append(f"{label}: {said}")
    shown = say("Bars of forecast and realised benefits with their targets.")
    return f"{shown} {'. '.join(parts)}."
