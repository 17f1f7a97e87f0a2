"""Addresses of the second floor, below a programme's ``finance/``.

What has a name of its own comes before the years, whose slugs look like 2018-19.
"""

from django.urls import include, path

from finance.views import (
    benefit_edits,
    benefits,
    budget_edits,
    grants,
    lines,
    projects,
    set_up,
    split_rules,
    years,
)

app_name = "finance"

benefit_profile = [
    path("add/", benefit_edits.ProfileAdd.as_view(), name="add"),
    path("<slug:year>/edit/", benefit_edits.ProfileEdit.as_view(), name="edit"),
    path("<slug:year>/validate/", benefit_edits.ProfileValidate.as_view(), name="validate"),
]
benefit_pages = [
    path("", benefits.BenefitList.as_view(), name="list"),
    path("add/", benefit_edits.BenefitAdd.as_view(), name="add"),
    path("<slug:benefit>/", benefits.BenefitDetail.as_view(), name="detail"),
    path("<slug:benefit>/edit/", benefit_edits.BenefitEdit.as_view(), name="edit"),
    path("<slug:benefit>/withdraw/", benefit_edits.BenefitWithdraw.as_view(), name="withdraw"),
    path("<slug:benefit>/reopen/", benefit_edits.BenefitReopen.as_view(), name="reopen"),
    path("<slug:benefit>/profile/", include((benefit_profile, "profile"))),
]
grant_returns = [
    path("add/", grants.ReturnAdd.as_view(), name="add"),
    path("<int:grant_return>/edit/", grants.ReturnEdit.as_view(), name="edit"),
]
grant_pages = [
    path("", grants.GrantList.as_view(), name="list"),
    path("add/", grants.GrantAdd.as_view(), name="add"),
    path("<slug:grant>/", grants.GrantDetail.as_view(), name="detail"),
    path("<slug:grant>/edit/", grants.GrantEdit.as_view(), name="edit"),
    path("<slug:grant>/returns/", include((grant_returns, "returns"))),
]
split_rule_pages = [
    path("", split_rules.SplitRuleList.as_view(), name="list"),
    path("add/", split_rules.SplitRuleAdd.as_view(), name="add"),
    path("<slug:rule>/", split_rules.SplitRuleDetail.as_view(), name="detail"),
    path("<slug:rule>/edit/", split_rules.SplitRuleEdit.as_view(), name="edit"),
    path("<slug:rule>/withdraw/", split_rules.SplitRuleWithdraw.as_view(), name="withdraw"),
    path("<slug:rule>/restore/", split_rules.SplitRuleRestore.as_view(), name="restore"),
]
cost_pages = [
    path("add/", projects.CostAdd.as_view(), name="add"),
    path("<int:estimate>/edit/", projects.CostEdit.as_view(), name="edit"),
]
line_pages = [
    path("", years.LineList.as_view(), name="list"),
    path("add/", lines.LineAdd.as_view(), name="add"),
    path("<slug:line>/", lines.LineDetail.as_view(), name="detail"),
    path("<slug:line>/edit/", lines.LineEdit.as_view(), name="edit"),
]
contribution_pages = [
    path("<slug:source>/edit/", budget_edits.ContributionEdit.as_view(), name="edit"),
]
published_pages = [
    path("add/", budget_edits.PublishedAdd.as_view(), name="add"),
    path("<int:figure>/edit/", budget_edits.PublishedEdit.as_view(), name="edit"),
]
category_pages = [
    path("", set_up.CategoryList.as_view(), name="list"),
    path("add/", set_up.CategoryAdd.as_view(), name="add"),
    path("<slug:category>/edit/", set_up.CategoryEdit.as_view(), name="edit"),
    path("<slug:category>/withdraw/", set_up.CategoryWithdraw.as_view(), name="withdraw"),
    path("<slug:category>/restore/", set_up.CategoryRestore.as_view(), name="restore"),
]
source_pages = [
    path("", set_up.SourceList.as_view(), name="list"),
    path("add/", set_up.SourceAdd.as_view(), name="add"),
    path("<slug:source>/edit/", set_up.SourceEdit.as_view(), name="edit"),
    path("<slug:source>/withdraw/", set_up.SourceWithdraw.as_view(), name="withdraw"),
    path("<slug:source>/restore/", set_up.SourceRestore.as_view(), name="restore"),
]
year_pages = [
    path("set-up/years/", set_up.YearList.as_view(), name="list"),
    path("set-up/years/add/", set_up.YearAdd.as_view(), name="add"),
    path("set-up/years/<slug:year>/edit/", set_up.YearEdit.as_view(), name="edit"),
    path("set-up/years/<slug:year>/remove/", set_up.YearRemove.as_view(), name="remove"),
    path("<slug:year>/", years.YearDetail.as_view(), name="detail"),
    path("<slug:year>/outturn/", years.YearOutturn.as_view(), name="outturn"),
]
actual_pages = [path("", years.ActualList.as_view(), name="list")]

urlpatterns = [
    path("", years.FinanceHome.as_view(), name="home"),
    path("benefits/", include((benefit_pages, "benefits"))),
    path("grants/", include((grant_pages, "grants"))),
    path("split-rules/", include((split_rule_pages, "split_rules"))),
    path("projects/<slug:project>/", projects.FinanceProject.as_view(), name="project"),
    path("projects/<slug:project>/costs/", include((cost_pages, "costs"))),
    path("set-up/categories/", include((category_pages, "categories"))),
    path("set-up/sources/", include((source_pages, "sources"))),
    path("", include((year_pages, "years"))),
    path("<slug:year>/lines/", include((line_pages, "lines"))),
    path("<slug:year>/contributions/", include((contribution_pages, "contributions"))),
    path("<slug:year>/published/", include((published_pages, "published"))),
    path("<slug:year>/spend/", include((actual_pages, "actuals"))),
]
