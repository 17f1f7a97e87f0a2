"""Forms of the first floor. Each asks for what one action takes; none of them writes."""

from projects.forms.milestones import (
    MilestoneForecastForm,
    MilestoneForm,
    MilestoneReachedForm,
    MilestoneRebaselineForm,
    NewMilestoneForm,
)
from projects.forms.periods import AdmitLateForm, ChosenProjectsForm, ClosingForm
from projects.forms.projects import (
    FirstStageForm,
    MoveStageForm,
    NewProjectForm,
    ProjectForm,
    WorkstreamForm,
)
from projects.forms.registers import (
    ActionForm,
    CompleteActionForm,
    DecisionForm,
)
from projects.forms.reminders import ReminderRuleForm
from projects.forms.risk_scheme import (
    BeginSchemeForm,
    MatrixForm,
    RiskLevelForm,
    SchemeForm,
)
from projects.forms.risks import AssessmentForm, CloseRiskForm, RiskForm
from projects.forms.updates import CorrectionForm, UpdateRatingsForm, UpdateWordsForm

__all__ = [
    "ActionForm",
    "AdmitLateForm",
    "AssessmentForm",
    "BeginSchemeForm",
    "CloseRiskForm",
    "ChosenProjectsForm",
    "ClosingForm",
    "CompleteActionForm",
    "CorrectionForm",
    "FirstStageForm",
    "DecisionForm",
    "MatrixForm",
    "MilestoneForecastForm",
    "MilestoneForm",
    "MilestoneReachedForm",
    "MilestoneRebaselineForm",
    "NewMilestoneForm",
    "NewProjectForm",
    "ProjectForm",
    "ReminderRuleForm",
    "RiskForm",
    "RiskLevelForm",
    "SchemeForm",
    "MoveStageForm",
    "UpdateRatingsForm",
    "UpdateWordsForm",
    "WorkstreamForm",
]
