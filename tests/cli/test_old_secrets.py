"""Secrets that stayed in the keyring under a name: they never go to a host for which they were not saved."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import keyring
import pytest

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_checks.diagnosis.host_task import ProfileTask
from oneroster_checks.result import Result
from oneroster_wizard.draft import Draft
from oneroster_wizard.secret_references import references_for
from oneroster_wizard.storage.keyring_hosts import hosts_of
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.storage.saved_connections import SavedConnections
from oneroster_wizard.storage.secrets import SERVICE, SecretStore
from oneroster_wizard.worker import WorkerMachine

from ..full_disk import full_disk
from ..secret_service import secret_service
from .command import call
from .importing import SECRET, file_of, names

NAME = "victim"
TITLES = "Name,Base URL,Token URL,Client id,Client secret,Permission for plain HTTP"
GOOD = f"{NAME},https://good.example/ims/oneroster/v1p2,https://good.example/token?appName=a,InfiniteCampus_k,{SECRET},"
KEPT = Credentials(Secret(SECRET), Secret("old-vendor-key"), Secret("old-vendor-secret"))


class Listener(ThreadingHTTPServer):
    """A host that nobody named for a secret; `heard` is all that came."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Heard)
        self.heard: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Heard(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Listener)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.heard.append(f"{self.headers} {body.decode()}")
        self.send_error(401)

    do_GET = do_POST

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere() -> Generator[Listener]:
    with Listener() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def leads_to(listener: Listener) -> Connection:
    return Connection(
        base_url=f"{listener.url}/ims/oneroster/v1p2", token_url=f"{listener.url}/token?appName=a",
        client_id="InfiniteCampus_k", allow_plain_http=True,
    )  # fmt: skip


def line_to(listener: Listener, secret: str = "") -> str:
    return f"{NAME},{listener.url}/ims/oneroster/v1p2,{listener.url}/token?appName=a,InfiniteCampus_k,{secret},yes"


def in_keyring() -> Credentials:
    return asyncio.run(SecretStore().load(NAME))


def never_told(listener: Listener) -> None:
    """A check of the profile sends nothing: it has no secret for that host."""
    ended = call("check", NAME)
    assert ended.returncode == 2
    assert listener.heard == []
    assert SECRET not in ended.stdout + ended.stderr


def own_file() -> Path:
    return ProfileStore().folder / f"{NAME}.toml"


