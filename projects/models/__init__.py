"""The first floor's tables: workstreams, projects, updates and the registers."""

from projects.models.projects import (
    LeadTerm,
    Milestone,
    MilestoneChange,
    Project,
    StageChange,
    rebaselined_from,
)
from projects.models.register import Action, Decision, Engagement, Risk, RiskAssessment
from projects.models.reporting import LateAdmission
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
    "Decision",
    "Engagement",
    "LateAdmission",
    "Milestone",
    "MilestoneChange",
    "LeadTerm",
    "Project",
    "RatedAs",
    "Rating",
    "RatingCorrection",
    "RestrictedText",
    "Risk",
    "RiskAssessment",
    "StageChange",
    "StatusUpdate",
    "Workstream",
    "rebaselined_from",
]
