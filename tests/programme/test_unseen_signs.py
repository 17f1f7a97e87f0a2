"""A name holds no sign that nobody sees: it could turn an amount beside it round, or make two
names look alike. Pages and files refuse the same."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from programme.actions import save_board
from programme.common.validation import unseen
from programme.common.words import refused_sign
from programme.models import Board, Programme, User
from programme.programme_file.yamlfile import YamlError, parse
from reports import programme_file
from reports.programme_file import load_entry
from tests.filling import errors, submit
from tests.reports.test_programme_file import SMALL

SIGNS = ("\u202e", "\u2067", "\u200b", "\ufeff", "\u00ad", "\x1f", "\x85", "\u2028", "\n")
SEEN = (
    "Zoë’s “Board” – £5",
    "מועצה\u200f",
    "می\u200cخواهم",
    "क\u094d\u200dष",
    "England \U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
)


def test_what_scripts_are_written_with_is_meant() -> None:
    assert [unseen(line) for line in SEEN] == [""] * len(SEEN)
    assert unseen("Joint\u202e Board") == (
        "Take out the sign after “Joint” that cannot be seen (right-to-left override)"
    )
    assert unseen("\ufeffJoint") == (
        "Take out the sign at the beginning that cannot be seen (zero width no-break space)"
    )


@pytest.mark.django_db
def test_pages_and_files_refuse_the_same_signs(client: Client) -> None:
    programme, _ = programme_file.load(SMALL)
    board = Board.objects.get(programme=programme, slug="joint-board")
    text = programme_file.export(programme)
    assert "name: Joint Board" in text
    for sign in SIGNS:
        with pytest.raises(ValidationError) as refused:
            save_board(board=board, values={"name": f"Joint{sign}Board"}, by=None)
        assert set(refused.value.message_dict) == {"name"}, ascii(sign)
        board.refresh_from_db()
        escaped = f'name: !text "Joint\\u{ord(sign):04x}Board"'
        file = parse(text.replace("name: Joint Board", escaped, 1), "small.yaml")
        with pytest.raises(YamlError, match=r"small.yaml line \d+: "):
            load_entry(file, "small.yaml", by=None)
    assert Programme.objects.get().boards.filter(name="Joint Board").exists()
    for line in SEEN:
        save_board(board=board, values={"name": line}, by=None)

    client.force_login(User.objects.get(email="office@example.org"))
    edit = "/small/boards/joint-board/edit/"
    page = submit(client, edit, name="Joint\u202eBoard", rename="corrected")
    assert errors(page) == [
        "Take out the sign after “Joint” that cannot be seen (right-to-left override)"
    ]


@pytest.mark.parametrize("sign", ["£", "€", "¥", "₪", "kr", "CHF", "Rs", "złot"])
def test_a_currency_has_a_sign_of_money_or_letters(sign: str) -> None:
    assert refused_sign(sign) == ""


@pytest.mark.parametrize(
    "sign",
    [
        "",
        *SIGNS,
        "\u0600",
        "=",
        "@",
        '"',
        "\\",
        "<",
        "&",
        "'",
        "/",
        "*",
        "5",
        "k",
        "mn",
        "zlote",
        "££",
    ],
)
def test_nothing_else_is_a_currency(sign: str) -> None:
    assert refused_sign(sign)