@pytest.mark.usefixtures("keyring_unlocked")
class TestImport:
    """A line of a file comes under a name that has secrets from before."""

    @pytest.mark.parametrize("bound", [True, False], ids=["with their hosts", "without"])
    def test_after_the_file_was_removed_by_hand(
        self, bound: bool, tmp_path: Path, elsewhere: Listener
    ) -> None:
        assert call("profiles", "import", file_of(tmp_path, TITLES, GOOD), "--yes").returncode == 0
        if not bound:
            asyncio.run(SecretStore().save(NAME, KEPT))
        own_file().unlink()
        ended = call("profiles", "import", file_of(tmp_path, TITLES, line_to(elsewhere)), "--yes")
        assert (ended.returncode, ended.stderr) == (0, "")
        assert in_keyring() == Credentials()
        never_told(elsewhere)

    def test_the_vendors_pair_is_not_mixed_with_new_secrets(
        self, tmp_path: Path, elsewhere: Listener
    ) -> None:
        asyncio.run(SecretStore().save(NAME, KEPT))
        path = file_of(tmp_path, TITLES, line_to(elsewhere, "a-new-secret"))
        assert call("profiles", "import", path, "--yes").returncode == 0
        assert in_keyring() == Credentials(Secret("a-new-secret"))

    def test_a_name_whose_file_is_broken_is_refused(self, tmp_path: Path, elsewhere: Listener) -> None:
        assert call("profiles", "import", file_of(tmp_path, TITLES, GOOD), "--yes").returncode == 0
        own_file().write_text('name = "x')
        path = file_of(tmp_path, TITLES, line_to(elsewhere))
        for arguments in (("--dry-run",), ("--yes",), ("--yes", "--replace")):
            ended = call("profiles", "import", path, *arguments)
            assert ended.returncode == 2
            assert (
                "Line 2, column A (name): The file of the profile with this name cannot be read."
                in ended.stderr
            )
            assert "1 to correct" in ended.stdout
        assert (own_file().read_text(), names()) == ('name = "x', [])
        assert [each.name for each in ProfileStore().folder.iterdir()] == [own_file().name]
        # What it advises.
        own_file().unlink()
        assert call("profiles", "import", path, "--yes").returncode == 0
        never_told(elsewhere)

    def test_a_profile_that_says_it_keeps_no_secrets(self, tmp_path: Path, elsewhere: Listener) -> None:
        assert call("profiles", "import", file_of(tmp_path, TITLES, GOOD), "--yes").returncode == 0
        own_file().write_text(own_file().read_text().replace("remember = true", "remember = false"))
        asyncio.run(SecretStore().save(NAME, KEPT))
        path = file_of(tmp_path, TITLES, line_to(elsewhere))
        assert call("profiles", "import", path, "--yes", "--replace").returncode == 0
        assert in_keyring() == Credentials()
        never_told(elsewhere)

    def test_a_failure_leaves_everything_as_it_was(self, tmp_path: Path, elsewhere: Listener) -> None:
        asyncio.run(SecretStore().save(NAME, KEPT, "https://good.example:443"))
        later = line_to(elsewhere).replace(NAME, "last").replace("Campus_k", "k" * 4000)
        path = file_of(tmp_path, TITLES, line_to(elsewhere), later)
        with full_disk(3000):
            ended = call("profiles", "import", path, "--yes")
        assert ended.returncode == 2
        assert "was undone" in ended.stderr
        assert names() == []
        kept = asyncio.run(SecretStore().kept(NAME))
        assert (kept.credentials, kept.hosts) == (KEPT, "https://good.example:443")


def test_an_import_that_cannot_look_for_old_secrets_is_refused(bus: str, tmp_path: Path) -> None:
    path = file_of(tmp_path, TITLES, GOOD.replace(SECRET, ""))
    with secret_service(tmp_path / "new-home", bus, unlocked=False):
        ended = call("profiles", "import", path, "--yes")
    assert (ended.returncode, names()) == (2, [])
    assert "It may have earlier secrets under the name “victim”." in ended.stderr
    assert "Unlock it" in ended.stderr
    # Where there is no keyring at all, there are no secrets either.
    assert call("profiles", "import", path, "--yes").returncode == 0


@pytest.mark.usefixtures("keyring_unlocked")
class TestByHand:
    """Files that somebody writes, without this program."""

    def test_a_new_file_under_the_name(self, tmp_path: Path, elsewhere: Listener) -> None:
        assert call("profiles", "import", file_of(tmp_path, TITLES, GOOD), "--yes").returncode == 0
        own_file().unlink()
        ProfileStore().save(Profile(NAME, leads_to(elsewhere), remember=True))
        never_told(elsewhere)
        assert "were saved for another host" in call("check", NAME).stderr
        ProfileStore().save(Profile("other", leads_to(elsewhere).but(client_id="k")))
        ended = call("check", NAME, "other", "--format", "json")
        causes = {run["profile"]: run["verdict"]["cause"] for run in json.loads(ended.stdout)["runs"]}
        assert causes == {NAME: "tool.secret-missing", "other": "tool.secret-missing"}
        assert "the secrets in the keyring were saved for another host" in ended.stdout
        assert elsewhere.heard == []

    def test_an_entry_that_names_no_host_is_used_as_before(self, elsewhere: Listener) -> None:
        asyncio.run(SecretStore().save(NAME, KEPT))
        ProfileStore().save(Profile(NAME, leads_to(elsewhere), remember=True))
        ended = call("check", NAME)
        assert len(elsewhere.heard) > 0, ended

    def test_the_same_hosts_in_another_form_are_the_same(self) -> None:
        connection = Connection(
            base_url=" HTTPS://Good.example/x", token_url="https://good.example:443/token"
        )
        assert hosts_of(connection) == "https://good.example:443"
        asyncio.run(SecretStore().save(NAME, KEPT, hosts_of(connection)))
        other = connection.but(base_url="https://good.example/another/path", oauth=1)
        assert asyncio.run(SecretStore().load(NAME, other)) == KEPT


