"""Addresses of the first floor, each below a programme's."""

from django.urls import include, path

from projects.views import (
    actions,
    decisions,
    imports,
    milestones,
    progress,
    project_edits,
    projects,
    risk_scheme,
    risks,
    update_steps,
    updates,
    workstreams,
)

app_name = "projects"

milestones_of_project = [
    path("", milestones.MilestoneOfProject.as_view(), name="of_project"),
    path("add/", milestones.MilestoneAdd.as_view(), name="add"),
    path("<int:milestone>/", milestones.MilestoneDetail.as_view(), name="detail"),
    path("<int:milestone>/edit/", milestones.MilestoneEdit.as_view(), name="edit"),
    path("<int:milestone>/move/", milestones.MilestoneMove.as_view(), name="move"),
    path(
        "<int:milestone>/rebaseline/", milestones.MilestoneRebaseline.as_view(), name="rebaseline"
    ),
    path("<int:milestone>/reach/", milestones.MilestoneReach.as_view(), name="reach"),
    path("<int:milestone>/withdraw/", milestones.MilestoneWithdraw.as_view(), name="withdraw"),
    path("<int:milestone>/reopen/", milestones.MilestoneReopen.as_view(), name="reopen"),
]
# The milestones of all projects, and below each project its own.
milestone_urls = [
    path("milestones/", milestones.MilestoneList.as_view(), name="list"),
    path("projects/<slug:project>/milestones/", include(milestones_of_project)),
]

update_urls = [
    path("", updates.UpdateOfProject.as_view(), name="of_project"),
    path("<slug:period>/", updates.UpdateDetail.as_view(), name="detail"),
    path("<slug:period>/edit/", update_steps.UpdateEdit.as_view(), name="edit"),
    path("<slug:period>/edit/words/", update_steps.UpdateWords.as_view(), name="words"),
    path("<slug:period>/edit/ratings/", update_steps.UpdateRatings.as_view(), name="ratings"),
    path(
        "<slug:period>/edit/milestones/",
        update_steps.UpdateMilestones.as_view(),
        name="milestones",
    ),
    path("<slug:period>/edit/risks/", update_steps.UpdateRisks.as_view(), name="risks"),
    path("<slug:period>/pull-back/", updates.UpdatePullBack.as_view(), name="pull_back"),
    path("<slug:period>/correct/", updates.UpdateCorrect.as_view(), name="correct"),
    path("<slug:period>/accept/", updates.UpdateAccept.as_view(), name="accept"),
    path("<slug:period>/return/", updates.UpdateReturn.as_view(), name="return"),
]

period_urls = [
    path("", progress.PeriodNewest.as_view(), name="newest"),
    path("<slug:period>/", progress.PeriodProgress.as_view(), name="progress"),
    path("<slug:period>/open/", progress.PeriodOpen.as_view(), name="open"),
    path("<slug:period>/remind/", progress.PeriodRemind.as_view(), name="remind"),
    path("<slug:period>/admit/", progress.PeriodAdmit.as_view(), name="admit"),
    path("<slug:period>/close/", progress.PeriodClose.as_view(), name="close"),
]

reminder_urls = [path("", progress.ReminderRuleEdit.as_view(), name="edit")]

workstream_urls = [
    path("", workstreams.WorkstreamList.as_view(), name="list"),
    path("add/", workstreams.WorkstreamAdd.as_view(), name="add"),
    path("<slug:workstream>/", workstreams.WorkstreamDetail.as_view(), name="detail"),
    path("<slug:workstream>/edit/", workstreams.WorkstreamEdit.as_view(), name="edit"),
    path("<slug:workstream>/withdraw/", workstreams.WorkstreamWithdraw.as_view(), name="withdraw"),
    path("<slug:workstream>/restore/", workstreams.WorkstreamRestore.as_view(), name="restore"),
]

