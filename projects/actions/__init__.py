"""Writes of the first floor: workstreams, projects, updates, milestones and the registers.

Each action is one transaction and leaves one audit entry; saving what is already stored changes
nothing and leaves none. A row is given as it is stored, or new with what it belongs to
(``Risk(programme=…)``); ``values`` hold its fields by name, and those not named stay as they are.
Rights are asked before, where the user is known: an action checks the rules that hold for all.
Every action raises ValidationError by field, and StaleVersion for an ``expected_version`` that is
no longer the stored one.
"""

from projects.actions.milestones import (
    MilestoneInput,
    add_milestone,
    mark_reached,
    move_forecast,
    rebaseline_milestone,
    reopen_milestone,
    save_milestone,
    withdraw_milestone,
)
from projects.actions.periods import admit_late, close_period
from projects.actions.projects import (
    ProjectInput,
    WorkstreamInput,
    reopen_project,
    save_project,
    save_workstream,
    withdraw_project,
)
from projects.actions.registers import (
    ActionInput,
    DecisionInput,
    RiskInput,
    assess_risk,
    close_risk,
    complete_action,
    reopen_action,
    reopen_risk,
    save_action,
    save_decision,
    save_risk,
    withdraw_action,
)
from projects.actions.reminders import ReminderRuleInput, remind, save_reminder_rule
from projects.actions.risk_scheme import (
    RiskLevelInput,
    SchemeInput,
    begin_risk_scheme,
    save_risk_level,
    save_risk_matrix,
    save_risk_scheme,
)
from projects.actions.stages import change_stage, correct_first_stage
from projects.actions.updates import (
    UpdateInput,
    accept_update,
    correct_rating,
    hand_in_update,
    pull_back_update,
    return_update,
    save_update,
)

__all__ = [
    "ActionInput",
    "DecisionInput",
    "MilestoneInput",
    "ProjectInput",
    "ReminderRuleInput",
    "RiskInput",
    "RiskLevelInput",
    "SchemeInput",
    "UpdateInput",
    "WorkstreamInput",
    "accept_update",
    "add_milestone",
    "admit_late",
    "assess_risk",
    "begin_risk_scheme",
    "change_stage",
    "close_period",
    "close_risk",
    "complete_action",
    "correct_first_stage",
    "correct_rating",
    "mark_reached",
    "move_forecast",
    "rebaseline_milestone",
    "reopen_action",
    "reopen_milestone",
    "reopen_project",
    "reopen_risk",
    "return_update",
    "save_action",
    "save_decision",
    "save_milestone",
    "save_project",
    "remind",
    "save_reminder_rule",
    "save_risk",
    "save_risk_level",
    "save_risk_matrix",
    "save_risk_scheme",
    "save_update",
    "save_workstream",
    "hand_in_update",
    "pull_back_update",
    "withdraw_action",
    "withdraw_milestone",
    "withdraw_project",
]
