"""The programme's own words: what is said in place of the usual ones, on every page, in every list
that is downloaded and in every paper."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from programme.actions import save_words
from programme.common import formats, ratings, words
from programme.common.formfields import MoneyField
from programme.common.values import Amount
from programme.common.words import DEFAULT, POUND, Words, with_article
from programme.common.words_later import say_later
from programme.models import Programme, User
from programme.programme_file.yamlfile import YamlError
from programme.site.templates import in_own_words
from reports import programme_file
from reports.builtin import BUILTINS
from reports.guide import guide_page, guide_pages
from reports.models import PaperTemplate
from reports.papers import paper_document
from reports.render.html import render_html
from reports.render.jsonform import printed_json
from tests.builders import make_programme
from tests.filling import answers
from tests.routes import ACCOUNTS, ROUTES, Route, roles

SMALL = Path(__file__).parent / "data" / "small.yaml"

OWN = {
    "project": {"one": "undertaking", "many": "undertakings"},
    "workstream": {"one": "strand", "many": "strands"},
    "board": {"one": "assembly", "many": "assemblies"},
    "contribution": {"one": "levy", "many": "levies"},
    "partner": {"one": "ally", "many": "allies"},
    "update": {"one": "return", "many": "returns"},
    "milestone": {"one": "checkpoint", "many": "checkpoints"},
    "risk": {"one": "hazard", "many": "hazards"},
    "benefit": {"one": "gain", "many": "gains"},
    "pound": {"one": "euro", "many": "euros"},
}
SPOKEN = Words.of(OWN, sign="€", arrows=False)


def say(text: str, **own: tuple[str, str]) -> str:
    return Words.of({key: {"one": one, "many": many} for key, (one, many) in own.items()}).say(text)


# --- one sentence ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Add a project", "Add an undertaking"),
        ("A project", "An undertaking"),
        ("Projects", "Undertakings"),
        ("A board’s papers", "An assembly’s papers"),
        ("boards’ papers", "assemblies’ papers"),
        ("No project belongs to this workstream", "No undertaking belongs to this strand"),
        ("A new project", "A new undertaking"),
        ("PROJECTS", "UNDERTAKINGS"),
        ("Project-level", "Undertaking-level"),
        ("projected, boarding, dashboard", "projected, boarding, dashboard"),
        ("Finance update", "Finance update"),
        ("Update on current work, at risk", "Return on current work, at risk"),
    ],
)
def test_a_sentence_is_said_in_other_words(ours, theirs):
    assert SPOKEN.say(ours) == theirs
    assert DEFAULT.say(ours) == ours


def test_a_word_that_is_another_terms_usual_one_is_said_once():
    swapped = {"project": ("board", "boards"), "board": ("project", "projects")}
    assert say("A board of projects", **swapped) == "A project of boards"


def test_possession_of_several_that_do_not_end_in_s():
    assert say("the projects’ papers", project=("child", "children")) == "the children’s papers"


def test_a_word_keeps_its_own_capitals():
    assert say("Add a project", project=("MDT", "MDTs")) == "Add an MDT"
    assert say("each project", project=("CLEAR review", "CLEAR reviews")) == "each CLEAR review"


@pytest.mark.parametrize(
    "words",
    [
        *("a scheme", "an initiative", "a unit", "a European bid", "a one-off", "an hour"),
        *("an honour", "an MDT", "a PID", "a use case", "an umbrella", "an uninvited bid"),
    ],
)
def test_the_article(words):
    assert with_article(words.partition(" ")[2]) == words


@given(st.text(st.sampled_from("abpr oject’s boards.A")))
def test_without_words_of_its_own_nothing_changes(text):
    assert DEFAULT.say(text) == text


@pytest.mark.parametrize("words_", [SPOKEN, replace(SPOKEN, sign=POUND)], ids=["euro", "pound"])
def test_what_is_said_later_can_be_said_again(words_):
    """A label of a field is text that Django keeps unsaid; a form may say it once more."""
    with words.speaking(words_):
        assert words.say(say_later("The project’s owner")) == words_.say("The project’s owner")


def test_a_count_has_the_programmes_noun():
    with words.speaking(SPOKEN):
        assert formats.count(2, "project") == "2 undertakings"
    assert formats.count(2, "project") == "2 projects"


# --- the currency, and movement -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sign", "printed", "short"),
    [
        ("£", "−£17,289", "£1.62m"),
        ("€", "−€17,289", "€1.62m"),
        ("CHF", "−CHF\xa017,289", "CHF\xa01.62m"),
    ],
)
def test_a_sum_has_the_programmes_sign_and_can_be_typed_back(sign, printed, short):
    with words.speaking(Words(sign=sign)):
        assert formats.pounds(Decimal(-17289)) == printed
        assert formats.compact_money(Amount.exact(1_620_000)) == short
        field = MoneyField(label="Spent", negative=True)
        assert field.clean(printed) == -17289
        assert field.clean(short) == 1_620_000
        assert field.clean(f"{sign}−5") == field.clean(f"-{sign} 5") == field.clean("(5)") == -5


def test_an_amount_of_another_currency_is_refused():
    with words.speaking(SPOKEN), pytest.raises(ValidationError) as refused:
        MoneyField(label="Spent").clean("£5")
    assert refused.value.messages == [
        "Spent must be an amount like 1,200 or 1.2m, in euros with up to two decimals"
    ]
    with words.speaking(SPOKEN), pytest.raises(ValidationError, match="below €0"):
        MoneyField(label="Spent").clean("−5")


@pytest.mark.parametrize("sign", ["", "5", ".", "-", "−", "m", "bn", "%", "Pounds", "£ ", "€€"])
def test_what_would_be_read_as_a_part_of_a_number_is_no_sign(sign):
    assert words.refused_sign(sign)


@pytest.mark.parametrize("sign", ["£", "€", "$", "CHF", "kr", "₹"])
def test_what_can_be_a_sign(sign):
    assert not words.refused_sign(sign)


@pytest.mark.parametrize(
    ("movement", "steps", "arrow", "plain"),
    [
        ("better", 1, "↑ was Amber", "better, was Amber"),
        ("worse", 2, "↓ 2 steps, was Amber", "2 steps worse, was Amber"),
        ("same", 0, "unchanged", "unchanged"),
    ],
)
def test_movement_with_arrows_or_in_words(movement, steps, arrow, plain):
    assert ratings.movement_words(movement, "Red", "Amber", steps) == arrow
    with words.speaking(SPOKEN):
        assert ratings.movement_words(movement, "Red", "Amber", steps) == plain


# --- templates ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<p>A project’s lead</p>", '<p>{% say "A project’" %}s lead</p>'),
        (
            '<a class="project" href="/projects/">x</a>',
            '<a class="project" href="/projects/">x</a>',
        ),
        (
            '<nav aria-label="This project">',
            '<nav aria-label="This {% say "project" %}">',
        ),
        ("{{ project.name }}", "{{ project.name }}"),
        ("{% if project %}x{% endif %}", "{% if project %}x{% endif %}"),
        ("{% comment %}A project{% endcomment %}", "{% comment %}A project{% endcomment %}"),
        (
            '<a href="{% url "projects:list" %}">projects</a>',
            '<a href="{% url "projects:list" %}">{% say "projects" %}</a>',
        ),
    ],
)
def test_a_template_says_its_text_and_nothing_else(source, said):
    assert in_own_words(source) == said.replace('"A project’" %}s', '"A project" %}’s')


# --- saving ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_usual_word_is_no_word_of_ones_own(client):
    programme = save_words(
        programme=make_programme(),
        words={"project": {"one": "project", "many": "projects"}, "board": OWN["board"]},
        by=None,
    )
    assert programme.words == {"board": OWN["board"]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": {"project": {"one": "", "many": "schemes"}}}, "project_one"),
        ({"words": {"project": {"one": "board", "many": "schemes"}}}, "board_one"),
        ({"words": {"board": {"one": "<b>", "many": "bodies"}}}, "board_one"),
        ({"words": {}, "currency_sign": "5"}, "currency_sign"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(given, field):
    with pytest.raises(ValidationError) as refused:
        save_words(programme=make_programme(), **given, by=None)
    assert set(refused.value.error_dict) == {field}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("words: {project: {one: '5', many: schemes}}", "project_one: Enter a word"),
        ("currency_sign: m", "Enter one sign"),
        ("words: {boat: {one: boat, many: boats}}", "boat"),
    ],
)
def test_a_file_is_refused_for_what_the_page_refuses(tmp_path, line, said):
    source = SMALL.read_text(encoding="utf-8")
    path = tmp_path / "small.yaml"
    path.write_text(source.replace("\nprogramme:\n", f"\nprogramme:\n  {line}\n", 1))
    with pytest.raises(YamlError, match=said):
        programme_file.load(path)


A_VERB = re.compile(
    r"\b(?:[Ww]ho|may|can|cannot|must|will|would|should) (?:updates?|benefits?|risks?"
    r"|projects?|partners?|boards?)\b"
    r"|\bto (?:update|benefit|risk|project|partner|board)\b"
)


@pytest.mark.parametrize("app", ["programme", "projects", "finance", "reports"])
def test_what_is_said_has_no_term_for_a_verb(app):
    """“Who updates it” would become “Who bulletins it”. What models and migrations hold is said by
    forms in words of their own."""
    root = Path(settings.BASE_DIR)
    found = []
    for path in sorted((root / app).rglob("*.py")):
        if {"migrations", "models"} & set(path.parts):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
        found += [
            f"{path.name}:{each.lineno}: {each.value}"
            for each in ast.walk(tree)
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
            if id(each) not in docs and A_VERB.search(each.value)
        ]
    for path in sorted((root / "templates" / app).rglob("*.html")):
        text = re.sub(r"(?s){%.*?%}|{{.*?}}|{#.*?#}", "", path.read_text(encoding="utf-8"))
        found += [f"{path.name}: {each[0]}" for each in A_VERB.finditer(text)]
    assert found == []


# --- everywhere -----------------------------------------------------------------------------------

USUAL = words.pattern_of(words.default_words())
USUAL_SIGN = re.compile("[£↑↓](?!\\s(Impact|$))")
"""Where a matrix says which way its two sides run, an arrow is no movement."""
WRONG_ARTICLE = re.compile(
    r"\b(a (undertaking|assembl|all(y|ies)\b)|an (strand|lev|return|checkpoint|hazard|gain|euro))",
    re.IGNORECASE,
)

OTHERS_RATINGS = re.compile(r"\b(red|amber|green)\b", re.IGNORECASE)
"""Levels of the usual scale, which mean nothing where projects are rated on another one."""
OWN_LEVELS = {"red": "Poor", "amber": "Fair", "green": "Good"}
NAMES_THEM = {
    "programme:scales:add",  # offers scales to begin with
    "programme:scales:levels:add",  # offers colours
    "programme:scales:levels:edit",
    "programme:scales:levels:list",  # of the scale that the suite makes, as those that follow
    "programme:scales:levels:withdraw",
    "programme:scales:levels:restore",
    "programme:dimensions:tolerances",
    "projects:risk_scheme:levels:add",
    "projects:risk_scheme:levels:edit",
}

TYPED = "zork"
"""What stands in the example in place of the usual words, so that none of them is people's own."""

