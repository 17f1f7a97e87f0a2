"""The patterns of pages, over a few pages made for the purpose: lists, forms, questions, drafts."""

import csv
import io
import re
from datetime import timedelta
from urllib.parse import urlencode

import django_filters
import pytest
from django import forms
from django.core import signing
from django.core.management import call_command
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.test import Client
from django.urls import include, path
from django.utils import timezone
from openpyxl import load_workbook

from programme.actions import cancel_meeting, save_board, save_meeting
from programme.common.columns import DayColumn, NameColumn, PortalColumn, PortalTable
from programme.common.filters import PortalFilterSet, RowFilter, SearchFilter
from programme.common.formfields import DateField
from programme.common.forms import PortalForm
from programme.models import AuditEntry, Board, Draft, Meeting, Organisation, Session
from programme.pages import (
    ANYTHING,
    ConfirmPage,
    DetailPage,
    EditPage,
    ListPage,
    ReasonForm,
)
from programme.site import drafts
from tests.builders import make_board, make_meeting, make_programme, make_user


class BoardTable(PortalTable):
    name = NameColumn("board-edit", board="slug")
    kind = PortalColumn()
    remit = PortalColumn()
    set_up_on = DayColumn(verbose_name="Set up")


class BoardFilter(PortalFilterSet):
    search = SearchFilter("name", "remit")
    kind = django_filters.MultipleChoiceFilter(choices=Board.Kind.choices, label="Kind")
    organisation = RowFilter(
        lambda request: Organisation.objects.filter(
            boards__programme=request.programme
        ).values_list("slug", "name"),
        label="Body",
        field_name="organisation__slug",
    )


class BoardList(ListPage):
    title = "Boards"
    permission = "boards.view"
    table_class = BoardTable
    filterset_class = BoardFilter
    things = ("board", "boards")
    empty_text = "Set up the first board."

    def get_queryset(self):
        return Board.objects.of(self.programme)


class BoardForm(PortalForm):
    name = forms.CharField(label="Name", max_length=200)
    remit = forms.CharField(label="Remit", required=False, widget=forms.Textarea)


class BoardEdit(EditPage):
    title = "Edit the board"
    permission = "boards.edit"
    form_class = BoardForm

    def get_object(self):
        return get_object_or_404(Board.objects.of(self.programme), slug=self.kwargs["board"])

    def get_initial(self):
        return {**super().get_initial(), "name": self.object.name, "remit": self.object.remit}

    def perform(self, form):
        return save_board(
            board=self.object,
            values=form.values,
            expected_version=self.expected_version(form),
            by=self.request.user,
        )

    def get_success_url(self, obj):
        return self.url("board-list")

    def get_cancel_url(self):
        return self.url("board-list")


class MeetingForm(PortalForm):
    board = forms.ModelChoiceField(Board.objects.all(), label="Board")
    held_on = DateField(label="Day")


class MeetingAdd(EditPage):
    title = "Add a meeting"
    permission = "meetings.edit"
    form_class = MeetingForm

    def get_permission_object(self):
        return ANYTHING

    def owner_of(self, form):
        return form.cleaned_data["board"]

    def perform(self, form):
        values = form.values
        meeting = Meeting(board=values.pop("board"))
        return save_meeting(meeting=meeting, values=values, by=self.request.user)

    def get_success_url(self, obj):
        return self.url("board-list")

    def get_cancel_url(self):
        return self.url("board-list")


class MeetingCancel(ConfirmPage):
    title = "Cancel this meeting?"
    warning = "Its members are not told."
    button = "Cancel the meeting"
    permission = "meetings.edit"
    form_class = ReasonForm

    def get_object(self):
        meetings = Meeting.objects.of(self.programme)
        return get_object_or_404(meetings, pk=self.kwargs["pk"])

    def perform(self, form):
        return cancel_meeting(
            meeting=self.object,
            reason=form.cleaned_data["reason"],
            expected_version=self.expected_version(form),
            by=self.request.user,
        )

    def get_success_url(self, obj):
        return self.url("board-list")

    def get_cancel_url(self):
        return self.url("board-list")


