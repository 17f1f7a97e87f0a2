"""What may stand as options, and how deep rows may stand, in a programme file."""

from __future__ import annotations

import pytest
import yaml

from programme.programme_file.loading import DEEPEST, parents_first
from programme.programme_file.yamlfile import Entry, YamlError


def entry(text: str) -> Entry:
    node = yaml.compose(text)
    assert isinstance(node, yaml.MappingNode)
    return Entry("file", node)


@pytest.mark.parametrize(
    "options",
    [
        "2020-13-45",
        "[1]",
        "x",
        "!foo x",
        "{[1]: 2}",
        "{<<: 3}",
        "!!int abc",
        "!!timestamp x",
        "{top: {deeper: 1}}",
        "{1: 2}",
        'top: "a\\0b"',
        "{workstreams: [[1]]}",
    ],
)
def test_what_are_no_options_is_said_with_its_line(options):
    shown = f"{{{options}}}" if options.startswith("top") else options
    with pytest.raises(YamlError, match="file line 1: 'options'"):
        entry(f"options: {shown}").options("options")


def test_options_are_words_numbers_switches_and_lists():
    found = entry("options: {top: 3, optional: true, kinds: [a, b]}").options("options")
    assert found == {"top": 3, "optional": True, "kinds": ["a", "b"]}
    assert entry("options:").options("options") is None


def test_rows_stand_only_so_deep():
    rows = "\n".join(f"  - {{slug: b{n}, up: b{n + 1}}}" for n in range(1000))
    file = entry(f"boards:\n{rows}\n  - {{slug: b1000}}")
    with pytest.raises(YamlError, match=f"more than {DEEPEST} levels"):
        parents_first(file.entries("boards"), "slug", "up")
