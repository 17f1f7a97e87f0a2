"""Addresses of the portal: sign-in, the tables for support, and each app's own addresses.

The upper apps are named here as strings only. Addresses of accounts are listed one by one, so
that no page of allauth's that the portal does not want can be reached.
"""

from allauth.account import views as account
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.urls import include, path, re_path

from programme.views import invitations

# An address is changed by ``manage.py change_address``, which tells both and records it.
admin.site.unregister(EmailAddress)

account_urls = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("invitations/", invitations.Invitations.as_view(), name="account_invitations"),
    path("name/", invitations.Name.as_view(), name="account_name"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    # Closed by programme.site.accounts: the page says how to get an account.
    path("signup/", account.signup, name="account_signup"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

urlpatterns = [
    path("accounts/", include(account_urls)),
    path("admin/", admin.site.urls),
    path("", include("programme.urls")),
    path("<slug:programme>/", include("projects.urls")),
    path("<slug:programme>/finance/", include("finance.urls")),
    # Last, because it holds the addresses that begin with a programme.
    path("", include("reports.urls")),
]
