"""Doubts moved by what was measured, answers kept, budgets, logs, the second look; same bytes from the same answers."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aligncheck.config.reader import ReaderSettings, amounts, read_budget
from aligncheck.errors import ConfigError, OutputError
from aligncheck.model import Bitext, Message, Severity, Word, WordLink, Words
from aligncheck.second import Reader
from aligncheck.second.calibration import Tally, load_record, moved, record_bytes, record_key
from aligncheck.second.prompts import language_for, prompt_of

from .conftest import LINES, WRONG, paired, read
from .server import answer, finding, put, replies, serving
from .test_injection import doubt

GOOD = Tally(
    wrong=100,
    right=100,
    found={"major": 70, "minor": 10},
    false={"major": 1, "minor": 12},
    said_wrong={"yes": 80, "no": 10, "unsure": 10},
    said_right={"yes": 8, "no": 85, "unsure": 7},
)
BLIND = Tally(100, 100, {"major": 3}, {"major": 90}, {"yes": 50, "no": 50}, {"yes": 60, "no": 40})


def record(path: Path, tally: Tally, passes: int = 1, prompt: str = "") -> str:
    """A record of a model on disk."""
    name = prompt or prompt_of("en").name
    path.write_bytes(record_bytes({record_key("test-model", name, passes): tally}))
    return str(path)


def test_what_is_counted_becomes_probabilities() -> None:
    assert 0.8 < GOOD.reliability(Severity.MAJOR) < 0.95
    assert GOOD.reliability(Severity.MINOR) < 0.3
    assert BLIND.reliability(Severity.MAJOR) < 0.02
    assert 1.5 < GOOD.shift("yes") <= 2
    assert -2 <= GOOD.shift("no") < -1.5
    assert GOOD.shift("unsure") == 0
    assert BLIND.shift("yes") == BLIND.shift("no") == 0
    assert moved(0.5, 0.0) == 0.5
    assert moved(0.5, 2.0) == pytest.approx(0.881, abs=0.001)


def test_a_measured_model_states_what_it_is_good_at(contract: Bitext, tmp_path: Path) -> None:
    path = record(tmp_path / "r.json", GOOD)
    minor = finding(
        4,
        "mistranslation",
        "由承租人负责",
        "The lessee shall be responsible",
        "The tenant is liable",
        "minor",
    )
    with serving(lambda body: answer([WRONG, minor])) as server:
        found, reader = read(contract, server.url, calibration=path)
    first, second = (h for _, h in found)
    assert first.severity is Severity.MAJOR
    assert first.confidence == round(GOOD.reliability(Severity.MAJOR), 3)
    assert "says something else" in first.message.en
    assert second.confidence < 0.5
    assert "may say something else" in second.message.en
    assert reader.record is not None
    assert reader.record.calibrated


@pytest.mark.parametrize(("word", "there"), [("yes", True), ("no", False), ("unsure", None)])
def test_a_doubt_moves_by_the_measured_amount(
    word: str, there: bool | None, contract: Bitext, tmp_path: Path
) -> None:
    asked = doubt(contract, 2, "每月五日前", "by the fifth day")
    raw = (asked[0], Message("Stated.", "断言。"))
    with serving(lambda body: answer([], replies(put(body), word))) as server:
        found, reader = read(
            contract,
            server.url,
            [asked],
            [(asked[0], _stated(asked[1]))],
            calibration=record(tmp_path / "r", GOOD),
        )
        _, unmeasured = read(contract, server.url, [asked], keep=False)
    hit = found[0][1]
    assert hit.confidence == moved(0.5, GOOD.shift(word))  # type: ignore[arg-type]
    assert (hit.confidence >= 0.8) is bool(there)
    assert (hit.message == raw[1]) is bool(there)  # from 0.8 on it is stated as its check put it
    assert hit.evidence[-1][0] == "second reader"
    assert reader.record is not None
    assert unmeasured.record is not None
    assert reader.record.moved == (there is not None)
    assert unmeasured.record.moved == 0  # a model that nobody has measured moves nothing


def _stated(hit: Any) -> Any:
    from dataclasses import replace

    return replace(hit, message=Message("Stated.", "断言。"))


def test_questions_carry_words_links_and_the_doubt(make_bitext: Callable[[str, str], Bitext]) -> None:
    from dataclasses import replace

    bare = paired(make_bitext, LINES[2:3])
    zh, en = bare.source.blocks[0].text, bare.target.blocks[0].text

    def word(text: str, part: str) -> Word:
        return Word(0, text.index(part), text.index(part) + len(part), part, 1.0)

    words = Words(
        (word(zh, "五日"), word(zh, "承租人")),
        (word(en, "fifth"), word(en, "RMB")),
        (WordLink(0, 0, 0.9), WordLink(1, 1, 0.2)),
        (0.0, 0.9),
        (0.1, 0.7),
    )
    pair = replace(bare, beads=(replace(bare.beads[0], words=words),))
    with serving(lambda body: answer()) as server:
        read(pair, server.url, [doubt(pair, 0, "五日", "day")])
        read(pair, server.url, [doubt(pair, 0, "五日", "day")], prompt="zh")
    text, chinese = server.texts()
    assert text["passages"][0]["unlinked"] == {"zh": ["承租人"], "en": ["RMB"]}
    question = text["questions"][1]
    assert (question["zh"], question["en"], question["linked to en"]) == ("五日", "day", ["fifth"])
    assert question["doubt"].startswith("“day” may not render")
    assert chinese["questions"][1]["doubt"].startswith("“day”似未正确译出")


def test_answers_are_kept_by_content_prompt_and_model(contract: Bitext) -> None:
    with serving(lambda body: answer([WRONG])) as server:
        first, one = read(contract, server.url)
        second, two = read(contract, server.url)
        assert len(server.requests) == 1
        assert first == second
        assert one.record == two.record
        read(contract, server.url, model="another-model")
        assert len(server.requests) == 2
        read(contract, server.url, prompt="zh")
        assert len(server.requests) == 3
        read(contract, server.url, keep=False)
        assert len(server.requests) == 4


def test_a_reading_goes_on_where_it_was_stopped(contract: Bitext) -> None:
    """Ctrl-C in the middle: what was read is kept, and the rest alone is asked for later."""
    seen = []

    def stop(done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt
        seen.append((done, total))

    with serving(lambda body: answer()) as server:
        from aligncheck.checks.context import Context
        from aligncheck.config import Settings

        with (
            pytest.raises(KeyboardInterrupt),
            Reader(ReaderSettings(server.url, "test-model", window=1), stop) as reader,
        ):
            reader.weigh(contract, Context(Settings()), [], [])
        assert seen == [(0, 5), (1, 5), (2, 5)]
        assert len(server.requests) == 3
        _, again = read(contract, server.url, window=1)
        assert len(server.requests) == 5
    assert again.record is not None
    assert again.record.complete


def test_kept_answers_speak_when_the_server_is_gone(contract: Bitext) -> None:
    with serving(lambda body: answer([WRONG] if "may not sublet" in str(body) else [])) as server:
        before, _ = read(contract, server.url, window=5)
    after, reader = read(contract, server.url, window=5)
    assert before == after
    assert reader.record is not None
    assert reader.record.notices == ()


def test_a_broken_kept_answer_is_none(contract: Bitext, tmp_path: Path) -> None:
    with serving(lambda body: answer([WRONG])) as server:
        read(contract, server.url)
        (kept,) = (tmp_path / "cache" / "second-reader").rglob("*.json")
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        kept.write_text("{")
        found, _ = read(contract, server.url)
        assert len(server.requests) == 2
    assert len(found) == 1


def test_a_budget_of_tokens(contract: Bitext) -> None:
    with serving(lambda body: answer()) as server:
        _, reader = read(contract, server.url, window=1, tokens=120)
        assert len(server.requests) == 3  # of 50 tokens each: the third goes over it
        assert reader.record is not None
        assert reader.record.read == 3
        (notice,) = reader.record.notices
        assert "2 of 5 windows unread" in notice.en
        _, again = read(contract, server.url, window=1, tokens=120)
        assert again.record is not None
        assert again.record.complete


def test_a_budget_of_time_ends_a_slow_server(contract: Bitext) -> None:
    from .server import Served, hang

    holder: list[Served] = []
    with serving(lambda body: hang(holder[0])) as server:
        holder.append(server)
        _, reader = read(contract, server.url, seconds=0.4)
    assert reader.record is not None
    assert "budget is spent" in reader.record.notices[0].en


def test_passages_with_doubts_are_read_first(contract: Bitext) -> None:
    with serving(lambda body: answer()) as server:
        read(contract, server.url, [doubt(contract, 3, "日常维修", "maintenance")], window=1, tokens=1)
    assert server.texts()[0]["passages"][0]["zh"] == LINES[3][0]
    assert server.texts()[0]["before"]["zh"] == LINES[2][0]
    assert server.texts()[0]["after"]["zh"] == LINES[4][0]


def test_the_second_look_takes_claims_back(contract: Bitext) -> None:
    other = finding(4, "mistranslation", "日常维修", "day-to-day maintenance", "daily repair work", "minor")

    def script(body: dict[str, Any]) -> str:
        data = put(body)
        if "questions" not in data:
            return answer([WRONG, other])
        said = replies(data)
        for row, question in zip(said, data["questions"], strict=True):
            if question["en"] == other["en"]:
                row["answer"] = "no"
        return answer([], said)

    with serving(script) as server:
        found, reader = read(contract, server.url, passes=2)
    assert [h.suggestion for _, h in found] == [WRONG["right"]]
    assert reader.record is not None
    assert reader.record.dropped == (("taken back at the second look", 1),)
    assert len(server.requests) == 2


def test_every_exchange_can_be_kept(
    contract: Bitext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READER_KEY", "s3cret")
    log = tmp_path / "log.jsonl"
    with serving(lambda body: answer([WRONG])) as server:
        read(contract, server.url, log=str(log), key_env="READER_KEY")
        read(contract, server.url, log=str(log), key_env="READER_KEY")
    rows = [json.loads(row) for row in log.read_text(encoding="utf-8").splitlines()]
    assert [r["note"] for r in rows] == ["answered", "kept from before"]
    assert json.loads(rows[0]["answer"])["findings"] == [WRONG]
    assert rows[0]["passages"] == [0, 1, 2, 3, 4]
    assert rows[0]["tokens"] == 50
    assert "s3cret" not in log.read_text(encoding="utf-8")
    with pytest.raises(OutputError, match="log"):
        read(contract, server.url, log=str(tmp_path / "no" / "log"))


def test_names_can_be_left_out_of_the_log(contract: Bitext, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    claim = finding(
        5, "mistranslation", "北京仲裁委员会", "Beijing Arbitration Commission", "Beijing Arbitral Board"
    )
    with serving(lambda body: answer([claim])) as server:
        read(contract, server.url, log=str(log), redact=True)
        assert "Beijing" in str(server.texts()[0])  # the model sees the text as it is
    text = log.read_text(encoding="utf-8")
    assert "Beijing" not in text
    assert "Arbitration" not in text
    assert "北京" not in text
    assert "[name 1]" in text
    assert "承租人" in text


def test_texts_that_leave_the_machine_are_told(contract: Bitext, monkeypatch: pytest.MonkeyPatch) -> None:
    from aligncheck.reports.second import second_reader_lines
    from aligncheck.second import reading
    from aligncheck.second.address import Endpoint

    with serving(lambda body: answer()) as server:
        monkeypatch.setattr(
            reading,
            "endpoint_of",
            lambda s: Endpoint(server.url + "/v1/chat/completions", "models.example.org", True),
        )
        _, reader = read(contract, "http://models.example.org", allow_remote=True)
    assert reader.record is not None
    assert reader.record.remote == "models.example.org"
    assert reader.record.sent == (0, 1, 2, 3, 4)
    assert second_reader_lines(reader.record)[1].en == "passages 1-5 left this machine for models.example.org"


def test_records_that_are_none(contract: Bitext, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    for text in (
        "",
        "[]",
        "{}",
        '{"schema": "aligncheck-second-reader/1", "models": {"x": {"wrong": -1}}}',
        "\0",
    ):
        path.write_text(text)
        with pytest.raises(ConfigError, match="no record"):
            read(contract, "http://127.0.0.1:1", calibration=str(path))
    assert load_record(tmp_path / "none") == {}
    path.write_bytes(record_bytes({"a": GOOD, "b": BLIND}))
    assert load_record(path) == {"a": GOOD, "b": BLIND}


def test_of_two_languages_the_better_measured_one_is_spoken(contract: Bitext, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    tallies = {record_key("test-model", prompt_of(p).name, 1): t for p, t in (("en", BLIND), ("zh", GOOD))}  # type: ignore[arg-type]
    path.write_bytes(record_bytes(tallies))
    with serving(lambda body: answer()) as server:
        _, reader = read(contract, server.url, calibration=str(path))
        assert reader.record is not None
        assert reader.record.prompt == prompt_of("zh").name
        assert "你是一位资深审校" in server.requests[0]["messages"][0]["content"]


def test_the_language_that_a_model_is_likely_stronger_in() -> None:
    for model in ("Qwen2.5-14B-Instruct", "glm-4-9b-chat", "Yi-1.5-9B", "deepseek-r1:14b"):
        assert language_for(model) == "zh", model
    for model in ("llama3.1:8b", "mistral-small", "gemma-3-12b-it", "yielding-7b", "phi-4"):
        assert language_for(model) == "en", model


def test_budgets_as_people_write_them() -> None:
    assert amounts(read_budget("20 min")) == (1200, 0)
    assert amounts(read_budget("1.5h")) == (5400, 0)
    assert amounts(read_budget("300k tokens")) == (1800, 300_000)
    assert amounts(read_budget("90 s, 2m tokens")) == (90, 2_000_000)
    for text in ("", "soon", "20", "20 apples", "-5 min"):
        with pytest.raises(ValueError, match="tokens"):
            read_budget(text)
