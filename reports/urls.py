"""Addresses of the top floor, which also holds the way in: home needs every app's data."""

from django.urls import include, path

from reports.views import home, papers

app_name = "reports"

paper_pages = [
    path("", papers.PaperList.as_view(), name="list"),
    path("<slug:template>/<slug:period>/", papers.PaperPage.as_view(), name="read"),
    path("<slug:template>/<slug:period>/paper.pdf", papers.PaperPdf.as_view(), name="pdf"),
    path(
        "<slug:template>/<slug:period>/paper.pdf/<slug:key>/",
        papers.PaperInTheMaking.as_view(),
        name="making",
    ),
    path("<slug:template>/<slug:period>/paper.json", papers.PaperData.as_view(), name="data"),
]

urlpatterns = [
    path("", home.Start.as_view(), name="start"),
    path("<slug:programme>/", home.Home.as_view(), name="home"),
    path("<slug:programme>/papers/", include((paper_pages, "papers"))),
]
