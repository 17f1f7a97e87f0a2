"""No text that people write holds a request: what reads texts takes one of many thousand
characters in no time, however it is made up."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from html import escape
from time import process_time
from typing import Any

import pytest
from django.utils.text import slugify

from programme.common import english, export, richtext, slugs, typed, words
from programme.imports import cells
from programme.programme_file import yamlfile
from programme.record_reading import without_addresses
from reports.prose import to_blocks
from reports.render.isolation import isolated
from reports.render.printable import printable

LENGTH = 40_000
SECONDS = 1.0
"""A text that is read once takes a tenth of it at most, one that is read from each letter at least
five times as long."""

PIECES = (" ", "\t", "\n", "\n ", "a", "a ", "a@", "(", "( a", "<", "&", "$", "€", "א", "א ", "$א")
PIECES += ("- ", "1. ", "1,", "o\t", "an ", "\U0001f3f4", "👍\u200d", '"', "<ul><li>", "<p>a")
ENDS = (("a", "b"), ("א\n", "\nא"))

READERS: dict[str, Callable[[str], Any]] = {
    "a file's text": yamlfile.reads_as_written,
    "a file's rich text": lambda text: richtext.from_plain(text, wrapped=True),
    "what was pasted": richtext.from_plain,
    "rich text in a form": lambda text: richtext.to_plain(richtext.clean(text)),
    "rich text on paper": to_blocks,
    "an amount": typed.pounds,
    "a word": words._WORD.fullmatch,
    "a currency": words.refused_sign,
    "an article": lambda text: words.with_article(text or "a"),
    "the programme's words": lambda text: words.pattern_of(words.default_words()).sub("x", text),
    "a name in a sentence": english.the,
    "an address": lambda text: slugs.free_slug(text, set()),
    "Django's address": slugify,
    "a cell": cells.tidy,
    "a cell that could be a formula": export._FORMULA.search,
    "the record": without_addresses,
    "a page of a paper": lambda text: isolated(f"<p>{escape(text)}</p>"),
    "signs on paper": lambda text: printable(escape(text)),
}


@pytest.mark.parametrize("reader", READERS)
def test_a_long_text_is_read_once(reader: str) -> None:
    read = READERS[reader]
    for piece in PIECES:
        for before, after in ENDS:
            text = before + piece * (LENGTH // len(piece)) + after
            began = process_time()
            with suppress(typed.NotReadable, typed.TooLarge):
                read(text)
            took = process_time() - began
            assert took < SECONDS, f"{piece!r} between {before!r} and {after!r}: {took:.1f} s"


def test_a_file_holds_no_text_without_end() -> None:
    file = yamlfile.parse(f"a: x\nb: {'y' * (yamlfile.LONGEST + 1)}\n", "f.yaml")
    with pytest.raises(yamlfile.YamlError) as refused:
        file.text("b")
    assert str(refused.value) == (
        "f.yaml line 2: 'b' has 60,001 characters; a text has at most 60,000"
    )