@pytest.mark.usefixtures("keyring_unlocked")
class TestWizard:
    """The same by the wizard's ways of saving."""

    def saved(self, listener: Listener, *, remember: bool, secret: str = "") -> SavedConnections:
        saved = SavedConnections()
        draft = Draft(
            profile=NAME, connection=leads_to(listener), remember=remember,
            credentials=Credentials(Secret(secret)),
        )  # fmt: skip
        asyncio.run(saved.save(draft))
        return saved

    @pytest.mark.parametrize("remember", [True, False])
    @pytest.mark.parametrize("broken", [True, False])
    def test_a_new_connection_under_the_name(self, remember: bool, broken: bool, elsewhere: Listener) -> None:
        asyncio.run(SecretStore().save(NAME, KEPT))
        if broken:
            own_file().parent.mkdir(parents=True)
            own_file().write_text('name = "x')
        self.saved(elsewhere, remember=remember)
        assert in_keyring() == Credentials()
        if not broken:
            never_told(elsewhere)

    def test_a_connection_that_is_not_kept_moves(self, elsewhere: Listener) -> None:
        asyncio.run(SecretStore().save(NAME, KEPT))
        ProfileStore().save(Profile(NAME, Connection(base_url="https://good.example/x")))
        self.saved(elsewhere, remember=False)
        assert in_keyring() == Credentials()

    @pytest.mark.parametrize("act", ["rename", "duplicate"])
    @pytest.mark.parametrize("remember", [True, False])
    def test_another_comes_under_the_name(self, act: str, remember: bool, elsewhere: Listener) -> None:
        asyncio.run(SecretStore().save(NAME, KEPT))
        ProfileStore().save(Profile("other", leads_to(elsewhere), remember=remember))
        words = asyncio.run(getattr(SavedConnections(), act)("other", NAME))
        assert words == ""
        assert in_keyring() == Credentials()
        never_told(elsewhere)

    def test_what_is_saved_is_for_its_hosts(self, elsewhere: Listener) -> None:
        saved = self.saved(elsewhere, remember=True, secret="mine")
        assert asyncio.run(SecretStore().kept(NAME)).hosts == elsewhere.url
        asyncio.run(saved.rename(NAME, "other"))
        assert asyncio.run(SecretStore().kept("other")).hosts == elsewhere.url
        assert keyring.get_password(SERVICE, f"{NAME}/hosts") is None
        own = saved.profiles.load("other")
        saved.profiles.save(
            Profile("other", own.connection.but(base_url="https://evil.example"), remember=True)
        )
        draft = asyncio.run(saved.add_secrets(saved.open_without_secrets("other")))
        assert not draft.credentials.texts()
        assert "were saved for another host" in draft.note

    def test_a_deleted_connection_leaves_no_secret(self) -> None:
        for remember in (True, False):
            asyncio.run(SecretStore().save(NAME, KEPT, "https://good.example:443"))
            ProfileStore().save(
                Profile(NAME, Connection(base_url="https://good.example/x"), remember=remember)
            )
            assert asyncio.run(SavedConnections().delete(NAME)) == ""
            assert in_keyring() == Credentials()
            assert keyring.get_password(SERVICE, f"{NAME}/hosts") is None


@pytest.mark.usefixtures("keyring_unlocked")
async def test_a_worker_of_a_cluster_holds_to_it_too(elsewhere: Listener) -> None:
    references = references_for(NAME)
    await SecretStore().save(NAME, KEPT, "https://good.example:443")
    good = Connection(base_url="https://good.example/x", token_url="https://good.example/token")
    assert await WorkerMachine().secrets(ProfileTask(NAME, good, references=references)) == KEPT
    found = await WorkerMachine().secrets(ProfileTask(NAME, leads_to(elsewhere), references=references))
    assert isinstance(found, Result)
    assert found.verdict.cause == "tool.secret-missing"
    assert "saved for another host" in found.verdict.summary
