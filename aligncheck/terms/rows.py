"""Concepts as rows of a table and back: what CSV, TSV and XLSX share.

Two shapes are read.  The long one, which is also written, has a row a term.  The wide one has a
row a pair (``zh``, ``en``), as editors keep by hand; rows with the same Chinese term are one
concept.  The header may stand in any order, in English or Chinese.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from aligncheck.errors import GlossaryError
from aligncheck.registry import did_you_mean
from aligncheck.terms import cells as filled
from aligncheck.terms.concepts import DATE, Concept, PartOfSpeech, Status, Term, TermType
from aligncheck.terms.headers import HAN, bare_columns, by_content, column_hint, directed, read_header, usable
from aligncheck.terms.normal import chinese_key
from aligncheck.terms.problems import Loaded, Problem
from aligncheck.terms.values import NO, YES, part_of_speech_of, status_of, term_type_of

COLUMNS = (
    "concept", "language", "term", "status", "type", "part_of_speech", "case_sensitive",
    "valid_from", "valid_to", "note", "source", "subject", "definition", "concept_note", "concept_source",
    "extra", "concept_extra", "scope",
)  # fmt: skip
#: A longer text is no term; 2 MB in one cell is an accident.
MAX_TERM = 1000
MAX_CELL = 100_000

#: Cells that hide nothing: most of a large list.
_PLAIN_ZH = re.compile(r"[\u3400-\u9fff]{1,60}\Z")
_PLAIN_EN = re.compile(r"[A-Za-z](?:[A-Za-z' \-]{0,200}[A-Za-z])?\Z")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_SAMPLE = 30  # rows of a list without a header that are looked at
#: Columns of a row a pair that speak of its English rendering.
_OF_THE_RENDERING = frozenset(
    "status type part_of_speech case_sensitive valid_from valid_to note source extra".split()
)
#: Those that few rows fill.
_RARE = _OF_THE_RENDERING - {"status", "note"}
_YEARS = re.compile(r"@\s*(\d{4}(?:\s*,\s*\d{4})*)\s*\Z")


def to_rows(concepts: Iterable[Concept]) -> Iterator[list[str]]:
    """The header and a row a term."""
    yield list(COLUMNS)
    for concept in concepts:
        for number, term in enumerate(concept.terms):
            first = number == 0
            yield [
                concept.id,
                term.language,
                term.text,
                term.status.value if term.status else "",
                term.type.value if term.type else "",
                term.part_of_speech.value if term.part_of_speech else "",
                "yes" if term.case_sensitive else "",
                term.valid_from,
                term.valid_to,
                term.note,
                term.source,
                concept.subject if first else "",
                concept.definition if first else "",
                concept.note if first else "",
                concept.source if first else "",
                _pack(term.extra),
                _pack(concept.extra) if first else "",
                concept.scope if first else "",
            ]


def _pack(extra: Sequence[tuple[str, str]]) -> str:
    return json.dumps([list(e) for e in extra], ensure_ascii=False) if extra else ""


@dataclass(slots=True)
class _Draft:
    id: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    extra: tuple[tuple[str, str], ...] = ()

    def add(self, term: Term, line: int) -> None:
        self.terms.append(term)
        self.lines.append(line)


def from_rows(rows: Iterable[tuple[int, Sequence[str]]], path: str, header_needed: bool = True) -> Loaded:
    """Concepts and problems of (line, cells) rows.

    Without ``header_needed`` a bare list of Chinese-English pairs will do too.

    Raises:
        GlossaryError: there is no header that we understand and no plain list of pairs either.
    """
    source = iter(rows)
    head: tuple[int, Sequence[str]] | None = next(
        ((n, r) for n, r in source if any(c.strip() for c in r) and not _remark(r)), None
    )
    if head is None:
        raise GlossaryError("is empty", path=path, hint="a glossary needs Chinese and English terms")
    columns, unknown, languages = read_header(head[1])
    table = _Table(path)
    if not usable(columns):
        rest = list(source)
        sample = [cells for _, cells in [head, *rest][:_SAMPLE]]
        bare = [cells for cells in sample if any(c.strip() for c in cells) and not _remark(cells)]
        columns, languages = bare_columns(bare if header_needed else bare[:1]), {}
        if not columns:
            raise GlossaryError(
                "the header names neither zh and en nor term and language: "
                + ", ".join(c or "(empty)" for c in head[1][:8]),
                path=path,
                line=head[0],
                hint=column_hint(head[1][0]) if head[1] else "",
            )
        columns = bare_columns(bare) or columns
        table.bare = True
        source = iter([head, *rest])
        head = head[0], max((cells for _, cells in [head, *rest]), key=len)
    elif unknown:
        table.warn(
            head[0],
            "column",
            f"unknown column {unknown[0]!r} is left out",
            column_hint(unknown[0]),
        )
    if directed(head[1]):
        rest = list(source)
        source = iter(rest)
        columns = by_content(columns, [cells for _, cells in rest[:_SAMPLE]])
    wide = "zh" in columns.values()
    width = max(columns) + 1 if columns else 0
    of = {name: i for i, name in columns.items()}
    sides = (of["zh"], of["en"]) if wide and len(columns) == 2 else None
    for line, cells in source:
        if sides is not None and len(cells) == 2:
            zh, en = cells[sides[0]], cells[sides[1]]
            if _PLAIN_ZH.match(zh) and _PLAIN_EN.match(en):
                table.pair(zh, en, line, languages)
                continue
        if not any(c.strip() for c in cells) or _remark(cells):
            continue
        beyond = [c for c in cells[max(width, len(head[1])) :] if c.strip()]
        if beyond:
            table.error(
                line,
                "ragged",
                f"the row has {len(cells)} cells, the header {len(head[1])}",
                "quote a cell that holds the separator, or take the extra cell out",
            )
            continue
        row = _cells(cells, columns)
        if not table.sound(row, line):
            continue
        if wide:
            table.wide(row, line, languages)
        else:
            table.long(row, line)
    return table.loaded()


def _remark(cells: Sequence[str]) -> bool:
    """Whether a row is a remark, as the lists of OmegaT have them: a sign, then words."""
    return cells[0].startswith("#") and len(cells[0].strip()) > 1 and not any(c.strip() for c in cells[2:])


def _cells(cells: Sequence[str], columns: Mapping[int, str]) -> dict[str, str]:
    return {name: cells[i].strip() if i < len(cells) else "" for i, name in columns.items()}


class _Table:
    """A table being read."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.drafts: dict[str, _Draft] = {}
        #: Whether it is a list without a header, which says nothing of how renderings stand to each other.
        self.bare = False
        #: Rows of a sheet of proposals that nobody has accepted.
        self.declined = 0
        self.problems: list[Problem] = []

    def error(self, line: int, code: str, message: str, advice: str = "") -> None:
        self.problems.append(Problem(self.path, line, "error", code, message, advice))

    def warn(self, line: int, code: str, message: str, advice: str = "") -> None:
        self.problems.append(Problem(self.path, line, "warning", code, message, advice))

    def sound(self, row: Mapping[str, str], line: int) -> bool:
        """Whether no cell is monstrous or holds control characters."""
        joined = " ".join(row.values())
        if len(joined) <= MAX_TERM and not _CONTROL.search(joined):
            return True
        for name, text in row.items():
            limit = MAX_TERM if name in ("term", "zh", "en") else MAX_CELL
            if len(text) > limit:
                self.error(
                    line, "length", f"the cell {name!r} has {len(text):,} characters", f"at most {limit:,}"
                )
                return False
            bad = _CONTROL.search(text)
            if bad:
                self.error(
                    line,
                    "character",
                    f"the cell {name!r} holds the control character U+{ord(bad.group()):04X}",
                    "take it out",
                )
                return False
        return True

    def long(self, row: Mapping[str, str], line: int) -> None:
        """A row a term."""
        text, language = row["term"], row["language"]
        if not text:
            self.error(line, "empty-term", "the row has no term", "write the term or take the row out")
            return
        if not re.match(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*\Z", language):
            self.error(line, "language", f"{language!r} is no language tag", "write zh-CN or en")
            return
        key = row.get("concept") or f"row-{line}"
        draft = self.drafts.setdefault(key, _Draft(key, line))
        self._fields(draft, row)
        term = self._term(text, language, row, line, row.get("status", ""))
        if term is not None:
            draft.add(term, line)

    def wide(self, row: Mapping[str, str], line: int, languages: Mapping[str, str]) -> None:
        """A row a pair, with further renderings in columns of their own."""
        zh, en = row["zh"], row["en"]
        if "accept" in row and row["accept"].lower() not in YES:
            self.declined += 1
            return
        if not zh or not (en or row.get("deprecated") or row.get("variants")):
            missing = "English" if zh else "Chinese"
            self.error(line, "empty-term", f"the row has no {missing} term", "fill it or take the row out")
            return
        if len(row) == 2 and not filled.told(zh) and not filled.told(en) and "@" not in en:
            self.pair(zh, en, line, languages)
        else:
            self._told(row, line, languages)

    def _told(self, row: Mapping[str, str], line: int, languages: Mapping[str, str]) -> None:
        """A row a pair with several terms in a cell, or with more to say of them."""
        zh, en = row["zh"], row["en"]
        row = {k: v for k, v in row.items() if v}
        own = row.get("concept", "")
        named = _chinese(row)
        key = own or "zh:" + chinese_key((named or [zh])[0])
        draft = self.drafts.get(key)
        if draft is None:
            draft = self.drafts[key] = _Draft(own or f"c{len(self.drafts) + 1}", line)
        self._fields(draft, row)
        plain = {k: v for k, v in row.items() if k not in _OF_THE_RENDERING}
        for text in named:
            if all(t.text != text for t in draft.terms):
                term = self._term(text, languages.get("zh", "zh"), plain, line, "")
                if term is not None:
                    draft.add(term, line)
        language = languages.get("en", "en")
        if "note" in row and "part_of_speech" not in row and part_of_speech_of(row["note"].rstrip(".")):
            row = {**row, "part_of_speech": row["note"].rstrip(".")}
        renderings = filled.english(en)
        status = row.get("status", "") or self._standing(draft, en, line).value
        if len(renderings) > 1 and "|" not in en:
            several = ", ".join(repr(r.text) for r in renderings)
            message = f"{en!r} is read as {len(renderings)} renderings: {several}"
            self.warn(line, "split", message, "part renderings by |")
        for number, rendering in enumerate(renderings):
            fields = {**row, "type": "acronym"} if rendering.acronym else row
            # The first rendering of a cell is the one to use, the others are right too.
            later = "admitted" if number and status_of(status) is Status.PREFERRED else status
            later = rendering.status.value if rendering.status else later
            term = self._term(rendering.text, language, fields, line, later)
            if term is not None:
                if rendering.acronym:
                    term = replace(term, case_sensitive=True)
                draft.add(term, line)
        for column, status in (
            ("variants", "admitted"),
            ("deprecated", "deprecated"),
            ("superseded", "superseded"),
        ):
            for other in filled.english(row[column]) if column in row else ():
                kind = {**plain, "type": "acronym"} if other.acronym else plain
                term = self._term(other.text, language, kind, line, status)
                if term is not None and all(t.text != term.text for t in draft.terms):
                    draft.add(term, line)
        if "acronym" in row or "note" in row:
            self._short_forms(draft, row, plain, [r.text for r in renderings], line, language)

    def _short_forms(
        self,
        draft: _Draft,
        row: Mapping[str, str],
        plain: Mapping[str, str],
        renderings: Sequence[str],
        line: int,
        language: str,
    ) -> None:
        """The acronyms of a row, from their column or from a remark that is nothing else."""
        named = [filled.Rendering(a, acronym=True) for a in _alternatives(row.get("acronym", ""), "|;；,")]
        for other in (*named, *filled.remarked(row.get("note", ""), renderings)):
            kind = {**plain, "type": "acronym"} if other.acronym else plain
            term = self._term(other.text, language, kind, line, "admitted")
            if term is not None and all(t.text != term.text for t in draft.terms):
                draft.add(term, line)

    def pair(self, zh: str, en: str, line: int, languages: Mapping[str, str]) -> None:
        """A Chinese term and its rendering, and nothing else: most rows of a large list."""
        key = "zh:" + chinese_key(zh)
        draft = self.drafts.get(key)
        if draft is None:
            draft = self.drafts[key] = _Draft(f"c{len(self.drafts) + 1}", line)
        if all(t.text != zh for t in draft.terms):
            draft.add(Term(zh, languages.get("zh", "zh")), line)
        status = self._standing(draft, en, line)
        draft.add(Term(en, languages.get("en", "en"), status), line)

    def _standing(self, draft: _Draft, en: str, line: int) -> Status:
        """How a rendering stands of which nobody says it; in a list without a header the first one is preferred."""
        first = next((t for t in draft.terms if t.tongue == "en"), None) if self.bare else None
        if first is None or not en or first.text == en:
            return Status.PREFERRED
        self.warn(
            line,
            "split",
            f"{draft.terms[0].text!r} has {first.text!r} for its preferred rendering, {en!r} is admitted",
            "say it in a column 'status', or take one of them out",
        )
        return Status.ADMITTED

    def _fields(self, draft: _Draft, row: Mapping[str, str]) -> None:
        for name in ("subject", "definition", "concept_note", "concept_source", "scope"):
            if row.get(name) and not draft.fields.get(name):
                draft.fields[name] = row[name]
        if row.get("concept_extra") and not draft.extra:
            draft.extra = _unpack(row["concept_extra"])

    def _term(self, text: str, language: str, row: Mapping[str, str], line: int, status: str) -> Term | None:
        found = status_of(status) if status else None
        if status and found is None:
            self.error(
                line, "value", f"the status is {status!r}", did_you_mean(status, [s.value for s in Status])
            )
            return None
        if "@" not in text and row.keys().isdisjoint(_RARE):  # most rows of a large table
            return Term(text, language, found, note=row.get("note", ""))
        kind = term_type_of(row["type"]) if row.get("type") else None
        if row.get("type") and kind is None:
            self.error(
                line,
                "value",
                f"the type is {row['type']!r}",
                did_you_mean(row["type"], [t.value for t in TermType]),
            )
            return None
        speech = part_of_speech_of(row["part_of_speech"]) if row.get("part_of_speech") else None
        if row.get("part_of_speech") and speech is None:
            self.error(
                line,
                "value",
                f"the part of speech is {row['part_of_speech']!r}",
                did_you_mean(row["part_of_speech"], [p.value for p in PartOfSpeech]),
            )
            return None
        case = row.get("case_sensitive", "").lower()
        if case not in YES and case not in NO:
            self.error(line, "value", f"case_sensitive is {case!r}", "write yes or no")
            return None
        for name in ("valid_from", "valid_to"):
            if row.get(name) and not DATE.match(row[name]):
                self.error(
                    line, "date", f"{name} is {row[name]!r}", "write a year or a date: 2023, 2023-01-15"
                )
                return None
        valid_to = row.get("valid_to", "")
        years = _YEARS.search(text)
        if years:  # "rendering@2017,2023": where it was seen
            text = text[: years.start()].strip()
        return Term(
            text,
            language,
            found,
            kind,
            speech,
            case in YES,
            row.get("valid_from", ""),
            valid_to,
            row.get("note", ""),
            row.get("source", ""),
            _unpack(row.get("extra", "")),
        )

    def loaded(self) -> Loaded:
        """What has been read."""
        if self.declined and not self.drafts:
            raise GlossaryError(
                f"proposes {self.declined} terms, none of which is accepted",
                path=self.path,
                hint="write yes into the column 'accept' of those that are to be used",
            )
        concepts, lines, term_lines = [], [], []
        for draft in self.drafts.values():
            if not draft.terms:
                continue
            f = draft.fields
            concepts.append(
                Concept(
                    draft.id,
                    tuple(draft.terms),
                    f.get("subject", ""),
                    f.get("definition", ""),
                    f.get("concept_note", ""),
                    f.get("concept_source", ""),
                    draft.extra,
                    f.get("scope", ""),
                )
            )
            lines.append(draft.line)
            term_lines.append(tuple(draft.lines))
        problems = tuple(sorted(self.problems, key=lambda p: (p.line, p.level)))
        return Loaded(self.path, tuple(concepts), tuple(lines), tuple(term_lines), problems)


def _chinese(row: dict[str, str]) -> list[str]:
    """The Chinese terms of a row; a column of synonyms or short forms may be meant for them, and is taken out."""
    named = filled.chinese(row["zh"])
    turned = [c for c in ("variants", "acronym") if c in row and HAN.search(row[c])]
    for column in ("zh_variants", *turned):
        named += filled.chinese(row.pop(column, ""))
    if "note" in row:
        named += filled.short_name(row["note"], row["zh"])
    return named


def _alternatives(cell: str, signs: str = "|") -> list[str]:
    if not cell:
        return []
    return [part.strip() for part in re.split(f"[{signs}]", cell) if part.strip()]


def _unpack(cell: str) -> tuple[tuple[str, str], ...]:
    if not cell:
        return ()
    try:
        pairs = json.loads(cell)
        return tuple((str(a), str(b)) for a, b in pairs)
    except (ValueError, TypeError):
        return (("extra", cell),)
