"""Addresses of the top floor, which also holds the way in: home needs every app's data."""

from django.urls import include, path

from reports.views import files, help, home, moved, papers, programmes, search, set_up, templates

app_name = "reports"

pages_of_paper = [
    path("", papers.PaperDetail.as_view(), name="detail"),
    path("edit/", papers.PaperEdit.as_view(), name="edit"),
    path("paper.pdf", papers.PaperPdf.as_view(), name="pdf"),
    path("paper.pdf/<slug:file>/", papers.PaperMaking.as_view(), name="making"),
    path("paper.json", papers.PaperAsData.as_view(), name="data"),
]
paper_pages = [
    path("", papers.PaperList.as_view(), name="list"),
    path("add/", papers.PaperAdd.as_view(), name="add"),
    path("<slug:template>/<slug:period>/", include(pages_of_paper)),
]

template_pages = [
    path("", templates.TemplateList.as_view(), name="list"),
    path("add/", templates.TemplateAdd.as_view(), name="add"),
    path("<slug:template>/edit/", templates.TemplateEdit.as_view(), name="edit"),
    path("<slug:template>/withdraw/", templates.TemplateWithdraw.as_view(), name="withdraw"),
    path("<slug:template>/restore/", templates.TemplateRestore.as_view(), name="restore"),
]
programme_pages = [
    path("add/", programmes.ProgrammeChoose.as_view(), name="choose"),
    path("add/nothing/", programmes.ProgrammeAdd.as_view(), name="add"),
    path("add/preset/<slug:preset>/", programmes.ProgrammePreset.as_view(), name="preset"),
    path("add/copy/<slug:source>/", programmes.ProgrammeCopy.as_view(), name="copy"),
    path("add/file/", programmes.ProgrammeFile.as_view(), name="file"),
]
file_pages = [
    path("", files.FileLoad.as_view(), name="load"),
    path("programme.yaml", files.FileExport.as_view(), name="export"),
    path("set-up.yaml", files.FileOfSetUp.as_view(), name="set_up"),
]
help_pages = [
    path("", help.HelpFront.as_view(), name="front"),
    path("<slug:guide>/", help.HelpPage.as_view(), name="page"),
]
portal_help_pages = [
    path("", help.PortalHelp.as_view(), name="front"),
    path("<slug:guide>/", help.PortalHelp.as_view(), name="page"),
]
urlpatterns = [
    path("portal/help/", include((portal_help_pages, "portal_help"))),
    path("portal/programmes/", include((programme_pages, "programmes"))),
    path("", home.Start.as_view(), name="start"),
    path("<slug:programme>/", home.Home.as_view(), name="home"),
    path("<slug:programme>/moved/", moved.WhatMoved.as_view(), name="moved"),
    path("<slug:programme>/help/", include((help_pages, "help"))),
    path("<slug:programme>/search/", search.Search.as_view(), name="search"),
    path("<slug:programme>/set-up/", set_up.SetUp.as_view(), name="set_up"),
    path("<slug:programme>/set-up/file/", include((file_pages, "programme_file"))),
    path("<slug:programme>/set-up/papers/", include((template_pages, "templates"))),
    path("<slug:programme>/papers/", include((paper_pages, "papers"))),
]
