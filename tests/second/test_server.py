"""Whatever a server does, the check goes on: one notice, and nothing that was not proved."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aligncheck.errors import ConfigError
from aligncheck.model import Bitext
from aligncheck.second.client import Patience

from .conftest import WRONG, read
from .server import Served, answer, drip, hang, said_in_protocol, send, serving, trickle

Ask = Callable[[Served], Any]


def test_a_right_answer_becomes_a_finding(contract: Bitext) -> None:
    with serving(lambda body: answer([WRONG])) as server:
        found, reader = read(contract, server.url)
    (check, hit) = found[0]
    assert check.name == "second-reader"
    assert contract.target.slice(hit.target[0]) == WRONG["en"]
    assert contract.source.slice(hit.source[0]) == WRONG["zh"]
    assert hit.suggestion == WRONG["right"]
    assert reader.record is not None
    assert (reader.record.passages, reader.record.read, reader.record.findings) == (5, 5, 1)
    assert reader.record.complete
    assert reader.record.notices == ()
    sent = server.requests[0]
    assert sent["path"] == "/v1/chat/completions"
    assert (sent["model"], sent["temperature"], sent["stream"]) == ("test-model", 0, False)
    schema = sent["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["findings"]["items"]["properties"]["passage"]["maximum"] == 5
    text = json.loads(sent["messages"][1]["content"])
    assert [p["passage"] for p in text["passages"]] == [1, 2, 3, 4, 5]


def test_thoughts_fences_and_prose_around_the_answer(contract: Bitext) -> None:
    for said in (
        f"<think>Is {{this}} wrong?</think>\n{answer([WRONG])}",
        f"Here it is:\n```json\n{answer([WRONG])}\n```",
        answer([WRONG]).replace('"findings"', ' "findings"') + " Done.",
    ):
        with serving(lambda body, said=said: said) as server:
            found, _ = read(contract, server.url, keep=False)
        assert len(found) == 1


def test_an_answer_in_pieces_that_nobody_asked_for(contract: Bitext) -> None:
    whole = answer([WRONG])
    pieces = [whole[n : n + 40] for n in range(0, len(whole), 40)]
    rows = [json.dumps({"choices": [{"delta": {"content": p}}]}) for p in pieces]
    stream = "".join(f"data: {r}\n\n" for r in rows) + "data: [DONE]\n\n"
    with serving(lambda body: send(stream.encode(), kind="text/event-stream")) as server:
        found, _ = read(contract, server.url)
    assert len(found) == 1


#: What a server does -> what the notice says.
TROUBLE: dict[str, tuple[Ask, str]] = {
    "500": (lambda s: send({"error": {"message": "out of memory"}}, 500), "out of memory"),
    "503": (lambda s: send(b"busy", 503, "text/plain", Retry_After="0"), "503"),
    "html": (lambda s: send(b"<!doctype html><title>router</title>", kind="text/html"), "web page"),
    "malformed": (lambda s: send(b'{"choices": [{"mess'), "does not speak the protocol"),
    "other json": (lambda s: send([1, 2, 3]), "does not speak the protocol"),
    "no content": (lambda s: send({"choices": [{"message": {"content": None}}]}), "protocol"),
    "no model": (lambda s: send({"error": {"message": "model 'test-model' not found"}}, 404), "not found"),
    "no path": (lambda s: send(b"<h1>404</h1>", 404, "text/html"), "nothing is at this address"),
    "key": (lambda s: send({"error": "invalid api key"}, 401), "key"),
    "elsewhere": (lambda s: send(b"", 302, Location="http://192.0.2.1/"), "not followed"),
    "ten megabytes": (lambda s: send(b" " * 10_000_000), "without end"),
    "endless": (trickle, "in time"),
    "endless and fast": (lambda s: trickle(s, b" " * 65536, 0), "without end"),
    "endless stream": (lambda s: trickle(s, b"data: {}\n\n", kind="text/event-stream"), "in time"),
    "hanging": (hang, "in time"),
    "headers without end": (lambda s: drip(s, b"HTTP/1.1 200 OK\r\nX-A: ", b"a"), "in time"),
    "headers that never come": (lambda s: drip(s, b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "in time"),
    "a chunk's head without end": (
        lambda s: drip(s, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"a"),
        "in time",
    ),
    "deep": (lambda s: send(b"[" * 200_000), "protocol"),
    "bytes": (lambda s: send(bytes(range(256)) * 20), "protocol"),
}


@pytest.mark.parametrize("kind", TROUBLE)
def test_trouble_is_one_notice_and_the_check_goes_on(kind: str, contract: Bitext) -> None:
    act, says = TROUBLE[kind]
    holder: list[Served] = []
    # Impatient only where no answer comes: on a busy machine a quick one takes its time too.
    patience = Patience(0.3, 2, 0.01) if says == "in time" else Patience(60, 2, 0.01)
    with serving(lambda body: act(holder[0])) as server:
        holder.append(server)
        found, reader = read(contract, server.url, patience=patience, window=1)
    assert found == []
    assert not server.waited_out  # what has no end is left, not sat through
    assert reader.record is not None
    assert not reader.record.complete
    left_out = [n.en for n in reader.record.notices if "left out" in n.en]
    assert len(left_out) == 1, reader.record.notices
    assert says in left_out[0]
    assert all(n.zh for n in reader.record.notices)
    assert len(server.requests) <= 4  # it is not asked for every window


def test_answers_that_are_no_json_end_it_too(contract: Bitext) -> None:
    with serving(lambda body: "I think that the translation is excellent.") as server:
        found, reader = read(contract, server.url, window=1)
    assert found == []
    assert reader.record is not None
    assert "not the JSON" in reader.record.notices[-1].en
    assert dict(reader.record.dropped) == {"not readable": 4}


def test_nobody_there(contract: Bitext) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    found, reader = read(contract, f"http://127.0.0.1:{port}")
    assert found == []
    assert reader.record is not None
    (notice,) = reader.record.notices
    assert "nothing answers" in notice.en
    # The next pair of the run does not wait for it again.
    _, again = read(contract, f"http://127.0.0.1:{port}", patience=Patience(5, 3, 60))
    assert again.record is not None
    assert again.record.notices == (notice,)


def test_a_busy_server_is_asked_again(contract: Bitext) -> None:
    said = [send(b"busy", 503), send(said_in_protocol(answer([WRONG])))]
    with serving(lambda body: said.pop(0)) as server:
        found, reader = read(contract, server.url)
    assert len(found) == 1
    assert reader.record is not None
    assert reader.record.notices == ()


def test_a_connection_that_breaks_is_tried_again(contract: Bitext) -> None:
    def broken(handler: Any) -> None:
        handler.connection.shutdown(socket.SHUT_RDWR)

    said = [broken, send(said_in_protocol(answer([WRONG])))]
    with serving(lambda body: said.pop(0)) as server:
        found, _ = read(contract, server.url)
    assert len(found) == 1


def test_one_slow_answer_costs_its_passages_alone(contract: Bitext) -> None:
    holder: list[Served] = []

    def script(body: dict[str, Any]) -> Any:
        return hang(holder[0]) if len(holder[0].requests) == 1 else answer()

    with serving(script) as server:
        holder.append(server)
        _, reader = read(contract, server.url, window=1, patience=Patience(0.3, 1, 0.01))
    assert reader.record is not None
    assert reader.record.read == 4
    assert "not read some passages" in reader.record.notices[0].en


def test_forms_of_json_that_a_server_does_not_know(contract: Bitext) -> None:
    def script(body: dict[str, Any]) -> Any:
        form = body.get("response_format", {}).get("type")
        return send({"error": "unknown response_format"}, 400) if form else answer([WRONG])

    with serving(script) as server:
        found, _ = read(contract, server.url, window=3)
    assert len(found) == 1
    forms = [r.get("response_format", {}).get("type") for r in server.requests]
    assert forms == ["json_schema", "json_object", None, None]  # and it remembers


def test_passages_that_are_too_long_for_the_model_are_parted(contract: Bitext) -> None:
    def script(body: dict[str, Any]) -> Any:
        text = json.loads(body["messages"][1]["content"])
        if len(text["passages"]) > 2:
            return send({"error": {"message": "the request exceeds the available context size"}}, 400)
        return answer()

    with serving(script) as server:
        _, reader = read(contract, server.url)
    assert reader.record is not None
    assert reader.record.complete
    assert sorted(len(t["passages"]) for t in server.texts()) == [1, 2, 2, 3, 5]


def test_an_answer_cut_off_is_asked_for_in_parts(contract: Bitext) -> None:
    def script(body: dict[str, Any]) -> Any:
        text = json.loads(body["messages"][1]["content"])
        if len(text["passages"]) > 3:
            return send(said_in_protocol('{"findings": [', finish_reason="length"))
        return answer()

    with serving(script) as server:
        _, reader = read(contract, server.url)
    assert reader.record is not None
    assert reader.record.complete


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that nobody has signed but itself."""
    folder = tmp_path_factory.mktemp("tls")
    made = subprocess.run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost "
        "-keyout key.pem -out cert.pem".split(),
        cwd=folder,
        capture_output=True,
    )
    if made.returncode:
        pytest.skip("openssl makes no certificate here")
    return folder


