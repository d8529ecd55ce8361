"""Files that somebody could put where a profile, a result or a CA file is expected, each bad in its own way."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

Maker = Callable[[Path], object]

DEEP = 3000
MANY_DIGITS = "9" * 5000


def text(content: str) -> Maker:
    """A file with this text."""
    return lambda path: path.write_text(content, encoding="utf-8")


def raw(content: bytes) -> Maker:
    """A file with these bytes."""
    return lambda path: path.write_bytes(content)


def link(target: str) -> Maker:
    """A link to a path, from the link's own folder."""
    return lambda path: path.symlink_to(target)


def sparse(size: int) -> Maker:
    """A file of this size that takes no room on the disk."""

    def make(path: Path) -> None:
        path.touch()
        os.truncate(path, size)

    return make


def a_socket(path: Path) -> None:
    """A socket that nobody listens to."""
    here = os.getcwd()
    os.chdir(path.parent)  # a socket's name has at most 107 bytes
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def a_device(path: Path, minor: int = 3) -> None:
    """A null device of the test's own (minor 5: endless zeros); a link to the machine's where none can be made."""
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, minor))
    except PermissionError:
        path.symlink_to("/dev/zero")


def a_link_to_a_pipe(path: Path) -> None:
    """A link to a pipe beside it."""
    pipe = path.with_name("a-pipe")
    os.mkfifo(pipe)
    path.symlink_to(pipe)


# What no kind of file can be.
NO_REGULAR_FILES: dict[str, Maker] = {
    "pipe": os.mkfifo,
    "socket": a_socket,
    "device": a_device,
    "endless-device": lambda path: a_device(path, 5),
    "link-to-a-device": link("/dev/zero"),
    "link-to-a-pipe": a_link_to_a_pipe,
    "link-to-nothing": link("gone"),
    "link-to-itself": lambda path: path.symlink_to(path.name),
    "folder": lambda path: path.mkdir(),
}
TOO_LARGE: dict[str, Maker] = {
    "10-mb": raw(b"# much\n" * 1_500_000),
    "10-gb": sparse(10_000_000_000),
    # The size of this one is told as 0.
    "growing": link("/proc/kallsyms"),
}
BAD_TEXTS: dict[str, Maker] = {
    "deep-arrays": text("x = " + "[" * DEEP + "]" * DEEP),
    "deep-open-arrays": text("x = " + "[" * 30_000),
    "deep-tables": text("x = " + "{a = " * DEEP + "1" + "}" * DEEP),
    "deep-lines": text("x = " + "[\n" * DEEP + "]\n" * DEEP),
    "deep-header": text("[" + ".".join(["a"] * 20_000) + "]"),
    "deep-quoted-header": text("[" + ".".join(['"a"'] * 10_000) + "]"),
    "deep-key": text(".".join(["a"] * 20_000) + " = 1"),
    "many-deep-keys": text("\n".join(".".join([f"a{i}", *["a"] * 300]) + " = 1" for i in range(50))),
    "slow-keys": text("\n".join(".".join(["a"] * 20) + f".b{i} = 1" for i in range(1200))),
    "slow-broken-keys": text("\n".join(".".join(["a"] * 20) + f".b{i} = 1" for i in range(1200)) + "\n="),
    "slow-headers": text("\n".join(f"[a.x.b{i}]\n[c.y.d{i}]" for i in range(2500)) + "\n="),
    "many-values": text("[connection]\nshare = [" + "'rostering'," * 4000 + "]"),
    "many-keys": text("\n".join(f"k{i} = 1" for i in range(5000))),
    "digits": text(f"name = {MANY_DIGITS}"),
    "timeout-digits": text(f"[connection]\ntimeout = {MANY_DIGITS[:4000]}"),
    "endless-timeout": text("[connection]\ntimeout = 1e999"),
    "nul": raw(b'name = "x\0y"'),
    "only-nul": raw(b"\0" * 5000),
    "no-utf-8": raw(b'name = "\xff\xfe"'),
    "utf-16": raw('name = "x"'.encode("utf-16")),
    "year-0": text("[connection]\ncreated = 0000-00-00"),
    "no-day": text("[connection]\ncreated = 2026-02-30"),
    "surrogate": text('name = "\\ud800"'),
    "number-as-name": text("name = 5"),
    "control-name": text('name = "a\\u001b[31mb"'),
    "turned-name": text('name = "a\\u202eb"'),
    "long-name": text(f'name = "{"x" * 50_000}"'),
    "long-key": text(f'[answers]\n"{"k" * 50_000}" = "canary"'),
    "control-key": text('[answers]\n"\\u001b[31m" = "canary"'),
    "long-value": text(f'[connection]\nclient_id = "{"x" * 50_000}"'),
    "list-as-table": text("connection = []"),
    "list-as-answers": text("answers = []"),
    "list-as-answer": text("[answers]\nx = [[]]"),
    "number-as-list": text("[connection]\nshare = 5"),
    "lists-as-share": text("[connection]\nshare = [[]]"),
    "float-as-oauth": text("[connection]\noauth = 1.0"),
    "unclosed": text('name = "x'),
}
PROFILES: dict[str, Maker] = {**NO_REGULAR_FILES, **TOO_LARGE, **BAD_TEXTS}


def put_bad_profiles(folder: Path) -> list[str]:
    """Put every bad file into a folder as a profile; the names of the files."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, make in PROFILES.items():
        make(folder / f"{name}.toml")
    # A name that is no UTF-8: it would be the profile's own.
    strange = folder / os.fsdecode(b"strange-\xff.toml")
    strange.write_text("")
    return [*(f"{name}.toml" for name in PROFILES), strange.name]