class BoardHistory(DetailPage):
    permission = "boards.view"
    template_name = "programme/includes/history.html"

    def get_object(self):
        try:
            return Board.objects.of(self.programme).get(slug=self.kwargs["board"])
        except Board.DoesNotExist as error:
            raise Http404 from error

    def get_context_data(self, **kwargs):
        return super().get_context_data(history=self.history_of(self.object), **kwargs)


urlpatterns = [
    path("<slug:programme>/boards/", BoardList.as_view(), name="board-list"),
    path("<slug:programme>/boards/<slug:board>/edit/", BoardEdit.as_view(), name="board-edit"),
    path("<slug:programme>/boards/<slug:board>/history/", BoardHistory.as_view(), name="history"),
    path("<slug:programme>/meetings/add/", MeetingAdd.as_view(), name="meeting-add"),
    path("<slug:programme>/meetings/<int:pk>/cancel/", MeetingCancel.as_view(), name="cancel"),
    path("", include("programme.site.urls")),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db, pytest.mark.one_engine]
LIST = "/kent/boards/"
EDIT = "/kent/boards/cog/edit/"


@pytest.fixture
def programme():
    return make_programme(slug="kent", name="Kent Together", short_name="Kent")


@pytest.fixture
def board(programme):
    return make_board(programme=programme, slug="cog", name="Chief officers", remit="Steers.")


@pytest.fixture
def office(client, programme):
    user = make_user(programme=programme, role="office", name="Ola Office")
    client.force_login(user)
    client.user = user
    return client


def html_of(response):
    return response.content.decode()


def words_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", html_of(response)).split())


def hidden(html, name):
    return re.search(rf'name="{name}" value="([^"]*)"', html)[1]


# --- lists ------------------------------------------------------------------------------------


def test_a_list_without_rows_says_what_to_do(office):
    assert "Set up the first board." in words_of(office.get(LIST))


def test_a_list_shows_the_programmes_rows_with_links_and_no_others(office, board):
    make_board(name="Elsewhere")
    page = html_of(office.get(LIST))
    assert f'<a class="govuk-link govuk-link--no-visited-state" href="{EDIT}">' in page
    assert "Elsewhere" not in page
    assert "1 board<" in page


def test_filters_stand_in_the_address_and_can_be_taken_back_one_by_one(office, programme):
    make_board(programme=programme, name="Silver", kind="panel", remit="Police")
    make_board(programme=programme, name="Gold", kind="panel")
    make_board(programme=programme, name="Bronze", kind="delivery", remit="police and fire")
    address = f"{LIST}?search=police&kind=panel&kind=delivery&sort=-name&page=1"
    response = office.get(address)
    assert [row.record.name for row in response.context["table"].paginated_rows] == [
        "Silver",
        "Bronze",
    ]
    one, two, three = response.context["filters"]
    assert (one.label, one.words) == ("Search", "police")
    assert one.url_without == "?kind=panel&kind=delivery&sort=-name"
    assert (two.label, two.words) == ("Kind", "Panel")
    assert two.url_without == "?search=police&kind=delivery&sort=-name"
    assert three.words == "Delivery or project board"
    assert "2 boards" in words_of(response)


def test_a_filter_over_rows_offers_the_programmes_and_says_their_names(office, programme, board):
    body = Organisation.objects.create(
        programme=programme, slug="kp", name="Kent Police", short_name="KP", kind="police"
    )
    make_board(programme=programme, name="Policing board", organisation=body)
    response = office.get(f"{LIST}?organisation={body.slug}")
    assert [(one.label, one.words) for one in response.context["filters"]] == [
        ("Body", "Kent Police")
    ]
    assert [one.url_without for one in response.context["filters"]] == ["?"]
    assert len(response.context["table"].rows) == 1


def test_nothing_found_is_not_taken_for_nothing_there(office, board):
    page = words_of(office.get(f"{LIST}?search=nowhere"))
    assert "Nothing matches these filters." in page
    assert "Set up the first board." not in page


@pytest.mark.parametrize(
    "query",
    [
        "?sort=nothing",
        "?sort=-name&sort=kind",
        "?page=99",
        "?page=x",
        "?kind=unheard",
        "?organisation=999999",
        "?organisation=x",
        "?format=exe",
        "?per_page=1",
        "?search=%01",
    ],
)
def test_an_address_that_somebody_made_up_never_fails(office, board, query):
    assert office.get(f"{LIST}{query}").status_code == 200


