"""Names of places: by the gazetteer, by the glossary, by sound, and the mark that parts syllables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligncheck.checks.context import Context
from aligncheck.checks.names.texts import (
    CAPITAL,
    Texts,
    bare,
    distance,
    english_words,
    soundings,
    syllable_count,
)
from aligncheck.facts.pinyin import occurrences, readings, romanised, split
from aligncheck.facts.places import (
    SHORT,
    Named,
    Place,
    chinese_places,
    english_names,
    english_places,
    gazetteer,
    squeeze,
)
from aligncheck.model import Hit, Message, Severity

#: Signs that stand for a place in names of other things, and what they allow the English to name.
_HINTS = {"蒙": ("内蒙古", "蒙古国"), "朝": ("朝鲜",), "藏": ("西藏",), "江": ("长江", "珠江"), "河": ("黄河",), "运河": ("大运河",),
          "城": ("长城",), "北大": ("北京",), "湾区": ("大湾区", "广东", "香港", "澳门"), "首都": ("北京",), "国": ("中国",)}  # fmt: skip


_APOSTROPHE = re.compile(r"\b([A-Z][a-z]+)['’]([a-z]{2,})\b")


def places(t: Texts, context: Context) -> Iterator[Hit]:
    """Places that the English calls otherwise, or spells wrongly."""
    named = chinese_places(t.zh)
    if not named:
        return
    rendered = _glossary(t, context)
    strange = _strange(t, named, rendered)
    used: set[int] = set()
    reported: set[str] = set()
    for miss in (n for n in named if not _is_rendered(n, t.en, rendered)):
        place, name = miss.place, miss.place.chinese
        if name in reported:
            continue
        options = [k for k in range(len(strange)) if k not in used]
        if options:
            where = miss.start / max(1, len(t.zh))
            best = min(options, key=lambda k: abs(strange[k][2] / max(1, len(t.en)) - where))
            form, others, start, end = strange[best]
            used.update(k for k in options if strange[k][0] == form)
            reported.add(name)
            # 北京 is also what an English text says for the state, and what follows from a name of a body.
            sure = 0.7 if name == "北京" else 0.93
            if any(other in zh.text for zh, _ in t.near for other in others):
                sure = 0.4 if name == "北京" else 0.6
            known = (f" ({others[0]})", f"（{others[0]}）") if others else ("", "")
            message = Message(
                f"{name} is {place.form}; the English has {form}{known[0]}.",
                f"“{name}”应为{place.form}，英文却是 {form}{known[1]}。",
            )
            yield t.hit((miss.start, miss.end), (start, end), message, sure, place.form)
        elif (spelt := _misspelt(place, t.en)) is not None:
            reported.add(name)
            word, start, end, sure, why_en, why_zh = spelt
            message = Message(
                f"{name} is {place.form}; “{word}” {why_en}.",
                f"“{name}”应为{place.form}，“{word}”{why_zh}。",
            )
            yield t.hit((miss.start, miss.end), (start, end), message, sure, place.form, Severity.MINOR)


def _strange(t: Texts, named: list[Named], rendered: str) -> list[tuple[str, tuple[str, ...], int, int]]:
    """The places of the English that nothing in the Chinese accounts for."""
    allowed = {n.place.chinese for n in named} | {SHORT[c] for c in t.zh if c in SHORT}
    allowed |= {name for sign, names in _HINTS.items() if sign in t.zh for name in names}
    forms = {f for name in allowed if (p := gazetteer().get(name)) for f in p.forms}
    return [
        row
        for row in english_places(t.en)
        if row[0] not in forms
        and not set(row[1]) & allowed
        and not _reads(row[0], t.zh, named)
        and row[0].lower() not in rendered.lower()
    ]


def _reads(form: str, zh_text: str, named: list[Named]) -> bool:
    """Whether characters of the Chinese read like the name, other than those of a place with another name."""
    other = [(n.start, n.end) for n in named if not n.place.plain or squeeze(n.place.form) != squeeze(form)]
    return any(
        not any(a < end and start < b for a, b in other) for start, end in occurrences(squeeze(form), zh_text)
    )


def _glossary(t: Texts, context: Context) -> str:
    """The glossary's English terms of this passage that the English really uses, as one string."""
    termbase = context.termbase
    if termbase is None or not hasattr(termbase, "find_chinese"):
        return ""
    folded = t.en.lower()
    used = []
    for match in termbase.find_chinese(t.zh):
        for concept in match.concepts:
            for term in concept.terms:
                if term.tongue == "en" and term.text.replace("’", "'").lower() in folded:
                    used.append(f"{match.text}\t{term.text}")
    return "\n".join(used)


