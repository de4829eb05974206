"""The report with the words of every passage: by the schema, and saying what stands in the texts."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files

import jsonschema

from aligncheck import engine
from aligncheck.config import Settings
from aligncheck.model import Bitext
from aligncheck.registry import get


def test_words_and_links(make_bitext: Callable[[str, str], Bitext]) -> None:
    pair = make_bitext("学校新建了图书馆。", "The school has built a new library.")
    report = engine.check_loaded(pair, Settings(no_glossary=True))
    reporter = get("aligncheck.reporters", "json-words", "format")
    data = json.loads(b"".join(reporter.render(report)))
    schema = (files("aligncheck.reports") / "schema" / "report-1.schema.json").read_text(encoding="utf-8")
    jsonschema.validate(data, json.loads(schema))
    words = data["alignments"][0]["words"]
    texts = {
        side: [document["blocks"][w["block"]]["text"][w["start"] : w["end"]] for w in words[side]]
        for side, document in data["documents"].items()
    }
    likely = {(texts["source"][i], texts["target"][j]) for i, j, p in words["links"] if p > 0.5}
    assert {("学校", "school"), ("图书馆", "library")} <= likely
    assert max(w["unlinked"] for w in words["source"]) < 0.5


def test_the_plain_report_has_none(make_bitext: Callable[[str, str], Bitext]) -> None:
    report = engine.check_loaded(
        make_bitext("学校新建了图书馆。", "The school has a new library."), Settings()
    )
    plain = json.loads(b"".join(get("aligncheck.reporters", "json", "format").render(report)))
    assert all("words" not in alignment for alignment in plain["alignments"])
