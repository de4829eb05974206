"""Finding English terms in English text, by the rules of sameness that docs/glossary.md states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from aligncheck.terms.inflection import (
    ARTICLES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    may_be_adjective,
    noun_key,
    verb_keys,
)
from aligncheck.terms.spelling import one_spelling
from aligncheck.words.notes import without_notes

_APOSTROPHES = "'’‘ʼ＇`´′"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WORD = re.compile(rf"[^\W_]+(?:[{_INVISIBLE}]+[^\W_]+)*(?:[.,+]\d+)*(?:[{_APOSTROPHES}][^\W_]+)*|[&＆]")
#: Letters of other alphabets that look like Latin ones: another check speaks of them, a term is a term.
_LOOKALIKES = dict(
    zip("АВЕКМНОРСТУХасеорухіѕјԁΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTYXaceopyxisjdABEZHIKMNOPTYXo", strict=True)
)
_FOLD = str.maketrans(
    {**dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_INVISIBLE), "＆": "&", **_LOOKALIKES}
)
_STRONG = re.compile(r"[.;:!?…。；：！？()\[\]（）【】]|\n\s*\n")
HYPHENS = ("-", "‐", "‑")
_LIST_MAX = 5  # words that a coordination may put between two words of a term


#: No names of places: there is one of its kind for the whole nation.
_NATIONAL = frozenset("national state central".split())
_NO_NAMES = PREPOSITIONS | DETERMINERS | _NATIONAL
ANY_NAME = "*"  # key of a word of a term that stands for any name


#: Small words that are acronyms in capitals only: WHO, IT, US, AIDS.
EVERYDAY = frozenset(
    "a about add age aid aids all am an and any are arm art as at be bit by can cap car cat chip code cop do "
    "ear end far fast few for from gap gas get go had has have he her his how i if in is it lab may me my no "
    "nor not of off on one or our out pace pan per pet pin pro ram red rep sad see set she sim so star start "
    "step sum tap tax team the them they this tip to top up us was we web were what when who why will with you".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of an English text: as printed, where, folded, and what is between it and the word before."""

    text: str
    start: int
    end: int
    low: str
    key: str
    before: str

    @property
    def capitalised(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()

    @property
    def adjoins(self) -> bool:
        """Whether nothing but blanks or a hyphen parts it from the word before."""
        return not self.before.strip(" " + "".join(HYPHENS))


@lru_cache(maxsize=4096)
def tokenize(text: str) -> Sequence[Token]:
    """The words of a text; hyphens and dashes part words, apostrophes do not."""
    tokens = []
    last = 0
    for found in _WORD.finditer(text):
        word = found.group()
        low = _folded(word)
        tokens.append(Token(word, found.start(), found.end(), low, noun_key(low), text[last : found.start()]))
        last = found.end()
    return tuple(tokens)


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    low = word.translate(_FOLD).lower()
    if low == "&":
        return "and"
    return one_spelling(without_notes("".join(_full_width(c) for c in low)))


def _full_width(char: str) -> str:
    return chr(ord(char) - 0xFEE0).lower() if "！" <= char <= "～" else char


def squeezed(tokens: Sequence[Token]) -> str:
    """The words' keys run together without articles: what open, hyphenated and closed spellings share."""
    return "".join(t.key for t in tokens if t.low not in ARTICLES)


_PLAIN = re.compile(r"[A-Za-z]+(?:[ -][A-Za-z]+)*\Z")


def english_key(text: str) -> tuple[str, int]:
    """The squeezed key of a term and the number of its words; quicker than by tokens where it has letters only."""
    if not _PLAIN.match(text):
        tokens = tokenize(text)
        return squeezed(tokens), len(tokens)
    words = text.replace("-", " ").split(" ")
    return "".join(_plain_key(w) for w in words), len(words)


@lru_cache(maxsize=65536)
def _plain_key(word: str) -> str:
    low = _folded(word)
    return "" if low in ARTICLES else noun_key(low)


#: What stands for an object in a phrase: hold sb accountable, put ... into practice.
_ANYONE = frozenset("sb sth sb's someone's somebody's".split())
_ELLIPSIS = re.compile(r"\.{2,}|…+|~")
_OPEN = 6  # words that such a gap may hold


@dataclass(frozen=True, slots=True)
class Form:
    """An English term made ready for matching.

    ``breaks[i]`` says whether the term itself has a comma, bracket or stop before word ``i``.  ``open``: the words
    before which anything short may stand: hold ... accountable.
    """

    text: str
    words: tuple[Token, ...]
    breaks: tuple[bool, ...]
    verb: bool
    case_sensitive: bool
    acronym: bool
    proper: bool = field(default=False)
    open: frozenset[int] = field(default=frozenset())


def make_form(text: str, *, verb: bool = False, case_sensitive: bool = False, acronym: bool = False) -> Form:
    """A term ready for matching; articles at its beginning do not bind."""
    tokens = tokenize(text)
    words: list[Token] = []
    breaks: list[bool] = []
    gaps: set[int] = set()
    pending = False
    for token in tokens:
        if words and (token.low in _ANYONE or _ELLIPSIS.search(token.before)):
            gaps.add(len(words))
            if token.low in _ANYONE:
                continue
        pending = pending or bool(re.search(r"[,()\[\].;:!?（）]", _ELLIPSIS.sub(" ", token.before)))
        if token.before.endswith("{"):  # {place}
            token = replace(token, low=ANY_NAME, key=ANY_NAME)
        if token.low in ARTICLES:
            continue
        words.append(token)
        breaks.append(pending and len(words) > 1)
        pending = False
    named = [w for w in words if w.key != ANY_NAME]
    proper = bool(words) and sum(w.capitalised for w in named) * 2 > len(named)
    return Form(
        text,
        tuple(words),
        tuple(breaks),
        verb,
        case_sensitive,
        acronym,
        proper,
        frozenset(gaps & set(range(len(words)))),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """An English term in a text: tokens ``first`` to ``last`` (inclusive), code points start to end.

    ``exact``: nothing stands inside that the term does not have.  ``case_ok``: its capitals are
    those of the term, or the term does not care.  ``turned``: a noun stands there as a verb, or the reverse.
    ``partial``: words of a long term are missing.
    """

    first: int
    last: int
    start: int
    end: int
    exact: bool
    case_ok: bool
    turned: bool = False
    partial: bool = False


def other_places(form: Form, place: str) -> tuple[Form, ...]:
    """The same term of another place: without the place's name, and with any other name in its stead."""
    at = next((i for i, w in enumerate(form.words) if w.key == place), None)
    if at is None or len(form.words) < 3:
        return ()
    rest = form.words[:at] + form.words[at + 1 :]
    breaks = form.breaks[:at] + form.breaks[at + 1 :]
    anyone = replace(form.words[at], key=ANY_NAME, low=ANY_NAME)
    forms = [replace(form, words=(*form.words[:at], anyone, *form.words[at + 1 :]))]
    if rest[max(0, at - 1)].low not in PREPOSITIONS or at == 0:
        forms.append(replace(form, words=rest, breaks=breaks))
    return tuple(forms)


def find_form(tokens: Sequence[Token], form: Form) -> list[Found]:
    """All places where a text has the term, left to right, none overlapping."""
    if not form.words:
        return []
    found: list[Found] = []
    at = 0
    first = form.words[0]
    initials = None if form.verb or first.key == ANY_NAME else {first.low[0], first.key[0]}
    while at < len(tokens):
        token = tokens[at]
        if initials is not None and token.low[0] not in initials and token.key[0] not in initials:
            at += 1
            continue
        end = _match(tokens, at, form, 0, at, True)
        if end is None:
            at += 1
            continue
        last, exact = end
        case_ok = not form.case_sensitive or _same_case(tokens[at : last + 1], form, tokens, at)
        found.append(Found(at, last, token.start, tokens[last].end, exact, case_ok))
        at = last + 1
    return found


def _match(
    tokens: Sequence[Token], at: int, form: Form, word: int, origin: int, exact: bool
) -> tuple[int, bool] | None:
    """Match the term from its word ``word`` on at token ``at``; (last token, exact) or None."""
    words = form.words
    if word == len(words):
        return at - 1, exact
    if at >= len(tokens):
        return None
    for taken, used in _steps(tokens, at, form, word):
        # The words taken must themselves run together.
        end = _match(tokens, at + taken, form, word + used, origin, exact)
        if end is not None:
            return end
    if word == 0:
        return None
    for gap in _gaps(tokens, at, form, word):
        if at + gap >= len(tokens):
            continue
        for taken, used in _steps(tokens, at + gap, form, word, after_gap=True):
            end = _match(tokens, at + gap + taken, form, word + used, origin, False)
            if end is not None:
                only_articles = word in form.open or all(t.low in DETERMINERS for t in tokens[at : at + gap])
                return end[0], exact and only_articles
    return None


def _steps(
    tokens: Sequence[Token], at: int, form: Form, word: int, after_gap: bool = False
) -> list[tuple[int, int]]:
    """(text words, term words) that can be the same from here on."""
    token, wanted = tokens[at], form.words[word]
    if word and not after_gap and not _joined(token.before, form.breaks[word], token.low):
        return []
    if wanted.key == ANY_NAME:
        return _names(tokens, at)
    steps = []
    if _same(token, wanted, form):
        steps.append((1, 1))
    # Closed in the text, open in the term: turnkey, turn-key.
    together = wanted.low
    for more in range(1, 4):
        if word + more >= len(form.words) or form.breaks[word + more] or not token.low.startswith(together):
            break
        together += form.words[word + more].low
        if token.low == together or token.key == noun_key(together):
            steps.append((1, more + 1))
    # Open in the text, closed in the term.
    together = token.low
    for more in range(1, 4):
        if at + more >= len(tokens) or not wanted.low.startswith(together) or wanted.low == together:
            break
        if not _close(tokens[at + more].before):
            break
        together += tokens[at + more].low
        if wanted.low == together or wanted.key == noun_key(together):
            steps.append((more + 1, 1))
    return steps


def _names(tokens: Sequence[Token], at: int) -> list[tuple[int, int]]:
    """A name of up to three words, the longest first, or none: what stands for a place holder."""
    size = 0
    while size < 3 and at + size < len(tokens):
        token = tokens[at + size]
        if not token.capitalised or token.low in _NO_NAMES or (size and not _close(token.before)):
            break
        size += 1
    return [(n, 1) for n in range(size, -1, -1)]


def _same(token: Token, wanted: Token, form: Form) -> bool:
    if form.acronym and token.text.islower() and token.low in EVERYDAY:
        return False  # who is no WHO
    if token.low == wanted.low:
        return True
    if token.key == wanted.key:
        # "GRPs" may be a plural, but a short all-capital word must not lose its last letter: GPS, GP.
        return not (wanted.text.isupper() and len(wanted.text) > 1 and token.text.isupper())
    return form.verb and bool(verb_keys(token.low) & verb_keys(wanted.low))


def _close(before: str) -> bool:
    """Whether two words are written open or hyphenated, nothing else between."""
    return bool(before) and not re.sub(rf"[\s\-‐‑‒–—−{_INVISIBLE}]", "", before) and "\n\n" not in before


def _joined(before: str, breaks: bool, low: str) -> bool:
    """Whether what stands before a word lets a term run on."""
    if breaks:
        return True
    if _STRONG.search(before):
        return False
    return ("," not in before and "，" not in before and "、" not in before) or low in CONJUNCTIONS


def runs_on(token: Token, form: Form, word: int) -> bool:
    """Whether a term may run on to a token that stands for its word ``word``."""
    return _joined(token.before, form.breaks[word], token.low)


def _gaps(tokens: Sequence[Token], at: int, form: Form, word: int) -> list[int]:
    """How many words of the text may be skipped before a word of the term: articles, adjectives, lists."""
    if word in form.open:
        return _anything(tokens, at)
    lengths: list[int] = []
    wanted = form.words[word].low
    shared = form.words[word - 1].low
    if wanted in CONJUNCTIONS and shared not in CONJUNCTIONS:
        return []
    if tokens[at].before in HYPHENS and not form.breaks[word]:
        return []  # silver-mining is another word than silver
    # 1. determiners, then adjectives
    i = at
    limit = len(tokens)
    if (
        i < limit
        and tokens[i].low in DETERMINERS
        and _joined(tokens[i].before, form.breaks[word], tokens[i].low)
    ):
        i += 1
        lengths.append(i - at)
    if wanted not in PREPOSITIONS:
        start = i
        while i < limit and i - start < 3 and _adjective_here(tokens, i, form):
            if not _joined(tokens[i].before, False, tokens[i].low):
                break
            i += 1
            if i < limit and _joined(tokens[i].before, False, tokens[i].low):
                lengths.append(i - at)
    # 2. a coordinated word: "and rural", ", cultural and sports", "reduction and"
    lengths.extend(n for n in _lists(tokens, at, wanted) if n not in lengths)
    return lengths


def _anything(tokens: Sequence[Token], at: int) -> list[int]:
    """All lengths of a stretch inside a sentence that may stand for an object."""
    lengths = []
    for size in range(1, _OPEN + 1):
        if at + size >= len(tokens) or _STRONG.search(tokens[at + size].before):
            break
        lengths.append(size)
    return lengths


def _adjective_here(tokens: Sequence[Token], i: int, form: Form) -> bool:
    token = tokens[i]
    hyphened = token.before in HYPHENS or (i + 1 < len(tokens) and tokens[i + 1].before in HYPHENS)
    if not (may_be_adjective(token.low) or hyphened):
        return False
    # "Beijing International Stock Exchange" is no Beijing Stock Exchange: names take no capitalised guest.
    return not (form.proper and token.capitalised and not token.text.isupper())


def _lists(tokens: Sequence[Token], at: int, wanted: str) -> list[int]:
    if wanted in PREPOSITIONS:
        return []
    out = []
    opens = tokens[at].low in ("and", "or") or "," in tokens[at].before or "、" in tokens[at].before
    for size in range(2, _LIST_MAX + 1):
        if at + size >= len(tokens):
            break
        inside = tokens[at : at + size]
        if any(_STRONG.search(t.before) for t in (*inside, tokens[at + size])):
            break
        if any(t.low in PREPOSITIONS for t in inside):
            break
        words = [t.low for t in inside]
        joins = [i for i, w in enumerate(words) if w in ("and", "or")]
        if not joins:
            continue
        ends = words[-1] in ("and", "or")
        commas = any("," in t.before for t in inside[1:]) or "," in tokens[at + size].before
        if opens and not ends and len(joins) == 1 and (joins[0] == 0 or "," in inside[0].before):
            if not commas or "," in inside[0].before:
                out.append(size)
        elif ends and not opens and len(joins) == 1 and size <= 4:
            out.append(size)
    return out


def _same_case(found: Sequence[Token], form: Form, tokens: Sequence[Token], at: int) -> bool:
    """Whether the capitals are right; all capitals (a heading) and a sentence's first letter are."""
    letters = "".join(t.text for t in found)
    if letters.isupper() and not "".join(w.text for w in form.words).removesuffix("s").isupper():
        around = tokens[max(0, at - 1) : at + len(found) + 1]
        return len(found) > 1 or all(t.text.isupper() or not t.text.isalpha() for t in around)
    mine = [t.text.translate(_FOLD) for t in found if t.low not in ARTICLES]
    wanted = [w.text.translate(_FOLD) for w in form.words]
    if len(mine) != len(wanted):
        mine, wanted = ["".join(mine)], ["".join(wanted)]
    for number, (a, b) in enumerate(zip(mine, wanted, strict=False)):
        if a[: len(b)] == b[: len(a)]:
            continue
        starts = number == 0 and (at == 0 or bool(re.search(r"[.!?:;\n“\"]", found[0].before)))
        if starts and a[:1].lower() == b[:1].lower() and a[1 : len(b)] == b[1 : len(a)]:
            continue
        return False
    return True
