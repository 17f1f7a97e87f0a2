"""Numbers of sections and paragraphs: dense, in order, and nothing but numbers changes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.common.blocks import Text
from reports.document import (
    Block,
    Document,
    Gap,
    Paragraph,
    Recommendation,
    Recommendations,
    Section,
    Subheading,
)
from reports.numbering import Numbering, number, parted
from tests.reports.sample import META, plain, sample

BLOCKS = st.one_of(
    st.builds(
        lambda text, n: Paragraph(Text.plain(text), n), st.text(), st.sampled_from(["", "9"])
    ),
    st.builds(Gap, st.text()),
    st.builds(Subheading, st.text()),
    st.builds(
        Recommendations,
        st.just(Text.plain("asked to:")),
        st.just((Recommendation("note", Text(())),)),
    ),
)


def section_of(children: st.SearchStrategy[Section] | None) -> st.SearchStrategy[Section]:
    return st.builds(
        Section,
        key=st.just("s"),
        heading=st.sampled_from(["Finance", "Annex: outturn"]),
        blocks=st.lists(BLOCKS, max_size=4).map(tuple),
        sections=st.lists(children, max_size=3).map(tuple) if children is not None else st.just(()),
        number=st.sampled_from(["", "4.0"]),
        new_page=st.booleans(),
    )


DOCUMENTS = st.lists(section_of(section_of(section_of(None))), max_size=6).map(
    lambda sections: Document(META, tuple(sections))
)


def walk(sections: tuple[Section, ...]) -> list[Section]:
    return [each for section in sections for each in (section, *walk(section.sections))]


def numbers(blocks: tuple[Block, ...]) -> list[str]:
    return [
        block.number
        for block in blocks
        if isinstance(block, Paragraph | Recommendations) and block.number
    ]


def stripped(document: Document) -> Document:
    return number(document, Numbering.NONE)


@given(DOCUMENTS, st.sampled_from(Numbering))
def test_nothing_but_numbers_changes(document: Document, style: Numbering) -> None:
    numbered = number(document, style)
    assert stripped(numbered) == stripped(document)
    assert number(numbered, style) == numbered
    headings = [section.heading for section in walk(document.sections)]
    assert [section.heading for section in walk(numbered.sections)] == headings


@given(DOCUMENTS)
def test_paragraphs_count_through_all_sections_without_a_gap(document: Document) -> None:
    body, annexes = parted(number(document, "paragraphs").sections)
    counted = [n for section in walk(body) for n in numbers(section.blocks)]
    wanted = sum(
        isinstance(block, Paragraph | Recommendations)
        for section in walk(body)
        for block in section.blocks
    )
    assert counted == [str(n) for n in range(1, wanted + 1)]
    assert not [n for section in walk(annexes) for n in numbers(section.blocks)]
    assert not any(section.number for section in walk(body))


@given(DOCUMENTS)
def test_decimal_numbers_follow_the_tree_and_never_repeat(document: Document) -> None:
    body, _annexes = parted(number(document, "decimal").sections)
    assert [section.number for section in body] == [f"{n}.0" for n in range(1, len(body) + 1)]
    for place, section in enumerate(body, start=1):
        below = [child.number for child in section.sections]
        assert below == [f"{place}.{n}" for n in range(1, len(below) + 1)]
        for child in section.sections:
            assert [deepest.number for deepest in child.sections] == [
                f"{child.number}.{n}" for n in range(1, len(child.sections) + 1)
            ]
    given_out = [section.number for section in walk(body)]
    assert len(set(given_out)) == len(given_out)
    assert not [n for section in walk(body) for n in numbers(section.blocks)]


def test_annexes_are_lettered_at_the_end_only() -> None:
    sections = (
        Section("a", "Work", (plain("x"),), new_page=True),
        Section("b", "Finance", (plain("x"),)),
        Section("c", "Outturn", (plain("x"),), new_page=True),
        Section("d", "Annex: key", (), new_page=True),
        Section("e", "Signs", (), new_page=True),
    )
    numbered = number(Document(META, sections), "decimal")
    assert [section.number for section in numbered.sections] == [
        "1.0",
        "2.0",
        "Annex A",
        "",
        "Annex B",
    ]


def test_after_annex_z_the_letters_double() -> None:
    sections = tuple(Section(str(n), "Table", (), new_page=True) for n in range(28))
    last = [section.number for section in number(Document(META, sections), "paragraphs").sections]
    assert last[25:] == ["Annex Z", "Annex AA", "Annex AB"]


def test_recommendations_are_counted_with_the_paragraphs() -> None:
    first = number(sample(), "paragraphs").sections[0].blocks[0]
    assert isinstance(first, Recommendations)
    assert first.number == "1"
    assert replace(first, number="") == sample().sections[0].blocks[0]


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(ValueError, match="roman"):
        number(sample(), "roman")
