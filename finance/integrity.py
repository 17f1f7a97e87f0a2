"""Rules over several rows of money, checked in what is stored.

That a figure differs from the one an old paper printed is no breach: papers report it.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q

from finance.funding import SplitError, Unfunded, check_shares, split
from finance.models import Actual, BudgetLine, SplitRule
from programme.integrity import Breach, strangers
from programme.models import Programme


def breaches(programme: Programme) -> list[Breach]:
    """What is wrong in a programme's split rules, budget lines and actuals."""
    return [
        *strangers("finance", programme),
        *_split_rules(programme),
        *_lines(programme),
        *_actuals(programme),
    ]


def _split_rules(programme: Programme) -> Iterator[Breach]:
    for rule in SplitRule.objects.of(programme).prefetch_related("shares"):
        try:
            check_shares({share.source_id: share.percent for share in rule.shares.all()})
        except SplitError as error:
            yield Breach(f"Split rule “{rule}”", str(error))


def _lines(programme: Programme) -> Iterator[Breach]:
    """Lines that cannot be split: too much fixed funding, or a part that nobody pays.

    While a line's amount is TBC it is not known whether anything of it is left over.
    """
    lines = BudgetLine.objects.of(programme).select_related("year", "split_rule")
    for line in lines.prefetch_related("fixed_funding", "split_rule__shares"):
        fixed = {part.source_id: part.pounds for part in line.fixed_funding.all()}
        shares = line.split_rule.shares.all() if line.split_rule else []
        try:
            split(line.amount, fixed, {share.source_id: share.percent for share in shares})
        except Unfunded as error:
            if error.remainder.known:
                why = f"it is not fully funded: {error}"
                yield Breach(f"Budget line “{line}”", why, gap=True)
        except SplitError as error:
            yield Breach(f"Budget line “{line}”", str(error))


def _actuals(programme: Programme) -> Iterator[Breach]:
    outside = Actual.objects.of(programme).exclude(
        Q(month__gte=F("line__year__starts_on")) & Q(month__lte=F("line__year__ends_on"))
    )
    for row in outside.select_related("line__year", "source"):
        yield Breach(f"Actual “{row}”", f"its month is not in {row.line.year}.")
