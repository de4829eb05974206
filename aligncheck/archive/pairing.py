"""Which documents of an archive are translations of one another: by their names, by what is in them.

Names are asked first: the same name but for a word that says the language ("report.zh.txt" with
"report.en.txt", "中文/报告.docx" with "英文/报告.docx").  What names say is believed unless the
contents speak against it.  The rest is paired by content: figures and codes stand alike in both
languages, weighted by how rare they are in the archive (inverse document frequency, Spärck Jones
1972).  A pair needs each to be the other's best with a clear distance to the second; whatever is
not clear is listed for a person to decide, with the candidates.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from aligncheck.archive.profile import Profile

#: Content that is at least so alike may be a pair, and must lead the second best by so much.
ALIKE = 0.30
LEAD = 0.12
#: Names are overruled when both documents have enough marks and these agree less than this.
STRANGE = 0.10
ENOUGH_MARKS = 12
#: Names with contents so alike need no look at the rest of the archive.
_SURE = 0.6
#: Characters of English for one of Chinese: professional translations lie between these.
_SHORTEST, _LONGEST = 1.2, 8.0

_LANGUAGE_WORDS = {
    "zh": (
        "zh cn chs zhcn zhhans hans chn chi zho chinese ch zw source src original 中文 中文版 中 汉语 汉 原文"
    ).split(),
    "en": (
        "en eng english engl enus engb target tgt translation trans tr "
        "英文 英文版 英 英语 英译 英译本 译文 译本 译"
    ).split(),
}
_WORD_LANGUAGE = {w: lang for lang, words in _LANGUAGE_WORDS.items() for w in words}
#: Between words: punctuation, and where letters meet digits, Han characters, or a capital.
_SPLIT = re.compile(
    r"[\s._\-–—+()（）\[\]【】,，]+|(?<=[a-z])(?=[A-Z])|(?<=\d)(?=[A-Za-z])|(?<=[A-Za-z])(?=\d)"
    r"|(?<=[\u4e00-\u9fff])(?=[A-Za-z])|(?<=[A-Za-z])(?=[\u4e00-\u9fff])"
)
_LOCALE = re.compile(r"(?<![A-Za-z])(zh|en)[-_](hans|hant|cn|sg|tw|hk|us|gb|uk)(?![A-Za-z])", re.IGNORECASE)
#: Words in names that say nothing about which document it is.
_IDLE = frozenset("final draft v1 v2 copy 副本 最终版 终稿 定稿 稿 版 the of on".split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible partner: how alike the contents are, 0..1."""

    source: str
    target: str
    score: float


