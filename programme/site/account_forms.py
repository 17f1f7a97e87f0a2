"""allauth's forms with the portal's labels, hints and messages."""

from __future__ import annotations

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import (
    MinimumLengthValidator,
    get_default_password_validators,
)

from programme.common.forms import FormMixin
from programme.site.passwords import GOOD


def password_hint() -> str:
    """What a new password must be, with the length that the settings ask for."""
    shortest = max(
        validator.min_length
        for validator in get_default_password_validators()
        if isinstance(validator, MinimumLengthValidator)
    )
    return f"At least {shortest} characters. {GOOD}"


class _AccountForm(FormMixin):
    """``asks`` gives each field its label, its hint and what to say when it is left empty."""

    fields: dict[str, forms.Field]
    asks: dict[str, tuple[str, str, str]] = {}

    def prepare_fields(self) -> None:
        for name, (label, hint, missing) in self.asks.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.error_messages["required"] = missing
            field.widget.attrs.pop("placeholder", None)


_EMAIL = ("E-mail address", "", "Enter your e-mail address")
_NEW = {
    "password1": ("New password", password_hint(), "Enter a new password"),
    "password2": ("New password again", "", "Enter the new password again"),
}


class SignInForm(_AccountForm, allauth_forms.LoginForm):
    asks = {"login": _EMAIL, "password": ("Password", "", "Enter your password")}


class ResetPasswordForm(_AccountForm, allauth_forms.ResetPasswordForm):
    asks = {"email": _EMAIL}


class ResetPasswordKeyForm(_AccountForm, allauth_forms.ResetPasswordKeyForm):
    asks = _NEW


class SetPasswordForm(_AccountForm, allauth_forms.SetPasswordForm):
    asks = _NEW


class ChangePasswordForm(_AccountForm, allauth_forms.ChangePasswordForm):
    asks = {"oldpassword": ("Current password", "", "Enter your current password"), **_NEW}
