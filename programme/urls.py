"""Addresses of the ground floor's own pages."""

from __future__ import annotations

from datetime import date

from django.urls import include, path, register_converter

from programme.views import (
    about,
    administrators,
    boards,
    holdings,
    meetings,
    organisations,
    people,
    periods,
    programme,
    purposes,
    ratings,
    record,
    stages,
    succession,
    words,
)

app_name = "programme"


class DayConverter:
    """A calendar day in an address: /meetings/2019-03-28/. Another text is not found."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


register_converter(DayConverter, "day")

seat_urls = [
    path("add/", boards.SeatAdd.as_view(), name="add"),
    path("<int:member>/edit/", boards.SeatEdit.as_view(), name="edit"),
    path("<int:member>/end/", boards.SeatEnd.as_view(), name="end"),
]

meetings_of_board = [
    path("add/", meetings.MeetingAdd.as_view(), name="add"),
    path("<day:meeting>/", meetings.MeetingDetail.as_view(), name="detail"),
    path("<day:meeting>/edit/", meetings.MeetingEdit.as_view(), name="edit"),
    path("<day:meeting>/hold/", meetings.MeetingHold.as_view(), name="hold"),
    path("<day:meeting>/cancel/", meetings.MeetingCancel.as_view(), name="cancel"),
]
# The meetings of all boards, and below each board its own.
meeting_urls = [
    path("meetings/", meetings.MeetingList.as_view(), name="list"),
    path("boards/<slug:board>/meetings/", include(meetings_of_board)),
]

board_urls = [
    path("", include((meeting_urls, "meetings"))),
    path("boards/", boards.BoardList.as_view(), name="list"),
    path("boards/add/", boards.BoardAdd.as_view(), name="add"),
    path("boards/<slug:board>/", boards.BoardDetail.as_view(), name="detail"),
    path("boards/<slug:board>/edit/", boards.BoardEdit.as_view(), name="edit"),
    path("boards/<slug:board>/hand-over/", succession.BoardHandOver.as_view(), name="hand_over"),
    path("boards/<slug:board>/members/", include((seat_urls, "seats"))),
]

organisation_urls = [
    path("", organisations.OrganisationList.as_view(), name="list"),
    path("add/", organisations.OrganisationAdd.as_view(), name="add"),
    path("<slug:organisation>/", organisations.OrganisationDetail.as_view(), name="detail"),
    path("<slug:organisation>/edit/", organisations.OrganisationEdit.as_view(), name="edit"),
    path(
        "<slug:organisation>/hand-over/",
        succession.OrganisationHandOver.as_view(),
        name="hand_over",
    ),
    path("<slug:organisation>/part/", organisations.OrganisationPart.as_view(), name="part"),
]

role_urls = [
    path("add/", people.RoleAdd.as_view(), name="add"),
    path("<int:assignment>/edit/", people.RoleEdit.as_view(), name="edit"),
    path("<int:assignment>/confirm/", people.RoleConfirm.as_view(), name="confirm"),
    path("<int:assignment>/end/", people.RoleEnd.as_view(), name="end"),
]

person_urls = [
    path("", people.PersonList.as_view(), name="list"),
    path("invite/", people.PersonInvite.as_view(), name="invite"),
    path("<int:person>/", people.PersonDetail.as_view(), name="detail"),
    path("<int:person>/edit/", people.PersonEdit.as_view(), name="edit"),
    path("<int:person>/remind/", people.PersonRemind.as_view(), name="remind"),
    path("<int:person>/hand-over/", holdings.PersonHandOver.as_view(), name="hand_over"),
    path("<int:person>/close/", people.PersonClose.as_view(), name="close"),
    path("<int:person>/reopen/", people.PersonReopen.as_view(), name="reopen"),
    path("<int:person>/roles/", include((role_urls, "roles"))),
]

record_urls = [
    path("", record.RecordList.as_view(), name="list"),
    path("<int:entry>/", record.RecordDetail.as_view(), name="detail"),
    path("<int:entry>/redact/", record.RecordRedact.as_view(), name="redact"),
]

theme_urls = [
    path("", purposes.ThemeList.as_view(), name="list"),
    path("add/", purposes.ThemeAdd.as_view(), name="add"),
    path("<slug:theme>/edit/", purposes.ThemeEdit.as_view(), name="edit"),
    path("<slug:theme>/withdraw/", purposes.ThemeWithdraw.as_view(), name="withdraw"),
    path("<slug:theme>/restore/", purposes.ThemeRestore.as_view(), name="restore"),
]

principle_urls = [
    path("", purposes.PrincipleList.as_view(), name="list"),
    path("add/", purposes.PrincipleAdd.as_view(), name="add"),
    path("<int:principle>/edit/", purposes.PrincipleEdit.as_view(), name="edit"),
    path("<int:principle>/withdraw/", purposes.PrincipleWithdraw.as_view(), name="withdraw"),
    path("<int:principle>/restore/", purposes.PrincipleRestore.as_view(), name="restore"),
]

aim_urls = [
    path("", purposes.AimList.as_view(), name="list"),
    path("add/", purposes.AimAdd.as_view(), name="add"),
    path("<int:aim>/edit/", purposes.AimEdit.as_view(), name="edit"),
    path("<int:aim>/withdraw/", purposes.AimWithdraw.as_view(), name="withdraw"),
    path("<int:aim>/restore/", purposes.AimRestore.as_view(), name="restore"),
]

priority_urls = [
    path("", purposes.PriorityList.as_view(), name="list"),
    path("add/", purposes.PriorityAdd.as_view(), name="add"),
    path("<int:priority>/edit/", purposes.PriorityEdit.as_view(), name="edit"),
    path("<int:priority>/withdraw/", purposes.PriorityWithdraw.as_view(), name="withdraw"),
    path("<int:priority>/restore/", purposes.PriorityRestore.as_view(), name="restore"),
]

period_urls = [
    path("", periods.PeriodList.as_view(), name="list"),
    path("add/", periods.PeriodAdd.as_view(), name="add"),
    path("plan/", periods.PeriodPlan.as_view(), name="plan"),
    path("<slug:period>/edit/", periods.PeriodEdit.as_view(), name="edit"),
    path("<slug:period>/reopen/", periods.PeriodReopen.as_view(), name="reopen"),
    path("<slug:period>/remove/", periods.PeriodRemove.as_view(), name="remove"),
]

stage_urls = [
    path("", stages.StageList.as_view(), name="list"),
    path("add/", stages.StageAdd.as_view(), name="add"),
    path("<slug:stage>/edit/", stages.StageEdit.as_view(), name="edit"),
    path("<slug:stage>/withdraw/", stages.StageWithdraw.as_view(), name="withdraw"),
    path("<slug:stage>/restore/", stages.StageRestore.as_view(), name="restore"),
]

level_urls = [
    path("", ratings.LevelList.as_view(), name="list"),
    path("add/", ratings.LevelAdd.as_view(), name="add"),
    path("<int:level>/edit/", ratings.LevelEdit.as_view(), name="edit"),
    path("<int:level>/withdraw/", ratings.LevelWithdraw.as_view(), name="withdraw"),
    path("<int:level>/restore/", ratings.LevelRestore.as_view(), name="restore"),
]

scale_urls = [
    path("", ratings.ScaleList.as_view(), name="list"),
    path("add/", ratings.ScaleAdd.as_view(), name="add"),
    path("<slug:scale>/edit/", ratings.ScaleEdit.as_view(), name="edit"),
    path("<slug:scale>/withdraw/", ratings.ScaleWithdraw.as_view(), name="withdraw"),
    path("<slug:scale>/restore/", ratings.ScaleRestore.as_view(), name="restore"),
    path("<slug:scale>/levels/", include((level_urls, "levels"))),
]

dimension_urls = [
    path("", ratings.DimensionList.as_view(), name="list"),
    path("add/", ratings.DimensionAdd.as_view(), name="add"),
    path("<slug:dimension>/edit/", ratings.DimensionEdit.as_view(), name="edit"),
    path("<slug:dimension>/tolerances/", ratings.DimensionTolerances.as_view(), name="tolerances"),
    path("<slug:dimension>/withdraw/", ratings.DimensionWithdraw.as_view(), name="withdraw"),
    path("<slug:dimension>/restore/", ratings.DimensionRestore.as_view(), name="restore"),
]

administrator_urls = [
    path("", administrators.AdministratorList.as_view(), name="list"),
    path("add/", administrators.AdministratorAdd.as_view(), name="add"),
    path("<int:user>/end/", administrators.AdministratorEnd.as_view(), name="end"),
]
urlpatterns = [
    path("portal/administrators/", include((administrator_urls, "administrators"))),
    path("accessibility/", about.Accessibility.as_view(), name="accessibility"),
    path("<slug:programme>/", include((board_urls, "boards"))),
    # Below one address, so that the menu's entry is marked on all of them.
    path("<slug:programme>/about/", about.About.as_view(), name="about"),
    path("<slug:programme>/about/organisations/", include((organisation_urls, "organisations"))),
    path("<slug:programme>/about/people/", include((person_urls, "people"))),
    path("<slug:programme>/set-up/programme/", programme.ProgrammeEdit.as_view(), name="edit"),
    path("<slug:programme>/set-up/end/", programme.ProgrammeEnd.as_view(), name="end"),
    path("<slug:programme>/set-up/reopen/", programme.ProgrammeReopen.as_view(), name="reopen"),
    path("<slug:programme>/set-up/periods/", include((period_urls, "periods"))),
    path("<slug:programme>/set-up/themes/", include((theme_urls, "themes"))),
    path("<slug:programme>/set-up/principles/", include((principle_urls, "principles"))),
    path("<slug:programme>/set-up/aims/", include((aim_urls, "aims"))),
    path("<slug:programme>/set-up/priorities/", include((priority_urls, "priorities"))),
    path("<slug:programme>/set-up/words/", words.ProgrammeWords.as_view(), name="words"),
    path("<slug:programme>/set-up/stages/", include((stage_urls, "stages"))),
    path("<slug:programme>/set-up/scales/", include((scale_urls, "scales"))),
    path("<slug:programme>/set-up/dimensions/", include((dimension_urls, "dimensions"))),
    path("<slug:programme>/about/record/", include((record_urls, "record"))),
]
