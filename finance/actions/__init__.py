"""Writes of the second floor: budget lines and their funding, contributions, grants, benefits.

Each action is one transaction and leaves one audit entry; saving what is already stored changes
nothing, counts no version up and leaves no entry. A row is given as it is stored, or new with what
it belongs to (``Grant(programme=…)``); ``values`` hold its fields by name, and those not named stay
as they are. Split rules and budget lines, which a file names too, are given by their slug and ref.
Every action raises ValidationError by field, and StaleVersion for an ``expected_version`` that is
no longer the stored one.
"""

from finance.actions.benefits import (
    BenefitInput,
    BenefitProfileInput,
    CostEstimateInput,
    reopen_benefit,
    save_benefit,
    save_benefit_profile,
    save_cost_estimate,
    validate_realised,
    withdraw_benefit,
)
from finance.actions.budget import Parts, save_budget_line, save_split_rule
from finance.actions.set_up import (
    CategoryInput,
    SourceInput,
    YearInput,
    remove_year,
    save_category,
    save_source,
    save_year,
)
from finance.actions.years import (
    ContributionInput,
    GrantInput,
    GrantReturnInput,
    PublishedFigureInput,
    save_contribution,
    save_grant,
    save_grant_return,
    save_published_figure,
)

__all__ = [
    "BenefitInput",
    "BenefitProfileInput",
    "CategoryInput",
    "ContributionInput",
    "CostEstimateInput",
    "GrantInput",
    "GrantReturnInput",
    "Parts",
    "PublishedFigureInput",
    "SourceInput",
    "YearInput",
    "remove_year",
    "reopen_benefit",
    "save_benefit",
    "save_benefit_profile",
    "save_budget_line",
    "save_category",
    "save_contribution",
    "save_cost_estimate",
    "save_grant",
    "save_grant_return",
    "save_published_figure",
    "save_source",
    "save_split_rule",
    "save_year",
    "validate_realised",
    "withdraw_benefit",
]
