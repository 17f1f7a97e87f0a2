"""What a programme calls its things."""

from __future__ import annotations

from typing import Any

from programme.actions import save_words
from programme.common.words import TERMS
from programme.forms import WordsForm
from programme.pages import SET_UP, EditPage


class ProgrammeWords(EditPage):
    permission = "programme.edit"
    row = "programme"
    title = "Words and signs"
    button = "Save"
    above = SET_UP
    form_class = WordsForm
    action = save_words
    template_name = "programme/words_page.html"
    success_text = "The words and signs are saved. Pages and papers use them from now on."

    def get_initial(self) -> dict[str, Any]:
        words = self.programme.spoken
        pairs = ((term.key, *words.word(term.key)) for term in TERMS)
        asked = {
            f"{key}_{form}": word
            for key, one, many in pairs
            for form, word in (("one", one), ("many", many))
        }
        return {
            **super().get_initial(),
            **asked,
            "currency_sign": self.programme.currency_sign,
            "movement_signs": self.programme.movement_signs,
        }
