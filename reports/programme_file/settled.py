"""What no person changes by a file: the money of closed years, what was validated, what was
accepted of projects, the days of closed periods.

Pages refuse both, one row at a time. A file that says something else of them is refused whole; a
command, which is for setting right what a person cannot, may load it.
"""

from __future__ import annotations

from collections import defaultdict

from finance.models import (
    Actual,
    BenefitProfile,
    BudgetLine,
    FinancialYear,
    LineFunding,
    PlannedContribution,
)
from programme.models import Programme, ReportingPeriod
from programme.programme_file.yamlfile import YamlError
from projects.models import Rating, StatusUpdate

_MONEY = ((PlannedContribution, "year"), (BudgetLine, "year"), (LineFunding, "line__year"))
_MONEY += ((Actual, "line__year"),)
_NEVER = {"id", "version", "created_at", "updated_at"}
_TEXTS = ("status_line", "narrative", "restricted_narrative", "path_to_green")
_TEXTS += ("path_to_green_by", "path_to_green_owner")
_REALISED = ("realised_pounds", "realised_certainty", "validated_by_id", "validated_on")


def settled(programme: Programme) -> dict[str, str]:
    """What is settled in a programme, each in words that name it, with what it says now."""
    closed = FinancialYear.objects.of(programme).filter(state=FinancialYear.State.CLOSED)
    found = {
        f"{year} is closed": repr((year.starts_on, year.ends_on, _money_of(year)))
        for year in closed
    }
    found |= _reported(programme)
    if programme.ended_on is not None:
        found[f"{programme} has ended"] = repr((programme.ended_on, programme.end_reason))
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


def _reported(programme: Programme) -> dict[str, str]:
    """Closed periods with their days, and updates that were accepted with their ratings."""
    states = ReportingPeriod.State
    found = {
        f"{period} is closed": repr((period.starts_on, period.as_at))
        for period in ReportingPeriod.objects.of(programme).filter(state=states.CLOSED)
    }
    ratings = defaultdict(list)
    rows = Rating.objects.of(programme).order_by("dimension_id")
    for update, *said in rows.values_list("update_id", "dimension_id", "level_id", "reason"):
        ratings[update].append(said)
    accepted = StatusUpdate.objects.of(programme).filter(state=StatusUpdate.State.ACCEPTED)
    for row in accepted.select_related("project", "period"):
        said = tuple(getattr(row, name) for name in _TEXTS)
        found[f"The update “{row}” is accepted"] = repr((said, ratings[row.pk]))
    return found


def _money_of(year: FinancialYear) -> str:
    found = []
    for model, path in _MONEY:
        names = [each.attname for each in model._meta.concrete_fields if each.name not in _NEVER]
        found.append(sorted(map(repr, model.objects.filter(**{path: year}).values_list(*names))))
    return repr(found)
