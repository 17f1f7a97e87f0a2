"""A three-point scale and tolerances as many programmes have them."""

from decimal import Decimal

from programme.choices import Measure
from programme.facts import Level, Limit
from projects.delivery import ToleranceSteps

GREEN, AMBER, RED = Level("G", "Green", 1), Level("A", "Amber", 2), Level("R", "Red", 3)


def three(measure: Measure, *, green: int, amber: int) -> ToleranceSteps:
    limits = (Limit(GREEN, Decimal(green)), Limit(AMBER, Decimal(amber)), Limit(RED, None))
    return ToleranceSteps(measure, limits)


TOLERANCES = {
    Measure.SLIP: three(Measure.SLIP, green=10, amber=30),
    Measure.COST: three(Measure.COST, green=5, amber=10),
    Measure.BENEFIT: three(Measure.BENEFIT, green=95, amber=80),
}
