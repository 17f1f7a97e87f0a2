"""The first floor's tables: workstreams, projects, updates and the registers."""

from projects.models.projects import (
    LeadTerm,
    Milestone,
    MilestoneChange,
    Project,
    ProjectEnd,
    StageChange,
    rebaselined_from,
)
from projects.models.register import (
    Action,
    ActionEnd,
    Decision,
    Engagement,
    Risk,
    RiskAssessment,
    RiskEnd,
)
from projects.models.reporting import LateAdmission, Reminder, ReminderLine, ReminderRule
from projects.models.updates import (
    RatedAs,
    Rating,
    RatingCorrection,
    RestrictedText,
    StatusUpdate,
)
from projects.models.workstreams import Workstream

__all__ = [
    "Action",
    "ActionEnd",
    "Decision",
    "Engagement",
    "LateAdmission",
    "Milestone",
    "MilestoneChange",
    "LeadTerm",
    "Project",
    "ProjectEnd",
    "RatedAs",
    "Rating",
    "RatingCorrection",
    "Reminder",
    "ReminderLine",
    "ReminderRule",
    "RestrictedText",
    "Risk",
    "RiskAssessment",
    "RiskEnd",
    "StageChange",
    "StatusUpdate",
    "Workstream",
    "rebaselined_from",
]
