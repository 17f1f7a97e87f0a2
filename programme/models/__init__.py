"""The ground floor's tables: organisations, programmes, boards, people, periods, ratings, audit."""

from programme.models.audit import REDACTED, AuditEntry, AuditHead, AuditLink
from programme.models.base import (
    Colour,
    EarlierName,
    MarkingChoices,
    Order,
    ScopedQuerySet,
    SetUpPart,
    Versioned,
    marking_field,
    scoped,
)
from programme.models.boards import Board, BoardMember, BoardName, Meeting, MeetingTerm
from programme.models.drafts import Draft, SentForm, Upload
from programme.models.organisations import Organisation, OrganisationName
from programme.models.people import NAMELESS, Person, RoleAssignment, User
from programme.models.periods import ReportingPeriod
from programme.models.programmes import (
    Aim,
    HolderTerm,
    HostTerm,
    Partnership,
    PlanPriority,
    Principle,
    Programme,
    Stage,
    Theme,
)
from programme.models.ratings import (
    Dimension,
    RatingLevel,
    RatingScale,
    RiskLevel,
    RiskMatrixCell,
    RiskScheme,
    Tolerance,
)
from programme.models.sessions import Session

__all__ = [
    "Aim",
    "AuditEntry",
    "AuditHead",
    "AuditLink",
    "Board",
    "BoardMember",
    "BoardName",
    "EarlierName",
    "Colour",
    "Dimension",
    "HolderTerm",
    "HostTerm",
    "Draft",
    "MarkingChoices",
    "Meeting",
    "MeetingTerm",
    "NAMELESS",
    "Order",
    "Organisation",
    "OrganisationName",
    "Partnership",
    "Person",
    "PlanPriority",
    "Principle",
    "Programme",
    "REDACTED",
    "RatingLevel",
    "RatingScale",
    "ReportingPeriod",
    "RiskLevel",
    "RiskMatrixCell",
    "RiskScheme",
    "RoleAssignment",
    "ScopedQuerySet",
    "SentForm",
    "Session",
    "SetUpPart",
    "Stage",
    "Theme",
    "Tolerance",
    "Upload",
    "User",
    "Versioned",
    "scoped",
    "marking_field",
]