def test_rows_alike_are_on_one_page_each(office, programme):
    for _ in range(120):
        make_board(programme=programme, name="Same", kind="panel")
    seen = []
    for page in (1, 2, 3):
        rows = office.get(f"{LIST}?sort=kind&page={page}").context["table"].paginated_rows
        seen += [row.record.pk for row in rows]
    assert len(seen) == len(set(seen)) == 120
    assert 'aria-label="Page 2"' in html_of(office.get(f"{LIST}?sort=kind"))


def test_a_sorted_column_says_so_and_turns_round(office, board):
    page = html_of(office.get(f"{LIST}?sort=name&search=Chief"))
    assert 'aria-sort="ascending"' in page
    assert 'href="?sort=-name&amp;search=Chief"' in page


# --- downloads --------------------------------------------------------------------------------


def test_a_download_holds_the_filtered_rows_of_all_pages(office, programme):
    for _ in range(60):
        make_board(programme=programme, kind="panel")
    make_board(programme=programme, kind="delivery")
    response = office.get(f"{LIST}?kind=panel&format=csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    name = 'attachment; filename="OFFICIAL-kent-boards.csv"'
    assert response["Content-Disposition"] == name
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["Name", "Kind", "Remit", "Set up", "Set up (certainty)"]
    assert len(rows) == 61


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 1245", "-2", "@SUM(A1)", "\tx", " =HYPERLINK(1)", "\N{MINUS SIGN}5"]
)
def test_no_text_becomes_a_formula(office, programme, text):
    board = make_board(programme=programme)
    Board.objects.filter(pk=board.pk).update(remit=text)
    rows = list(
        csv.reader(io.StringIO(office.get(f"{LIST}?format=csv").content.decode("utf-8-sig")))
    )
    assert rows[1][2] == f"'{text}"
    sheet = load_workbook(io.BytesIO(office.get(f"{LIST}?format=xlsx").content)).active
    cell = sheet["C2"]
    assert cell.value == text
    assert cell.data_type == "s"
    assert cell.quotePrefix


# --- rights -----------------------------------------------------------------------------------


def test_a_right_over_ones_own_reaches_that_and_no_other(client, programme, board):
    other = make_board(programme=programme, slug="other")
    client.force_login(make_user(programme=programme, role="secretary", board=board))
    assert client.get(EDIT).status_code == 200
    response = client.get(f"/kent/boards/{other.slug}/edit/")
    assert response.status_code == 403
    reach = "as Board secretary you have it only for what belongs to Chief officers."
    assert reach in words_of(response)
    assert client.get("/kent/boards/none/edit/").status_code == 404
    assert client.post(f"/kent/boards/{other.slug}/edit/", {"name": "Mine"}).status_code == 403
    other.refresh_from_db()
    assert other.name != "Mine"


def test_whoever_has_no_right_does_not_learn_what_there_is(client, programme, board):
    client.force_login(make_user(programme=programme, role="auditor"))
    assert client.get(EDIT).status_code == 403
    assert client.get("/kent/boards/none/edit/").status_code == 403


def test_what_is_chosen_in_a_form_is_asked_about_too(client, programme, board):
    other = make_board(programme=programme)
    client.force_login(make_user(programme=programme, role="secretary", board=board))
    address = "/kent/meetings/add/"
    assert client.get(address).status_code == 200
    day = {"held_on_day": "1", "held_on_month": "3", "held_on_year": "2030", "version": "0"}
    assert client.post(address, {**day, "board": other.pk}).status_code == 403
    assert not Meeting.objects.exists()
    assert client.post(address, {**day, "board": board.pk}).status_code == 302
    assert Meeting.objects.get().board == board


# --- forms ------------------------------------------------------------------------------------


def test_a_form_saves_through_its_action_and_says_so(office, board):
    page = html_of(office.get(EDIT))
    assert 'value="Chief officers"' in page
    answers = {"name": "Chief officers’ group", "remit": "", "version": hidden(page, "version")}
    response = office.post(EDIT, answers, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "The board is saved." in words_of(response)
    board.refresh_from_db()
    assert (board.name, board.remit) == ("Chief officers’ group", "")
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor) == ("board.edited", office.user)


