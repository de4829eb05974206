"""Where a second reader is asked: only on this machine, unless the configuration allows more."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from aligncheck.config.reader import ReaderSettings
from aligncheck.errors import ConfigError

_PATH = "/chat/completions"
_HINT = "write it as http://127.0.0.1:8080 or http://127.0.0.1:11434/v1"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The address of the chat completions, the host in it, and whether that is another machine."""

    url: str
    host: str
    remote: bool


def endpoint_of(settings: ReaderSettings) -> Endpoint:
    """The endpoint that settings ask for.

    Raises:
        ConfigError: it is no address, holds a password, or lies elsewhere without leave.
    """
    url = settings.url.strip()
    parts = _split(url)
    host = parts.hostname or ""
    if parts.username is not None or parts.password is not None:
        raise ConfigError(
            "the second reader's address holds a name or a password",
            hint="put the key into an environment variable and name it: key-env",
        )
    remote = not is_loopback(host)
    if remote and not settings.allow_remote:
        raise ConfigError(
            f"the second reader {host!r} is not this machine: no text is sent there",
            hint="only localhost, 127.0.0.1 and [::1] are; allow-remote = true in [second-reader] lets it be",
        )
    if not settings.model:
        raise ConfigError(
            "the second reader needs the name of a model",
            hint="--model NAME, or model in [second-reader]; the server lists its models at /v1/models",
        )
    if not settings.model.isprintable():  # also bytes that are no UTF-8
        raise ConfigError(
            f"{settings.model!r} is no name of a model",
            hint="the server lists its models at /v1/models",
        )
    path = parts.path.rstrip("/")
    if not path.endswith(_PATH):
        path = (path or "/v1") + _PATH
    return Endpoint(parts._replace(path=path, query="", fragment="").geturl(), host, remote)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        good = False
    if not good or " " in url or not url.isprintable():
        raise ConfigError(f"{url!r} is no address of a second reader", hint=_HINT)
    return parts


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its very name; other names could lead anywhere and count as elsewhere."""
    if host.lower() == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)
