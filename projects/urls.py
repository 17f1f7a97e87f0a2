"""Addresses of the first floor, each below a programme's."""

from django.urls import include, path

from projects.views import (
    actions,
    decisions,
    milestones,
    project_edits,
    projects,
    risks,
    updates,
    workstreams,
)

app_name = "projects"

milestone_urls = [
    path("", milestones.MilestoneList.as_view(), name="list"),
    path("add/", milestones.MilestoneAdd.as_view(), name="add"),
    path("<int:pk>/", milestones.MilestoneDetail.as_view(), name="detail"),
    path("<int:pk>/edit/", milestones.MilestoneEdit.as_view(), name="edit"),
    path("<int:pk>/move/", milestones.MilestoneMove.as_view(), name="move"),
    path("<int:pk>/rebaseline/", milestones.MilestoneRebaseline.as_view(), name="rebaseline"),
    path("<int:pk>/reached/", milestones.MilestoneReached.as_view(), name="reached"),
    path("<int:pk>/withdraw/", milestones.MilestoneWithdraw.as_view(), name="withdraw"),
]

update_urls = [
    path("", updates.UpdateList.as_view(), name="list"),
    path("<slug:period>/", updates.UpdateDetail.as_view(), name="detail"),
    path("<slug:period>/edit/", updates.UpdateEdit.as_view(), name="edit"),
    path("<slug:period>/accept/", updates.UpdateAccept.as_view(), name="accept"),
    path("<slug:period>/return/", updates.UpdateReturn.as_view(), name="return"),
]

workstream_urls = [
    path("", workstreams.WorkstreamList.as_view(), name="list"),
    path("add/", workstreams.WorkstreamAdd.as_view(), name="add"),
    path("<slug:slug>/", workstreams.WorkstreamDetail.as_view(), name="detail"),
    path("<slug:slug>/edit/", workstreams.WorkstreamEdit.as_view(), name="edit"),
]

risk_urls = [
    path("", risks.RiskList.as_view(), name="list"),
    path("add/", risks.RiskAdd.as_view(), name="add"),
    path("<slug:ref>/", risks.RiskDetail.as_view(), name="detail"),
    path("<slug:ref>/edit/", risks.RiskEdit.as_view(), name="edit"),
    path("<slug:ref>/assess/", risks.RiskAssess.as_view(), name="assess"),
    path("<slug:ref>/close/", risks.RiskClose.as_view(), name="close"),
]

decision_urls = [
    path("", decisions.DecisionList.as_view(), name="list"),
    path("add/", decisions.DecisionAdd.as_view(), name="add"),
    path("<slug:ref>/", decisions.DecisionDetail.as_view(), name="detail"),
    path("<slug:ref>/edit/", decisions.DecisionEdit.as_view(), name="edit"),
]

action_urls = [
    path("", actions.ActionList.as_view(), name="list"),
    path("add/", actions.ActionAdd.as_view(), name="add"),
    path("<slug:ref>/", actions.ActionDetail.as_view(), name="detail"),
    path("<slug:ref>/edit/", actions.ActionEdit.as_view(), name="edit"),
    path("<slug:ref>/complete/", actions.ActionComplete.as_view(), name="complete"),
    path("<slug:ref>/withdraw/", actions.ActionWithdraw.as_view(), name="withdraw"),
]

urlpatterns = [
    path("projects/", projects.ProjectList.as_view(), name="list"),
    path("projects/add/", project_edits.ProjectAdd.as_view(), name="add"),
    path("projects/<slug:ref>/", projects.ProjectDetail.as_view(), name="detail"),
    path("projects/<slug:ref>/registers/", projects.ProjectRegisters.as_view(), name="registers"),
    path("projects/<slug:ref>/history/", projects.ProjectHistory.as_view(), name="history"),
    path("projects/<slug:ref>/edit/", project_edits.ProjectEdit.as_view(), name="edit"),
    path("projects/<slug:ref>/stage/", project_edits.ProjectStage.as_view(), name="stage"),
    path("projects/<slug:ref>/withdraw/", project_edits.ProjectWithdraw.as_view(), name="withdraw"),
    path("milestones/", milestones.AllMilestones.as_view(), name="all_milestones"),
    path("projects/<slug:ref>/milestones/", include((milestone_urls, "milestones"))),
    path("projects/<slug:ref>/updates/", include((update_urls, "updates"))),
    path("workstreams/", include((workstream_urls, "workstreams"))),
    path("risks/", include((risk_urls, "risks"))),
    path("decisions/", include((decision_urls, "decisions"))),
    path("actions/", include((action_urls, "actions"))),
]