def test_what_is_missing_is_said_beside_its_field(office, board):
    page = html_of(office.post(EDIT, {"name": "", "remit": "Kept", "version": "1"}))
    assert '<a href="#id_name">Enter the name</a>' in page
    assert "Kept" in page


def test_what_an_action_refuses_is_said_beside_its_field(office, board):
    meeting = make_meeting(board=board)
    answers = {"board": board.pk, "version": "0"}
    for part in ("day", "month", "year"):
        answers[f"held_on_{part}"] = str(getattr(meeting.held_on, part))
    page = html_of(office.post("/kent/meetings/add/", answers))
    assert '<a href="#id_held_on_day">The board has a meeting on this day already.' in page


def test_text_saved_over_by_somebody_else_is_shown_beside_ones_own(office, board):
    seen = hidden(html_of(office.get(EDIT)), "version")
    other = make_user(programme=board.programme, name="Olu Other")
    save_board(board=board, values={"remit": "Theirs."}, by=other)
    mine = {"name": "Chief officers", "remit": "Mine & only mine.", "version": seen}

    response = office.post(EDIT, mine)
    assert response.status_code == 409
    page = words_of(response)
    assert "Olu Other" in page
    assert "Remit Theirs. Mine &amp; only mine." in page
    board.refresh_from_db()
    assert board.remit == "Theirs."

    # Going on with one's own text: nothing is saved until it is sent again.
    again = {**mine, "version": hidden(html_of(response), "version"), "_keep": "1"}
    form = html_of(office.post(EDIT, again))
    assert "Mine &amp; only mine." in form
    board.refresh_from_db()
    assert board.remit == "Theirs."
    assert office.post(EDIT, {**mine, "version": hidden(form, "version")}).status_code == 302
    board.refresh_from_db()
    assert board.remit == "Mine & only mine."


def test_whoever_saved_first_is_named_without_their_address(client, board):
    """To those who do not manage people."""
    secretary = make_user(programme=board.programme, role="secretary", board=board)
    client.force_login(secretary)
    seen = hidden(html_of(client.get(EDIT)), "version")
    other = make_user(programme=board.programme, name="Olu Other", email="olu@example.net")
    save_board(board=board, values={"remit": "Theirs."}, by=other)
    page = html_of(client.post(EDIT, {"name": "Mine", "remit": "Mine.", "version": seen}))
    assert "Olu Other" in page
    assert "olu@example.net" not in page


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "0"])
def test_a_version_that_somebody_made_up_saves_over_nothing(office, board, version):
    answers = {"name": "Another name", "remit": "", "version": version}
    assert office.post(EDIT, answers).status_code == 409
    board.refresh_from_db()
    assert board.name == "Chief officers"


def test_before_something_ends_the_reader_is_asked(office, board):
    meeting = make_meeting(board=board)
    address = f"/kent/meetings/{meeting.pk}/cancel/"
    page = office.get(address)
    assert "Cancel this meeting?" in words_of(page)
    assert "Its members are not told." in words_of(page)
    meeting.refresh_from_db()
    assert meeting.state == "planned"
    assert "Enter the reason" in words_of(office.post(address, {"version": meeting.version}))
    office.post(address, {"reason": "Snow", "version": meeting.version})
    meeting.refresh_from_db()
    assert meeting.state == "cancelled"


def test_the_record_of_a_row_reads_as_sentences(office, board):
    save_board(board=board, values={"remit": "Steers it all."}, by=office.user)
    page = words_of(office.get("/kent/boards/cog/history/"))
    assert "Changed the board “Chief officers” by Ola Office" in page
    assert "Remit Steers. → Steers it all." in page


# --- drafts -----------------------------------------------------------------------------------


def let_the_session_end(office, by=timedelta(minutes=5)):
    """As its age ends it: the browser has no cookie any more, the row stays for a while."""
    Session.objects.filter(user=office.user).update(expire_date=timezone.now() - by)


