"""The grammar of sentences, case by case."""

import pytest

from programme.common.english import (
    be,
    listed,
    lower_first,
    phrase,
    sentence,
    the,
    to_decide,
    within,
)

CASES = [
    (listed, [], ""),
    (listed, ["a"], "a"),
    (listed, ["a", "b"], "a and b"),
    (listed, ["a", "b", "c"], "a, b and c"),
    (listed, ["Police and fire", "Health"], "Police and fire; and Health"),
    (listed, ["Hub, north", "Hub, south", "Fleet"], "Hub, north; Hub, south; and Fleet"),
    (within, "The two governments", "the two governments"),
    (within, "Essex Police", "Essex Police"),
    (the, "Strategic Board", "the Strategic Board"),
    (the, "The two governments", "the two governments"),
    (the, "the Panel", "the Panel"),
    (the, "  The  Board", "the Board"),
    (the, "Theatre Trust", "the Theatre Trust"),
    (the, "A Better Start", "a Better Start"),
    (lower_first, "Sign the lease", "sign the lease"),
    (lower_first, "ANPR cameras", "ANPR cameras"),
    (lower_first, "mDrive", "mDrive"),
    (lower_first, "É", "é"),
    (lower_first, "7 Force", "7 Force"),
    (lower_first, "", ""),
    (sentence, "Done", "Done."),
    (sentence, "Done.", "Done."),
    (sentence, "Done? ", "Done?"),
    (sentence, " ", ""),
    (phrase, "Done. ", "Done"),
    (be, 0, "are"),
    (be, 1, "is"),
    (be, 2, "are"),
    (to_decide, "keep the headquarters", "to keep the headquarters"),
    (to_decide, "Keep the headquarters", "to keep the headquarters"),
    (to_decide, "whether to keep the headquarters", "whether to keep the headquarters"),
    (to_decide, "to keep the headquarters", "to keep the headquarters"),
    (to_decide, "the location", "the location"),
    (to_decide, "on a location", "on a location"),
    (to_decide, "", ""),
]


@pytest.mark.parametrize(("function", "given", "said"), CASES)
def test_it_says(function, given, said):
    assert function(given) == said