MADE = re.compile(
    r"\b(Board|Workstream|Project|Milestone|Risk|Risk level|Benefit) \d+|\S+@example\.org"
    r"|\b(workstreams|risks|pilots-and-projects)$|\"workstreams\"|\b[Aa]t risk\b|Finance update"
)
"""Names that the suite gives to rows that it makes, addresses, what the record has as it was stored
(kinds and options of sections), and a level of ratings that says how something stands."""
STORED = {f"nothing → {each.heading}" for builtin in BUILTINS.values() for each in builtin.sections}
"""Headings as the record has them: as they were stored."""

SHOWS_THEM = {
    "programme:words",  # asks which word to say in place of the usual one
}
SHOWS_THE_GUIDE = {"reports:help:front", "reports:help:page"}


def without_usual_words(source: str) -> str:
    """A programme file whose texts say none of the usual words; keys and references stay."""
    pieces, end = [], 0
    for node in sorted(_texts(yaml.compose(source)), key=lambda node: node.start_mark.index):
        start = node.start_mark.index
        text = source[start : node.end_mark.index]
        own = OTHERS_RATINGS.sub(lambda found: OWN_LEVELS[found[0].lower()], text)
        pieces += [source[end:start], USUAL.sub(TYPED, own).replace("£", "")]
        end = start + len(text)
    return "".join((*pieces, source[end:]))


