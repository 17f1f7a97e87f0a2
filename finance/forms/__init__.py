"""Forms of the second floor: each asks what one action takes."""

from finance.forms.benefits import (
    BenefitForm,
    CostEstimateForm,
    NewProfileForm,
    ProfileForm,
    ValidateForm,
)
from finance.forms.budget import ContributionForm, LineForm, SplitRuleForm
from finance.forms.grants import GrantForm, GrantReturnForm, PublishedFigureForm

__all__ = [
    "BenefitForm",
    "ContributionForm",
    "CostEstimateForm",
    "GrantForm",
    "GrantReturnForm",
    "LineForm",
    "NewProfileForm",
    "ProfileForm",
    "PublishedFigureForm",
    "SplitRuleForm",
    "ValidateForm",
]
