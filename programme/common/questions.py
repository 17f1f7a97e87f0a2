"""What is said of an answer, made from the label of its question.

A label may be a noun ("Last day"), a clause ("Why it is corrected"), a question ("Which board?") or
the beginning of an answer ("Awarded by"). Only a noun stands in a sentence as it is; a clause that
opens with a question word follows "Say"; every other is quoted.
"""

from __future__ import annotations

from collections.abc import Iterator

from django import forms

_ASKS = frozenset(("how", "what", "when", "where", "whether", "which", "who", "whose", "why"))
_OWN = frozenset(("your", "their", "its", "our"))
_OPENS_NO_NOUN = _ASKS | frozenset(
    (
        *("a", "an", "as", "at", "by", "for", "from", "if", "in", "not", "now", "of", "on", "once"),
        *("over", "since", "stands", "reports", "set", "the", "to", "until", "with"),
    )
)
_ENDS_NO_NOUN = frozenset(
    (
        *("above", "after", "as", "at", "before", "below", "by", "for", "from", "in", "of", "on"),
        *("since", "to", "until", "with"),
    )
)
_WITHIN_NO_NOUN = frozenset(("are", "is", "or"))


def subject(label: str) -> str:
    """The label as the subject of a sentence: "Last day", and "“Awarded by”"."""
    label = label.strip().rstrip("?")
    return label if _is_noun(label) or _first(label) in _OWN else f"“{label}”"


def missing(label: str, *, verb: str = "Enter", answer: str = "an answer") -> str:
    """What to say where there is no answer, with the verb of how it is given: "Enter the last day",
    "Enter your name", "Say why it is corrected", "Select an answer for “Awarded by”"."""
    label = label.strip()
    if not label:
        return "Answer this question"
    if label.endswith("?"):
        return f"Answer the question “{label}”"
    # "E-mail address" becomes "e-mail address"; "RAG rating" and "A" stay as they are.
    words = label if label[:2].isupper() else label[0].lower() + label[1:]
    if _first(label) in _OWN:
        return f"{verb} {words}"
    if _first(label) in _ASKS:
        return f"{'Say' if verb == 'Enter' else 'Choose'} {words}"
    return f"{verb} the {words}" if _is_noun(label) else f"{verb} {answer} for “{label}”"


def say_of(field: forms.Field, label: str) -> None:
    """Gives a field sentences of its own where it has Django's, which name no field."""
    own = _sentences(label.strip())
    for code, default in list(field.error_messages.items()):
        if code in own and str(default) in _DJANGO:
            field.error_messages[code] = own[code]
    for kind, sentence in _INVALID.items():
        # A check that a kind of field begins with has its sentence itself, not the field.
        said = field.error_messages.get("invalid")
        if isinstance(field, kind) and (said is None or str(said) in _DJANGO):
            field.error_messages["invalid"] = sentence.format(subject=subject(label))
    for check in field.validators:
        code = getattr(check, "code", "")
        if code in own and code not in field.error_messages:
            field.error_messages[code] = own[code]


def _sentences(label: str) -> dict[str, str]:
    """By the code of the error. Each may be filled in with what its check knows."""
    quoted, named = (words.replace("%", "%%") for words in (f"“{label}”", subject(label)))
    offered = f"Choose an answer that is offered for {quoted}"
    return {
        "invalid_choice": offered,
        "invalid_pk_value": offered,
        "invalid_list": offered,
        "min_value": f"{named} must be %(limit_value)s or more",
        "max_value": f"{named} must be %(limit_value)s or less",
        "max_digits": f"{named} must have %(max)s figures or fewer",
        "max_whole_digits": f"{named} must have %(max)s figures or fewer before the point",
        "max_decimal_places": f"{named} must have %(max)s decimals or fewer",
        "null_characters_not_allowed": f"{named} has signs that cannot be stored: type it anew",
    }


_INVALID = {
    forms.IntegerField: "{subject} must be a whole number",
    forms.DecimalField: "{subject} must be a number",
    forms.SlugField: "{subject} must have letters, figures, hyphens and underscores only",
    forms.EmailField: "{subject} must be in the form name@example.org",
    forms.URLField: "{subject} must be an address that begins with https://",
}
"""By the kind of field; a particular kind stands after the one that it is of."""


def _kinds(kind: type[forms.Field]) -> Iterator[type[forms.Field]]:
    for each in kind.__subclasses__():
        if each.__module__.startswith("django."):
            yield each
            yield from _kinds(each)


_DJANGO = frozenset(
    str(text)
    for kind in (forms.Field, *_kinds(forms.Field))
    for text in kind.default_error_messages.values()
)
"""The sentences that fields have of themselves."""


def _first(label: str) -> str:
    return label.partition(" ")[0].lower()


def _is_noun(label: str) -> bool:
    words = label.lower().split()
    return not (
        words[0] in _OPENS_NO_NOUN | _OWN
        or words[0].endswith("ed")
        or words[-1] in _ENDS_NO_NOUN
        or _WITHIN_NO_NOUN & set(words)
        or any(sign in label for sign in ",:;")
    )
