"""Benefits as tables and drawings. Classes are never added together."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from finance.benefit_chart import stated as stated_series
from finance.benefits import ClassTotals, against_target
from finance.display import NOTHING, figures, percent, stated, table, text, total, word
from finance.models import Benefit, BenefitProfile
from finance.selectors.benefits import life_of
from finance.views.addresses import Url
from programme.common import formats
from programme.common.blocks import Cell, Chart, Column, Series, Table
from programme.common.values import Amount
from programme.common.words import say

CLASSES_NOTE = (
    "Cash-releasing and non-cash-releasing benefits are never added together. A realised amount "
    "counts once a finance lead has validated it."
)
HEADS = ("Target", "Forecast", "Forecast as % of target", "Realised", "Not yet validated")


def class_grid(caption: str, rows: Iterable[tuple[str, ClassTotals, str]]) -> Table:
    """Totals by class; each row is (its words, its totals, the address of its benefits)."""
    return table(
        caption,
        (Column("Class"), *figures(*HEADS)),
        tuple(
            (
                text(label, address),
                *_against(totals),
                total(totals.realised.validated),
                total(totals.realised.unvalidated),
            )
            for label, totals, address in rows
        ),
        notes=(say(CLASSES_NOTE),),
    )


def benefits_grid(caption: str, benefits: Iterable[Benefit], url: Url) -> Table:
    """Benefits with their totals over all years."""
    rows = []
    for each in benefits:
        name = text(
            each.name,
            url("finance:benefits:detail", benefit=each.ref),
            quiet=each.get_benefit_class_display(),
        )
        life = life_of(each)
        if life is None:
            rows.append((name, *[NOTHING] * len(HEADS)))
            continue
        rows.append(
            (
                name,
                *_against(life),
                total(life.realised.validated),
                total(life.realised.unvalidated),
            )
        )
    return table(
        caption, (Column(say("Benefit")), *figures(*HEADS)), tuple(rows), notes=(say(CLASSES_NOTE),)
    )


def _against(totals: ClassTotals) -> tuple[Cell, Cell, Cell]:
    held = totals.against_target
    return total(held.target), total(held.forecast), percent(held.share)


def profile_grid(
    rows: Iterable[BenefitProfile], links: Callable[[BenefitProfile], list[Cell]]
) -> Table:
    """A benefit's figures by year; ``links`` are what the reader may do to one of them."""
    return table(
        "Figures by year",
        (
            Column("Year"),
            *figures("Target", "Forecast", "Forecast as % of target", "Realised"),
            Column("Validated"),
            Column("Edit"),
            Column("Validate"),
        ),
        tuple(
            (
                text(year_words(each)),
                stated(each.target),
                stated(each.forecast),
                percent(against_target([each.target], [each.forecast]).share),
                stated(each.realised),
                _validated(each),
                *links(each),
            )
            for each in rows
        ),
        notes=("What is stated for the whole life is not added to the same figures of its years.",),
    ).without_empty_columns()


def profile_chart(benefit: Benefit, rows: Iterable[BenefitProfile], shown: Table) -> Chart | None:
    """Forecast and realised against target by year; None where there is no money to draw."""
    drawn = [
        each
        for each in rows
        if any(
            amount != Amount.not_applicable()
            for amount in (each.target, each.forecast, each.realised)
        )
    ]
    if not drawn:
        return None
    said = ". ".join(
        f"{year_words(each)}: forecast {formats.money(each.forecast)}, target "
        f"{formats.money(each.target)}, realised {formats.money(each.realised)}"
        for each in drawn
    )
    return Chart(
        title=f"{benefit.name}: forecast against target",
        description=f"Bars of what is forecast and realised, with the target. {said}.",
        categories=tuple(year_words(each) for each in drawn),
        series=stated_series(
            Series("Forecast", tuple(each.forecast for each in drawn)),
            Series("Realised", tuple(each.realised for each in drawn)),
            Series("Target", tuple(each.target for each in drawn), role="target"),
        ),
        table=shown,
    )


def year_words(profile: BenefitProfile) -> str:
    return profile.year.label if profile.year else "Whole life"


def _validated(profile: BenefitProfile) -> Cell:
    if profile.validated_on and profile.validated_by:
        by = profile.validated_by
        who = by.post_in(profile.benefit.programme_id) or str(by)
        return text(formats.day(profile.validated_on), quiet=who)
    return word("", otherwise="Not yet") if profile.realised.known else NOTHING