risk_urls = [
    path("", risks.RiskList.as_view(), name="list"),
    path("add/", risks.RiskAdd.as_view(), name="add"),
    path("<slug:risk>/", risks.RiskDetail.as_view(), name="detail"),
    path("<slug:risk>/edit/", risks.RiskEdit.as_view(), name="edit"),
    path("<slug:risk>/assess/", risks.RiskAssess.as_view(), name="assess"),
    path("<slug:risk>/close/", risks.RiskClose.as_view(), name="close"),
    path("<slug:risk>/reopen/", risks.RiskReopen.as_view(), name="reopen"),
]

risk_level_urls = [
    path("", risk_scheme.RiskLevelList.as_view(), name="list"),
    path("add/", risk_scheme.RiskLevelAdd.as_view(), name="add"),
    path("<slug:risk_level>/edit/", risk_scheme.RiskLevelEdit.as_view(), name="edit"),
    path("<slug:risk_level>/withdraw/", risk_scheme.RiskLevelWithdraw.as_view(), name="withdraw"),
    path("<slug:risk_level>/restore/", risk_scheme.RiskLevelRestore.as_view(), name="restore"),
]

risk_scheme_urls = [
    path("", risk_scheme.SchemeDetail.as_view(), name="detail"),
    path("begin/", risk_scheme.SchemeBegin.as_view(), name="begin"),
    path("edit/", risk_scheme.SchemeEdit.as_view(), name="edit"),
    path("matrix/", risk_scheme.SchemeMatrix.as_view(), name="matrix"),
    path("levels/", include((risk_level_urls, "levels"))),
]

decision_urls = [
    path("", decisions.DecisionList.as_view(), name="list"),
    path("add/", decisions.DecisionAdd.as_view(), name="add"),
    path("<slug:decision>/", decisions.DecisionDetail.as_view(), name="detail"),
    path("<slug:decision>/edit/", decisions.DecisionEdit.as_view(), name="edit"),
]

action_urls = [
    path("", actions.ActionList.as_view(), name="list"),
    path("add/", actions.ActionAdd.as_view(), name="add"),
    path("<slug:task>/", actions.ActionDetail.as_view(), name="detail"),
    path("<slug:task>/edit/", actions.ActionEdit.as_view(), name="edit"),
    path("<slug:task>/complete/", actions.ActionComplete.as_view(), name="complete"),
    path("<slug:task>/withdraw/", actions.ActionWithdraw.as_view(), name="withdraw"),
    path("<slug:task>/reopen/", actions.ActionReopen.as_view(), name="reopen"),
]

project_urls = [
    path("", projects.ProjectDetail.as_view(), name="detail"),
    path("registers/", projects.ProjectRegisters.as_view(), name="registers"),
    path("history/", projects.ProjectHistory.as_view(), name="history"),
    path("edit/", project_edits.ProjectEdit.as_view(), name="edit"),
    path("stage/", project_edits.ProjectStage.as_view(), name="stage"),
    path("first-stage/", project_edits.ProjectFirstStage.as_view(), name="first_stage"),
    path("withdraw/", project_edits.ProjectWithdraw.as_view(), name="withdraw"),
    path("reopen/", project_edits.ProjectReopen.as_view(), name="reopen"),
]

import_urls = [
    path("", imports.ProjectsUpload.as_view(), name="upload"),
    path("template/", imports.ProjectsTemplate.as_view(), name="template"),
    path("<slug:upload>/", imports.ProjectsPreview.as_view(), name="preview"),
]

urlpatterns = [
    path("projects/", projects.ProjectList.as_view(), name="list"),
    path("projects/add/", project_edits.ProjectAdd.as_view(), name="add"),
    path("projects/add/workbook/", include((import_urls, "imports"))),
    path("projects/<slug:project>/", include(project_urls)),
    path("projects/<slug:project>/updates/", include((update_urls, "updates"))),
    path("", include((milestone_urls, "milestones"))),
    path("periods/", include((period_urls, "periods"))),
    path("set-up/reminders/", include((reminder_urls, "reminders"))),
    path("workstreams/", include((workstream_urls, "workstreams"))),
    path("risks/", include((risk_urls, "risks"))),
    path("set-up/risk-scheme/", include((risk_scheme_urls, "risk_scheme"))),
    path("decisions/", include((decision_urls, "decisions"))),
    path("actions/", include((action_urls, "actions"))),
]
