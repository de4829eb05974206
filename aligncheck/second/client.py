"""One exchange over the chat completions protocol, with everything that a server can do wrong.

A server may be dead, slow, endless, or something else than it should be.  Whatever happens, an exchange takes bounded
time and memory and ends in an answer or in one of two exceptions: :class:`LostError` for this exchange,
:class:`StopError` for the server.
"""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aligncheck.errors import ConfigError
from aligncheck.model import Message
from aligncheck.second.address import Endpoint
from aligncheck.second.budget import Budget

if TYPE_CHECKING:
    import httpx

#: The most bytes that an answer may have; a window's findings take some thousands.
MOST_BYTES = 1_000_000
#: The most tokens that a model may write for one answer.
MOST_TOKENS = 2_000
#: Seconds to wait until a server takes the call.
CONNECT = 5.0
#: Answers that a server could not give for a moment.
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
#: Ways to ask for JSON, the strictest first: a server that refuses one is asked in the next.
_FORMS = ("schema", "object", "free")

ChatMessage = Mapping[str, str]


class LostError(Exception):
    """An exchange brought nothing; the next one may."""

    def __init__(self, why: Message, too_long: bool = False) -> None:
        super().__init__(why.en)
        self.why = why
        self.too_long = too_long


class StopError(Exception):
    """The server is of no use: it is not asked again in this run."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.en)
        self.why = why


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model wrote, and the tokens that it read and wrote."""

    text: str
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an answer may take (seconds), how often an exchange is tried, and the pause after the first try."""

    seconds: float = 120.0
    tries: int = 3
    pause: float = 0.5


class Client:
    """A server that is asked, one exchange after another."""

    def __init__(
        self,
        endpoint: Endpoint,
        model: str,
        key: str = "",
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Open no connection yet.

        Raises:
            ConfigError: httpx is not installed.
        """
        self.endpoint, self.model = endpoint, model
        self._patience = patience or Patience()
        self._sleep = sleep
        self._form = 0
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        self._socket: socket.socket | None = None
        if key:
            headers["Authorization"] = f"Bearer {key}"
        # A proxy from the environment would carry texts off a machine that they must not leave.
        self._http = need_httpx().Client(
            headers=headers, trust_env=endpoint.remote, follow_redirects=False, max_redirects=0
        )

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def ask(self, messages: Sequence[ChatMessage], schema: Mapping[str, Any], budget: Budget) -> Answer:
        """The model's answer to some messages, as JSON of a schema where the server can.

        Raises:
            LostError: nothing came of it.
            StopError: nothing will come of any other exchange either.
        """
        tries, pause = 1, self._patience.pause
        while True:
            try:
                return self._once(messages, schema, budget)
            except _RefusedError:
                self._form += 1  # a plainer form, at once
            except _LaterError as later:
                if tries >= self._patience.tries or budget.spent:
                    raise later.end from None
                self._sleep(min(max(pause, later.wait), 10.0, budget.seconds_left))
                tries, pause = tries + 1, pause * 2

    def _once(self, messages: Sequence[ChatMessage], schema: Mapping[str, Any], budget: Budget) -> Answer:
        httpx = need_httpx()
        left = max(0.1, min(self._patience.seconds, budget.seconds_left))
        try:
            status, kind, wait, raw = self._exchange(self._body(messages, schema), left)
        except httpx.ConnectError as error:
            why = _unreachable(self.endpoint, error)
            raise StopError(why) if _is_tls(error) else _LaterError(StopError(why)) from None
        except httpx.ConnectTimeout:
            raise _LaterError(StopError(_unreachable(self.endpoint, None))) from None
        except httpx.TimeoutException:
            raise LostError(_SLOW) from None
        except (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.LocalProtocolError) as error:
            raise StopError(_said("cannot be asked", "无法访问", str(error))) from None
        except httpx.HTTPError as error:  # the connection broke
            raise _LaterError(LostError(_said("broke off", "连接中断", str(error)))) from None
        if status == 200:
            return _answer(raw, kind)
        raise self._refusal(status, wait, raw)

    def _exchange(self, body: Mapping[str, Any], left: float) -> tuple[int, str, float, bytes]:
        """Status, content type, seconds to wait as the server asks for, and the bytes of an answer."""
        httpx = need_httpx()
        end = time.monotonic() + left
        limits = httpx.Timeout(left, connect=min(CONNECT, left))
        request = self._http.build_request(
            "POST", self.endpoint.url, json=body, timeout=limits, extensions={"trace": self._note_socket}
        )
        with self._cut_off(left), contextlib.closing(self._http.send(request, stream=True)) as response:
            raw = bytearray()
            kind = response.headers.get("content-type", "").lower()
            for chunk in response.iter_raw():
                raw += chunk
                if len(raw) > MOST_BYTES:
                    raise LostError(_said("sends without end", "回答过长", f"{MOST_BYTES:,}+ bytes"))
                if time.monotonic() > end:
                    raise LostError(_SLOW)
                if "event-stream" in kind and b"data: [DONE]" in raw[-len(chunk) - 16 :]:
                    break
            return response.status_code, kind, _wait(response.headers.get("retry-after", "")), bytes(raw)

    def _note_socket(self, event: str, info: Mapping[str, Any]) -> None:
        """Remember the socket of the connection, for :meth:`_cut_off`."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._socket = info["return_value"].get_extra_info("socket")

    @contextlib.contextmanager
    def _cut_off(self, seconds: float) -> Iterator[None]:
        """Let an exchange last so long at the most.

        The limits of httpx count from one byte to the next: headers that come a byte at a time never end.
        """
        httpx = need_httpx()
        late = threading.Event()

        def cut() -> None:
            late.set()
            if self._socket is not None:
                with contextlib.suppress(OSError):  # it may have been closed meanwhile
                    self._socket.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(seconds, cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        except httpx.HTTPError:
            if late.is_set():
                raise LostError(_SLOW) from None
            raise
        finally:
            timer.cancel()
        if late.is_set():  # what a cut leaves may look like a whole answer
            raise LostError(_SLOW)

    def _body(self, messages: Sequence[ChatMessage], schema: Mapping[str, Any]) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self.model,
            "messages": list(messages),
            "temperature": 0,
            "seed": 7,
            "stream": False,
            "max_tokens": MOST_TOKENS,
        }
        form = _FORMS[self._form]
        if form == "schema":
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "reading", "strict": True, "schema": schema},
            }
        elif form == "object":
            body["response_format"] = {"type": "json_object"}
        return body

    def _refusal(self, status: int, wait: float, raw: bytes) -> Exception:
        """What an answer that is no success means."""
        said = _error_text(raw)
        if status in _AGAIN:
            return _LaterError(LostError(_said(f"answers {status}", f"返回{status}", said)), wait)
        if 300 <= status < 400:
            return StopError(
                _said("leads on to another address, which is not followed", "要求转向其他地址", "")
            )
        if status in (401, 403):
            return StopError(_said("does not accept the key", "不接受密钥", said))
        lowered = said.lower()
        if status == 413 or any(w in lowered for w in ("context", "too long", "too large", "exceed")):
            return LostError(_said("finds the passages too long", "认为段落过长", said), too_long=True)
        if status == 404 or "model" in lowered:
            return StopError(
                _said(f"answers {status}", f"返回{status}", said or "nothing is at this address")
            )
        if status in (400, 415, 422, 500, 501) and self._form + 1 < len(_FORMS):
            return _RefusedError()
        return StopError(_said(f"answers {status}", f"返回{status}", said))


class _RefusedError(Exception):
    """The server does not know the form in which JSON was asked for."""


class _LaterError(Exception):
    """It may work at another try; else it ends as ``end``."""

    def __init__(self, end: Exception, wait: float = 0.0) -> None:
        super().__init__()
        self.end, self.wait = end, wait


def need_httpx() -> Any:
    """The library that speaks HTTP; only a second reader needs it.

    Raises:
        ConfigError: it is not installed.
    """
    try:
        import httpx
    except ImportError:
        raise ConfigError(
            "a second reader needs httpx, which is not installed", hint="pip install 'aligncheck[reader]'"
        ) from None
    return httpx


def _answer(raw: bytes, kind: str) -> Answer:
    text = raw.decode("utf-8", "replace")
    if "event-stream" in kind or text.startswith("data:"):
        return _streamed(text)
    try:
        data = json.loads(text)
        choice = data["choices"][0]
        content = choice["message"]["content"]
        if isinstance(content, list):
            content = "".join(str(part.get("text", "")) for part in content)
        if not isinstance(content, str):
            raise TypeError
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        if "html" in kind or text.lstrip()[:1] == "<":
            raise StopError(
                _said("answers with a web page: is the address right?", "返回的是网页，请核对地址", "")
            ) from None
        raise LostError(_said("does not speak the protocol", "回答不合协议", text[:80])) from None
    if choice.get("finish_reason") == "length":
        raise LostError(_said("wrote more than there is room for", "回答超出长度上限", ""), too_long=True)
    return Answer(content, _tokens(data.get("usage")))


def _streamed(text: str) -> Answer:
    """An answer that came in pieces although none were asked for."""
    pieces, tokens = [], 0
    for row in text.splitlines():
        if not row.startswith("data:") or row[5:].strip() == "[DONE]":
            continue
        with contextlib.suppress(ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
            data = json.loads(row[5:])
            tokens = _tokens(data.get("usage")) or tokens
            piece = data["choices"][0]["delta"].get("content")
            pieces.append(piece if isinstance(piece, str) else "")
    return Answer("".join(pieces), tokens)


def _tokens(usage: Any) -> int:
    total = usage.get("total_tokens", 0) if isinstance(usage, dict) else 0
    return total if isinstance(total, int) and 0 <= total < 10**9 else 0


def _error_text(raw: bytes) -> str:
    """What a server says is wrong."""
    text = raw[:4000].decode("utf-8", "replace")
    with contextlib.suppress(ValueError, RecursionError):
        data = json.loads(text)
        for name in ("error", "message", "detail"):
            if isinstance(data, dict) and data.get(name):
                data = data[name]
        text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return "" if text.lstrip()[:1] == "<" else text


def _wait(header: str) -> float:
    return float(header) if header.isdigit() and len(header) < 5 else 0.0


def _said(en: str, zh: str, detail: str) -> Message:
    detail = " ".join("".join(c if c.isprintable() else " " for c in detail).split())[:160]
    return Message(f"it {en}" + (f" ({detail})" if detail else ""), zh + (f"（{detail}）" if detail else ""))


_SLOW = _said("does not answer in time", "未在限定时间内回答", "")


def _is_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _unreachable(endpoint: Endpoint, error: httpx.ConnectError | None) -> Message:
    if _is_tls(error):
        return _said("cannot be trusted or speaks no TLS", "TLS连接失败", str(error))
    return _said(
        f"is not there: nothing answers at {endpoint.url}", f"没有响应：{endpoint.url}", str(error or "")
    )
