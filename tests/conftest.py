"""What every test stands on: a home of its own, no keyring unless asked for, no network but this machine."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .secret_service import private_bus, secret_service

_LOCAL = ("127.", "::1", "localhost")
# Set on the developer's machine, and never meant for a test.
_NOT_OURS = (
    "ONEROSTER_CLIENT_SECRET",
    "ONEROSTER_VENDOR_KEY",
    "ONEROSTER_VENDOR_SECRET",
    "TMUX",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "NO_COLOR",
    "FORCE_COLOR",
    "COLORTERM",
    "TEXTUAL",
    "TEXTUAL_THEME",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
)

# What a shell's background job ignores, the programs that it starts ignore as well, those of the tests among them.
for _number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, signal.default_int_handler if _number == signal.SIGINT else signal.SIG_DFL)


class OutsideNetworkError(AssertionError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of the test's own, for this process and those that it starts; no bus and no keyring."""
    home = tmp_path_factory.mktemp("home")
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    for name, value in {
        "HOME": home,
        "USERPROFILE": home,
        "XDG_CONFIG_HOME": home / "config",
        "XDG_STATE_HOME": home / "state",
        "XDG_DATA_HOME": home / "data",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_RUNTIME_DIR": runtime,
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={runtime}/no-bus",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "TZ": "UTC",
    }.items():
        monkeypatch.setenv(name, str(value))
    for name in _NOT_OURS:
        monkeypatch.delenv(name, raising=False)
    forget_keyring()
    yield home
    forget_keyring()


@pytest.fixture(autouse=True)
def _only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking up another machine's name, or connecting to its address, fails the test."""
    look_up, connect = socket.getaddrinfo, socket.socket.connect

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        # The names of RFC 2606 lead nowhere: they stand for a host that does not exist.
        if name and str(name).rstrip(".").endswith((".invalid", ".example", ".test")):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        if name and not str(name).startswith(_LOCAL) and not str(name).endswith(".localhost"):
            raise OutsideNetworkError(f"looked up {name}")
        return look_up(host, *args, **kwargs)

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(_LOCAL):
            raise OutsideNetworkError(f"connected to {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)
    monkeypatch.setattr(socket.socket, "connect", guarded_connect)


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A private bus that this process and its children use; no Secret Service on it yet."""
    with private_bus(tmp_path / "bus") as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.SecretService.Keyring")
        forget_keyring()
        yield address
        forget_keyring()


@pytest.fixture
def keyring_unlocked(bus: str, tmp_path: Path) -> Iterator[str]:
    """A real, unlocked Secret Service; gives the address of its bus."""
    with secret_service(tmp_path / "keyring-home", bus):
        yield bus


def forget_keyring() -> None:
    """Let the keyring library look again for what this machine offers, if it is loaded at all."""
    core, backend = sys.modules.get("keyring.core"), sys.modules.get("keyring.backend")
    if core is not None:
        vars(core)["_keyring_backend"] = None
    if backend is not None:
        vars(vars(backend)["get_all_keyring"]).pop("saved_result", None)
