"""Reading a YAML file so that whatever is wrong in it is said with its line.

A file is read entry by entry. An :class:`Entry` is a mapping that hands out its values by key and
type, and remembers which keys were asked for: what nobody asked for in the end is an unknown key.
The same words mean the same everywhere: amounts may be ``circa 110000``, ``TBC`` or ``not
applicable``, dates likewise (``circa 2019-06`` is known to its month only). A text wraps as its
writer likes, unless it is marked ``!text``; rich text is written plainly, or, marked ``!html``, as
it is stored. Numbers are read from
the characters of the file and never pass through binary fractions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml

from programme.common.calendar import FIRST_YEAR, LAST_YEAR
from programme.common.richtext import clean, from_plain
from programme.common.values import Amount, Certainty, PlainDate

Thing = TypeVar("Thing")
Default = TypeVar("Default")

# Composing in C takes a tenth of the time; the nodes are the same.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-\d{2}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
TBC: Final = "TBC"
NOT_APPLICABLE: Final = "not applicable"
AS_IT_IS: Final = "!text"
"""The tag of a text whose line ends and outer spaces are meant: ``!text "One\\nTwo"``."""
RICH: Final = "!html"
"""The tag of rich text that is carried as it is stored: ``!html <p>Ready.</p>``."""
_MOST_NAMED = 12
_DEEPEST = 40
"""Entries within entries. No file needs a quarter of it, and reading has no bottom of its own."""
LONGEST: Final = 60_000
"""Characters of one value: of the longest text that a page takes, with all its markup, and more."""
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


_BLANK = " \t"
_TEXT = "tag:yaml.org,2002:str"


class YamlError(ValueError):
    """What is wrong in a file: one sentence with file and line for each problem."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class Unknown(str):
    """A problem that is a name which nothing goes by: it may only follow from another problem."""

    __slots__ = ()


class _Required(Enum):
    TOKEN = "required"  # noqa: S105


REQUIRED: Final = _Required.TOKEN
"""The default of an accessor whose key must be there."""


