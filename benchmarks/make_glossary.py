"""Make the layers of the built-in glossary from the tables of terms that terminologists have read.

    python benchmarks/make_glossary.py TERMS_DIR glossary

TERMS_DIR holds ``amended.tsv`` and ``glossary-audit.tsv`` (the concepts of Beijing's reports, mended, and
what to change in them), ``terms-new.tsv`` (terms of national and local documents) and ``bodies.tsv``.  What
they do not say, ``glossary/sources/patterns.tsv`` and ``additions.tsv`` add: numbered sessions, the expansions of
slogans, scopes.  ``changes.tsv`` beside them has the last word.  Writes ``national.tbx`` and ``beijing.tbx``.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from aligncheck.terms.concepts import Concept, PartOfSpeech, Status, Term, TermType
from aligncheck.terms.english import squeezed, tokenize
from aligncheck.terms.load import read_glossary
from aligncheck.terms.normal import chinese_key
from aligncheck.terms.tbx_write import write_tbx

NATIONAL = "Terms of reports, plans, communiqués, laws and bodies of the Chinese state, Chinese and English."
BEIJING = (
    "Terms of the reports on the work of the People's Government of Beijing Municipality, Chinese and English, "
    "collected from the published reports of 2017, 2023, 2024, 2025 and 2026."
)
#: Concepts of Beijing's reports that every government has; the others stay with Beijing.
_SHARED = """
1 4 7 8 9 13 16 18 19 23 25-30 32 34 36 37 40 41 43-47 54 59 61-63 65 66 72 74-76 78 82-87 89-91 93-95 97-100 103
104 110 116 119 121 123-143 145 146 148 150-153 156 159-161 164-168 170 172-174 178 180 182-189 191-195 197-211
214-218 226 227 230 233 246 250-252 254 256 258-263 265-271 274-276 278-280 284 286 287 289-294 296-311 314-316
324-326 333-335 337 338 340 342 345 347-350 352-355 357-366 368-377 392-394 398-401 403-406 408-412
"""
#: Chinese that names Beijing, or what only Beijing has: it needs no scope.
_BEIJING = re.compile(
    r"京|首都|首钢|中关村|雁栖|通州|怀柔|亦庄|雄安|门头沟|南苑|密云水库|官厅|胡同|回天|中轴线"
)
_PLACES_OF_BEIJING = re.compile(
    r"(?:门头沟|东城|西城|朝阳|海淀|丰台|石景山|房山|顺义|昌平|大兴|平谷|密云|延庆)区\Z"
)
#: Bodies under an earlier name: right in a document of its years.
_EARLIER = {
    "国家税务总局": (("State Administration of Taxation", "2018"),),
    "国家民族事务委员会": (("State Ethnic Affairs Commission", "2018"),),
    "国家统计局": (("State Statistical Bureau", "1999"),),
    "国家知识产权局": (("State Intellectual Property Office", "2018"),),
    "国家文物局": (("State Administration of Cultural Heritage", "2018"),),
    "国家信访局": (("State Bureau for Letters and Calls", "2023"),),
}
_LEVELS = {"municipal": "Municipal", "provincial": "Provincial", "district": "District", "county": "County"}


@dataclass
class Draft:
    """A concept being put together: terms keep the order in which they were added, the first status wins."""

    id: str
    subject: str
    zh: list[str]
    note: str = ""
    scope: str = ""
    source: str = ""
    en: dict[str, Term] = field(default_factory=dict)

    def add(self, text: str, status: Status, **more: object) -> None:
        """Add an English term unless the same words are there already."""
        text = text.strip()
        kind: dict[str, object] = dict(more)
        if text.endswith("{v}"):
            text, kind["part_of_speech"] = text[:-3].strip(), PartOfSpeech.VERB
        elif text.endswith("{a}"):
            text, kind["type"], kind["case_sensitive"] = text[:-3].strip(), TermType.ACRONYM, True
        key = squeezed(tokenize(text)) + ("{" if "{" in text else "")
        if text and key and key not in self.en:
            self.en[key] = Term(text, "en", status, **kind)  # type: ignore[arg-type]

    def concept(self) -> Concept:
        """The concept; its preferred term first."""
        order = [Status.PREFERRED, Status.ADMITTED, Status.SUPERSEDED, Status.DEPRECATED]
        english = sorted(self.en.values(), key=lambda t: order.index(t.status or Status.ADMITTED))
        chinese = [Term(z, "zh-CN") for z in dict.fromkeys(self.zh)]
        return Concept(
            self.id, (*chinese, *english), self.subject, note=self.note, source=self.source, scope=self.scope
        )


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a table of tabs, quotation marks as text."""
    with path.open(encoding="utf-8-sig") as file:
        return [
            {k: (v or "").strip() for k, v in row.items()}
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def parts(cell: str) -> list[str]:
    """What "|" parts."""
    return [p.strip() for p in cell.split("|") if p.strip()]


def numbers(text: str) -> set[int]:
    """The numbers of a list with ranges."""
    found: set[int] = set()
    for item in text.split():
        first, _, last = item.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found


# -- concepts of Beijing's reports ------------------------------------------------------------------


def reports(folder: Path) -> list[Draft]:
    """The concepts of amended.tsv with the changes that glossary-audit.tsv asks for."""
    drafts: dict[str, Draft] = {}
    for row in table(folder / "amended.tsv"):
        draft = drafts.setdefault(row["concept"], Draft(row["concept"], "", []))
        draft.subject = draft.subject or row["subject"]
        draft.note = draft.note or row["concept_note"]
        if row["language"] != "en":
            draft.zh.append(row["term"])
            continue
        more: dict[str, object] = {k: row[k] for k in ("valid_to", "source") if row[k]}
        # A rendering first seen in some year is no younger than the thing: it may have been used before.
        if row["type"]:
            more["type"] = TermType(row["type"])
        if row["part_of_speech"]:
            more["part_of_speech"] = PartOfSpeech(row["part_of_speech"])
        if row["case_sensitive"]:
            more["case_sensitive"] = True
        draft.add(row["term"], Status(row["status"]), **more)
    for row in table(folder / "glossary-audit.tsv"):
        if row["id"] in drafts:
            _amend(drafts[row["id"]], row["what to change"])
            for text in parts(row["add admitted"]):
                drafts[row["id"]].add(text, Status.ADMITTED)
    return list(drafts.values())


def _amend(draft: Draft, changes: str) -> None:
    from dataclasses import replace

    for change in re.split(r";\s+(?=[a-z]+)", changes):
        new = re.match(r"preferred: (.+?)(?: \((?:old preferred|lower case).*\)?)?\Z", change)
        status = re.match(r"status of “(.+?)”: (admitted|deprecated|superseded)\b", change)
        variants = re.match(r"add Chinese variant\(s\): (.+)\Z", change)
        if new:
            for key, term in draft.en.items():
                if term.status is Status.PREFERRED:
                    draft.en[key] = replace(term, status=Status.ADMITTED)
            _set(draft, new.group(1), Status.PREFERRED)
        elif status:
            _set(draft, status.group(1), Status(status.group(2)))
        elif variants:
            draft.zh += [v for v in parts(variants.group(1)) if "（" not in v and "(" not in v]
        elif change.startswith("change the Chinese key to "):
            draft.zh = [change.removeprefix("change the Chinese key to ").strip()]
        elif change.startswith("remove: ") or status_moves(change):
            gone = status_moves(change) or re.sub(r" \(.*", "", change.removeprefix("remove: "))
            draft.en.pop(squeezed(tokenize(gone)), None)
        elif re.match(r"subject: \w+\Z", change):
            draft.subject = change.removeprefix("subject: ").strip()
        elif change.startswith("scope: "):
            draft.scope = change.removeprefix("scope: ").strip()


def status_moves(change: str) -> str:
    """The rendering that a change moves to a concept of its own, or nothing."""
    moved = re.match(r"status of “(.+?)”: move to", change)
    return moved.group(1) if moved else ""


def _set(draft: Draft, text: str, status: Status) -> None:
    from dataclasses import replace

    key = squeezed(tokenize(text))
    known = draft.en.get(key)
    if known is None:
        draft.add(text, status)
    else:
        spelt = text if status is Status.PREFERRED else known.text
        end = known.valid_to if status is Status.SUPERSEDED else ""
        draft.en[key] = replace(known, status=status, text=spelt, valid_to=end)


# -- terms and bodies of the state ----------------------------------------------------------------


def terms(folder: Path) -> list[Draft]:
    """The concepts of terms-new.tsv."""
    drafts = []
    for row in table(folder / "terms-new.tsv"):
        draft = Draft("", row["category"], [row["zh"]], note=row["note"])
        draft.add(row["preferred"], Status.PREFERRED)
        for text in parts(row["admitted"]):
            draft.add(text, Status.ADMITTED)
        soft = "soft warning" in row["second_reader"]
        for text in parts(row["deprecated"]):
            draft.add(text, Status.SUPERSEDED if soft else Status.DEPRECATED)
        inside = re.search(r"not inside ([^;。(]+)", row["note"])
        if inside:
            words = [w.strip(" …") for w in re.split(r"[,，、]", inside.group(1)) if w.strip(" …")]
            draft.scope = "not in: " + ", ".join(words)
        drafts.append(draft)
    return drafts


def bodies(folder: Path) -> list[Draft]:
    """The bodies of bodies.tsv; the municipal ones fit every place."""
    drafts = []
    for row in table(folder / "bodies.tsv"):
        zh = [row["zh"]]
        for said in re.findall(r"(?:short|also) ([^;]+)", row["note"]):
            zh += [w for w in re.split(r"[,，、\s]+", said) if re.fullmatch(r"[\u4e00-\u9fff]{2,14}", w)]
        draft = Draft("", "institution", zh, note=re.sub(r"; context:.*|^context:.*", "", row["note"]))
        level = _LEVELS.get(row["level"], "")
        for text, status in _names(row):
            for name in _placed(text, level):
                plain = status is not Status.PREFERRED or "{" not in name
                draft.add(name, status if plain else Status.ADMITTED)
        for text, year in _EARLIER.get(row["zh"], ()):
            draft.add(text, Status.SUPERSEDED, valid_to=year)
        rules = []
        if "after a foreign country" in row["note"]:
            rules.append("not after foreign")
        inside = re.search(r"not inside ([^;(]+)", row["note"])
        if inside:
            rules.append("not in: " + ", ".join(w.strip() for w in inside.group(1).split(",") if w.strip()))
        draft.scope = "; ".join(rules)
        drafts.append(draft)
    return drafts


def _names(row: dict[str, str]) -> Iterable[tuple[str, Status]]:
    yield row["full"], Status.PREFERRED
    for text in (row["short"], *parts(row["admitted"])):
        if text:
            yield (text + "{a}" if re.fullmatch(r"[A-Z]{2,8}", text) else text), Status.ADMITTED
    for text in parts(row["deprecated"]):
        yield text, Status.DEPRECATED


def _placed(text: str, level: str) -> Iterable[str]:
    """A local body's name with a place holder where a city prints its own name."""
    if not level or "{" in text:
        return [text]
    if re.search(rf"\bCPC {level} Committee", text):
        return [text.replace(f"CPC {level}", f"CPC {{place}} {level}")]
    at = re.search(rf"\b{level}\b", text, re.IGNORECASE)
    if at is not None and (at.start() == 0 or text[: at.start()].endswith(("of ", "of the "))):
        head = re.sub(r"of the \Z", "of ", text[: at.start()])
        names = [f"{head}{{place}} {text[at.start() :]}"]
        if at.start() == 0 and level == "Municipal" and text[0].isupper():
            names.append(f"{{place}} {text[at.end() :].strip()}")
        return [text, *names]
    return [text]


# -- putting together -------------------------------------------------------------------------------


def additions(folder: Path) -> list[Draft]:
    """The concepts of a layer's own tables beside it: patterns, expansions, scopes."""
    drafts = []
    for name in ("patterns.tsv", "additions.tsv"):
        for concept in read_glossary(folder / "sources" / name).concepts:
            draft = Draft("", concept.subject, [t.text for t in concept.chinese], concept.note)
            draft.scope = concept.scope
            for term in concept.english:
                more = {"type": term.type, "part_of_speech": term.part_of_speech, "valid_to": term.valid_to}
                draft.add(term.text, term.status or Status.ADMITTED, **more)
            drafts.append(draft)
    return drafts


def joined(drafts: Iterable[Draft]) -> list[Draft]:
    """Drafts of one Chinese term as one concept; what came first decides, what follows adds."""
    owner: dict[str, Draft] = {}
    kept: list[Draft] = []
    for draft in drafts:
        known = owner.get(chinese_key(draft.zh[0]))
        if known is None:
            kept.append(draft)
            draft.zh = [z for z in draft.zh if chinese_key(z) not in owner]
            owner.update((chinese_key(z), draft) for z in draft.zh)
            continue
        known.zh += [z for z in draft.zh if chinese_key(z) not in owner]
        for zh in draft.zh:
            owner.setdefault(chinese_key(zh), known)
        known.scope = known.scope or draft.scope
        known.note = known.note or draft.note
        has_preferred = any(t.status is Status.PREFERRED for t in known.en.values())
        for key, term in draft.en.items():
            if key not in known.en:
                if term.status is Status.PREFERRED and has_preferred:
                    from dataclasses import replace

                    term = replace(term, status=Status.ADMITTED)
                known.en[key] = term
    return kept


def changed(drafts: Iterable[Draft], folder: Path) -> None:
    """Apply ``changes.tsv``, in the words of ``glossary-audit.tsv``; a row that fits no concept is an error."""
    owner = {chinese_key(z): draft for draft in drafts for z in draft.zh}
    for row in table(folder / "sources" / "changes.tsv"):
        draft = owner.get(chinese_key(row["zh"]))
        if draft is None:
            raise SystemExit(f"changes.tsv: no concept has the Chinese term {row['zh']}")
        _amend(draft, row["what to change"])
        for text in parts(row["add admitted"]):
            draft.add(text, Status.ADMITTED)


def named(drafts: list[Draft], prefix: str) -> None:
    """Give each draft an id that says its layer and its English."""
    taken: set[str] = set()
    for draft in drafts:
        first = next((t for t in draft.en.values() if t.status is Status.PREFERRED), None)
        first = first or next(iter(draft.en.values()))
        words = re.findall(r"[a-z0-9]+", re.sub(r"\{\w+\}|['’]", "", first.text.lower()))
        base = f"{prefix}-" + "-".join(words[:6])
        own, again = base, 2
        while own in taken:
            own, again = f"{base}-{again}", again + 1
        taken.add(own)
        draft.id = own


def main() -> None:
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    own = reports(folder)
    shared = numbers(_SHARED)
    national, beijing = [], []
    for draft in own:
        (national if int(draft.id.removeprefix("bj-")) in shared else beijing).append(draft)
    extra = additions(target)
    city = [d for d in extra if any(_BEIJING.search(z) for z in d.zh) or "五子" in d.zh[0]]
    state = [d for d in extra if d not in city]
    national = joined([*state, *national, *bodies(folder), *terms(folder)])
    beijing = joined([*city, *beijing])
    changed([*national, *beijing], target)
    for draft in beijing:
        if not draft.scope and not any(_BEIJING.search(z) or _PLACES_OF_BEIJING.search(z) for z in draft.zh):
            draft.scope = "place: 北京"
    for draft in (*national, *beijing):
        if draft.subject in ("unit",):
            draft.subject = "sector"
    named(national, "cn")
    (target / "national.tbx").write_bytes(write_tbx([d.concept() for d in national if d.en], NATIONAL))
    (target / "beijing.tbx").write_bytes(write_tbx([d.concept() for d in beijing if d.en], BEIJING))
    print(f"national: {len(national)} concepts; Beijing: {len(beijing)} concepts")


if __name__ == "__main__":
    main()
