"""The record in plain English: every verb that an action writes, and each kind of text."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from programme import record as programme_record
from programme import record_words, sentences
from programme.models import AuditEntry
from programme.roles import RIGHTS

APPS = ("programme", "projects", "finance", "reports")
VERB = re.compile(r"[a-z_]+\.[a-z_]+")
ROOT = Path(__file__).resolve().parents[2]


def entry(**values) -> AuditEntry:
    defaults = {
        "actor_label": "Programme office",
        "verb": "board.edited",
        "object_type": "programme.board",
        "object_label": "COG",
        "before": {},
        "after": {},
    }
    return AuditEntry(**(defaults | values))


def said(**values) -> list[tuple[str, str, str]]:
    return [(each.label, each.before, each.after) for each in sentences.changes(entry(**values))]


def written_verbs() -> set[tuple[str, str]]:
    """Each app with the dotted verbs that stand in its code (not in its migrations)."""
    found = set()
    for app in APPS:
        files = [each for each in (ROOT / app).rglob("*.py") if "migrations" not in each.parts]
        assert len(files) > 20
        for file in files:
            if file == ROOT / app / "record.py":
                continue
            acts = file.parent.name == "actions"
            nodes = list(ast.walk(ast.parse(file.read_text())))
            texts = {node.value for node in nodes if isinstance(node, ast.Constant)}
            nouns = {
                node.args[0].value
                for node in nodes
                if isinstance(node, ast.Call)
                and getattr(node.func, "attr", "") == "save"
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and "." not in node.args[0].value
            }
            texts |= {f"{noun}.{done}" for noun in nouns for done in ("added", "edited")}
            for text in texts - set(RIGHTS):
                known = acts or record_words.sentence_of(text)
                if known and isinstance(text, str) and VERB.fullmatch(text):
                    found.add((app, text))
    return found


def test_a_sentence_says_who_did_what_to_which_thing():
    assert sentences.sentence(entry()) == "Programme office changed the board “COG”."
    assert sentences.deed(entry(verb="board.added")) == "added the board “COG”"
    assert sentences.deed(entry(verb="milestone.reached", object_label="Go live")) == (
        "recorded that the milestone “Go live” was reached"
    )


@pytest.mark.parametrize(("app", "verb"), sorted(written_verbs()))
def test_every_verb_of_an_action_has_words_of_its_own_app(app, verb):
    others = (each for each in APPS if each != app)
    assert not any(verb in import_module(f"{each}.record").VERBS for each in others)
    kinds = {model._meta.label_lower: model for model in apps.get_app_config(app).get_models()}
    named = verb.partition(".")[0].replace("_", "")
    kind = next((each for each in kinds if each.endswith(f".{named}")), f"{app}.{named}")
    deed = sentences.deed(entry(verb=verb, object_type=kind))
    assert not {"_", ".", "{", "}"} & set(deed)
    if record_words.sentence_of(verb) is None:
        done, noun = sentences.done(verb), sentences.noun(kind)
        assert deed == f"{done} the {noun} “COG”"
        assert done.endswith("ed") or done == "withdrawn"


def test_no_sentence_is_kept_for_what_nobody_does():
    assert record_words.verbs() <= {verb for _, verb in written_verbs()}


def test_a_verb_belongs_to_one_app():
    with pytest.raises(ValueError, match="milestone.reached"):
        record_words.register("finance", {"milestone.reached": "reached {name}"}, {})


def test_the_ground_floor_says_nothing_of_the_apps_above_it():
    upper = {
        model._meta.model_name
        for app in APPS[1:]
        for model in apps.get_app_config(app).get_models()
    }
    own = {verb.partition(".")[0].replace("_", "") for verb in programme_record.VERBS}
    assert not own & upper


def test_a_kind_of_thing_is_named_by_its_model_even_when_that_is_gone():
    assert sentences.noun("projects.statusupdate") == "status update"
    assert sentences.noun("projects.gone") == "gone"
    assert sentences.deed(entry(verb="gone.edited", object_type="nowhere.gone")) == (
        "changed the gone “COG”"
    )


def test_a_change_has_the_fields_own_words_and_both_texts():
    assert said(
        object_type="programme.meeting",
        before={"held_on": "2019-03-28", "place": ""},
        after={"held_on": "2019-04-04", "place": "Kelvedon"},
    ) == [("day", "28 March 2019", "4 April 2019"), ("place", "nothing", "Kelvedon")]


def test_what_did_not_exist_was_nothing_and_what_stayed_is_not_said():
    assert said(after={"name": "COG", "ended_on": None}) == [("name", "nothing", "COG")]


def test_parts_are_told_one_by_one():
    assert said(
        object_type="projects.statusupdate",
        before={"ratings": {"Time": "Green"}},
        after={"ratings": {"Time": "Amber: late", "Costs": "Green"}},
    ) == [("ratings: Time", "Green", "Amber: late"), ("ratings: Costs", "nothing", "Green")]


def test_texts_of_each_kind_are_readable():
    kinds = {
        "a": (True, "yes"),
        "b": (False, "no"),
        "c": (0, "0"),
        "d": (["Kent", "Essex"], "Kent, Essex"),
        "e": ("<p>One</p><ul><li>two &amp; three</li></ul>", "One\n\n- two & three"),
        "i": ("<b>5 < 6</b>", "<b>5 < 6</b>"),
        "f": ("2019-03-28T10:30:00+00:00", "28 March 2019, 10:30"),
        "g": ("2019-13-45", "2019-13-45"),
        "h": ("a < b", "a < b"),
    }
    found = said(after={name: value for name, (value, _) in kinds.items()})
    assert [after for _, _, after in found] == [text for _, text in kinds.values()]


def test_one_side_of_the_changes_fits_a_spreadsheets_cell():
    parts = sentences.changes(
        entry(before={"name": "A"}, after={"name": "B", "remit": "To decide"})
    )
    assert sentences.one_line(parts, after=False) == "name: A"
    assert sentences.one_line(parts, after=True) == "name: B; remit: To decide"
    assert sentences.summary(entry(after={"name": "B", "remit": "x"})) == "name, remit"