class Entry:
    """A mapping of the file. Accessors take a key and, when it may be left out, a ``default``;
    each raises :class:`YamlError` with the line of the value that it cannot read.

    A key with nothing behind it (``note:``) counts as left out.
    """

    def __init__(self, file: str, node: yaml.MappingNode) -> None:
        self._file = file
        self._mark = node.start_mark
        self.line = node.start_mark.line + 1
        self._nodes: dict[str, yaml.Node] = {}
        self._lines: dict[str, int] = {}
        self._asked: set[str] = set()
        self._below: dict[str, list[Entry]] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self.problem("a key must be a word", line=key.start_mark.line + 1)
            name, line = key.value, key.start_mark.line + 1
            if name in self._nodes:
                raise self.problem(f"'{name}' stands twice in the same entry", line=line)
            self._nodes[name], self._lines[name] = value, line

    def give(self, **texts: str) -> None:
        """Puts texts in the place of what the file says under these keys."""
        for key, text in texts.items():
            mark = self._nodes[key].start_mark if key in self._nodes else None
            self._nodes[key] = yaml.ScalarNode(_TEXT, text, start_mark=mark or self._mark)
            self._lines.setdefault(key, self.line)

    # --- where things stand ---------------------------------------------------------------------

    def problem(self, message: str, *, key: str = "", line: int | None = None) -> YamlError:
        """A sentence about this entry (or one of its keys, or a line), ready to be raised."""
        return YamlError(f"{self._file} line {line or self.line_of(key)}: {message}")

    def unknown(self, message: str, *, key: str = "", line: int | None = None) -> YamlError:
        """As ``problem``, for a name that nothing goes by."""
        return YamlError(*map(Unknown, self.problem(message, key=key, line=line).problems))

    def line_of(self, key: str) -> int:
        """The line of a key, or of the entry itself when it has no such key."""
        return self._lines.get(key, self.line)

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys as written, in order: for entries whose keys are names, such as shares."""
        return tuple(self._nodes)

    def __contains__(self, key: str) -> bool:
        self._asked.add(key)
        return self._find(key) is not None

    def unread(self) -> list[str]:
        """A sentence for every key, here and below, that nobody asked for."""
        return [sentence for _, sentence in sorted(self._unread())]

    def _unread(self) -> Iterator[tuple[int, str]]:
        for key in self._nodes:
            if key not in self._asked:
                known = sorted(self._asked - set(self._nodes)) or sorted(self._asked)
                hint = _nearest(key, known)
                hint = f"did you mean '{hint}'?" if hint else f"known are: {_names(key, known)}"
                sentence = str(self.problem(f"'{key}' is not a known key; {hint}", key=key))
                yield self.line_of(key), sentence
        for below in self._below.values():
            for entry in below:
                yield from entry._unread()

    # --- words ----------------------------------------------------------------------------------

    def raw(self, key: str, default: Default | _Required = REQUIRED) -> str | Default:
        """The characters of a single value, with their line ends."""
        node = self._get(key, default)
        return node if not isinstance(node, yaml.Node) else self._scalar(node, key).strip()

    def text(self, key: str, default: Default | _Required = REQUIRED) -> str | Default:
        """A text. Line ends inside a paragraph are where it wrapped, so they become spaces."""
        node = self._get(key, default)
        if not isinstance(node, yaml.Node):
            return node
        if node.tag == AS_IT_IS:
            return self._scalar(node, key, AS_IT_IS)
        return _unwrapped(self._scalar(node, key))

    def rich(self, key: str, default: Default | _Required = REQUIRED) -> str | Default:
        """A rich text: as it is where it is marked as HTML, else from plain words in which a
        blank line parts paragraphs and lines that begin with a dash make a list."""
        node = self._get(key, default)
        if not isinstance(node, yaml.Node):
            return node
        if node.tag == RICH:
            return clean(self._scalar(node, key, RICH))
        return from_plain(self._scalar(node, key).strip(), wrapped=True)

    def texts(self, key: str) -> list[str]:
        """A list of texts; empty when left out."""
        return [_unwrapped(value) for value, _ in self._scalars(key)]

    def choice(
        self, key: str, choices: Iterable[str], default: Default | _Required = REQUIRED
    ) -> str | Default:
        """One of a few words."""
        return self.ref(key, {word: word for word in choices}, default)

    def boolean(self, key: str, default: Default | _Required = REQUIRED) -> bool | Default:
        node = self._get(key, default)
        if not isinstance(node, yaml.Node):
            return node
        word = self._scalar(node, key).lower()
        if word not in {"true", "false", "yes", "no"}:
            raise self._wrong(key, node, "it must be true or false")
        return word in {"true", "yes"}

    # --- numbers --------------------------------------------------------------------------------

    def decimal(self, key: str, default: Default | _Required = REQUIRED) -> Decimal | Default:
        """A number with as many decimals as are written."""
        node = self._get(key, default)
        return node if not isinstance(node, yaml.Node) else self._number(key, node)

    def integer(self, key: str, default: Default | _Required = REQUIRED) -> int | Default:
        node = self._get(key, default)
        return node if not isinstance(node, yaml.Node) else self._whole(key, node)

    def integers(
        self, key: str, count: int, default: Default | _Required = REQUIRED
    ) -> tuple[int, ...] | Default:
        """A list of exactly ``count`` whole numbers, such as a risk's likelihood and impact."""
        node = self._get(key, default)
        if not isinstance(node, yaml.Node):
            return node
        numbers = [self._whole(key, item) for item in self._sequence(key)]
        if len(numbers) != count:
            raise self._wrong(key, node, f"it must be {count} whole numbers")
        return tuple(numbers)

    def pounds(self, key: str, default: Default | _Required = REQUIRED) -> Decimal | Default:
        """An amount in pounds that is known exactly."""
        node = self._get(key, default)
        return node if not isinstance(node, yaml.Node) else self._pounds(key, node)

    def amount(self, key: str, default: Default | _Required = REQUIRED) -> Amount | Default:
        """``129500``, ``427466.50``, ``circa 110000``, ``TBC`` or ``not applicable``."""
        node = self._get(key, default)
        if not isinstance(node, yaml.Node):
            return node
        certainty, words = _certainty(self._scalar(node, key))
        if certainty in (Certainty.TBC, Certainty.NOT_APPLICABLE):
            return Amount(None, certainty)
        return Amount(self._pounds(key, node, words), certainty)

    # --- dates ----------------------------------------------------------------------------------

    def day(self, key: str, default: Default | _Required = REQUIRED) -> date | Default:
        """A calendar day: ``2018-05-16``."""
        node = self._get(key, default)
        return node if not isinstance(node, yaml.Node) else self._day(key, node)

    def plain_date(self, key: str, default: Default | _Required = REQUIRED) -> PlainDate | Default:
        """``2019-03-31``, ``circa 2019-06`` (that month, kept as its first day), ``TBC`` or
        ``not applicable``."""
        node = self._get(key, default)
        if not isinstance(node, yaml.Node):
            return node
        certainty, words = _certainty(self._scalar(node, key))
        if certainty in (Certainty.TBC, Certainty.NOT_APPLICABLE):
            return PlainDate(None, certainty)
        if certainty is Certainty.CIRCA and _MONTH.fullmatch(words):
            words += "-01"
        return PlainDate(self._day(key, node, words), certainty)

    def moment(self, key: str, default: Default | _Required = REQUIRED) -> datetime | Default:
        """A moment with its distance from Greenwich: ``2019-03-28T10:15:00+00:00``."""
        node = self._get(key, default)
        if not isinstance(node, yaml.Node):
            return node
        how = "a moment is written 2019-03-28T10:15:00+00:00"
        try:
            found = datetime.fromisoformat(self._scalar(node, key))
        except ValueError:
            raise self._wrong(key, node, how) from None
        if found.tzinfo is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise self._wrong(key, node, how)
        return found

    def time(self, key: str, default: Default | _Required = REQUIRED) -> time | Default:
        """A time of day: ``14:30``."""
        node = self._get(key, default)
        if not isinstance(node, yaml.Node):
            return node
        words = self._scalar(node, key)
        if not _TIME.fullmatch(words):
            raise self._wrong(key, node, "a time is written 14:30")
        return time.fromisoformat(words)

    # --- references -----------------------------------------------------------------------------

    def ref(
        self, key: str, known: Mapping[str, Thing], default: Default | _Required = REQUIRED
    ) -> Thing | Default:
        """The thing that goes by the name given."""
        node = self._get(key, default)
        if not isinstance(node, yaml.Node):
            return node
        return self._known(key, self._scalar(node, key), known, node.start_mark.line + 1)

    def refs(self, key: str, known: Mapping[str, Thing]) -> list[Thing]:
        """The things that go by the names in a list; empty when left out."""
        return [self._known(key, name, known, line) for name, line in self._scalars(key)]

    def name(self, key: str, known: Mapping[str, Thing]) -> Thing:
        """The thing that a key itself names, in an entry whose keys are names."""
        if key in known:
            return known[key]
        raise self.unknown(f"'{key}' is not known; known are: {_names(key, known)}", key=key)

    # --- entries below --------------------------------------------------------------------------

    def is_entry(self, key: str) -> bool:
        """Whether a key holds a mapping."""
        return isinstance(self._find(key), yaml.MappingNode)

    def entry(self, key: str) -> Entry | None:
        """The mapping behind a key, or None when left out."""
        self._asked.add(key)
        node = self._find(key)
        if node is None:
            return None
        if key not in self._below:
            self._below[key] = [self._mapping(key, node)]
        return self._below[key][0]

    def entries(self, key: str, short: str = "") -> list[Entry]:
        """The mappings of a list; empty when left out. Where an entry may be written as a single
        value, ``short`` is the key which that stands for."""
        if key not in self._below:
            items = self._sequence(key)
            self._below[key] = [self._mapping(key, _long(item, short)) for item in items]
        return self._below[key]

    def named_entry(self, key: str, short: str) -> Entry:
        """The mapping behind a key that is there; a single value is the one of its ``short``."""
        if key not in self._below:
            self._asked.add(key)
            self._below[key] = [self._mapping(key, _long(self._nodes[key], short))]
        return self._below[key][0]

    def plain(self, key: str) -> Any:
        """Whatever stands behind a key as plain Python values (None when left out): for what
        something else checks."""
        self._asked.add(key)
        node = self._find(key)
        if node is None:
            return None
        try:
            return yaml.constructor.SafeConstructor().construct_document(node)
        except (yaml.YAMLError, ValueError, TypeError, AttributeError, RecursionError) as error:
            raise self._wrong(key, node, "it cannot be understood") from error

    def options(self, key: str) -> dict[str, Any] | None:
        """The options behind a key, by their names (None when left out): words, numbers, yes or no,
        or lists of these."""
        found = self.plain(key)
        if found is None or (isinstance(found, dict) and all(map(_is_option, found.items()))):
            return found
        raise self.problem(f"'{key}' must be names with values", key=key)

    # --- reading nodes --------------------------------------------------------------------------

    def _find(self, key: str) -> yaml.Node | None:
        node = self._nodes.get(key)
        if node is not None and node.tag == "tag:yaml.org,2002:null":
            return None
        return node

    def _get(self, key: str, default: Default | _Required) -> yaml.Node | Default:
        self._asked.add(key)
        node = self._find(key)
        if node is not None:
            return node
        if not isinstance(default, _Required):
            return default
        near = _nearest(key, [name for name in self._nodes if name not in self._asked])
        if near:
            raise self.problem(f"'{near}' is not a known key; did you mean '{key}'?", key=near)
        raise self.problem(f"'{key}' is missing", key=key)

    def _scalar(self, node: yaml.Node, key: str, tag: str = "") -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise self._wrong(key, node, "it must be a single value")
        if node.tag.startswith("!") and node.tag != tag:
            raise self._wrong(key, node, f"it cannot be marked {node.tag}")
        if _NO_TEXT.search(node.value):
            raise self.problem(
                f"'{key}' holds a sign that no text can hold", line=node.start_mark.line + 1
            )
        if len(node.value) > LONGEST:
            raise self.problem(
                f"'{key}' has {len(node.value):,} characters; a text has at most {LONGEST:,}",
                line=node.start_mark.line + 1,
            )
        return str(node.value)

    def _scalars(self, key: str) -> list[tuple[str, int]]:
        return [(self._scalar(item, key), item.start_mark.line + 1) for item in self._sequence(key)]

    def _sequence(self, key: str) -> list[yaml.Node]:
        self._asked.add(key)
        node = self._find(key)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise self._wrong(key, node, "it must be a list")
        return list(node.value)

    def _mapping(self, key: str, node: yaml.Node) -> Entry:
        if not isinstance(node, yaml.MappingNode):
            raise self._wrong(key, node, "it must be an entry of keys and values")
        return Entry(self._file, node)

    def _number(self, key: str, node: yaml.Node, words: str | None = None) -> Decimal:
        words = self._scalar(node, key) if words is None else words
        if not _NUMBER.fullmatch(words):
            raise self._wrong(key, node, "it must be a number such as 1250 or 1250.50")
        return Decimal(words)

    def _pounds(self, key: str, node: yaml.Node, words: str | None = None) -> Decimal:
        pounds = self._number(key, node, words)
        if pounds != round(pounds, 2):
            raise self._wrong(key, node, "pounds have at most two decimals")
        return pounds

    def _whole(self, key: str, node: yaml.Node) -> int:
        number = self._number(key, node)
        if number != int(number):
            raise self._wrong(key, node, "it must be a whole number")
        return int(number)

    def _day(self, key: str, node: yaml.Node, words: str | None = None) -> date:
        words = self._scalar(node, key) if words is None else words
        if not _DAY.fullmatch(words):
            raise self._wrong(key, node, "a date is written 2018-05-16")
        try:
            found = date.fromisoformat(words)
        except ValueError:
            raise self._wrong(key, node, "the calendar has no such day") from None
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise self._wrong(key, node, f"its year must be from {FIRST_YEAR} to {LAST_YEAR}")
        return found

    def _known(self, key: str, name: str, known: Mapping[str, Thing], line: int) -> Thing:
        if name in known:
            return known[name]
        raise self.unknown(f"'{key}' is '{name}'; known are: {_names(name, known)}", line=line)

    def _wrong(self, key: str, node: yaml.Node, how: str) -> YamlError:
        is_value = isinstance(node, yaml.ScalarNode)
        what = f"'{key}' is '{node.value}'" if is_value else f"'{key}' cannot be read"
        return self.problem(f"{what}; {how}", line=node.start_mark.line + 1)


