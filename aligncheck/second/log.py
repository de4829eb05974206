"""Every exchange with a second reader in a file, for whoever must account for it; names can be left out."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path

from aligncheck.errors import OutputError
from aligncheck.facts.places import chinese_places, english_places
from aligncheck.second.client import Answer, ChatMessage
from aligncheck.second.windows import Passage

#: Capitalised words that go together; one of them alone at the beginning of a sentence is no name.
_NAME = re.compile(
    r"(?<![.!?:;“\"(]\s)(?<![.!?:;“\"(])(?<!^)\b[A-Z][\w’'-]+(?:\s+(?:of|the|for|and|de|van)\s+[A-Z][\w’'-]+|\s+[A-Z][\w’'-]+)*"
    r"|\b[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)+"
)

#: How every row begins, and so the file.
_BEGIN = b'{"model": '


class Log:
    """A file of JSON lines that is added to."""

    def __init__(self, path: str, redact: bool = False) -> None:
        """Open it, so that a wrong path is told before anything is asked.

        Raises:
            OutputError: it cannot be written, or holds something else.
        """
        self._redact = redact
        refuse_other(path)
        try:
            number = os.open(Path(path), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError as error:
            raise OutputError(f"the log cannot be written: {error.strerror}", path=path) from None
        self._out = os.fdopen(number, "a", encoding="utf-8", errors="backslashreplace")

    def add(
        self,
        model: str,
        messages: Sequence[ChatMessage],
        passages: Sequence[Passage],
        answer: Answer | None,
        note: str,
    ) -> None:
        """Add an exchange; ``note`` says what became of it (``answered``, ``kept from before``, or why it failed)."""
        row: dict[str, object] = {
            "model": model,
            "passages": [p.number for p in passages],
            "messages": [dict(m) for m in messages],
            "answer": answer.text if answer is not None else None,
            "tokens": answer.tokens if answer is not None else 0,
            "note": note,
        }
        if self._redact:
            row = _without(row, names_in(passages))
        self._out.write(json.dumps(row, ensure_ascii=False) + "\n")
        self._out.flush()

    def close(self) -> None:
        """Close the file."""
        self._out.close()


def refuse_other(path: str) -> None:
    """Refuse to add to a file that is no log: a draft or a configuration would be spoilt.

    Raises:
        OutputError: the file holds something else than exchanges.
    """
    place = Path(path)
    try:
        if not place.is_file():
            return
        with place.open("rb") as file:
            begin = file.read(len(_BEGIN))
    except OSError:  # told when it is opened to write
        return
    if begin and begin != _BEGIN:
        raise OutputError(
            "is no log of a second reader, so nothing is added to it", path=path, hint="name another file"
        )


def names_in(passages: Sequence[Passage]) -> list[str]:
    """What may be a name in some passages: known places, capitalised English, and the Chinese that it renders."""
    found: set[str] = set()
    for passage in passages:
        zh, en = passage.zh.text, passage.en.text
        found |= {zh[n.start : n.end] for n in chinese_places(zh)}
        found |= {en[start:end] for _, _, start, end in english_places(en)}
        for match in _NAME.finditer(en):
            found.add(match.group())
            for ref in passage.en.refs(match.start(), match.end()):
                found |= set(passage.linked(ref, english=True))
    return sorted((n for n in found if len(n) > 1), key=lambda n: (-len(n), n))


def _without(row: dict[str, object], names: Sequence[str]) -> dict[str, object]:
    """The row with a mark in place of every name; the same name has the same mark."""
    marks = {name: f"[name {n}]" for n, name in enumerate(names, 1)}
    if not marks:
        return row
    pattern = re.compile("|".join(map(re.escape, marks)))

    def bare(value: object) -> object:
        if isinstance(value, str):
            return pattern.sub(lambda m: marks[m.group()], value)
        if isinstance(value, list):
            return [bare(v) for v in value]
        if isinstance(value, dict):
            # The instructions are ours: nobody is named in them.
            return value if value.get("role") == "system" else {k: bare(v) for k, v in value.items()}
        return value

    return {k: bare(v) if k in ("messages", "answer") else v for k, v in row.items()}
