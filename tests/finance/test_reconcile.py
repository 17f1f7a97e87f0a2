"""Published figures against computed ones, and a printed table against itself."""

import pytest

from finance.reconcile import PrintedSum, Published, differences, inconsistencies, printed_sums
from programme.common.values import Amount


@pytest.mark.parametrize(
    ("printed", "computed"),
    [
        (Amount.exact(100), Amount.exact(100)),
        (Amount.exact(100), Amount.exact("100.49")),
        (Amount.exact(101), Amount.exact("100.50")),
        (Amount.exact("100.49"), Amount.exact("100.49")),
        (Amount.exact(0), Amount.not_applicable()),
        (Amount.tbc(), Amount.tbc()),
        (Amount.not_applicable(), Amount.not_applicable()),
    ],
)
def test_figures_that_agree(printed, computed):
    assert differences([Published("x", printed, computed)]) == ()


@pytest.mark.parametrize(
    ("printed", "computed", "by"),
    [
        (Amount.exact(195074), Amount.exact(199074), Amount.exact(-4000)),
        (Amount.exact(101), Amount.exact("100.49"), Amount.exact(1)),
        (Amount.exact("100.50"), Amount.exact("100.49"), Amount.exact("0.01")),
        (Amount.exact(5), Amount.tbc(), Amount.tbc()),
        (Amount.tbc(), Amount.exact(5), Amount.tbc()),
        (Amount.exact(5), Amount.not_applicable(), Amount.exact(5)),
        (Amount.not_applicable(), Amount.exact(5), Amount.not_applicable()),
        (Amount.circa(110), Amount.exact(100), Amount.circa(10)),
    ],
)
def test_figures_that_differ_show_both(printed, computed, by):
    (found,) = differences([Published("Fire", printed, computed)])
    assert (found.label, found.printed, found.computed) == ("Fire", printed, computed)
    assert found.difference == by


def test_a_printed_total_is_checked_against_its_printed_parts():
    right = PrintedSum("right", Amount.exact(3), (Amount.exact(1), Amount.exact(2)))
    wrong = PrintedSum("wrong", Amount.exact(4), (Amount.exact(1), Amount.exact(2)))
    unknown = PrintedSum("unknown", Amount.tbc(), (Amount.exact(1), Amount.tbc()))
    (found,) = inconsistencies([right, wrong, unknown])
    assert (found.label, found.computed, found.difference) == (
        "wrong",
        Amount.exact(3),
        Amount.exact(1),
    )


def test_a_printed_table_asserts_its_rows_columns_and_both_grand_totals():
    exact = Amount.exact
    sums = printed_sums(
        [("pay", [exact(1), exact(2)], exact(3)), ("kit", [exact(4), exact(5)], exact(9))],
        ["fire", "police"],
        [exact(5), exact(7)],
        exact(12),
    )
    assert [each.label for each in sums] == [
        "pay",
        "kit",
        "fire",
        "police",
        "Total of the rows",
        "Total of the columns",
    ]
    assert sums[2].parts == (exact(1), exact(4))
    assert inconsistencies(sums) == ()


def test_a_ragged_table_is_refused():
    exact = Amount.exact
    with pytest.raises(ValueError, match="argument"):
        printed_sums([("pay", [exact(1)], exact(1))], ["fire", "police"], [exact(1)], exact(1))
