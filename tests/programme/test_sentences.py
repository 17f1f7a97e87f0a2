"""The record in plain English: every verb that an action writes, and each kind of text."""

import ast
from pathlib import Path

import pytest

from programme import sentences
from programme.models import AuditEntry

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


def written_verbs() -> set[str]:
    """Dotted verbs that stand in the actions of all apps."""
    files = [*ROOT.glob("*/actions/*.py"), *ROOT.glob("*/actions.py")]
    assert len(files) > 8
    texts = {
        node.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text for text in texts if text.count(".") == 1 and text.replace(".", "").isidentifier()}


def test_a_sentence_says_who_did_what_to_which_thing():
    assert sentences.sentence(entry()) == "Programme office changed the board “COG”."
    assert sentences.deed(entry(verb="board.added")) == "added the board “COG”"
    assert sentences.deed(entry(verb="milestone.reached", object_label="Go live")) == (
        "recorded that the milestone “Go live” was reached"
    )


@pytest.mark.parametrize("verb", sorted(written_verbs()))
def test_every_verb_of_an_action_makes_a_sentence_without_its_code(verb):
    deed = sentences.deed(entry(verb=verb, object_type="projects.project"))
    assert "“COG”" in deed
    assert not {"_", ".", "{", "}"} & set(deed)


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
