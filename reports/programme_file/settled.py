"""What no person changes by a file: the money of closed years, and what was validated.

Pages refuse both, one row at a time. A file that says something else of them is refused whole; a
command, which is for setting right what a person cannot, may load it.
"""

from __future__ import annotations

from finance.models import (
    Actual,
    BenefitProfile,
    BudgetLine,
    FinancialYear,
    LineFunding,
    PlannedContribution,
)
from programme.models import Programme
from programme.programme_file.yamlfile import YamlError

_MONEY = ((PlannedContribution, "year"), (BudgetLine, "year"), (LineFunding, "line__year"))
_MONEY += ((Actual, "line__year"),)
_NEVER = {"id", "version", "created_at", "updated_at"}
_REALISED = ("realised_pounds", "realised_certainty", "validated_by_id", "validated_on")


def settled(programme: Programme) -> dict[str, str]:
    """What is settled in a programme, each in words that name it, with what it says now."""
    closed = FinancialYear.objects.of(programme).filter(state=FinancialYear.State.CLOSED)
    found = {f"{year} is closed": _money_of(year) for year in closed}
    validated = BenefitProfile.objects.of(programme).filter(validated_on__isnull=False)
    for row in validated.select_related("benefit", "year"):
        said = tuple(getattr(row, name) for name in _REALISED)
        found[f"What “{row}” realised is validated"] = repr(said)
    return found


def refuse_changed(before: dict[str, str], programme: Programme, name: str) -> None:
    """Raises YamlError for what was settled and is not the same any more."""
    after = settled(programme)
    if changed := [words for words, said in before.items() if after.get(words) != said]:
        raise YamlError(*(f"{name}: {words}, and this file would change it." for words in changed))


def _money_of(year: FinancialYear) -> str:
    found = []
    for model, path in _MONEY:
        names = [each.attname for each in model._meta.concrete_fields if each.name not in _NEVER]
        found.append(sorted(map(repr, model.objects.filter(**{path: year}).values_list(*names))))
    return repr(found)
