"""Published figures against computed ones."""

import pytest

from finance.reconcile import Published, differences
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
