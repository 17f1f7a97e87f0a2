"""Pages that write: a form whose answers go to one action, and a question before something ends.

Whatever goes wrong, what was typed stays: a problem is said beside its field, a change that
somebody else saved meanwhile is shown beside one's own, and a session that ended loses nothing.
A form that is sent twice counts once.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.generic import FormView

from programme import access
from programme.access import Anything, Owned
from programme.common.forms import PortalForm
from programme.common.richfield import RichTextField
from programme.common.words import say
from programme.forms.base import OfProgramme
from programme.models import AuditEntry, Draft
from programme.pages.base import InAddress, ProgrammePage, public_name
from programme.pages.first import first
from programme.record_reading import Reader
from programme.roles import only_reads
from programme.sentences import changes
from programme.site import drafts, sending
from programme.writing import StaleVersion

SENT_TWICE = "This form was sent twice. What it says is saved once."
SENT_BEFORE = (
    "You sent this form before and have changed it since: what it said then is saved. Send it "
    "again to add another one, or cancel and edit the one that is there."
)
SENT_ALIKE = (
    "You sent exactly this before, and it is saved. Send it again to add another one that is the "
    "same, or cancel."
)


class VersionField(forms.Field):
    """The version of the row that the form was made from; what is not a number is version 0, which
    no stored row has."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        text = str(value or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class EditPage(ProgrammePage, FormView):
    """A form about one row, whose answers go to one action. A subclass gives ``permission``,
    ``form_class``, ``action`` and ``row``: the name by which the action takes its row, and the
    address names it. A page whose address does not is about a new one, which ``get_new_row`` makes.

    What was saved is shown on its page, which ``detail`` names, else on the page above. A page of a
    new row has its ``title`` on its button; one of a stored row is headed "Edit" and its name.

    What the form answers goes to the action by one rule: a parameter of the action with the name
    of an answer takes that answer, ``values`` all others. The version that the reader saw and who
    they are go with every call, so that no page can forget them. Only a page that needs more than
    one action, or an action that is about no one row, has a ``perform`` of its own.

    Rights: one over one's own is held against the row (``get_permission_object``), of a new one
    against the row above it. Where it is chosen in the form what a new row belongs to, that is
    ANYTHING; ``owner_of`` then names the row that was chosen, which is asked about before anything
    is written.
    """

    writes = True
    action: ClassVar[Callable[..., Any] | None] = None
    detail: ClassVar[str] = ""
    template_name = "programme/edit_page.html"
    button: str = ""
    cancel: str = "Cancel"
    success_text: str = ""
    autosave = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if inspect.isfunction(action := vars(cls).get("action")):
            cls.action = staticmethod(action)  # a plain function would take the page as its first
        if only_reads(getattr(cls, "permission", "")):
            raise TypeError(f"{cls.__name__} writes: “{cls.permission}” is a right to read.")

    # --- what a page says ---------------------------------------------------------------------

    def get_new_row(self, form: Any) -> Any:
        """The new row with what it belongs to, for the action to fill: one of the kind that the
        form asks for, of the programme. A page whose row belongs to another row makes it itself."""
        if not issubclass(self.form_class, forms.ModelForm):
            raise NotImplementedError(f"{type(self).__name__} has no get_new_row().")
        return self.form_class._meta.model(programme=self.programme)

    def perform(self, form: Any) -> Any:
        """Calls the action with its row, the form's answers, the version that the reader saw and
        who they are. Returns what the action returns. Raises what it raises."""
        if self.action is None:
            raise NotImplementedError(f"{type(self).__name__} names no action.")
        row = self.object if self.object is not None else self.get_new_row(form)
        takes, answers = inspect.signature(self.action).parameters, dict(form.values)
        given = {name: answers.pop(name) for name in takes if name in answers}
        if "values" in takes:
            given["values"] = answers
            answers = {}
        if "expected_version" in takes:
            given["expected_version"] = self.expected_version(form)
        return self.action(**{self.row: row}, **given, **answers, by=self.request.user)

    def get_success_url(self, obj: Any) -> str:
        """Where what was saved stands: on its own page, else on the page above."""
        if not self.detail:
            return self.get_cancel_url()
        above = {name: value for name, value in self.parts.items() if name != self.row}
        own = getattr(obj, public_name(type(obj)))
        return self.url(self.detail, **above, **{self.row: own})

    def get_cancel_url(self) -> str:
        """Where to go without saving: the page above."""
        above = self.way_up()
        return above[-1][1] if above else self.url("reports:home")

    def get_permission_object(self) -> Owned | Anything | None:
        return self.row_above if self.object is None else self.object

    def owner_of(self, form: Any) -> Owned | None:
        """The row to which the answers would make this one belong; None where they do not."""
        return None

    def get_title(self) -> str:
        if self.title or self.object is None:
            return say(self.title)
        found = getattr(type(self), self.row, None)
        return f"Edit {found.words(self.object) if isinstance(found, InAddress) else self.object}"

    def get_button(self) -> str:
        return say(self.button) or (self.get_title() if self.object is None else "Save")

    def get_success_text(self, obj: Any) -> str:
        """``success_text``, in which ``{obj}`` stands for what was saved; without one, that its
        kind of row is added or saved."""
        if self.success_text:
            return say(self.success_text).format(obj=obj)
        done = "added" if self.object is None else "saved"
        return say(f"The {obj._meta.verbose_name} is {done}.")

    def finish(self, saved: Any) -> None:
        """What is left to do once all is saved: says so. Mail is sent here, and not while a
        transaction waits for it."""
        messages.success(self.request, self.get_success_text(saved))

    # --- the form -----------------------------------------------------------------------------

    def expected_version(self, form: Any) -> int:
        """The version that the reader saw; 0 for a row that was not there."""
        return int(form.cleaned_data["version"])

    def named(self, rows: QuerySet, name: str) -> Any:
        """The row that the address suggests by its public word (``?project=t03``), or None."""
        word, field = self.request.GET.get(name), public_name(rows.model)
        return rows.of(self.programme).filter(**{field: word}).first() if word else None

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "version": getattr(self.object, "version", 0)}

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if issubclass(self.get_form_class(), OfProgramme):
            kwargs["programme"] = self.programme
        if issubclass(self.get_form_class(), forms.ModelForm) and self.object is not None:
            # A copy: the form writes its answers into it, right or wrong.
            kwargs["instance"] = copy.copy(self.object)
        if self.wants_draft and self.draft is not None:
            kwargs["data"] = drafts.answers_of(self.draft)
        return kwargs

    def get_form(self, form_class: type[forms.Form] | None = None) -> Any:
        form = super().get_form(form_class)
        form.fields["version"] = VersionField(required=False, label="Version")
        if self.wants_draft or "_keep" in self.request.POST:
            form._errors = ErrorDict()  # text that was kept has not been sent yet: no complaints
        return form

    # --- drafts -------------------------------------------------------------------------------

    @cached_property
    def kept(self) -> list[Draft]:
        """What the reader typed here before and has not saved: while signed in, and too late."""
        return drafts.waiting(self.request.user, self.request.path)

    @property
    def draft(self) -> Draft | None:
        """Which of the two the address asks for."""
        late = self.request.GET.get("draft") == "late"
        return next((each for each in self.kept if each.late == late), None)

    @property
    def wants_draft(self) -> bool:
        return self.request.method == "GET" and "draft" in self.request.GET

    # --- answering ----------------------------------------------------------------------------

    def over(self) -> HttpResponseBase | None:
        """Of a programme that has ended nothing is written: the page says so in place of its form,
        with what was typed meanwhile."""
        if not self.is_over_for(self.permission):
            return None
        context = ProgrammePage.get_context_data(self, buttons=[], typed=self.typed())
        return render(self.request, "programme/ended_page.html", context, status=409)

    def typed(self) -> list[tuple[str, str]]:
        """What was sent, by the labels of its questions."""
        if self.request.method != "POST":
            return []
        fields = self.get_form().fields
        return [
            (str(getattr(field, "label", None) or name), ", ".join(_as_plain(field, texts)))
            for name, texts in drafts.given(self.request.POST)
            if name != "version" and any(texts)
            for field in [fields.get(name)]
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "_draft" in request.POST:
            return self.keep_draft()
        if "_forget" in request.POST:
            drafts.forget(request.user, request.path, late=request.POST["_forget"] == "late")
            return redirect(request.path)
        if "_keep" in request.POST:
            return self.render_to_response(self.get_context_data(form=self.get_form()))
        return self.sent_again() or super().post(request, *args, **kwargs)

    @cached_property
    def form_key(self) -> str:
        """The key that the form was sent with: it keeps it until it is saved."""
        return sending.key_of(self.request.POST)

    @cached_property
    def given(self) -> QueryDict:
        """All that was sent, with what stands for each file."""
        return sending.given(self.request)

    def sent_again(self) -> HttpResponse | None:
        """Leads to what was saved when the same answers came first; None when they did not."""
        sent = sending.sent_before(self.request.user, self.given)
        if sent is None or not sending.says_the_same(sent, self.request.path, self.given):
            return None
        messages.success(self.request, SENT_TWICE)
        return redirect(sent.leads_to)

    def keep_draft(self) -> HttpResponse:
        """Answers the form's own saving while somebody types, in words for a status line."""
        kept = drafts.keep(self.request.user, self.request.path, self.request.POST)
        words = f"Draft kept at {timezone.localtime():%H:%M}."
        if not kept:
            words = "This text is too long to be kept as a draft."
        return HttpResponse(words, content_type="text/plain; charset=utf-8")

    def form_valid(self, form: Any) -> HttpResponseBase:
        owner = self.owner_of(form)
        if owner is not None or isinstance(self.get_permission_object(), Anything):
            access.require(self.request.user, self.permission, self.programme, owner)
        given, user, path = self.given, self.request.user, self.request.path
        if self.object is None and sending.is_alike(user, path, given):
            return self.ask(form, SENT_ALIKE)
        try:
            with transaction.atomic():
                sent, is_first = sending.take(user, path, given)
                if not is_first and (again := self.sent_again()):
                    return again
                if not is_first and self.object is None:
                    return self.ask(form, SENT_BEFORE)
                saved = self.perform(form)
                leads_to = self.get_success_url(saved)
                if sent is not None:
                    sending.note(sent, path, given, leads_to)
        except StaleVersion as stale:
            return self.conflict(form, stale)
        except ValidationError as error:
            place(form, error)
            return self.form_invalid(form)
        drafts.forget(user, path, late=False)
        if self.request.GET.get("draft") == "late":
            drafts.forget(user, path, late=True)
        self.finish(saved)
        return redirect(leads_to)

    def ask(self, form: Any, question: str) -> HttpResponseBase:
        """The form once more with all that was typed; sent again it counts."""
        form.add_error(None, question)
        self.form_key = sending.new_key(asked=True)
        return super().form_invalid(form)

    def form_invalid(self, form: Any) -> HttpResponseBase:
        """What was saved while this was being looked at may be why it is refused now."""
        return self.sent_again() or super().form_invalid(form)

    def conflict(self, form: Any, stale: StaleVersion) -> HttpResponse:
        """Both texts side by side, and what to do with one's own. Nothing was written."""
        both = AuditEntry(
            object_type=stale.row._meta.label_lower, before=stale.theirs, after=stale.yours
        )
        context = self.get_context_data(
            form=None,
            row=stale.row,
            changed_by=Reader(self.request.user, self.programme).actor(stale.changed_by),
            changed_at=stale.changed_at,
            differences=changes(both),
            version=stale.version,
            answers=[pair for pair in drafts.given(self.request.POST) if pair[0] != "version"],
            theirs_url=self.request.path,
        )
        return render(self.request, "programme/conflict.html", context, status=409)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("object", self.object)
        if "form" not in kwargs:
            kwargs["form"] = self.get_form()
        return super().get_context_data(
            needed=first(self, kwargs["form"]) if self.object is None and kwargs["form"] else [],
            button=self.get_button(),
            cancel=say(self.cancel),
            cancel_url=self.get_cancel_url(),
            autosave=self.autosave,
            draft_token=drafts.token(self.request),
            form_key=self.form_key or sending.new_key(),
            # Offered where nothing was typed yet; the form of the draft itself has it already.
            offered=[] if self.request.method != "GET" or self.wants_draft else self.kept,
            **kwargs,
        )


class ReasonForm(PortalForm):
    """Asks why something is withdrawn or ended."""

    reason = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 4}))


class ConfirmPage(EditPage):
    """Asks once more before something is withdrawn, cancelled or ended. ``title`` is the question
    ("Cancel this meeting?"), ``warning`` what it will mean, ``button`` the answer in a verb and
    ``cancel`` the other answer ("Keep the meeting").
    ``form_class`` is ReasonForm where the action wants a reason."""

    template_name = "programme/confirm_page.html"
    form_class: type[forms.Form] = PortalForm
    button = "Confirm"
    warning: str = ""
    autosave = False

    def get_warning(self) -> str:
        return say(self.warning)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(warning=self.get_warning(), **kwargs)


def _as_plain(field: forms.Field | None, texts: list[str]) -> list[str]:
    return [field.plain(text) for text in texts] if isinstance(field, RichTextField) else texts


def place(form: Any, error: ValidationError) -> None:
    """Puts what an action refused beside the fields that it names; what the form does not ask for
    is said of the whole form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, problems in error.error_dict.items():
        known = name in form.fields and name != NON_FIELD_ERRORS
        form.add_error(name if known else None, problems)
