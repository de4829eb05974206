"""The common form of a word, and whether it carries content or only form."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

#: Words of form: articles, pronouns, prepositions, auxiliaries, conjunctions (closed classes of either grammar).
ENGLISH_FORM = frozenset(
    """a an the of in on at to for by with from as and or but nor so if than that this these those it its they them
    their theirs he him his she her hers we us our ours you your yours i me my mine who whom whose which what when
    where while be is are was were been being am do does did have has had having will would shall should can could
    may might must not no there here also s up out into onto over about""".split()
)
CHINESE_FORM = frozenset(
    """的 了 和 与 及 以及 并 在 是 将 等 对 以 为 也 都 就 有 个 一个 把 被 从 到 向 着 过 地 得 之 其 该
    这 那 而 但 或 又 还
    更 最 所 由 于 上 下 中 内 们 我 你 他 她 它 我们 你们 他们 她们 它们 啊 呢 吗 吧""".split()
)


@cache
def simplified() -> dict[int, str]:
    """Traditional character -> simplified character, from OpenCC's table (Apache-2.0)."""
    import opencc

    table = {}
    path = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    for row in path.read_text(encoding="utf-8").splitlines():
        source, _, targets = row.partition("\t")
        if targets and len(source) == 1 and len(targets.split(" ")[0]) == 1:
            table[ord(source)] = targets.split(" ")[0]
    return table


def fold(text: str) -> str:
    """Traditional characters folded to Simplified ones, one to one: every place holds."""
    if text.isascii():
        return text
    return text.translate(simplified())


@cache
def _stemmer() -> Any:
    from nltk.stem.snowball import EnglishStemmer  # here: the library takes time to load

    return EnglishStemmer()


@lru_cache(maxsize=1 << 16)
def form_of(word: str, language: str) -> str:
    """What equal words share: folded characters (Chinese), the Snowball stem (English; Porter 2001)."""
    if language == "zh":
        return fold(word)
    lower = word.lower().replace("’", "'").removesuffix("'s")
    if not lower.isascii() or not lower.isalpha():
        return lower
    found: str = _stemmer().stem(lower)
    return found


def is_form_word(word: str, language: str) -> bool:
    """Whether a word is a mark or belongs to a closed class, so that it need not be rendered."""
    if not any(c.isalnum() for c in word):
        return True
    return word in CHINESE_FORM if language == "zh" else word.lower() in ENGLISH_FORM
