"""The protocol with a real llama.cpp server: random weights answer in the form that was asked for, and find nothing.

Needs ``pip install xllamacpp gguf`` (the server of llama.cpp as a wheel, and the writer of its model files); skipped
without.  No weights are fetched: the test makes its own.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from aligncheck.model import Bitext
from aligncheck.second.client import Patience

from .conftest import read
from .test_injection import doubt
from .test_reading import GOOD, record

pytestmark = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("xllamacpp", "gguf")),
    reason="needs xllamacpp and gguf",
)
#: A loaded machine may take its time over a few thousand bytes.
PATIENCE = Patience(60, 1, 0.1)


@pytest.fixture(scope="module")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a llama.cpp server with a random model."""
    folder = tmp_path_factory.mktemp("llama")
    script = Path(__file__).with_name("llama_server.py")
    with (
        (folder / "server.log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, str(script), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        ) as process,
    ):
        assert process.stdout is not None
        url = process.stdout.readline().decode().strip()
        assert url.startswith("http://127.0.0.1:"), (folder / "server.log").read_text(errors="replace")[
            -2000:
        ]
        yield url
        assert process.stdin is not None
        process.stdin.close()
        process.terminate()


def test_nonsense_in_the_right_form_finds_nothing(llama: str, contract: Bitext, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    asked = doubt(contract, 2, "每月五日前", "by the fifth day")
    found, reader = read(
        contract,
        llama,
        [asked],
        model="random",
        patience=PATIENCE,
        calibration=record(tmp_path / "r.json", GOOD).replace("test-model", "random"),
        log=str(log),
        window=2,
    )
    assert found == [asked]
    assert reader.record is not None
    rows = [json.loads(row) for row in log.read_text(encoding="utf-8").splitlines()]
    answered = [json.loads(r["answer"]) for r in rows if r["note"] == "answered"]
    assert answered, rows[-1]["note"]
    for said in answered:  # the server held it to the schema
        assert set(said) == {"findings", "answers"}
    assert not any("not there" in n.en for n in reader.record.notices)
    dropped = dict(reader.record.dropped)
    claims = sum(len(said["findings"]) for said in answered)
    assert sum(dropped.values()) >= claims


def test_a_context_that_is_too_small_parts_the_window(llama: str, contract: Bitext) -> None:
    from dataclasses import replace

    long = replace(contract.target.blocks[0], text="x" * 20_000)
    segment = replace(contract.target.blocks[0].segments[0], text="x " * 9_000, end=18_000)
    target = replace(
        contract.target, blocks=(replace(long, segments=(segment,)), *contract.target.blocks[1:])
    )
    pair = replace(contract, target=target)
    found, reader = read(pair, llama, model="random", patience=PATIENCE, window=2)
    assert found == []
    assert reader.record is not None
    assert any("too long" in n.en for n in reader.record.notices)
    assert reader.record.read < 5
