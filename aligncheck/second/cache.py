"""Answers kept from run to run, by what was asked and whom: a reading that was stopped goes on from there."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from aligncheck.folders import cache_folder
from aligncheck.second.client import Answer, ChatMessage
from aligncheck.second.prompts import Prompt

#: Raised when answers of before must not be used any more.
_EDITION = 1


def key_of(prompt: Prompt, model: str, messages: Sequence[ChatMessage], schema: Mapping[str, Any]) -> str:
    """What an answer depends on: the instructions, the model, the texts, and what may be answered."""
    raw = json.dumps(
        [_EDITION, prompt.digest, model, list(messages), schema], ensure_ascii=False, sort_keys=True
    )
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()


class Answers:
    """A folder of answers, one file each; what cannot be read or written counts as not kept."""

    def __init__(self, keep: bool = True, folder: Path | None = None) -> None:
        self._folder = (folder or cache_folder() / "second-reader") if keep else None

    def get(self, key: str) -> Answer | None:
        """The answer under a key."""
        if self._folder is None:
            return None
        try:
            data = json.loads((self._folder / key[:2] / f"{key}.json").read_text(encoding="utf-8"))
            return Answer(str(data["text"]), int(data["tokens"]))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer; only the user may read it, for it quotes a draft."""
        if self._folder is None:
            return
        folder = self._folder / key[:2]
        data = json.dumps({"text": answer.text, "tokens": answer.tokens}, ensure_ascii=False)
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, temporary = tempfile.mkstemp(suffix=".tmp", dir=folder)  # readable by its owner alone
            try:
                with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as out:
                    out.write(data)
                os.replace(temporary, folder / f"{key}.json")
            except OSError:
                with contextlib.suppress(OSError):
                    os.unlink(temporary)
