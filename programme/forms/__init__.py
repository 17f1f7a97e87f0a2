"""Forms of the ground floor. Each asks for what one action takes; none of them writes."""

from programme.forms.boards import (
    BoardForm,
    EndSeatForm,
    MeetingForm,
    SeatForm,
)
from programme.forms.holdings import HandOverForm
from programme.forms.organisations import NewPartnerForm, OrganisationForm, PartnershipForm
from programme.forms.people import (
    AcceptForm,
    EndRoleForm,
    InvitationForm,
    NameForm,
    NewRoleForm,
    PersonForm,
    RoleForm,
)
from programme.forms.periods import PeriodForm, PeriodsForm
from programme.forms.portal import (
    NewProgrammeForm,
    PortalAdministratorForm,
    ProgrammeFileForm,
    ProgrammeFileUpload,
)
from programme.forms.programme import ProgrammeEndForm, ProgrammeForm
from programme.forms.ratings import DimensionForm, LevelForm, ScaleForm, TolerancesForm
from programme.forms.record import RedactForm
from programme.forms.set_up import (
    PLACE,
    AimForm,
    PartForm,
    PrincipleForm,
    PriorityForm,
    StageForm,
    ThemeForm,
)
from programme.forms.succession import BoardSuccessionForm, OrganisationSuccessionForm
from programme.forms.words import WordsForm

__all__ = [
    "AcceptForm",
    "AimForm",
    "BoardForm",
    "BoardSuccessionForm",
    "DimensionForm",
    "EndRoleForm",
    "EndSeatForm",
    "HandOverForm",
    "InvitationForm",
    "LevelForm",
    "MeetingForm",
    "NameForm",
    "NewRoleForm",
    "NewPartnerForm",
    "NewProgrammeForm",
    "OrganisationForm",
    "OrganisationSuccessionForm",
    "PLACE",
    "PartForm",
    "PartnershipForm",
    "PeriodForm",
    "PeriodsForm",
    "PersonForm",
    "PortalAdministratorForm",
    "PrincipleForm",
    "PriorityForm",
    "ProgrammeEndForm",
    "ProgrammeFileForm",
    "ProgrammeFileUpload",
    "ProgrammeForm",
    "RedactForm",
    "RoleForm",
    "ScaleForm",
    "SeatForm",
    "StageForm",
    "ThemeForm",
    "TolerancesForm",
    "WordsForm",
]