def sent_late(page, remit="Typed for an hour.", **extra):
    """What a browser without a session answers for a form that it got before."""
    answers = {"name": "Chief officers", "remit": remit, "version": "1", **extra}
    stranger = Client()
    return stranger.post(EDIT, {**answers, "draft_token": hidden(page, "draft_token")}), stranger


def text_sent_without_a_session(office, board):
    page = html_of(office.get(EDIT))
    let_the_session_end(office)
    response, stranger = sent_late(page)
    office.force_login(office.user)
    return response, stranger


def test_text_survives_a_session_that_ended(office, board):
    response, stranger = text_sent_without_a_session(office, board)
    assert response.url == f"/accounts/login/?next={EDIT}"
    assert "Your text is kept" in words_of(stranger.get(response.url))
    board.refresh_from_db()
    assert board.remit == "Steers."

    offer = html_of(office.get(EDIT))
    assert "Go on with that text" in offer
    assert "Typed for an hour." not in offer
    taken_up = html_of(office.get(f"{EDIT}?draft=late"))
    assert "Typed for an hour." in taken_up
    assert "There is a problem" not in taken_up
    answers = {"name": "Chief officers", "remit": "Typed for an hour."}
    office.post(f"{EDIT}?draft=late", {**answers, "version": hidden(taken_up, "version")})
    board.refresh_from_db()
    assert board.remit == "Typed for an hour."
    assert not Draft.objects.exists()


def test_a_draft_is_its_owners_alone(office, board):
    text_sent_without_a_session(office, board)
    colleague = Client()
    colleague.force_login(make_user(programme=board.programme))
    page = html_of(colleague.get(f"{EDIT}?draft=late"))
    assert "Typed for an hour." not in page
    assert "Go on with that text" not in page


def test_a_draft_over_a_newer_text_meets_it_when_saved(office, board):
    text_sent_without_a_session(office, board)
    save_board(board=board, values={"remit": "Newer."}, by=None)
    taken_up = html_of(office.get(f"{EDIT}?draft=late"))
    assert hidden(taken_up, "version") == "1"
    answers = {"name": "Chief officers", "remit": "Typed for an hour.", "version": "1"}
    assert office.post(EDIT, answers).status_code == 409


def test_a_draft_can_be_thrown_away(office, board):
    text_sent_without_a_session(office, board)
    assert office.post(EDIT, {"_forget": "late"}).status_code == 302
    assert "Go on with that text" not in html_of(office.get(EDIT))


def test_text_is_kept_while_it_is_typed_and_changes_nothing(office, board):
    answers = {"name": "Chief officers", "remit": "Half a sent", "version": "1", "_draft": "1"}
    response = office.post(EDIT, answers)
    assert re.fullmatch(r"Draft kept at \d\d:\d\d\.", html_of(response))
    board.refresh_from_db()
    assert board.remit == "Steers."
    assert Draft.objects.get().data["remit"] == ["Half a sent"]


def test_what_comes_late_replaces_nothing(office, board):
    page = html_of(office.get(EDIT))
    office.post(EDIT, {"name": "Chief officers", "remit": "Newer", "version": "1", "_draft": "1"})
    let_the_session_end(office)
    assert sent_late(page, "Older, and late")[0].status_code == 302
    refused, _ = sent_late(page, "Later still")
    assert refused.status_code == 403
    assert "Later still" in html_of(refused)
    drafts_kept = {draft.late: draft.data["remit"] for draft in Draft.objects.all()}
    assert drafts_kept == {False: ["Newer"], True: ["Older, and late"]}

    office.force_login(office.user)
    offer = html_of(office.get(EDIT))
    assert "?draft=1" in offer
    assert "?draft=late" in offer
    assert "Newer" in html_of(office.get(f"{EDIT}?draft=1"))
    # Saving one of the two lets go of that one alone.
    answers = {"name": "Chief officers", "remit": "Newer", "version": "1"}
    assert office.post(f"{EDIT}?draft=1", answers).status_code == 302
    assert [draft.late for draft in Draft.objects.all()] == [True]


def ended_by_signing_out(office):
    office.post("/accounts/logout/")


def ended_by_another_password(office):
    let_the_session_end(office)
    office.user.set_password("another password than before")
    office.user.save()


def ended_with_the_account(office):
    let_the_session_end(office)
    type(office.user).objects.update(is_active=False)


