"""The instructions are files with a version: one that is changed gets a new version, and old answers are not used."""

from __future__ import annotations

import json
import re

import pytest

from aligncheck.second.answers import CATEGORIES, schema_for
from aligncheck.second.controls import EN, ZH, own_replies
from aligncheck.second.prompts import prompt_of

#: Version -> digest of the file.  A file that changes gets another version, and a row here.
EDITIONS = {
    "en-1": "fb8c0004fcdb6fa1566abcbef0e13d946fbecca55b1ec4b732c188f512cc2419",
    "zh-1": "f9cd01626978fd53be018071c724cadb2b39cb12a4ad8563ba05f4bece60bc51",
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_changed_prompt_has_another_version(language: str) -> None:
    prompt = prompt_of(language)  # type: ignore[arg-type]
    assert EDITIONS[prompt.name] == prompt.digest


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_prompt_names_what_the_schema_allows(language: str) -> None:
    text = prompt_of(language).text  # type: ignore[arg-type]
    for category in CATEGORIES:
        assert category.value in text
    for word in (
        '"yes"',
        '"no"',
        '"unsure"',
        '"major"',
        '"minor"',
        '"findings"',
        '"answers"',
        '"unlinked"',
        '"terms"',
    ):
        assert word in text, word
    # No example of a pair: nothing is taught that a model could repeat.
    assert not re.search('zh": "[\u4e00-\u9fff]', text)


def test_the_schema_is_of_the_strict_kind() -> None:
    schema = schema_for(8, 3)

    def strict(node: object) -> None:
        if isinstance(node, dict):
            if node.get("type") == "object":
                assert node["additionalProperties"] is False
                assert set(node["required"]) == set(node["properties"])
            for value in node.values():
                strict(value)

    strict(schema)
    json.dumps(schema)
    answers = schema["properties"]["answers"]
    assert answers["maxItems"] == 5  # two more: the control questions
    assert schema_for(8, 0)["properties"]["answers"]["maxItems"] == 0


def test_control_questions_are_about_words_that_are_there() -> None:
    assert "施行" in ZH
    assert "repealed" in EN
    assert own_replies([], 3) == ([], False)
