"""Loading a programme from a file: what is stored, that loading again changes nothing, and that
whatever is wrong is said with its line and nothing is stored."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from finance.models import BenefitProfile, BudgetLine, CostEstimate, GrantReturn, SplitRule
from programme import audit
from programme.common.values import Amount, Certainty, PlainDate
from programme.models import (
    AuditEntry,
    Board,
    Organisation,
    Person,
    Programme,
    RiskMatrixCell,
    RiskScheme,
    RoleAssignment,
    User,
)
from programme.programme_file.loading import Loading
from programme.programme_file.yamlfile import YamlError
from projects.models import Milestone, Project, StatusUpdate, Workstream
from reports import programme_file
from reports.models import Paper, TemplateSection
from tests.builders import make_user

SMALL = Path(__file__).parent.parent / "data" / "small.yaml"

pytestmark = pytest.mark.django_db


def run(name: str | Path) -> str:
    out = StringIO()
    call_command("load_programme", str(name), stdout=out)
    return out.getvalue()


def counts() -> dict[str, int]:
    """How many rows every table of ours has."""
    models = [
        model
        for app in ("programme", "projects", "finance", "reports", "account")
        for model in apps.get_app_config(app).get_models()
    ]
    return {model._meta.label: model._default_manager.count() for model in models}


def versions() -> list[tuple[str, int, int, str]]:
    """The version and the time of change of every row that has them."""
    return [
        (model._meta.label, row.pk, row.version, row.updated_at.isoformat())
        for model in apps.get_models()
        if hasattr(model, "version")
        for row in model._default_manager.order_by("pk")
    ]


@pytest.fixture
def changed(tmp_path):
    """Writes the small file with pieces of its text replaced, and returns its path."""

    def write(*replacements: tuple[str, str]) -> Path:
        text = SMALL.read_text(encoding="utf-8")
        for old, new in replacements:
            assert text.count(old) == 1, f"{old!r} must stand once in small.yaml"
            text = text.replace(old, new)
        path = tmp_path / "changed.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


# --- what is stored ---------------------------------------------------------------------------


def test_the_command_says_what_it_did():
    said = run(SMALL)
    assert re.fullmatch(
        r"Small Programme from small\.yaml: \d+ rows made, 0 changed, 0 as they should be\.\n", said
    )


def test_projects_are_stored_with_their_relations():
    programme_file.load(SMALL)
    shared, room = Project.objects.get(ref="b0"), Project.objects.get(ref="b1")

    assert room.parent == shared
    assert shared.summary == "One building for two services."
    assert [str(one) for one in shared.partners.all()] == ["County Police"]
    assert [one.number for one in shared.priorities.all()] == [1]
    assert shared.lead_user.email == "office@example.org"
    assert [str(change.to_stage) for change in shared.stage_changes.all()] == ["Pilot", "Delivery"]
    assert [change.from_stage for change in shared.stage_changes.all()][0] is None
    assert str(shared.stage_changes.last().from_stage) == "Pilot"


def test_boards_and_workstreams_form_trees_whatever_their_order():
    programme_file.load(SMALL)
    assert Board.objects.get(slug="project-board").reports_to.slug == "joint-board"
    buildings = Workstream.objects.get(slug="buildings")
    assert buildings.parent.slug == "joint"
    assert buildings.order > buildings.parent.order


def test_updates_have_clean_rich_text_and_ratings_with_reasons():
    programme_file.load(SMALL)
    update = StatusUpdate.objects.get(period__slug="2019-03")
    assert update.narrative == (
        "<p>The rooms are ready.</p><ul><li>Desks have come.</li><li>The lift has not.</li></ul>"
    )
    assert update.state == StatusUpdate.State.ACCEPTED
    given = {str(one.dimension): (str(one.level), one.reason) for one in update.ratings.all()}
    assert given == {"Overall": ("Green", ""), "Time": ("Amber", "The lift is late")}


def test_unknown_approximate_and_exact_values_stay_apart():
    programme_file.load(SMALL)
    estimate = CostEstimate.objects.get()
    assert estimate.amount == Amount.circa(Decimal(110000))
    line = BudgetLine.objects.get()
    assert line.amount == Amount.exact(Decimal("40000.50"))
    whole_life = BenefitProfile.objects.get(year__isnull=True)
    assert whole_life.target == Amount.exact(Decimal(10000))
    assert whole_life.forecast == Amount.tbc()
    assert whole_life.realised == Amount.not_applicable()
    assert GrantReturn.objects.get().on_schedule is True


def test_shares_are_read_to_the_last_decimal():
    programme_file.load(SMALL)
    shares = {str(share.source): share.percent for share in SplitRule.objects.get().shares.all()}
    assert shares == {"County Council": Decimal("66.6667"), "County Police": Decimal("33.3333")}


def test_a_milestone_without_changes_is_set_from_its_baseline():
    programme_file.load(SMALL)
    keys = Milestone.objects.get(name="Keys handed over")
    assert keys.actual_on == date(2018, 12, 3)
    assert [(one.kind, one.stated_on, one.date) for one in keys.changes.all()] == [
        ("set", date(2018, 4, 1), PlainDate(date(2018, 11, 30))),
        ("reached", date(2018, 12, 3), PlainDate(date(2018, 12, 3))),
    ]
    open_ended = Milestone.objects.get(name="Everybody moved")
    assert open_ended.forecast == open_ended.baseline == PlainDate.tbc()


def test_a_forecast_known_to_its_month_is_kept_as_such():
    programme_file.load(SMALL)
    desk = Milestone.objects.get(name="First desk in use")
    assert desk.baseline == PlainDate(date(2019, 2, 28))
    assert desk.forecast == PlainDate(date(2019, 5, 1), Certainty.CIRCA)
    assert [one.kind for one in desk.changes.all()] == ["set", "forecast"]


def test_a_paper_has_its_sections_and_recommendations():
    programme_file.load(SMALL)
    paper = Paper.objects.get()
    assert paper.meeting.held_on == date(2019, 3, 28)
    assert paper.title == paper.template.title
    assert [str(one) for one in paper.recommendations.all()] == ["Note the progress made."]
    assert paper.sections.get().narrative == "<p>To say how the lift is doing.</p>"
    current = TemplateSection.objects.get(key="current-work")
    assert current.options == {"workstreams": ["joint"]}


def test_a_preset_fills_the_risk_matrix():
    programme_file.load(SMALL)
    assert RiskMatrixCell.objects.count() == 25
    assert str(RiskMatrixCell.objects.get(likelihood=3, impact=4).level) == "High"


def test_a_matrix_of_ones_own_is_read_row_by_row(changed):
    own = (
        "risk_matrix:\n"
        "  levels: [{slug: lo, word: Lo, rank: 1}, {slug: hi, word: Hi, rank: 2}]\n"
        "  cells:\n" + "    - [lo, lo, lo, lo, hi]\n" * 5
    )
    programme_file.load(changed(("risk_matrix: {preset: default}\n", own)))
    assert str(RiskMatrixCell.objects.get(likelihood=1, impact=5).level) == "Hi"
    assert RiskMatrixCell.objects.filter(level__slug="lo").count() == 20


def test_a_matrix_may_have_another_size_with_words_of_its_own(changed):
    own = (
        "risk_matrix:\n"
        "  likelihood: [Rare, Likely]\n"
        "  impact: [Small, Large, Huge]\n"
        "  levels: [{slug: lo, word: Lo, rank: 1}, {slug: hi, word: Hi, rank: 2}]\n"
        "  cells:\n    - [lo, lo, hi]\n    - [lo, hi, hi]\n"
    )
    # The made-up programme's risk is scored on five by five.
    smaller = changed(
        ("risk_matrix: {preset: default}\n", own),
        ("inherent: [4, 4]", "inherent: [2, 3]"),
        ("score: [4, 4]", "score: [2, 2]"),
        ("score: [3, 3]", "score: [1, 3]"),
    )
    programme_file.load(smaller)
    scheme = RiskScheme.objects.get()
    assert (scheme.likelihood, scheme.impact) == (["Rare", "Likely"], ["Small", "Large", "Huge"])
    assert RiskMatrixCell.objects.count() == 6
    # Back to the first: the cells of the other size are gone.
    programme_file.load(SMALL)
    assert RiskMatrixCell.objects.count() == 25


@override_settings(EXAMPLE_PASSWORD="open sesame please")
def test_example_accounts_can_sign_in():
    programme_file.load(SMALL)
    user = User.objects.get(email="office@example.org")
    address = EmailAddress.objects.get(user=user)
    assert user.is_example
    assert address.verified
    assert address.primary

    client = Client()
    assert client.login(email="office@example.org", password="open sesame please")


def test_one_entry_records_the_load():
    programme, loading = programme_file.load(SMALL)
    entry = AuditEntry.objects.get(verb="programme_file.loaded")
    assert entry.programme == programme
    assert entry.after == {
        "file": "small.yaml",
        "made": loading.made,
        "changed": 0,
        "removed": [],
        "withdrawn": [],
    }
    assert set(AuditEntry.objects.values_list("correlation_id", flat=True)) == {
        entry.correlation_id
    }


# --- loading again ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", [str(SMALL), "essex"])
def test_loading_twice_changes_nothing(name):
    run(name)
    before = counts(), versions()

    said = run(name)

    assert " 0 rows made, 0 changed, " in said
    assert "though the file" not in said
    assert "no longer names" not in said
    assert (counts(), versions()) == before


def test_a_changed_file_changes_its_rows_in_place(changed):
    programme_file.load(SMALL)
    stored = Project.objects.get(ref="b0")

    _, loading = programme_file.load(changed(("name: Shared buildings", "name: Common buildings")))

    renamed = Project.objects.get(ref="b0")
    assert (renamed.pk, renamed.name, renamed.version) == (stored.pk, "Common buildings", 2)
    assert (loading.made, loading.changed) == (0, 1)
    assert AuditEntry.objects.filter(verb="programme_file.loaded").count() == 2


def test_a_changed_split_is_counted_and_recorded(changed):
    programme_file.load(SMALL)
    _, loading = programme_file.load(changed(("county: 66.6667, police: 33.3333", "county: 100")))
    assert (loading.made, loading.changed) == (0, 1)
    assert AuditEntry.objects.get(verb="split_rule.edited").after["shares"] == {
        "County Council": "100%"
    }


WITHOUT_NEIGHBOURS = (
    "  - {kind: consultation, with_whom: Neighbours, summary: A letter to each, "
    "from_day: 2019-02-01}\n",
    "  []\n",
)


def test_rows_that_the_file_no_longer_names_are_removed_and_named(changed):
    programme_file.load(SMALL)

    said = run(changed(WITHOUT_NEIGHBOURS))

    assert "Removed, since the file no longer names them:" in said
    assert "engagement “Consultation: Neighbours”" in said
    assert Programme.objects.get().engagements.count() == 0
    assert (
        "engagement “Consultation: Neighbours”"
        in (AuditEntry.objects.filter(verb="programme_file.loaded").first().after["removed"])
    )


def test_what_people_changed_in_the_portal_stays_and_is_named(changed):
    programme, _ = programme_file.load(SMALL)
    engagement = programme.engagements.get()
    audit.record(verb="x.y", obj=engagement, before={}, after={"a": 1}, by=make_user())

    said = run(changed(WITHOUT_NEIGHBOURS))

    assert "Still there and counted, though the file does not name them:" in said
    assert "Neighbours”: entered or changed in the portal" in said
    assert programme.engagements.count() == 1


def test_what_others_refer_to_is_withdrawn():
    programme, _ = programme_file.load(SMALL)
    project = Project.objects.get(ref="b0")
    loading = Loading()
    loading.not_named.append((project, "project b0", True))
    loading.settle(lambda row: False, date(2019, 5, 1))
    project.refresh_from_db()
    assert loading.withdrawn == ["project b0"]
    assert project.withdrawn_on == date(2019, 5, 1)
    assert project.withdrawn_reason


# --- what is wrong is said, all of it ---------------------------------------------------------


def test_a_file_in_another_encoding_is_a_sentence(tmp_path):
    path = tmp_path / "latin.yaml"
    path.write_bytes("programme:\n  name: Café\n".encode("latin-1"))
    with pytest.raises(CommandError, match="latin.yaml line 2: this is not UTF-8"):
        run(path)


def test_a_byte_order_mark_is_no_word(tmp_path):
    path = tmp_path / "marked.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.read_bytes())
    assert "rows made" in run(path)


def test_problems_in_different_sections_are_said_together(changed):
    path = changed(
        ("colour: green, rank: 1", "colour: greenish, rank: 1"),
        ("name: Shared buildings", "nam: Shared buildings"),
        ("county: 66.6667, police: 33.3333", "county: 66.6667, police: 33"),
    )
    with pytest.raises(YamlError) as refused:
        programme_file.load(path)
    said = str(refused.value)
    assert "greenish" in said
    assert "'nam' is not a known key" in said
    assert "100" in said
    assert "known are: none" not in said
    assert not Programme.objects.exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("{workstream: [joint]}", "has no option “workstream”. It has: workstreams."),
        ("{workstreams: [elsewhere]}", "names “elsewhere”, which is not known. Known are: "),
        ("{workstreams: joint}", "must be a list of the programme’s workstreams"),
    ],
)
def test_an_unknown_option_or_workstream_of_a_section_is_refused(changed, options, said):
    path = changed(("{options: {workstreams: [joint]}}", f"{{options: {options}}}"))
    with pytest.raises(YamlError, match=re.escape(said)):
        programme_file.load(path)
    assert not Programme.objects.exists()


def test_stages_and_ranks_may_change_places(changed):
    programme_file.load(SMALL)
    pilot, delivery = (
        "    - {slug: pilot, name: Pilot, kind: live}\n",
        "    - {slug: delivery, name: Delivery, kind: live}\n",
    )
    programme_file.load(
        changed(
            (pilot + delivery, delivery + pilot),
            ("colour: green, rank: 1", "colour: green, rank: 2"),
            ("colour: amber, rank: 2", "colour: amber, rank: 1"),
        )
    )
    programme = Programme.objects.get()
    assert [stage.slug for stage in programme.stages.all()] == ["delivery", "pilot", "closed"]
    levels = programme.rating_scales.get().levels.all()
    assert {level.code: level.rank for level in levels} == {"G": 2, "A": 1, "N/A": None}


# --- what is refused --------------------------------------------------------------------------

# What is put wrong, as: the text replaced, its replacement, a text that stands once in the changed
# file on the line that must be named, and the sentence.
WRONG = {
    "unknown key": (
        "summary: A letter to each",
        "sumary: A letter to each",
        "sumary",
        "'sumary' is not a known key; did you mean 'summary'?",
    ),
    "unknown key in place of an optional one": (
        "    lead_user: office@example.org",
        "    lead_usr: office@example.org",
        "lead_usr",
        "'lead_usr' is not a known key; did you mean 'lead_user'?",
    ),
    "unknown section": (
        "risk_matrix: {preset: default}",
        "weather: fine",
        "weather",
        "'weather' is not a known key; known are: reminders, risk_matrix",
    ),
    "missing key": (
        "    title: The lift never comes\n",
        "",
        "- ref: r1",
        "'title' is missing",
    ),
    "key twice in an entry": (
        "    title: The lift never comes",
        "    title: The lift never comes\n    title: Again",
        "title: Again",
        "'title' stands twice in the same entry",
    ),
    "unknown reference": (
        "    parent: b0\n    stage: pilot",
        "    parent: b0\n    stage: pilots",
        "stage: pilots",
        "'stage' is 'pilots'; known are: pilot, delivery, closed",
    ),
    "unknown reference in a list": (
        "partners: [police]",
        "partners: [police, fire]",
        "partners:",
        "'partners' is 'fire'; known are: county, police",
    ),
    "unknown word": (
        "kind: consultation",
        "kind: consultations",
        "consultations",
        "'kind' is 'consultations'; known are: representative, consultation, communications",
    ),
    "unknown name as a key": (
        "  2018-12: {status_line",
        "  2018-21: {status_line",
        "2018-21:",
        "'2018-21' is not known; known are: 2018-12, 2019-03",
    ),
    "unknown level": (
        "time: {level: A, reason",
        "time: {level: Z, reason",
        "level: Z",
        "'level' is 'Z'; known are: G, A, N/A",
    ),
    "unknown meeting": (
        "board: joint-board, meeting: 2019-03-28, text: The lift",
        "board: joint-board, meeting: 2019-03-29, text: The lift",
        "2019-03-29",
        "'meeting' is '2019-03-29', when Joint Board has no meeting; known are: 2019-03-28",
    ),
    "bad date": (
        "due_on: 2019-04-30",
        "due_on: 30/04/2019",
        "30/04/2019",
        "'due_on' is '30/04/2019'; a date is written 2018-05-16",
    ),
    "date that is none": (
        "due_on: 2019-04-30",
        "due_on: 2019-04-31",
        "2019-04-31",
        "'due_on' is '2019-04-31'; the calendar has no such day",
    ),
    "bad amount": (
        "amount: circa 110000",
        "amount: about 110000",
        "about",
        "'amount' is 'about 110000'; it must be a number such as 1250 or 1250.50",
    ),
    "fraction of a penny": (
        "amount: 40000.50",
        "amount: 40000.505",
        "40000.505",
        "'amount' is '40000.505'; pounds have at most two decimals",
    ),
    "bad truth": (
        "on_schedule: true",
        "on_schedule: maybe",
        "maybe",
        "'on_schedule' is 'maybe'; it must be true or false",
    ),
    "entry in place of a value": (
        "post: Programme manager",
        "post: {name: Programme manager}",
        "{name: Programme manager}",
        "'post' cannot be read; it must be a single value",
    ),
    "value in place of a list": (
        "themes: [estates]",
        "themes: estates",
        "themes: estates",
        "'themes' is 'estates'; it must be a list",
    ),
    "score of three": (
        "inherent: [4, 4]",
        "inherent: [4, 4, 4]",
        "inherent",
        "'inherent' cannot be read; it must be 2 whole numbers",
    ),
    "shares that are not the whole": (
        "county: 66.6667, police: 33.3333",
        "county: 66, police: 33",
        "county: 66",
        "'shares': The shares add up to 99%, not 100%.",
    ),
    "more fixed funding than the line costs": (
        "fixed: {grant: 10000}",
        "fixed: {grant: 40000.51}",
        "40000.51",
        "'fixed': Fixed funding of £40,000.51 is more than the line's £40,000.50.",
    ),
    "value that the model refuses": (
        "  - {kind: cons",
        "  - {to_day: 2019-01-31, kind: cons",
        "2019-01-31, kind",
        "The end cannot be before the start.",
    ),
    "text that is too long": (
        "name: Estates",
        f"name: {'E' * 101}",
        "EEE",
        "'name': Ensure this value has at most 100 characters (it has 101).",
    ),
    "rating that needs a reason": (
        "time: {level: A, reason: The lift is late}",
        "time: A",
        "time: A",
        "'time' is Amber, which needs a reason",
    ),
    "stage that is not where the changes led": (
        "    stage: delivery\n",
        "    stage: closed\n",
        "stage: closed",
        "'stage' is 'closed', but the last change of stage is to 'delivery' (line {line + 6})",
    ),
    "forecast that nobody stated": (
        "baseline: TBC}",
        "baseline: TBC, forecast: 2019-09-30}",
        "2019-09-30",
        "'forecast' is not the date that its changes lead to",
    ),
    "re-baseline without the first baseline": (
        "- {kind: forecast, stated_on: 2019-01-15",
        "- {kind: rebaseline, stated_on: 2019-01-15",
        "First desk in use",
        "'changes' must begin with the one that set the milestone",
    ),
    "row twice": (
        "{slug: works, name: Works}",
        "{slug: works, name: Works}\n    - {slug: works, name: More}",
        "name: More",
        "this cost category stands twice in the file",
    ),
    "circle": (
        "    name: Joint Board\n",
        "    name: Joint Board\n    reports_to: project-board\n",
        "- slug: project-board",
        "these stand in a circle: project-board → joint-board → project-board",
    ),
    "unknown built-in template": (
        "builtin: quarterly-scrutiny",
        "builtin: quarterly",
        "builtin: quarterly",
        "'builtin' is 'quarterly'; known are: strategic-board, quarterly-scrutiny",
    ),
    "another section than the template's": (
        "      current-work: {options",
        "      future: {options",
        "builtin",
        "has no section “future”",
    ),
    "reference within the file": (
        "overall: G, time: G}",
        "overall: &green G, time: *green}",
        "*green",
        "'*green' must be written out",
    ),
    "not YAML": (
        "risk_matrix: {preset: default}",
        "risk_matrix: {preset: default",
        "users:",
        "this is not YAML",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_with_its_line(case, changed):
    old, new, marker, sentence = WRONG[case]
    path = changed((old, new))
    lines = path.read_text(encoding="utf-8").splitlines()
    (line,) = [number for number, text in enumerate(lines, 1) if marker in text]
    sentence = sentence.replace("{line + 6}", str(line + 6))
    before = counts()

    with pytest.raises(YamlError) as raised:
        programme_file.load(path)

    (problem,) = raised.value.problems
    assert problem.startswith(f"changed.yaml line {line}: ")
    assert sentence in problem
    assert counts() == before


def test_everything_wrong_in_one_part_is_said_at_once(changed):
    path = changed(("kind: council\n", "kind: town\n"), ("kind: police}", "kind: force}"))
    with pytest.raises(YamlError) as raised:
        programme_file.load(path)
    assert ["'town'" in problem for problem in raised.value.problems] == [True, False]
    assert ["'force'" in problem for problem in raised.value.problems] == [False, True]


def test_the_command_prints_what_is_wrong_and_fails(changed):
    path = changed(("due_on: 2019-04-30", "due_on: soon"))
    with pytest.raises(CommandError, match=r"(?s)Nothing was loaded.*line \d+: 'due_on' is 'soon'"):
        run(path)
    assert not Programme.objects.exists()


def test_an_unknown_file_names_those_that_come_along():
    with pytest.raises(
        CommandError, match="There is no file “exeter”. Programme files that come along: essex"
    ):
        run("exeter")


def test_somebodys_own_account_is_not_taken_over():
    own = make_user(email="office@example.org")
    with pytest.raises(YamlError, match="office@example.org is somebody's own account"):
        programme_file.load(SMALL)
    own.refresh_from_db()
    assert not own.is_example
    assert own.check_password("correct horse battery")


def test_a_second_programme_leaves_what_the_first_says_as_it_is(changed):
    """Bodies of the same name and accounts of the same address are in both."""
    programme_file.load(SMALL)
    first = Programme.objects.get()

    def said() -> list:
        return [
            list(rows.order_by("pk").values())
            for rows in (
                Organisation.objects.of(first),
                Person.objects.of(first),
                RoleAssignment.objects.of(first),
                User.objects.all(),
            )
        ]

    before = said()
    programme_file.load(
        changed(
            ("  slug: small\n", "  slug: second\n"),
            ("short_name: Police, kind: police}", "short_name: CP, kind: police}"),
            (
                "    name: Programme office\n    post: Programme manager",
                "    name: New\n    post: Old",
            ),
        )
    )
    assert said() == before
    second = Programme.objects.get(slug="second")
    assert second.organisations.get(slug="police").short_name == "CP"
    assert Person.objects.of(second).get(user__email="office@example.org").post == "Old"


@override_settings(PRODUCTION=True)
def test_production_loads_a_programme_without_accounts_only(tmp_path):
    with pytest.raises(CommandError, match="not loaded in production"):
        run(SMALL)
    assert not Programme.objects.exists()
    text = re.sub(r"(?ms)^users:.*?^(?=\w)", "", SMALL.read_text())
    own = tmp_path / "own.yaml"
    # What names an account can only be entered once there are any.
    named = (
        r", user: \S+@\S+org|\n +lead_user: \S+|, validated_by: \S+@\S+org, validated_on: [\d-]+"
    )
    own.write_text(re.sub(named, "", text))
    run(own)
    assert Programme.objects.exists()
    assert not User.objects.exists()
