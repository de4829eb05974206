"""Texts in a language that is neither Chinese nor English, told by script and by the smallest words.

Readers know Chinese from English alone, so a French draft passes for English and a Japanese one for
Chinese; checked as such, either would look strangely free of faults, or full of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from aligncheck.model import Document

#: Looked at in each document, in characters: enough to be sure, little enough to be quick.
LOOKED_AT = 20_000
#: Fewer words than this prove nothing.
LEAST_WORDS = 12

_ENGLISH = frozenset(
    "the of and to in a is that for it as was with be by on not he his but at are this have from or had an "
    "they which you we were will has its been their all would can our more than no who what so if".split()
)
_WORDS = {
    name: frozenset(words.split())
    for name, words in {
        "French": "le la les des du de et en un une est que qui dans pour par sur au aux plus pas ce cette avec "
        "sont il elle ont nous vous être été leur ses",
        "German": "der die das und in den von zu mit ist des im dem nicht ein eine als auch auf für an es sich "
        "werden wird sind wurde bei nach einer durch",
        "Spanish": "el la los las de del y en que un una por con para es se su al como más no lo sus fue son "
        "este esta entre ha también",
        "Italian": "il la lo gli le di del della dei e in che un una per con è non sono si da al alla nel più "
        "come anche questo ha dal",
        "Portuguese": "o a os as de do da dos das e em que um uma para com por não se ao na no mais como foi são "
        "sua seu pela pelo",
        "Dutch": "de het een van en in is dat op te voor met zijn niet aan door er om ook als bij worden wordt "
        "naar uit deze",
        "Swedish": "och att det i en som på är av för med den till inte har ett om de var vid från kan ska",
        "Danish or Norwegian": "og at det i en som på er av af for med den til ikke har et om de var ved fra kan skal",
        "Polish": "i w na z do się nie jest że o to jak przez oraz dla po od są które który ich tym",
        "Indonesian or Malay": "dan yang di untuk dengan dari pada ini dalam akan tidak itu oleh sebagai adalah juga "
        "telah kepada tersebut",
        "Turkish": "ve bir bu için ile olarak da de çok olan gibi daha kadar sonra ne her en",
        "Romanian": "și de în la a cu pe din care pentru nu este sunt mai un o ale prin fost",
        "Czech or Slovak": "a v na se je že s z do o to jako pro by jsou po za od který které",
        "Hungarian": "a az és hogy nem is egy ez meg van volt csak már még vagy el mint",
        "Finnish": "ja on ei se että oli ovat joka mutta myös kun sekä tai ole hän niin",
        "Vietnamese": "và của các là có trong cho được với những một người này đã không khi để",
    }.items()
}
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN_WORD = re.compile(r"[^\W\d_]+")


def foreign_language(document: Document) -> str:
    """The English name of the language that a document seems to be in, if that is neither of ours; else ``""``."""
    text = _text(document)
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return ""
    kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
    if kana >= 10 and kana > 0.15 * (kana + han) and kana + han > 0.4 * len(letters):
        return "Japanese"
    script = _script(letters)
    if script:
        return script
    return _by_words(text) if han < 0.2 * len(letters) else ""


def _text(document: Document) -> str:
    pieces, size = [], 0
    for block in document.blocks:
        pieces.append(block.text)
        size += len(block.text)
        if size > LOOKED_AT:
            break
    return "\n".join(pieces)[:LOOKED_AT]


_SCRIPTS = {"HANGUL": "Korean", "CYRILLIC": "Russian or a neighbour of it", "ARABIC": "Arabic or Persian"}


def _script(letters: list[str]) -> str:
    """The language or script of most letters, where that is neither Latin nor Han."""
    counts = Counter(unicodedata.name(c, "UNKNOWN").split()[0] for c in letters)
    name, count = counts.most_common(1)[0]
    if name in ("LATIN", "CJK", "FULLWIDTH", "UNKNOWN") or count < 0.5 * len(letters):
        return ""
    return _SCRIPTS.get(name, f"a language in {name.capitalize()} script")


def _by_words(text: str) -> str:
    """The language whose smallest words the text is full of, where those of English are rare."""
    words = [w.lower() for w in _LATIN_WORD.findall(text)]
    if len(words) < LEAST_WORDS:
        return ""
    english = sum(w in _ENGLISH for w in words) / len(words)
    best, share = max(
        ((name, sum(w in known for w in words) / len(words)) for name, known in _WORDS.items()),
        key=lambda found: found[1],
    )
    return best if share >= 0.12 and share > 2 * english + 0.03 else ""
