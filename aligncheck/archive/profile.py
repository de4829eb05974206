"""A document of an archive at a glance: language, year, and the marks by which it finds its partner."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from aligncheck.model import Bitext, Document

#: So many different marks describe a document; the most frequent are not the most telling.
MARKS = 4000

_ZH_SCALE = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}
_EN_SCALE = {"": 1, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_FIGURE = re.compile(
    r"(?<![\d.A-Za-z])(\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:\s?(百万|千万|万亿|百|千|万|亿)|[\s-]?(hundred|thousand|million|billion|trillion)\b)?",
    re.IGNORECASE,
)
#: Codes and acronyms that stand alike in both languages: 5G, PM2.5, GDP, APEC.
_CODE = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Za-z0-9.-]*[A-Z])[A-Z0-9][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*(?![A-Za-z0-9])"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_ZH_YEAR = re.compile(r"([一二][〇○零一二三四五六七八九]{3})年")
_ZH_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HEAD_BLOCKS = 12


@dataclass(frozen=True, slots=True)
class Profile:
    """A document at a glance.

    ``language``: ``zh``, ``en``, or ``both`` for a bilingual file.  ``year_from``: ``name``,
    ``folder``, ``text`` or empty.  ``marks``: figures by value and codes, with their counts.
    ``digest``: of the text without white space, so that one text in two formats is known as such.
    ``error``: why it could not be read; everything else is then empty.
    """

    path: str
    sha256: str
    size: int
    language: Literal["zh", "en", "both", ""] = ""
    year: str = ""
    year_from: str = ""
    title: str = ""
    blocks: int = 0
    characters: int = 0
    digest: str = ""
    marks: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    error: str = ""
    bug: bool = False


def profile_of(path: str, sha256: str, size: int, read: Document | Bitext) -> Profile:
    """The profile of what a reader gave; ``path`` is relative to the archive."""
    documents = (read.source, read.target) if isinstance(read, Bitext) else (read,)
    texts = [b.text for d in documents for b in d.blocks]
    year, source = _year(path, documents)
    language: Literal["zh", "en", "both"] = "both" if isinstance(read, Bitext) else documents[0].language
    counts: Counter[str] = Counter()
    if not isinstance(read, Bitext):
        for text in texts:
            counts.update(marks_of(text))
    return Profile(
        path=path,
        sha256=sha256,
        size=size,
        language=language,
        year=year,
        year_from=source,
        title=_title(documents[0]),
        blocks=sum(len(d.blocks) for d in documents),
        characters=sum(map(len, texts)),
        digest=_digest(texts),
        marks=tuple(sorted(counts.items(), key=lambda kv: (kv[1], kv[0]))[:MARKS]),
        notes=tuple(n for d in documents for n in d.problems),
    )


def marks_of(text: str) -> Iterator[str]:
    """Figures by value, and codes, of a text in either language."""
    for match in _FIGURE.finditer(text):
        digits, zh, en = match.groups()
        number = float(re.sub(r"[,，]", "", digits)) if len(digits) < 25 else 0.0
        value = number * (_ZH_SCALE[zh or ""] if zh else _EN_SCALE[(en or "").lower()])
        if value >= 10 or "." in digits:  # 1 to 9 are spelled out in one language and not in the other
            yield f"{value:.10g}"
    for code in _CODE.finditer(text):
        if (
            len(code[0]) > 1
            and not code[0].isdigit()
            and sum(c.isupper() or c.isdigit() for c in code[0]) > 1
        ):
            yield code[0]


def year_of_text(text: str) -> str:
    """The first year in a text, Arabic or in Chinese digits."""
    found = _YEAR.search(text)
    chinese = _ZH_YEAR.search(text)
    if chinese and (found is None or chinese.start() < found.start()):
        return chinese[1].translate(_ZH_DIGITS)
    return found[1] if found else ""


def _year(path: str, documents: Sequence[Document]) -> tuple[str, str]:
    *folders, name = path.split("/")
    years = _YEAR.findall(name)
    if years:
        return years[-1], "name"
    spelled = _ZH_YEAR.search(name)
    if spelled:
        return spelled[1].translate(_ZH_DIGITS), "name"
    for folder in reversed(folders):
        years = _YEAR.findall(folder)
        if len(set(years)) == 1:
            return years[0], "folder"
    return _year_in(documents)


def _year_in(documents: Sequence[Document]) -> tuple[str, str]:
    """From the title block: a line that is short holds a date or a title, not prose."""
    for document in documents:
        for block in document.blocks[:_HEAD_BLOCKS]:
            if len(block.text) <= 160:
                year = year_of_text(block.text)
                if year:
                    return year, "text"
    return "", ""


def _title(document: Document) -> str:
    lines = [" ".join(b.text.split()) for b in document.blocks[:6] if b.kind in ("title", "heading")]
    lines = lines or [" ".join(b.text.split()) for b in document.blocks[:1]]
    return lines[0][:120] if lines else ""


def _digest(texts: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update("".join(text.split()).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def read_profile(root: Path, path: str, sha256: str, size: int) -> Profile:
    """Read a file of the archive; whatever is wrong with it becomes its ``error``."""
    from aligncheck.pool import Failure, guarded
    from aligncheck.readers import read

    outcome = guarded(read, root / path)
    if isinstance(outcome, Failure):
        what = re.sub(rf"^{re.escape(str(root / path))}(:\d+)?: ", "", outcome.what.split("\n")[0])
        return Profile(path, sha256, size, error=what, bug=outcome.kind == "bug")
    source = outcome.source if isinstance(outcome, Bitext) else outcome
    return profile_of(path, source.sha256 or sha256, size, outcome)
