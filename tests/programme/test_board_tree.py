"""What hangs below what as a drawing, and words for addresses: both without a database."""

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from programme.common.board_tree import INDENT, WIDTH, Node, draw
from programme.common.slugs import LONGEST, RESERVED, free_slug

SVG = "{http://www.w3.org/2000/svg}"


def node(label: str, depth: int = 0, note: str = "", url: str = "/") -> Node:
    return Node(label, note, url, depth)


def drawn(*nodes: Node) -> ElementTree.Element:
    return ElementTree.fromstring(draw(nodes, title="What reports to what", key="boards"))  # noqa: S314 - our own


def boxes(picture: ElementTree.Element) -> list[tuple[float, float, float, float]]:
    names = ("x", "y", "width", "height")
    return [tuple(float(each.get(name)) for name in names) for each in picture.iter(f"{SVG}rect")]


def test_nothing_is_drawn_of_nothing():
    assert draw([], title="x", key="x") == ""


def test_each_box_is_a_link_with_its_words():
    picture = drawn(node("A & B", note="Panel", url="/a/?x=1&y=2"), node("<C>", depth=1))
    links = list(picture.iter(f"{SVG}a"))
    assert [each.get("href") for each in links] == ["/a/?x=1&y=2", "/"]
    assert [" ".join(each.itertext()) for each in links] == ["A & B Panel", "<C>"]
    assert picture.find(f"{SVG}title").text == "What reports to what"
    assert picture.get("aria-labelledby") == picture.find(f"{SVG}title").get("id")


def test_lines_lead_from_a_box_to_those_below_it_only():
    picture = drawn(node("a"), node("b", 1), node("c", 2), node("d", 1), node("e"))
    a, b, c, d, e = boxes(picture)
    (path,) = picture.iter(f"{SVG}path")
    lines = re.findall(r"M(\d+) (\d+)V(\d+)H(\d+)", path.get("d"))
    found = [tuple(int(number) for number in each) for each in lines]
    # Each begins at the foot of the box above and ends in the middle of the left of its own.
    assert [(top, end) for _, top, _, end in found] == [
        (a[1] + a[3], b[0]),
        (b[1] + b[3], c[0]),
        (a[1] + a[3], d[0]),
    ]
    for (_, _, middle, _), box in zip(found, (b, c, d), strict=True):
        assert box[1] < middle < box[1] + box[3]
    assert e[0] == 0


def test_a_long_name_takes_several_lines_in_a_higher_box():
    short, long = boxes(drawn(node("COG"))), boxes(drawn(node("Joint chief officers " * 6)))
    assert long[0][3] > short[0][3]


@given(
    st.lists(
        st.tuples(st.text(st.characters(exclude_categories=["C"]), max_size=60), st.integers(0, 4)),
        min_size=1,
        max_size=20,
    )
)
def test_boxes_never_overlap_nor_leave_the_drawing(rows):
    picture = drawn(*(node(label, depth) for label, depth in rows))
    placed = boxes(picture)
    assert len(placed) == len(rows)
    for (_, depth), (x, _, width, _) in zip(rows, placed, strict=True):
        assert x == depth * INDENT
        assert x + width == WIDTH
    for (_, y, _, height), (_, below, _, _) in zip(placed, placed[1:], strict=False):
        assert y + height < below
    assert placed[-1][1] + placed[-1][3] <= float(picture.get("height"))


def test_a_word_for_addresses_is_made_from_the_name():
    assert free_slug("Chief Officer Group", ()) == "chief-officer-group"
    assert free_slug("Chief Officer Group", {"chief-officer-group"}) == "chief-officer-group-2"
    assert free_slug("Add", ()) == "add-2"
    assert free_slug("…", ()) == "item"


@given(st.text(max_size=80), st.sets(st.sampled_from(["item", "item-2", "a", "a-2"])))
def test_a_word_for_addresses_is_free_and_fits(name, taken):
    word = free_slug(name, taken)
    assert word not in taken | RESERVED
    assert re.fullmatch(r"[a-z0-9_-]+", word)
    assert len(word) <= LONGEST
