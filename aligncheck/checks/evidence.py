"""Word evidence between the two languages: which words of a passage the other side renders.

Three witnesses are asked for each pair of words: a dictionary (CC-CEDICT), the sound of a name
(pinyin), and the encoder's vectors of single words, which stand close together across languages.
A figure is matched by its value.  All of it is soft: scores of 0..1, weighed by how much content
a word carries, so that formulaic words (进一步, 切实, 着力) weigh little.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from aligncheck.encode.base import Encoder
from aligncheck.pairing.dictionary import entries

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: half-open code points, its form for look-up, and the content it carries."""

    start: int
    end: int
    form: str  # Chinese: as it stands; English: the stem
    surface: str
    weight: float  # 0: carries no content of its own
    value: float | None = None  # of a figure


# --- English ---------------------------------------------------------------------------------

_EN_TOKEN = re.compile(r"[㐀-䶿一-鿿]+|\d[\d,]*(?:\.\d+)?|[A-Za-zÀ-ɏ]+(?:[’'][A-Za-z]+)*(?:-[A-Za-z]+)*")
_EN_STOP = frozenset(
    """a an the of in on at to for by with from as and or but nor so yet if than that this these those
    it its it's itself they them their he him his she her we us our you your i me my who whom whose which what when
    where while be is are was were been being am do does did done have has had having will would shall
    should can could may might must not no there here also more most such other others into out up
    down over under about between among through during per via upon within without both all any each
    some own same then too very s t one two us etc said mr ms mrs""".split()
)
_EN_LIGHT = frozenset(
    """effort effective effectively further continue continuously steadily comprehensively fully
    vigorously actively strive step make made take taken way new good well work relevant ensure carry
    conduct put set keep promote advance area field aspect important major key significant great
    strengthen improve enhance boost level process use used include including related program
    development develop""".split()
)
_IRREGULAR = {
    "built": "build", "rose": "rise", "risen": "rise", "grew": "grow", "grown": "grow", "fell": "fall",
    "fallen": "fall", "held": "hold", "kept": "keep", "made": "make", "took": "take", "taken": "take",
    "gave": "give", "given": "give", "went": "go", "gone": "go", "came": "come", "saw": "see", "seen": "see",
    "began": "begin", "begun": "begin", "brought": "bring", "bought": "buy", "sold": "sell", "told": "tell",
    "led": "lead", "left": "leave", "met": "meet", "paid": "pay", "ran": "run", "sent": "send", "spent": "spend",
    "stood": "stand", "taught": "teach", "thought": "think", "won": "win", "wrote": "write", "written": "write",
    "children": "child", "men": "man", "women": "woman", "people": "people", "better": "good", "best": "good",
    "worse": "bad", "worst": "bad", "lost": "lose", "laid": "lay", "lay": "lay", "found": "find", "felt": "feel",
    "drove": "drive", "driven": "drive", "chose": "choose", "chosen": "choose", "broke": "break", "broken": "break",
    "spoke": "speak", "spoken": "speak", "knew": "know", "known": "know", "shown": "show", "drew": "draw",
    "drawn": "draw", "sought": "seek", "won't": "not", "cannot": "can", "lives": "life", "feet": "foot",
}  # fmt: skip
_SUFFIXES = (
    ("ational", "ate"), ("ization", "ize"), ("isation", "ize"), ("fulness", "ful"), ("iveness", "ive"),
    ("ations", "ate"), ("ation", "ate"), ("ically", "ic"), ("ments", ""), ("ment", ""), ("ness", ""), ("ities", "ity"),
    ("ing", ""), ("edly", ""), ("ies", "y"), ("ied", "y"), ("tions", "t"), ("tion", "t"), ("sions", "s"), ("sion", "s"),
    ("ers", ""), ("ors", ""), ("er", ""), ("or", ""), ("ily", "y"), ("ly", ""), ("ed", ""), ("es", ""), ("al", ""),
    ("s", ""),
)  # fmt: skip


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A rough stem: inflections and common derivations of a word fall together (launched, launches)."""
    word = word.lower().replace("’", "'")
    word = word[:-2] if word.endswith("'s") else word.rstrip("'")
    word = _IRREGULAR.get(word, word)
    if len(word) <= 3:
        return word
    for suffix, put in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) + len(put) >= 3:
            if suffix in ("s", "es") and word.endswith(("ss", "us", "is")):
                break
            word = word[: -len(suffix)] + put
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    if len(word) > 3 and word.endswith(("e", "y")):
        word = word[:-1]
    return word


def english_words(text: str) -> list[Word]:
    """The words of an English text, compounds such as ``low-carbon`` in their parts."""
    found = []
    for spot in _EN_TOKEN.finditer(text):
        token = spot.group()
        if token[0].isdigit():
            value = _scaled(token, text[spot.end() : spot.end() + 12])
            found.append(Word(spot.start(), spot.end(), token.replace(",", ""), token, 1.0, value))
            continue
        if _HAN.match(token):  # left untranslated: it still renders itself
            found.extend(
                Word(spot.start() + w.start, spot.start() + w.end, w.form, w.surface, w.weight)
                for w in chinese_words(token)
            )
            continue
        start = spot.start()
        for part in token.split("-"):
            low = part.lower()
            weight = 0.0 if low in _EN_STOP else 0.4 if low in _EN_LIGHT else 1.0
            if len(low) <= 2 and not part.isupper():
                weight = 0.0
            found.append(Word(start, start + len(part), stem(part), part, weight))
            start += len(part) + 1
    return found


_SCALE = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}


def _scaled(token: str, after: str) -> float:
    value = float(token.replace(",", "").rstrip(".") or 0)
    spot = re.match(r"[\s-]*(thousand|million|billion|trillion)", after)
    return value * _SCALE[spot.group(1)] if spot else value


# --- Chinese ---------------------------------------------------------------------------------

_HAN = re.compile(r"[㐀-䶿一-鿿]")
_ZH_STOP = frozenset(
    """的 了 和 与 在 是 将 等 对 以 为 及 并 也 都 就 有 个 把 被 从 到 向 着 过 地 得 之 其 该 这 那 这些 那些 此 各 每
    所 而 但 或 又 还 更 最 很 再 因 由 于 上 下 中 内 外 前 后 里 们 他 她 它 我 你 您 我们 他们 她们 它们 你们 自己 以及 并且 而且
    或者 但是 因此 所以 如果 由于 因为 对于 关于 通过 按照 根据 随着 作为 成为 一个 一种 一些 可以 能够 可 能 要 会 应 让 使 给
    用 同 跟 比 来 去 不 没 没有 吗 呢 吧 啊 年 月 日 时 则 即 至 达 据 称 说 表示 认为 个 位 名 项 条 种 次 家 座 处 件 批 套 万 亿 元""".split()
)
_ZH_LIGHT = frozenset(
    """进一步 切实 着力 不断 扎实 推进 积极 大力 全面 深入 加强 加快 持续 坚持 坚决 努力 认真 充分 有效 有力 稳步 深化 强化 推动
    促进 提升 提高 完善 健全 优化 做好 抓好 开展 实施 落实 确保 统筹 大幅 显著 明显 更加 加大 力度 水平 工作 方面 有关 相关 进行
    实现 牢固 牢牢 紧紧 围绕 聚焦 立足 突出 注重 高效 有序 稳妥 精准 科学 系统 整体 一体 纵深 走深走实 方式 环节 过程 问题 情况 新
    全力 奋力 始终 继续 逐步 加以 予以 给予 做到 形成 打造 构建 建设 发展 取得 得到 获得 达到 体系 机制 格局 领域 重要 重大 重点""".split()
)
_ZH_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(万亿|千亿|百亿|千万|百万|万|亿|千|百)?")
_ZH_SCALE = {
    "万亿": 1e12,
    "千亿": 1e11,
    "百亿": 1e10,
    "千万": 1e7,
    "百万": 1e6,
    "万": 1e4,
    "亿": 1e8,
    "千": 1e3,
    "百": 1e2,
}


def chinese_words(text: str) -> list[Word]:
    """The words of a Chinese text by the segmenter, figures with their value."""
    import rjieba  # here: its dictionary takes a tenth of a second to load

    found: list[Word] = []
    at = 0
    for spot in [*_ZH_NUMBER.finditer(text), None]:
        stop = spot.start() if spot else len(text)
        for token in rjieba.cut(text[at:stop]):
            start, at = at, at + len(token)
            if _HAN.search(token):
                found.append(Word(start, at, token, token, content(token)))
            elif token[0].isalpha():
                found.append(Word(start, at, stem(token), token, 1.0))
        if spot:
            value = float(spot.group(1).replace(",", "").rstrip(".") or 0) * _ZH_SCALE.get(
                spot.group(2) or "", 1
            )
            found.append(
                Word(spot.start(), spot.end(), spot.group(1).replace(",", ""), spot.group(), 1.0, value)
            )
            at = spot.end()
    return found


def content(token: str) -> float:
    """How much a Chinese word carries: 0 for 的, 0.3 for what is said by way of form (加大, 建设), 1.4 at most."""
    if token in _ZH_STOP:
        return 0.0
    if token in _ZH_LIGHT:
        return 0.3
    return 0.5 if len(token) == 1 else 1.0 if len(token) == 2 else 1.4


_GLOSS_NOISE = re.compile(r"\([^)]*\)|\[[^\]]*\]|\b(?:lit|fig|abbr|variant|CL|sb|sth|esp|usu|e\.g|i\.e)\b\.?")


@lru_cache(maxsize=65_536)
def glosses(word: str) -> tuple[tuple[str, ...], ...]:
    """What the dictionary says about a word: a tuple of content stems for each gloss."""
    found = []
    for line in entries().lines(word):
        body = line.split("/", 1)[1]
        for gloss in re.split(r"[/;,]", body):
            if "variant of" in gloss or gloss.startswith("CL:") or "surname" in gloss:
                continue
            stems = tuple(
                stem(p)
                for p in re.findall(r"[A-Za-z]+", _GLOSS_NOISE.sub(" ", gloss))
                if p.lower() not in _EN_STOP and len(p) > 1
            )
            if stems and len(stems) <= 5:
                found.append(stems)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=65_536)
def pinyin(word: str) -> str:
    """The word's sound in plain letters, from the dictionary's readings; empty when unknown."""
    lines = entries().lines(word)
    if lines:
        return re.sub(r"[\d\s:]|u:", "", lines[0].split("[", 1)[1].split("]", 1)[0]).lower()
    return "".join(pinyin(c) for c in word) if len(word) > 1 else ""


def look_up(words: Iterable[Word]) -> None:
    """Find many Chinese words in the dictionary at one go."""
    told = dict.fromkeys(w.surface for w in words if w.weight > 0 and w.value is None)
    entries().prepare([piece for word in told for piece in _pieces(word)])


def _pieces(word: str) -> Iterable[str]:
    """A word and all that it could be cut into."""
    yield word
    for size in range(1, min(4, len(word) - 1) + 1):
        for at in range(len(word) - size + 1):
            yield word[at : at + size]


@lru_cache(maxsize=65_536)
def parts(word: str) -> tuple[str, ...]:
    """A long word in dictionary words of two characters or more, greedily; else its characters."""
    table, at, found = entries(), 0, []
    while at < len(word):
        for size in range(min(4, len(word) - at), 0, -1):
            piece = word[at : at + size]
            if size < len(word) and (size == 1 or piece in table):
                found.append(piece)
                at += size
                break
        else:
            break
    return tuple(found)


# --- Both ------------------------------------------------------------------------------------


class _Table:
    """Vectors of common words, made once and shipped (``benchmarks/make_word_vectors.py``)."""

    def __init__(self) -> None:
        with (
            (files("aligncheck.checks") / "data" / "words.npz").open("rb") as handle,
            np.load(handle) as data,
        ):
            self.rows = {w: i for i, w in enumerate(str(data["words"]).split("\n"))}
            self.chinese = next(i for w, i in self.rows.items() if w.isascii())  # the Chinese come first
            self.vectors: NDArray[np.int8] = data["vectors"]
            self.scale = float(data["scale"])
            self.axes: Matrix = data["axes"].astype(np.float32)
            self.encoder = str(data["signature"]).split("/")[0]


@cache
def _table() -> _Table:
    return _Table()


@lru_cache(maxsize=65_536)
def _rank(form: str) -> int | None:
    """The rank of a form among the common words of its language, the most common 0; None: not common."""
    row = _table().rows.get(form)
    return row if row is None or row < _table().chinese else row - _table().chinese


def rarity(word: Word) -> float:
    """0 for the most common word of a language, 1 for one beyond the 20,000 most common."""
    rank = _rank(word.form if _HAN.match(word.form) else word.surface.lower())
    return 1.0 if rank is None else min(1.0, math.log1p(rank) / math.log1p(20_000))


def _kin(word: str) -> Iterable[str]:
    """Words of the table that may stand for one that it lacks: parts of a compound, other inflections."""
    if _HAN.match(word):
        return [p for p in parts(word) if len(p) > 1] if len(word) > 2 else ()
    for suffix, put in (
        ("s", ""),
        ("es", ""),
        ("ies", "y"),
        ("ed", ""),
        ("d", ""),
        ("ing", ""),
        ("ing", "e"),
        ("ly", ""),
    ):
        if word.endswith(suffix) and word[: -len(suffix)] + put in _table().rows:
            return (word[: -len(suffix)] + put,)
    return ()


class WordEvidence:
    """Scores of 0..1 for pairs of a Chinese and an English word.

    The vectors of common words are read from a table; those of other words are made by the encoder,
    once a word, where it is the one that the table was made with (else these have no vector).
    """

    #: Cosines of single words: unrelated ones stay below the first figure, translations pass the second.
    LOW, HIGH = 0.40, 0.74

    def __init__(self, encoder: Encoder | None) -> None:
        same = encoder is not None and encoder.signature.split("/")[0] == _table().encoder
        self._encoder = encoder if same else None
        self._rows: dict[str, int] = {}
        self._vectors: Matrix = np.zeros(
            (0, _table().vectors.shape[1]), dtype=np.float32
        )  # with room to grow

    def learn(self, words: Iterable[str]) -> None:
        """Have the vectors of many words ready at one go."""
        fresh = [w for w in dict.fromkeys(words) if w not in self._rows]
        if not fresh:
            return
        table = _table()
        made = np.zeros((len(fresh), table.vectors.shape[1]), dtype=np.float32)
        known = [n for n, w in enumerate(fresh) if w in table.rows]
        made[known] = table.vectors[[table.rows[fresh[n]] for n in known]].astype(np.float32) * table.scale
        rare = []
        for n, word in enumerate(fresh):
            if word not in table.rows and any(c.isalpha() for c in word):
                near = [table.rows[v] for v in _kin(word) if v in table.rows]
                if near:
                    made[n] = table.vectors[near].astype(np.float32).mean(0) * table.scale
                else:
                    rare.append(n)
        if rare and self._encoder is not None:
            made[rare] = self._encoder.encode([fresh[n] for n in rare]) @ table.axes
        used = len(self._rows)
        if used + len(made) > len(self._vectors):
            room = np.zeros((used + 2 * len(made), made.shape[1]), dtype=np.float32)
            self._vectors = np.vstack([self._vectors[:used], room])
        self._vectors[used : used + len(made)] = made
        self._rows.update((word, used + n) for n, word in enumerate(fresh))

    def learn_words(self, chinese: Iterable[Word], english: Iterable[Word]) -> None:
        """Make the vectors of all words of a pair of documents that carry content."""
        told = [w.surface for w in chinese if w.weight > 0 and w.value is None]
        self.learn(told + [_key(w) for w in english if w.weight > 0 and w.value is None])

    def vectors(self, words: Sequence[str]) -> Matrix:
        """The vectors of words, shape (words, dimensions)."""
        self.learn(words)
        return np.take(self._vectors, [self._rows[w] for w in words], axis=0)

    def matrix(self, chinese: Sequence[Word], english: Sequence[Word]) -> Matrix:
        """Scores, shape (Chinese words, English words)."""
        scores = np.zeros((len(chinese), len(english)), dtype=np.float32)
        if not chinese or not english:
            return scores
        cosine = self.vectors([_asked(w, w.surface) for w in chinese]) @ (
            self.vectors([_asked(w, _key(w)) for w in english]).T
        )
        scores = np.clip((cosine - self.LOW) / (self.HIGH - self.LOW), 0, 1).astype(np.float32)
        places: dict[str, list[int]] = {}
        for j, word in enumerate(english):
            places.setdefault(word.form, []).append(j)
            if word.weight == 0 or word.value is not None:
                scores[:, j] = 0
        names = [
            (j, _plain(w.surface))
            for j, w in enumerate(english)
            if w.surface[:1].isupper() and w.value is None
        ]
        initials = {plain[:1] for _, plain in names}
        for i, word in enumerate(chinese):
            if word.value is not None:
                spelt = _SPELT.get(word.value)
                scores[i] = [1.0 if (e.value is not None and math.isclose(e.value, word.value, rel_tol=0.006))
                             or (spelt is not None and e.surface.lower() == spelt) else 0.0
                             for e in english]  # fmt: skip
                continue
            if word.weight == 0:
                scores[i] = 0
                continue
            if word.form in places:  # the same word in both: Latin letters, or left untranslated
                scores[i, places[word.form]] = 1.0
            for j, score in _dictionary(word.form, places):
                scores[i, j] = max(scores[i, j], score)
            sound = pinyin(word.form)
            if len(sound) >= 2 and sound[0] in initials:
                for spots in _spelt(sound, names):
                    scores[i, spots] = 1.0
        result: Matrix = scores
        return result

    def likeness(self, chinese: str, english: str) -> float:
        """Share of both texts' content that the other renders, 0..1: the geometric mean of both."""
        zwords, ewords = chinese_words(chinese), english_words(english)
        words = self.matrix(zwords, ewords)
        if not words.size:
            return 0.0
        wz = np.array([w.weight for w in zwords])
        we = np.array([w.weight for w in ewords])
        a = float((wz * words.max(1)).sum() / max(wz.sum(), 1e-9))
        b = float((we * words.max(0)).sum() / max(we.sum(), 1e-9))
        return math.sqrt(a * b)


