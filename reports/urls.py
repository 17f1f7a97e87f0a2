"""Addresses of the top floor, which also holds the way in: home needs every app's data."""

from django.urls import include, path

from reports.views import papers as views

app_name = "reports"

papers = [
    path("", views.PaperList.as_view(), name="list"),
    path("<slug:template>/<slug:period>/", views.PaperPage.as_view(), name="read"),
    path(
        "<slug:template>/<slug:period>/paper.pdf", views.PaperFile.as_view(form="pdf"), name="pdf"
    ),
    path(
        "<slug:template>/<slug:period>/paper.json",
        views.PaperFile.as_view(form="json"),
        name="data",
    ),
]

urlpatterns = [
    path("", views.Start.as_view(), name="start"),
    path("<slug:programme>/", views.Home.as_view(), name="home"),
    path("<slug:programme>/papers/", include((papers, "papers"))),
]
