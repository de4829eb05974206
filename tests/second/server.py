"""A real HTTP server on this machine that answers as a script says: right, malformed, lying, slow, endless …"""

from __future__ import annotations

import contextlib
import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aligncheck.second.controls import ZH

#: What a handler is given: the request's JSON; it answers with text for the model's message, or acts by itself.
Script = Callable[[dict[str, Any]], "str | Act"]
Act = Callable[[BaseHTTPRequestHandler], None]


class Served:
    """A running server: its address, and the requests that it has got."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.stop = threading.Event()
        self.waited_out = False  # an answer without end was taken to its end
        served = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))))
                served.requests.append({**body, "path": self.path})
                served.headers.append({k.lower(): v for k, v in self.headers.items()})
                said = served.script(body)
                with contextlib.suppress(OSError):
                    if callable(said):
                        said(self)
                    else:
                        send(said_in_protocol(said))(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True)

    def texts(self) -> list[dict[str, Any]]:
        """The JSON objects with the passages that were put to the model."""
        return [json.loads(r["messages"][-1]["content"]) for r in self.requests]


@contextlib.contextmanager
def serving(script: Script, context: ssl.SSLContext | None = None) -> Iterator[Served]:
    """Run a server for the time of a block."""
    served = Served(script)
    if context is not None:
        served.http.socket = context.wrap_socket(served.http.socket, server_side=True)
        served.url = served.url.replace("http:", "https:")
    served.thread.start()
    try:
        yield served
    finally:
        served.stop.set()
        served.http.shutdown()
        served.http.server_close()


def said_in_protocol(text: str, tokens: int = 50, **more: Any) -> dict[str, Any]:
    """A model's message as the protocol wraps it."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop", **more}
    return {"id": "x", "object": "chat.completion", "choices": [choice], "usage": {"total_tokens": tokens}}


def send(data: Any, status: int = 200, kind: str = "application/json", **headers: str) -> Act:
    """Answer with JSON, or with bytes as they are."""
    raw = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode()

    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(raw)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(raw)

    return act


def trickle(served: Served, piece: bytes = b" ", pause: float = 0.02, kind: str = "application/json") -> Act:
    """An answer without end: a piece, a pause, another piece; who takes 3,000 of them has waited it out."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        handler.end_headers()
        for _ in range(3000):
            if served.stop.is_set():
                return
            handler.wfile.write(piece)
            handler.wfile.flush()
            if pause:
                time.sleep(pause)
        served.waited_out = True

    return act


def drip(served: Served, first: bytes, piece: bytes, pause: float = 0.02) -> Act:
    """Raw bytes, and then a piece again and again: each comes soon after the last, and no answer is ever whole."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(first)
        for _ in range(3000):
            if served.stop.is_set():
                return
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(pause)
        served.waited_out = True

    return act


def hang(served: Served) -> Act:
    """No answer at all until the server is stopped."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        if not served.stop.wait(60):
            served.waited_out = True

    return act


def answer(findings: list[dict[str, Any]] | None = None, answers: list[dict[str, Any]] | None = None) -> str:
    """What a model writes."""
    return json.dumps({"findings": findings or [], "answers": answers or []}, ensure_ascii=False)


def finding(
    passage: int, category: str, zh: str, en: str, right: str, severity: str = "major"
) -> dict[str, Any]:
    """A claim."""
    return {
        "passage": passage,
        "category": category,
        "severity": severity,
        "zh": zh,
        "en": en,
        "right": right,
        "why": "the sense is another",
    }


def replies(data: dict[str, Any], said: str = "yes", **proof: str) -> list[dict[str, Any]]:
    """The same answer to every question of ours in what was sent, and the right ones to the control questions."""
    found = []
    for question in data.get("questions", []):
        control = data["passages"][question["passage"] - 1]["zh"] == ZH
        words = {"zh": question["zh"], "en": question["en"]}
        word = ("yes" if question["question"] == 1 else "no") if control else said
        found.append(
            {"question": question["question"], "answer": word, **words, **({} if control else proof)}
        )
    return found


def put(body: dict[str, Any]) -> dict[str, Any]:
    """What is put to the model in a request."""
    data: dict[str, Any] = json.loads(body["messages"][-1]["content"])
    return data