def read(path: Path) -> Entry:
    """The entry that a file consists of. Raises :class:`YamlError`, and OSError for no file."""
    return decode(path.read_bytes(), path.name)


def decode(stored: bytes, file: str) -> Entry:
    """The entry that a file's bytes consist of; ``file`` is what its problems call it."""
    try:
        text = stored.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = stored.count(b"\n", 0, error.start) + 1
        raise YamlError(
            f"{file} line {line}: this is not UTF-8; save the file with the encoding UTF-8"
        ) from None
    return parse(text, file)


def parse(text: str, file: str) -> Entry:
    """The entry that a text consists of; ``file`` is what its problems call it."""
    try:
        depth = 0
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                line = _line(event.start_mark)
                raise YamlError(f"{file} line {line}: lists and entries stand too deep in others")
            if isinstance(event, yaml.AliasEvent):
                line = _line(event.start_mark)
                raise YamlError(f"{file} line {line}: '*{event.anchor}' must be written out")
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = _line(error.problem_mark)
        raise YamlError(f"{file} line {line}: this is not YAML ({error.problem})") from None
    except yaml.YAMLError as error:
        raise YamlError(f"{file} line 1: this is not YAML ({error})") from None
    if not isinstance(node, yaml.MappingNode):
        raise YamlError(f"{file} line 1: the file must be an entry of keys and values")
    return Entry(file, node)