def ended_two_days_ago(office):
    let_the_session_end(office, timedelta(days=2))


@pytest.mark.parametrize(
    "end",
    [ended_by_signing_out, ended_by_another_password, ended_with_the_account, ended_two_days_ago],
    ids=lambda end: end.__name__,
)
def test_a_token_dies_with_its_session_and_the_text_can_still_be_copied(office, board, end):
    page = html_of(office.get(EDIT))
    end(office)
    response, _ = sent_late(page)
    assert response.status_code == 403
    assert "Typed for an hour." in html_of(response)
    said, _ = sent_late(page, _draft="1")
    assert "Copy your text" in html_of(said)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("token", ["", "nonsense", "another path", "another user"])
def test_a_token_that_is_not_for_this_form_keeps_nothing(office, board, token):
    page = html_of(office.get("/kent/meetings/add/" if token == "another path" else EDIT))
    good = hidden(page, "draft_token")
    if token == "another user":
        pk, *rest = signing.loads(good, salt=drafts._SALT)
        good = signing.dumps([make_user().pk, *rest], salt=drafts._SALT)
    let_the_session_end(office)
    sent = token if token in ("", "nonsense") else good
    response = Client().post(EDIT, {"remit": "Mine", "draft_token": sent})
    assert response.status_code == 403
    assert not Draft.objects.exists()


def test_a_token_does_not_give_its_session_away(office, board):
    page = html_of(office.get(EDIT))
    assert office.session.session_key not in str(
        signing.loads(hidden(page, "draft_token"), salt=drafts._SALT)
    )


def test_drafts_do_not_pile_up(office, board):
    text_sent_without_a_session(office, board)
    Draft.objects.update(saved_at=timezone.now() - drafts.KEPT_FOR - timedelta(days=1))
    assert drafts.waiting(office.user, EDIT) == []
    office.post("/kent/meetings/add/", {"_draft": "1", "board": str(board.pk)})
    assert [draft.path for draft in Draft.objects.all()] == ["/kent/meetings/add/"]


@pytest.mark.parametrize("name", ["remit", "x" * 100_001], ids=["long text", "long name"])
def test_a_draft_holds_so_much_with_the_names_of_its_controls(office, board, name):
    def type_in(length):
        answers = urlencode({name: "x" * (length - len(name)), "_draft": "1"})
        kind = "application/x-www-form-urlencoded"
        return words_of(office.post(EDIT, answers, content_type=kind))

    assert "too long" in type_in(drafts.LARGEST + 1)
    assert not Draft.objects.exists()
    type_in(drafts.LARGEST)
    assert Draft.objects.count() == 1


def test_somebody_has_so_many_drafts(office):
    user = office.user
    for number in range(drafts.MOST + 2):
        assert drafts.keep(user, f"/kent/{number}/", QueryDict("a=1"))
    assert Draft.objects.count() == drafts.MOST
    assert not Draft.objects.filter(path="/kent/0/").exists()
    # Who is not signed in pushes nothing out, whatever they send.
    sent = [
        drafts.keep_late(user, f"/kent/{number}/", QueryDict("a=1"))
        for number in range(drafts.MOST + 2)
    ]
    assert sent == [True] * drafts.MOST + [False] * 2
    assert Draft.objects.filter(late=False).count() == drafts.MOST


def test_what_no_database_stores_is_left_out_of_a_draft(office):
    drafts.keep(office.user, EDIT, QueryDict("remit=a%00b"))
    assert Draft.objects.get().data == {"remit": ["ab"]}
    assert not drafts.keep(office.user, "/x" * 200, QueryDict("remit=a"))


def test_tidying_up_leaves_what_can_still_be_used(office, board):
    text_sent_without_a_session(office, board)
    let_the_session_end(office)
    call_command("tidy")
    assert Session.objects.filter(user=office.user).exists()
    assert Draft.objects.exists()
    let_the_session_end(office, timedelta(days=2))
    Draft.objects.update(saved_at=timezone.now() - drafts.KEPT_FOR - timedelta(days=1))
    call_command("tidy")
    assert not Session.objects.filter(user=office.user).exists()
    assert not Draft.objects.exists()
