"""`check --dask` where it cannot be done: one sentence within seconds, exit code 2, and nothing of Dask's own words."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from oneroster_checks.connection import Connection
from oneroster_checks.version import __version__
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from ..dask_cluster import DaskCluster
from .command import COMMAND, call, environment

LIMIT_S = 60


@pytest.fixture(autouse=True)
def _profile() -> None:
    ProfileStore().save(Profile("north", Connection(base_url="https://d.example", client_id="x")))


def refused(*arguments: str) -> str:
    """What is said where nothing else happens."""
    ended = call("check", *arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.count("\n") == 1
    return ended.stderr.removeprefix("oneroster-wizard: ").rstrip("\n")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--base-url", "https://one.example", "--dask", "tcp://127.0.0.1:1"], "--dask goes with saved profiles"),
        (["--all", "--dask", "tcp://127.0.0.1:1", "--jobs", "3"], "Leave out --jobs."),
        (["north", "--dask", "tcp://127.0.0.1:1", "--write-test", "7"], "Leave out --dask."),
        (["north", "--dask", "tcp://127.0.0.1:1", "--remove-test-records"], "Leave out --dask."),
        *(
            (["north", "--dask", url], "such as tcp://127.0.0.1:8786 or tls://scheduler.example:8786.")
            for url in ("", "127.0.0.1:8786", "http://127.0.0.1:1", "tcp://127.0.0.1", "tcp://a:b@127.0.0.1:1")
        ),
    ],
)  # fmt: skip
def test_options_that_cannot_be(options: list[str], words: str) -> None:
    assert words in refused(*options)


def test_a_scheduler_that_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"tcp://127.0.0.1:{server.getsockname()[1]}"
    assert refused("--all", "--dask", url) == (
        f"The Dask scheduler at {url} cannot be reached: connection refused."
    )
    assert refused("--all", "--dask", "tcp://scheduler.example:8786") == (
        "The Dask scheduler at tcp://scheduler.example:8786 cannot be reached: name or service not known."
    )


@contextmanager
def chatty() -> Generator[str]:
    """The address of a server that is no scheduler: it says something of its own and closes."""

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                connection.sendall(b"220 mail.example ESMTP\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


def test_a_port_where_something_else_listens() -> None:
    with chatty() as url:
        words = refused("--all", "--dask", url)
    assert words.startswith(f"No Dask scheduler answered at {url} (")
    assert words.endswith("). Check the address.")


def test_tls_without_certificates() -> None:
    with chatty() as url:
        words = refused("--all", "--dask", url.replace("tcp:", "tls:"))
    assert "DASK_DISTRIBUTED__COMM__TLS__CA_FILE" in words


def test_a_cluster_without_a_worker_then_with_one_of_another_version(tmp_path: Path) -> None:
    other = tmp_path / "other" / "oneroster_checks"
    other.mkdir(parents=True)
    (other / "__init__.py").write_text("")
    (other / "version.py").write_text('__version__ = "0.0.9"\n')
    with DaskCluster(tmp_path / "dask", workers=0, more={"PYTHONPATH": str(other.parent)}) as cluster:
        assert refused("--all", "--dask", cluster.url) == (
            f"The cluster at {cluster.url} has no workers. Start one."
        )
        cluster.add(1)
        (worker,) = cluster.workers
        assert refused("--all", "--dask", cluster.url) == (
            f"The worker {worker} has version 0.0.9 of oneroster-wizard. Install version {__version__} there, "
            "as on this computer."
        )


def test_without_the_extra_the_sentence_says_how_to_install_it() -> None:
    # A None in its place is what Python itself takes for a module that is not there.
    code = """
        import sys
        sys.modules["distributed"] = None
        from oneroster_wizard.cli import main
        sys.exit(main(["check", "--all", "--dask", "tcp://127.0.0.1:1"]))
    """
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True, text=True, env={**os.environ, **environment()}, check=False, timeout=60,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "oneroster-wizard: --dask needs Dask. Run: pip install 'oneroster-wizard[dask]'\n"
    )


def test_an_interrupt_while_nobody_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with subprocess.Popen(
            [*COMMAND, "check", "--all", "--dask", url],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
        ) as process:  # fmt: skip
            server.settimeout(LIMIT_S)
            # The first connection only asks whether somebody is there.
            connections = [server.accept()[0] for _ in range(2)]
            process.send_signal(signal.SIGINT)
            out, complaints = process.communicate(timeout=LIMIT_S)
            for each in connections:
                each.close()
    assert (process.returncode, out) == (130, b"")
    assert complaints == b"0 of 1 profiles were done; their runs are kept.\nInterrupted.\n"