@dataclass(frozen=True, slots=True)
class Pairing:
    """What belongs together.  ``pairs``: (Chinese, English, how, score) with how ``name`` or ``content``."""

    pairs: tuple[tuple[str, str, str, float], ...]
    bilingual: tuple[str, ...]
    single: tuple[str, ...]
    duplicates: tuple[tuple[str, str], ...]  # (copy, the one that is kept)
    ambiguous: tuple[Candidate, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """What a path says: the language, and the keys that both partners share.

    ``exact`` still has the words that tell versions and copies apart, ``key`` does not.
    """

    language: str
    key: tuple[str, ...]
    exact: tuple[str, ...]


#: How alike two documents are by meaning, for those whose figures do not tell; 0..1.
Meaning = Callable[[Profile, Profile], float]


def name_of(path: str) -> Name:
    """The key of a path: its parts in lower case without the words that tell the language."""
    language = ""
    parts: list[str] = []
    exact: list[str] = []
    *folders, file = path.split("/")
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", file)
    for part in (*folders, stem):
        part = _LOCALE.sub(r"\1", part)
        kept = []
        for word in _SPLIT.split(part):
            low = word.lower()
            told = _WORD_LANGUAGE.get(low, "")
            if not told:
                # "报告英文版", "2024report_EN": the word may be glued on.
                for suffix in ("中文版", "英文版", "英译本", "中文", "英文", "英译", "原文", "译文"):
                    if low.endswith(suffix) and len(low) > len(suffix):
                        told, kept_word = _WORD_LANGUAGE[suffix], low[: -len(suffix)]
                        kept.append(kept_word)
                        break
                else:
                    if low:
                        kept.append(low)
            if told:
                language = told
        telling = [word for word in kept if word not in _IDLE]
        if kept:
            exact.append(" ".join(kept))
        if telling:
            parts.append(" ".join(telling))
    return Name(language, tuple(parts), tuple(exact))


def pair(profiles: Sequence[Profile], meaning: Meaning | None = None) -> Pairing:
    """Find out what belongs together; the same answer whatever the order of the profiles."""
    known = sorted((p for p in profiles if not p.error), key=lambda p: p.path)
    kept, duplicates = _without_copies(known)
    by_path = {p.path: p for p in kept}
    likeness = Likeness(kept)
    notes: list[str] = []
    pairs: list[tuple[str, str, str, float]] = []
    free: set[str] = {p.path for p in kept if p.language in ("zh", "en")}
    for zh, en in sorted(_by_name(kept)):
        score = likeness.of(zh, en)
        against = _against(by_path[zh], by_path[en], score, likeness)
        if against:
            notes.append(f"{zh} and {en} are called alike, but {against}")
            continue
        pairs.append((zh, en, "name", round(score, 3)))
        free -= {zh, en}
    by_content, ambiguous = _by_content([by_path[p] for p in sorted(free)], likeness, meaning)
    for found in by_content:
        pairs.append((found.source, found.target, "content", found.score))
        free -= {found.source, found.target}
    ambiguous = [c for c in ambiguous if c.source in free and c.target in free]
    return Pairing(
        tuple(sorted(pairs)),
        tuple(p.path for p in kept if p.language == "both"),
        tuple(sorted(free)),
        tuple(duplicates),
        tuple(ambiguous),
        tuple(notes),
    )


def _without_copies(profiles: Sequence[Profile]) -> tuple[list[Profile], list[tuple[str, str]]]:
    """One of each text: the one whose name has a partner, else the shortest path."""
    names = {p.path: name_of(p.path) for p in profiles}
    partners = Counter((names[p.path].key, str(p.language)) for p in profiles)

    def rank(profile: Profile) -> tuple[bool, int, str]:
        other = "en" if profile.language == "zh" else "zh"
        return (not partners[(names[profile.path].key, other)], len(profile.path), profile.path)

    groups: dict[tuple[str, str], list[Profile]] = defaultdict(list)
    for profile in profiles:
        groups[(profile.language, profile.digest)].append(profile)
    kept, copies = [], []
    for group in groups.values():
        best, *rest = sorted(group, key=rank)
        kept.append(best)
        copies += [(p.path, best.path) for p in rest]
    return sorted(kept, key=lambda p: p.path), sorted(copies)


def _by_name(profiles: Sequence[Profile]) -> list[tuple[str, str]]:
    """Pairs whose names are the same but for the language; a name that several share says nothing."""
    found: list[tuple[str, str]] = []
    names = {p.path: name_of(p.path) for p in profiles}
    left = {p.path: str(p.language) for p in profiles if p.language in ("zh", "en")}
    for loose in (False, True):
        groups: dict[tuple[str, ...], dict[str, list[str]]] = defaultdict(lambda: {"zh": [], "en": []})
        for path, language in left.items():
            groups[names[path].key if loose else names[path].exact][language].append(path)
        for group in groups.values():
            if len(group["zh"]) == len(group["en"]) == 1:
                found.append((group["zh"][0], group["en"][0]))
        for pair_found in found:
            for path in pair_found:
                left.pop(path, None)
    return found


def _against(zh: Profile, en: Profile, score: float, likeness: Likeness) -> str:
    """Why the contents contradict the names, or nothing."""
    if min(likeness.weight(zh.path), likeness.weight(en.path)) >= ENOUGH_MARKS and score < STRANGE:
        return "hardly any figure of one is in the other"
    if score >= _SURE:
        return ""
    for mine, best in ((zh.path, likeness.best(zh.path)), (en.path, likeness.best(en.path))):
        if best is not None and best.score > score + 0.35 and best.score > 2 * score:
            other = best.target if mine == best.source else best.source
            return f"{mine} has the figures of {other}"
    ratio = en.characters / max(zh.characters, 1)
    if score < ALIKE and not 0.3 <= ratio <= 30:
        return "one is far too long for the other"
    return ""


class Likeness:
    """How alike a Chinese and an English document are by the figures and codes in them, 0..1."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self._profiles = {p.path: p for p in profiles}
        spread = Counter(mark for p in profiles for mark, _ in p.marks)
        total = max(len(profiles), 2)
        self._idf = {mark: math.log(1 + total / n) for mark, n in spread.items()}
        self._vectors: dict[str, dict[str, float]] = {}
        self._holders: dict[str, list[str]] = defaultdict(list)
        for profile in profiles:
            vector = {m: (1 + math.log(n)) * self._idf[m] for m, n in profile.marks}
            norm = math.sqrt(sum(v * v for v in vector.values())) or 1.0
            self._vectors[profile.path] = {m: v / norm for m, v in vector.items()}
            if profile.language in ("zh", "en"):
                for mark in vector:
                    self._holders[mark].append(profile.path)
        self._best: dict[str, Candidate | None] = {}

    def weight(self, path: str) -> int:
        """How many marks a document has."""
        return len(self._profiles[path].marks)

    def of(self, zh: str, en: str) -> float:
        """The cosine of two documents, lowered where their lengths or years do not fit."""
        a, b = self._vectors[zh], self._vectors[en]
        if len(b) < len(a):
            a, b = b, a
        return sum(v * b[m] for m, v in a.items() if m in b) * self._fit(zh, en)

    def _fit(self, zh: str, en: str) -> float:
        p, q = self._profiles[zh], self._profiles[en]
        ratio = q.characters / max(p.characters, 1)
        fit = 1.0 if _SHORTEST <= ratio <= _LONGEST else 0.7
        if p.year and q.year and p.year != q.year:
            fit *= 0.8 if "text" in (p.year_from, q.year_from) else 0.6
        return fit

    def candidates(self, path: str, among: Iterable[str] | None = None) -> list[Candidate]:
        """The documents of the other language that share a mark, best first."""
        mine = self._profiles[path]
        allowed = set(among) if among is not None else None
        others: set[str] = set()
        for mark in self._vectors[path]:
            holders = self._holders[mark]
            if len(holders) <= 400:  # a mark that everyone has tells nothing
                others.update(holders)
        found = []
        for other in others:
            if self._profiles[other].language == mine.language or (
                allowed is not None and other not in allowed
            ):
                continue
            zh, en = (path, other) if mine.language == "zh" else (other, path)
            found.append(Candidate(zh, en, round(self.of(zh, en), 4)))
        return sorted(found, key=lambda c: (-c.score, c.source, c.target))

    def best(self, path: str) -> Candidate | None:
        """The most alike document of the other language in the whole archive."""
        if path not in self._best:
            found = self.candidates(path)
            self._best[path] = found[0] if found else None
        return self._best[path]


def _by_content(
    free: Sequence[Profile], likeness: Likeness, meaning: Meaning | None
) -> tuple[list[Candidate], list[Candidate]]:
    """Pairs that the contents make clear, and candidates that they do not."""
    left = {p.path: p for p in free}
    found: list[Candidate] = []
    while True:
        ranked = {path: likeness.candidates(path, left) for path in left}
        clear = _mutual(ranked, ALIKE, LEAD)
        if not clear:
            break
        found += clear
        for candidate in clear:
            left.pop(candidate.source)
            left.pop(candidate.target)
    if meaning is not None:
        ranked = _by_meaning(left, likeness, meaning)
        clear = _mutual(ranked, 0.5, 0.06)
        found += clear
        for candidate in clear:
            left.pop(candidate.source)
            left.pop(candidate.target)
    doubtful = {
        c for path in left for c in ranked.get(path, ())[:3] if c.score >= ALIKE / 2 and c.source in left
    }
    return sorted(found, key=lambda c: c.source), sorted(
        (c for c in doubtful if c.target in left), key=lambda c: (c.source, -c.score, c.target)
    )


def _by_meaning(
    left: Mapping[str, Profile], likeness: Likeness, meaning: Meaning
) -> dict[str, list[Candidate]]:
    ranked: dict[str, list[Candidate]] = {path: [] for path in left}
    for zh in (p for p in left.values() if p.language == "zh"):
        for en in (p for p in left.values() if p.language == "en"):
            ratio = en.characters / max(zh.characters, 1)
            if not _SHORTEST <= ratio <= _LONGEST or (zh.year and en.year and zh.year != en.year):
                continue
            few = min(len(zh.marks), len(en.marks))
            figures = likeness.of(zh.path, en.path)
            if few >= ENOUGH_MARKS and figures < STRANGE:
                continue
            share = min(few / ENOUGH_MARKS, 1.0) / 2
            score = round(share * figures + (1 - share) * meaning(zh, en), 4)
            candidate = Candidate(zh.path, en.path, score)
            ranked[zh.path].append(candidate)
            ranked[en.path].append(candidate)
    return {k: sorted(v, key=lambda c: (-c.score, c.source, c.target)) for k, v in ranked.items()}


def _mutual(ranked: Mapping[str, Sequence[Candidate]], least: float, lead: float) -> list[Candidate]:
    clear = []
    for path, candidates in sorted(ranked.items()):
        if not candidates or candidates[0].source != path:
            continue
        best = candidates[0]
        back = ranked[best.target]
        seconds = [c[1].score for c in (candidates, back) if len(c) > 1]
        if back[0] == best and best.score >= least and best.score - max(seconds, default=0.0) >= lead:
            clear.append(best)
    return clear
