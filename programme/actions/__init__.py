"""Writes of the ground floor: organisations and boards, meetings, people and their roles.

Each action is one transaction and leaves one audit entry; saving what is already stored changes
nothing and leaves none. A row is given as it is stored, or new with what it belongs to
(``Board(programme=…)``); ``values`` hold its fields by name, and those not named stay as they are.
Rights are asked before, where the user is known: an action checks the rules that hold for all.
Every action raises ValidationError by field, and StaleVersion for an ``expected_version`` that is
no longer the stored one.
"""

from programme.actions.accounts import change_address, close_account, reopen_account
from programme.actions.boards import (
    BoardInput,
    BoardMemberInput,
    MeetingInput,
    cancel_meeting,
    end_board_member,
    mark_meeting_held,
    save_board,
    save_board_member,
    save_meeting,
)
from programme.actions.holdings import hand_over_person
from programme.actions.organisations import (
    OrganisationInput,
    PartnershipInput,
    save_organisation,
    save_partnership,
)
from programme.actions.people import (
    PersonInput,
    accept_invitation,
    change_name,
    change_person,
    decline_invitation,
    invite_user,
    renew_invitation,
)
from programme.actions.periods import (
    PeriodInput,
    add_periods,
    open_period,
    remove_period,
    reopen_period,
    save_period,
)
from programme.actions.portal import (
    NewProgrammeInput,
    appoint_portal_administrator,
    create_programme,
    dismiss_portal_administrator,
)
from programme.actions.programme import (
    ProgrammeInput,
    end_programme,
    reopen_programme,
    save_programme,
)
from programme.actions.ratings import (
    DimensionInput,
    LevelInput,
    ScaleInput,
    save_dimension,
    save_level,
    save_scale,
    save_tolerances,
)
from programme.actions.redaction import redact_texts
from programme.actions.roles import assign_role, change_role, confirm_role, end_role
from programme.actions.set_up import (
    LineInput,
    PriorityInput,
    StageInput,
    ThemeInput,
    restore_part,
    save_aim,
    save_principle,
    save_priority,
    save_stage,
    save_theme,
    withdraw_part,
)
from programme.actions.succession import hand_over_board, hand_over_organisation
from programme.actions.words import save_words
from programme.granting import RoleInput

__all__ = [
    "BoardInput",
    "BoardMemberInput",
    "DimensionInput",
    "LevelInput",
    "LineInput",
    "MeetingInput",
    "NewProgrammeInput",
    "OrganisationInput",
    "PartnershipInput",
    "PeriodInput",
    "PersonInput",
    "PriorityInput",
    "ProgrammeInput",
    "RoleInput",
    "ScaleInput",
    "StageInput",
    "ThemeInput",
    "accept_invitation",
    "add_periods",
    "appoint_portal_administrator",
    "assign_role",
    "cancel_meeting",
    "change_address",
    "change_name",
    "change_person",
    "change_role",
    "close_account",
    "confirm_role",
    "create_programme",
    "decline_invitation",
    "dismiss_portal_administrator",
    "end_board_member",
    "end_programme",
    "end_role",
    "hand_over_board",
    "hand_over_organisation",
    "hand_over_person",
    "invite_user",
    "mark_meeting_held",
    "open_period",
    "redact_texts",
    "remove_period",
    "renew_invitation",
    "reopen_account",
    "reopen_period",
    "reopen_programme",
    "restore_part",
    "save_aim",
    "save_board",
    "save_board_member",
    "save_dimension",
    "save_level",
    "save_meeting",
    "save_organisation",
    "save_partnership",
    "save_period",
    "save_principle",
    "save_priority",
    "save_programme",
    "save_scale",
    "save_stage",
    "save_theme",
    "save_tolerances",
    "save_words",
    "withdraw_part",
]