def _is_rendered(miss: Named, en_text: str, rendered: str) -> bool:
    """Whether every mention can be accounted for; a second mention may be left to a pronoun."""
    place = miss.place
    forms = place.forms
    for form in forms:
        if form in ("US", "U.S.", "UK", "U.K."):
            if re.search(rf"(?<![A-Za-z]){re.escape(form)}(?![A-Za-z])", en_text):
                return True
        elif re.search(rf"(?i)(?<![a-z]){re.escape(form)}(?:ers?|ese|ians?|ns?|s)?(?![a-z])", en_text):
            return True
    return any(line.split("\t")[0].find(place.chinese) >= 0 for line in rendered.splitlines())


def _misspelt(place: Place, en_text: str) -> tuple[str, int, int, float, str, str] | None:
    """A word of the English that must be a slip for the place: (word, start, end, sure, why, why in Chinese)."""
    wanted = [f for f in place.forms if " " not in f or len(place.forms) == 1]
    plain = place.pinyin
    known = english_names()[0]
    for word in CAPITAL.finditer(en_text):
        text = word.group()
        if text in known:
            continue
        letters = squeeze(text)
        if not place.plain and letters == squeeze(plain) and text.lower() not in english_words():
            return text, word.start(), word.end(), 0.8, "is bare pinyin", "只是汉语拼音"
        for form in wanted:
            if "'" in form and letters == squeeze(form):
                return (
                    text,
                    word.start(),
                    word.end(),
                    0.75,
                    "lacks the apostrophe or has it in the wrong place",
                    "隔音符号有误",
                )
            if (
                len(form) >= 5
                and letters != squeeze(form)
                and distance(letters, squeeze(form)) <= (1 if len(letters) < 7 else 2)
            ):
                if letters in english_words() or letters[0] != squeeze(form)[0]:
                    continue
                if not _pinyin_like(letters) and place.plain and distance(letters, squeeze(form)) > 1:
                    continue
                return text, word.start(), word.end(), 0.65, "is misspelt", "拼写有误"
    if not place.plain and " " in place.form:
        found = re.search(rf"(?i)(?<![a-z]){re.escape(plain)}(?![a-z])", en_text)
        if found:
            return found.group(), found.start(), found.end(), 0.8, "is bare pinyin", "只是汉语拼音"
    return None


def _pinyin_like(word: str) -> bool:
    return split(word) is not None


_KINDS = {
    "区": "District", "县": "County", "镇": "Town|Township", "乡": "Township", "村": "Village", "街道": "Sub-?district|Subdistrict|Street",
    "市": "City|Municipality", "省": "Province", "路": "Road", "街": "Street", "大街": "Street|Avenue", "桥": "Bridge", "河": "River", "湖": "Lake",
    "山": "Mountain|Hill", "水库": "Reservoir", "站": "Station", "公园": "Park", "寺": "Temple", "胡同": "Hutong|Alley", "大学": "University",
    "医院": "Hospital", "机场": "Airport", "港": "Port", "岛": "Island",
}  # fmt: skip


_LOCAL_EN = re.compile(
    r"\b([A-Z][a-z]+(?:'[a-z]+)?)\s+("
    + "|".join(sorted({k for v in _KINDS.values() for k in v.split("|")}, key=len, reverse=True))
    + r")\b"
)


