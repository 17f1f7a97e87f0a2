"""Forms of the ground floor. Each asks for what one action takes; none of them writes."""

from programme.forms.boards import (
    BoardForm,
    EndSeatForm,
    MeetingForm,
    SeatForm,
)
from programme.forms.organisations import NewPartnerForm, OrganisationForm, PartnershipForm
from programme.forms.people import EndRoleForm, InvitationForm, PersonForm, RoleForm

__all__ = [
    "BoardForm",
    "EndRoleForm",
    "EndSeatForm",
    "InvitationForm",
    "MeetingForm",
    "NewPartnerForm",
    "OrganisationForm",
    "PartnershipForm",
    "PersonForm",
    "RoleForm",
    "SeatForm",
]