def test_a_certificate_that_cannot_be_trusted(certificate: Path, contract: Bitext) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    with serving(lambda body: answer([WRONG]), context) as server:
        found, reader = read(contract, server.url)
    assert found == []
    assert reader.record is not None
    assert "cannot be trusted" in reader.record.notices[0].en
    assert server.requests == []


def test_tls_spoken_to_a_server_without(contract: Bitext) -> None:
    with serving(lambda body: answer([WRONG])) as server:
        _, reader = read(contract, server.url.replace("http:", "https:"))
    assert reader.record is not None
    assert "TLS" in reader.record.notices[0].en


WRONG_ADDRESSES = {
    "127.0.0.1:8080": "no address",
    "localhost": "no address",
    "ftp://127.0.0.1": "no address",
    "http://": "no address",
    "http://127.0.0.1:99999": "no address",
    "http://[::1": "no address",
    "http://127.0.0.1/\udcff": "no address",
    "http://127.0.0.1/\u202e": "no address",
    "http://127.0.0.1 /v1": "no address",
    "http://me:secret@127.0.0.1": "a name or a password",
    "http://models.example.org/v1": "not this machine",
    "http://192.0.2.7:8080": "not this machine",
    "http://0.0.0.0:8080": "not this machine",
    "http://127.1:8080": "not this machine",
    "http://2130706433": "not this machine",
    "http://localhost.example.org": "not this machine",
    "http://[::ffff:192.0.2.7]": "not this machine",
}


