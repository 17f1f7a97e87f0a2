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
from finance.forms.set_up import CategoryForm, SourceForm, YearForm

__all__ = [
    "BenefitForm",
    "CategoryForm",
    "ContributionForm",
    "CostEstimateForm",
    "GrantForm",
    "GrantReturnForm",
    "LineForm",
    "NewProfileForm",
    "ProfileForm",
    "PublishedFigureForm",
    "SourceForm",
    "SplitRuleForm",
    "ValidateForm",
    "YearForm",
]