def _texts(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """Values that are prose: what is one small word is a reference or a choice."""
    if isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _texts(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _texts(value)
    elif not re.fullmatch(r"[a-z0-9._@-]+", node.value):
        yield node


@pytest.fixture(scope="module")
def spoken(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """The Essex programme with words of its own for everything."""
    source = (programme_file.FOLDER / "essex.yaml").read_text(encoding="utf-8")
    path = tmp_path_factory.mktemp("words") / "essex.yaml"
    source = without_usual_words(source).replace(
        "\nprogramme:\n",
        f"\nprogramme:\n  words: {json.dumps(OWN)}\n  currency_sign: €\n  movement_signs: words\n",
        1,
    )
    path.write_text(source, encoding="utf-8")
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_programme", str(path), verbosity=0)
        assert Programme.objects.get(slug="essex").spoken == SPOKEN
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


class Read(HTMLParser):
    """What is read of a page, aloud or with the eyes."""

    ALOUD = ("aria-label", "alt", "title", "placeholder", "data-label")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        self.texts += [value for name, value in attrs if name in self.ALOUD and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def wrong(texts: list[str], *, colours: bool = False) -> list[str]:
    """Texts with a usual word, with the wrong article before one of the programme's, or, but for a
    page that offers ``colours``, with a level that its scale has not."""
    looked_for = [USUAL, USUAL_SIGN, WRONG_ARTICLE, *([] if colours else [OTHERS_RATINGS])]
    return [
        " ".join(text.split())[:200]
        for text in texts
        if text.strip() not in STORED
        and any(each.search(MADE.sub("", text)) for each in looked_for)
    ]


def strings(value: Any) -> Iterator[str]:
    """All that a paper's data prints: not its keys, nor where its figures come from."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in ("ref", "kind", "key", "template", "colour"):
                yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)
    elif isinstance(value, str):
        yield value


def of_the_guide(response: Any) -> set[str]:
    """What a page prints of the guide: one text for all programmes, in the usual words, as it is
    read outside of any, too. The page around it says the programme's."""
    if "shown" not in (response.context or ()):
        return set()
    titles = {guide_page(name, str).title for name in ("", *guide_pages())}
    return {*Read(response.context["shown"].html).texts, *titles}


PAGES = [each for each in ROUTES if each.in_programme and not each.file]


@pytest.mark.one_engine
@pytest.mark.django_db
@pytest.mark.parametrize("route", PAGES, ids=str)
def test_a_page_says_none_of_the_usual_words(spoken, route: Route):
    """As whoever sees most of it; a form is sent back empty, too, for what it then says."""
    if route.name in SHOWS_THEM:
        return
    client = Client()
    client.force_login(User.objects.get(email=ACCOUNTS[roles(route.get)[0]]))
    with words.speaking(SPOKEN):
        address = route.url("essex", route.parts(Programme.objects.get(slug="essex")))
    response = client.get(address)
    colours = route.name in NAMES_THEM
    guide = of_the_guide(response) if route.name in SHOWS_THE_GUIDE else set()
    texts = [each for each in Read(response.content.decode()).texts if each not in guide]
    found = wrong(texts, colours=colours)
    if route.post:
        empty = dict.fromkeys(answers(response), "") if response.status_code == 200 else {}
        sent = client.post(address, empty, follow=True)
        found += wrong(Read(sent.content.decode()).texts, colours=colours)
    elif route.name.endswith(":list"):
        data = client.get(address, {"format": "csv"}).content.decode()
        found += wrong(data.splitlines()[:1]) if not data.startswith("<") else []
    assert found == []


@pytest.mark.one_engine
@pytest.mark.django_db
@pytest.mark.parametrize("template", ["strategic-board", "quarterly-scrutiny"])
def test_a_paper_says_none_of_the_usual_words(spoken, template):
    stored = PaperTemplate.objects.select_related("programme", "board").get(slug=template)
    for paper in stored.papers.select_related("period"):
        document = paper_document(stored, paper.period)
        with words.speaking(SPOKEN):
            printed = Read(render_html(document, mode="file")).texts
        assert wrong(printed) == []
        assert wrong(list(strings(json.loads(printed_json(document))))) == []