@pytest.mark.parametrize("url", WRONG_ADDRESSES)
def test_addresses_that_are_refused_before_anything_is_sent(url: str, contract: Bitext) -> None:
    with pytest.raises(ConfigError) as error:
        read(contract, url)
    assert WRONG_ADDRESSES[url] in str(error.value)
    assert error.value.hint
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1",
        "http://localhost:1",
        "https://[::1]:8",
        "http://127.8.9.1",
        "http://[::ffff:127.0.0.1]",
    ],
)
def test_addresses_of_this_machine(url: str) -> None:
    from aligncheck.config.reader import ReaderSettings
    from aligncheck.second.address import endpoint_of

    endpoint = endpoint_of(ReaderSettings(url, "m"))
    assert not endpoint.remote
    assert endpoint.url == url + "/v1/chat/completions"
    assert endpoint_of(ReaderSettings(url + "/v1", "m")).url == endpoint.url
    assert endpoint_of(ReaderSettings(endpoint.url, "m")).url == endpoint.url
    assert endpoint_of(ReaderSettings("http://models.example.org/v1", "m", allow_remote=True)).remote


def test_no_proxy_carries_texts_away(contract: Bitext, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda body: answer()) as proxy, serving(lambda body: answer([WRONG])) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        found, _ = read(contract, server.url)
        assert proxy.requests == []
    assert len(found) == 1


def test_a_key_comes_from_the_environment(contract: Bitext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READER_KEY", "s3cret")
    with serving(lambda body: answer()) as server:
        read(contract, server.url, key_env="READER_KEY")
        assert server.headers[0]["authorization"] == "Bearer s3cret"
        with pytest.raises(ConfigError, match="READER_GONE"):
            read(contract, server.url, key_env="READER_GONE")


@pytest.mark.parametrize("key", ["schlüssel", "密钥", "two\nlines", "\udcff"])
def test_a_key_that_no_header_can_hold(key: str, contract: Bitext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READER_KEY", key)
    with pytest.raises(ConfigError, match="READER_KEY") as error:
        read(contract, "http://127.0.0.1:1", key_env="READER_KEY")
    assert key not in str(error.value)


@pytest.mark.parametrize("model", ["\udcff", "a\nb", "\x1b[31m"])
def test_a_model_that_no_request_can_name(model: str, contract: Bitext) -> None:
    with pytest.raises(ConfigError, match="no name of a model"):
        read(contract, "http://127.0.0.1:1", model=model)


def test_without_the_library_it_says_what_to_install(
    contract: Bitext, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(ConfigError, match=r"aligncheck\[reader\]"):
        read(contract, "http://127.0.0.1:1")