def local_places(t: Texts) -> Iterator[Hit]:
    """Yunxi County as Yunqi County: a name of the same kind, spelt nearly like the Chinese one."""
    known = english_names()[1]
    for found in _LOCAL_EN.finditer(t.en):
        word, kind = found.groups()
        letters = bare(word)
        counts = (n,) if (n := syllable_count(word)) else (2, 3)
        if (
            letters in known
            or (counts == (1,) and len(letters) < 4)
            or letters in english_words()
            or occurrences(letters, t.zh)
        ):
            continue
        far = 1 if len(letters) < 5 or len(counts) > 1 else 2
        meant = next(_meant(t, kind, letters, counts, far), None)
        if meant is not None:
            start, end, name, suffix = meant
            right = romanised(name)
            message = Message(
                f"{name}{suffix} is {right} {kind}; “{found.group()}” is misspelt.",
                f"“{name}{suffix}”应为{right} {kind}，“{found.group()}”拼写有误。",
            )
            yield t.hit((start, end), found.span(), message, 0.66, f"{right} {kind}", Severity.MINOR)


def _meant(
    t: Texts, kind: str, letters: str, counts: tuple[int, ...], far: int
) -> Iterator[tuple[int, int, str, str]]:
    """The names of the kind in the Chinese that sound nearly like the word: start, end, name, what it is."""
    for suffix in (s for s, kinds in _KINDS.items() if re.fullmatch(kinds, kind)):
        for hit, count in ((h, c) for h in re.finditer(suffix, t.zh) for c in counts):
            name = t.zh[max(0, hit.start() - count) : hit.start()]
            if len(name) != count or not re.fullmatch("[\u4e00-\u9fff]+", name) or name in gazetteer():
                continue
            right = bare(romanised(name))
            if any(distance(letters, usual) <= far for usual in soundings(name)) and not (
                right in bare(t.en) or distance(letters, right) > far
            ):
                yield hit.start() - count, hit.end(), name, suffix


def apostrophes(t: Texts) -> Iterator[Hit]:
    """Chao'yang: a mark before a consonant."""
    for found in _APOSTROPHE.finditer(t.en):
        head, tail = found.group(1).lower(), found.group(2).lower()
        if (
            tail[0] in "aeo"
            or tail in ("s", "re", "ll", "ve", "t", "d", "m")
            or not split(head)
            or not split(tail)
        ):
            continue
        places = occurrences(head + tail, t.zh)
        if not places:
            continue
        start, end = places[0]
        right = found.group(1) + found.group(2)
        name = t.zh[start:end]
        yield t.hit(
            (start, end),
            found.span(),
            Message(
                f"Pinyin takes no apostrophe before a consonant: {name} is {right}, not {found.group()}.",
                f"汉语拼音在辅音前不用隔音符号：“{name}”应为{right}，而非 {found.group()}。",
            ),
            0.85,
            right,
            Severity.MINOR,
        )


#: Names whose form without the mark is settled by long use.
_SETTLED = frozenset({"tiananmen", "xianggang"})


_PLACE_WORD = re.compile(
    r"\s+(?:Village|Town|Township|County|District|Sub-?district|City|Road|Street|Lane|Bridge|River|Lake|Hill|Mountains?|Reservoir|"
    r"Station|Park|Temple|Hutong|Airport|Port|Island|Hospital|School|Community|Square|Gate|Avenue)\b"
)


def lacking_marks(t: Texts) -> Iterator[Hit]:
    """Dongan Village for 东安村: a syllable that begins with a, o, e takes the mark (GB/T 16159, 4.1)."""
    for found in CAPITAL.finditer(t.en):
        letters = found.group().lower()
        if len(letters) < 5 or not letters.isalpha() or letters in _SETTLED or letters in english_words():
            continue
        if not _PLACE_WORD.match(t.en, found.end()):
            continue  # clubs and firms write their names as they please
        if split(letters) is None:
            continue
        places = occurrences(letters, t.zh)
        names = {t.zh[start:end] for start, end in places}
        if len(names) != 1:
            continue
        name = names.pop()
        if not any(reading[:1] in "aoe" for sign in name[1:] for reading in readings(sign)):
            continue
        right = romanised(name)
        if "'" not in right or squeeze(right) != letters or name in gazetteer():
            continue  # the gazetteer's names are told with their places
        start, end = places[0]
        yield t.hit(
            (start, end),
            found.span(),
            Message(
                f"{name} is {right}: the apostrophe separates its syllables; “{found.group()}” reads differently.",
                f"“{name}”应为{right}，“{found.group()}”缺少隔音符号。",
            ),
            0.72,
            right,
            Severity.MINOR,
        )
