"""A private Secret Service for a test: its own bus, its own home, a real gnome-keyring-daemon."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from jeepney import DBusAddress, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

NAME = "org.freedesktop.secrets"
PASSWORD = "only-for-this-test"
# Seconds that a bus or a daemon may take to come up on a slow machine.
UP_WITHIN = 20.0
# What gnome-keyring-daemon says when it meets a question before it has taken down who asks: it answers wrongly then, or
# aborts (work items 190, 196 and 199 of gnome-keyring). The project's own connections begin with a question that it
# bears; a test that asks by another way may still meet it.
_OWN_FAULT = "gkd_secret_service_get_pkcs11_session: assertion 'client' failed"

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def needed(program: str, package: str) -> str:
    """The path of a system program; fails the test with the package's name when it is missing."""
    path = shutil.which(program)
    assert path, f"{program} is missing. Install the system package {package}, or run .ci/system-packages."
    return path


@contextmanager
def private_bus(folder: Path) -> Generator[str]:
    """A session bus of its own that starts no service; gives its address."""
    folder.mkdir(parents=True, exist_ok=True)
    # The path of a Unix socket may have about a hundred characters, fewer than the folders of a test.
    place = Path(f"/tmp/oneroster-bus-{os.getpid()}-{time.monotonic_ns()}")
    config = folder / "bus.conf"
    config.write_text(_BUS.format(socket=place))
    address = f"unix:path={place}"
    command = [needed("dbus-daemon", "dbus"), f"--config-file={config}", "--nofork", "--nopidfile"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as bus:
        try:
            _until(lambda: _listens(place), "the private bus")
            yield address
        finally:
            bus.terminate()
            place.unlink(missing_ok=True)


@contextmanager
def secret_service(home: Path, address: str, *, unlocked: bool = True) -> Generator[None]:
    """gnome-keyring on the bus at `address`, with its files in `home`.

    With `unlocked=False` nothing is unlocked: a home that an unlocked one has used gives the locked case, a
    new one a keyring that was never set up.
    """
    home.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="oneroster-") as runtime,
        _daemon(home, Path(runtime), address, unlocked=unlocked),
    ):
        yield


@contextmanager
def _daemon(home: Path, runtime: Path, address: str, *, unlocked: bool) -> Generator[None]:
    # The daemon's socket is in `runtime`: a Unix socket's path may have about a hundred characters, and the
    # folder of a test, with the number of the run and of its worker, may have more.
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "DBUS_SESSION_BUS_ADDRESS": address,
    }
    command = [needed("gnome-keyring-daemon", "gnome-keyring"), "--foreground", "--components=secrets"]
    if unlocked:
        command.append("--unlock")
    said = runtime / "said.txt"
    with (
        said.open("wb") as sayings,
        subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=sayings
        ) as daemon,
    ):
        try:
            assert daemon.stdin
            daemon.stdin.write(PASSWORD.encode() if unlocked else b"")
            daemon.stdin.close()
            with open_dbus_connection(address) as connection:
                _until(lambda: _is_owned(connection), "gnome-keyring-daemon")
                if unlocked:
                    _until(lambda: _has_login(connection), "the unlocked keyring")
            yield
        finally:
            status, words = daemon.poll(), said.read_text("utf-8", "replace")
            daemon.terminate()
            # For the output of the test, should it have failed.
            if status is not None or _OWN_FAULT in words:
                sys.stderr.write(f"gnome-keyring-daemon (ended by itself: {status}) said: {words[-500:]}\n")


@contextmanager
def silent_service(address: str) -> Generator[None]:
    """An owner of the Secret Service's name that takes every call and never answers."""
    with open_dbus_connection(address) as connection:
        connection.send_and_get_reply(message_bus.RequestName(NAME))
        stop = threading.Event()

        def swallow() -> None:
            # Reading keeps the bus from closing a connection whose queue is full.
            while not stop.is_set():
                try:
                    connection.receive(timeout=0.05)
                except TimeoutError:
                    continue
                except (OSError, ConnectionError):
                    return

        reader = threading.Thread(target=swallow, daemon=True)
        reader.start()
        try:
            yield
        finally:
            stop.set()
            reader.join(UP_WITHIN)


def _listens(place: Path) -> bool:
    """Whether somebody can connect: the socket's file is there a moment before its owner listens."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(place)) == 0


def _is_owned(connection: DBusConnection) -> bool:
    return bool(connection.send_and_get_reply(message_bus.NameHasOwner(NAME)).body[0])


def _has_login(connection: DBusConnection) -> bool:
    """Whether the keyring that a login unlocks is there, and is the default one."""
    service = DBusAddress("/org/freedesktop/secrets", NAME, "org.freedesktop.Secret.Service")
    reply = connection.send_and_get_reply(new_method_call(service, "ReadAlias", "s", ("default",)))
    return len(reply.body) == 1 and reply.body[0] not in ("", "/")


def _until(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + UP_WITHIN
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < end, f"{what} did not come up within {UP_WITHIN:.0f} seconds"
        pause.wait(0.02)