def _key(word: Word) -> str:
    return word.surface if word.surface.isupper() else word.surface.lower()


def _asked(word: Word, key: str) -> str:
    """The key of a word whose vector counts; words without content and figures share the zero vector."""
    return key if word.weight > 0 and word.value is None else ""


def _plain(surface: str) -> str:
    return re.sub("[^a-z]", "", surface.lower())


def _spelt(sound: str, names: Sequence[tuple[int, str]]) -> list[list[int]]:
    """The capitalised words that spell a sound: one word, two or three in a row, or its clear part."""
    found = []
    for n, (j, plain) in enumerate(names):
        if plain[:1] != sound[0]:
            continue
        if plain == sound and (len(plain) >= 4 or plain not in _EN_STOP):
            found.append([j])
        elif len(plain) >= 2 and sound.startswith(plain):
            row, rest = [j], sound[len(plain) :]
            for following, more in names[n + 1 : n + 3]:
                if following != row[-1] + 1 or not rest.startswith(more) or not more:
                    break
                row.append(following)
                rest = rest[len(more) :]
            if not rest or len(plain) >= 5:
                found.append(row)
        elif len(sound) >= 5 and plain.startswith(sound):
            found.append([j])
    return found


def _dictionary(word: str, places: dict[str, list[int]], share: float = 1.0) -> list[tuple[int, float]]:
    found: dict[int, float] = {}
    known = glosses(word)
    for stems in known:
        here = [s for s in stems if s in places]
        if here:
            score = share * len(here) / len(stems)
            for s in here:
                for j in places[s]:
                    found[j] = max(found.get(j, 0.0), score)
    if len(word) > 2 or (not known and len(word) == 2):
        pieces = [p for p in parts(word) if content(p) > 0]
        for piece in pieces:
            for j, score in _dictionary(piece, places, share * max(0.3, len(piece) / len(word))):
                found[j] = max(found.get(j, 0.0), score)
    return list(found.items())


#: Small figures that English style spells out.
_SPELT = {
    float(n): word
    for n, word in enumerate("three four five six seven eight nine ten eleven twelve".split(), start=3)
}