def reads_as_written(text: str) -> bool:
    """Whether a text that is not marked means just what is written."""
    return _unwrapped(text) == text


def _unwrapped(text: str) -> str:
    """A text whose line ends are spaces, but for those at an empty line and before an item."""
    first, *others = text.strip().split("\n")
    parts, before = [first], first
    for line in others:
        if before.strip(_BLANK) and line.strip(_BLANK) and not line.startswith("- "):
            parts[-1] = parts[-1].rstrip(_BLANK)
            parts += [" ", line.lstrip(_BLANK)]
        else:
            parts += ["\n", line]
        before = line
    return "".join(parts)


def _long(node: yaml.Node, short: str) -> yaml.Node:
    """A single value written out as the entry that it stands for."""
    if not short or not isinstance(node, yaml.ScalarNode):
        return node
    start, end = node.start_mark, node.end_mark
    key = yaml.ScalarNode("tag:yaml.org,2002:str", short, start, end)
    return yaml.MappingNode("tag:yaml.org,2002:map", [(key, node)], start, end)


def _line(mark: Any) -> int:
    """The line of a place that the parser names, counted from 1; it may name none."""
    return 1 if mark is None else int(mark.line) + 1


def _certainty(words: str) -> tuple[Certainty, str]:
    words = words.strip()
    if words == TBC:
        return Certainty.TBC, ""
    if words == NOT_APPLICABLE:
        return Certainty.NOT_APPLICABLE, ""
    if words.startswith("circa "):
        return Certainty.CIRCA, words.removeprefix("circa ").strip()
    return Certainty.EXACT, words


def _nearest(word: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.8)), "")


def _names(word: str, known: Iterable[str]) -> str:
    """The known names, those most like ``word`` first when there are too many to list."""
    names = list(known)
    if not names:
        return "none"
    if len(names) <= _MOST_NAMED:
        return ", ".join(names)
    nearest = get_close_matches(word, names, n=_MOST_NAMED, cutoff=0.3)
    rest = [name for name in names if name not in nearest]
    return ", ".join([*nearest, *rest][:_MOST_NAMED]) + " …"


def _is_option(pair: tuple[Any, Any]) -> bool:
    """Whether a name and its value are what options are made of."""
    name, value = pair
    values = value if isinstance(value, list) else [value]
    return isinstance(name, str) and all(
        isinstance(each, (str, int, float)) and "\0" not in str(each) for each in values
    )
