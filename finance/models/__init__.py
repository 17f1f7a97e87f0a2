"""The second floor's tables: years, sources, grants, budget lines, spend and benefits."""

from finance.models.benefits import Benefit, BenefitProfile
from finance.models.budget import (
    Actual,
    BudgetLine,
    CostCategory,
    CostEstimate,
    LineFunding,
    PublishedFigure,
)
from finance.models.years import (
    FinancialYear,
    FundingSource,
    Grant,
    GrantReturn,
    PlannedContribution,
    SplitRule,
    SplitShare,
)

__all__ = [
    "Actual",
    "Benefit",
    "BenefitProfile",
    "BudgetLine",
    "CostCategory",
    "CostEstimate",
    "FinancialYear",
    "FundingSource",
    "Grant",
    "GrantReturn",
    "LineFunding",
    "PlannedContribution",
    "PublishedFigure",
    "SplitRule",
    "SplitShare",
]
