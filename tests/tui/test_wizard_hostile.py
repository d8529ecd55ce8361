"""The wizard on hostile profiles, files and servers: markup shows as written, and nothing acts on the terminal."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Button, Input, OptionList, Static, TextArea
from textual.widgets._toast import Toast

from oneroster_checks.connection import Connection
from oneroster_checks.finding import Status
from oneroster_wizard.app import WizardApp
from oneroster_wizard.draft import Draft
from oneroster_wizard.screens.base import WizardScreen
from oneroster_wizard.screens.name import NameScreen
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.widgets.run_board import RunBoard

from ..hostile_district import CONTROL, MARKUP, hostile_server
from ..hostile_texts import CONTROLS, MARK, PLAIN, acting
from .wizard_driver import Driver, driving

WIDE = (160, 50)
# How many rows of the checklist are opened: the points come first.
ROWS = 4
# The kinds of hostile answers that show most of what a server may bring; the reports are tried on all.
SHOWN = (
    "data refused",
    "token refused",
    "scopes",
    "redirect of the token",
    "names of lists",
    "values of records",
)
# The mark without the bracket that was written before it (in an address, its code): markup that was read.
READ_AS_MARKUP = re.compile(rf"(?<!\])(?<!%5D)(?<!%5d)(?<!//){MARK}")


class Watched(Driver):
    """A wizard whose pictures are looked at; `seen` counts the marks that were shown."""

    seen = 0

    def look(self) -> str:
        """The picture of the screen, in which nothing acts, no markup was read, and nothing can be clicked."""
        strips = self.app.screen._compositor.render_strips()
        for segment in (segment for strip in strips for segment in strip):
            assert acting(segment.text, kept="") == set(), segment
            if segment.style is not None:
                assert segment.style.link is None, segment
                assert MARK not in str(segment.style.meta), segment
        for text in self._texts():
            assert READ_AS_MARKUP.search(text) is None, text
            self.seen += text.count(MARK)
        return "\n".join(strip.text for strip in strips)

    def _texts(self) -> Iterator[str]:
        """What each widget shows, before it is wrapped."""
        for widget in self.app.screen.query("*"):
            if isinstance(widget, OptionList):
                yield from (
                    str(widget.get_option_at_index(index).prompt) for index in range(widget.option_count)
                )
            elif isinstance(widget, (Static, Button, Toast)):
                yield str(widget.render())

    def worth_a_look(self) -> list[str]:
        """The checks of the run that do more than pass."""
        result = self.app.draft.result
        assert result is not None
        told = (Status.FAIL, Status.WARN, Status.ERROR)
        return [each.finding.check for each in result.findings if each.finding.status in told]

    async def press(self, *keys: str) -> None:
        await super().press(*keys)
        self.look()


@asynccontextmanager
async def watched(app: WizardApp, size: tuple[int, int] = WIDE) -> AsyncGenerator[Watched]:
    async with driving(app, size) as driver:
        watching = Watched(app, driver.pilot)
        await watching.idle()
        yield watching


def hostile_profiles(folder: Path) -> ProfileStore:
    """Profiles and files with markup and control characters wherever there may be some."""
    store = ProfileStore(folder)
    text = f"{MARKUP}{CONTROL}"
    connection = Connection(
        base_url=f"https://d.test/{text}",
        token_url=f"https://d.test/{text}\nBase URL: https://fake.test",
        client_id=text,
        scope=text,
        ca_file=f"/{text}",
    )
    store.save(Profile(f"a {MARKUP}", connection))
    store.save(Profile("b", connection.but(oauth=1, oneroster="1.1")))
    for name in (f"c{text}\n", "d[bold]"):
        (store.folder / f"{name.replace('/', '')}.toml").write_text(
            f'name = "{MARKUP}"\n[connection]\noauth = 7'
        )
    (store.folder / "b.last.json").write_text("{}")
    for path in store.folder.glob("a-*.toml"):
        kept = '{"status": "fail", "cause": "%s", "summary": "[bold]x", "when": "2026-01-01T00:00:00+00:00"}'
        path.with_name(path.name.removesuffix(".toml") + ".last.json").write_text(kept % MARKUP)
    return store


async def test_hostile_profiles_and_files_show_as_written(tmp_path: Path) -> None:
    hostile_profiles(tmp_path)
    app = WizardApp(folder=tmp_path)
    async with watched(app) as driver:
        picture = driver.look()
        assert f"a {MARKUP}" in picture
        assert "\\x1b[31mC0ntr0l" in picture
        await driver.press("f6")
        await driver.until(lambda: isinstance(app.screen, NameScreen))
        assert MARKUP in driver.look()
        await driver.press("escape", "x")
        await driver.until(lambda: app.focused is not None and app.focused.id == "close")
        assert f"Delete a {MARKUP}?" in driver.look()
        await driver.press("escape", "e")
        await driver.step(WizardStep.VERSIONS)
        await driver.next(WizardStep.CONNECTION)
        shown = driver.look()
        assert MARKUP in shown
        assert "\ufffd[31mC0ntr0l" in shown
        for _ in range(12):
            await driver.press("tab")
        await driver.press("ctrl+p")
        await driver.idle()
        await driver.press("escape", "f1")
        await driver.idle()
        await driver.press("escape")
        # Each press says why it makes little sense, and goes on.
        await driver.press("ctrl+n", "ctrl+n")
        await driver.step(WizardStep.SECRETS)
        app.notify(f"{MARKUP}{CONTROL}", title=MARKUP, markup=True)
        await driver.idle()
        assert driver.seen > 20


async def test_what_a_person_pastes_is_seen_and_does_not_act(tmp_path: Path) -> None:
    app = WizardApp(folder=tmp_path, draft=Draft())
    async with watched(app) as driver:
        await driver.press("ctrl+n")
        await driver.step(WizardStep.VERSIONS)
        await driver.next(WizardStep.CONNECTION)
        await driver.focus("base_url")
        box = app.screen.query_one("#base_url", Input)
        await driver.paste(f"{MARKUP}a\x1b[31mb\u200bc\u202ed")
        # The value is exact; what nobody would see has a mark, and the cursor is where it seems to be.
        assert box.value == f"{MARKUP}a\x1b[31mb\u200bc\u202ed"
        assert f"{MARKUP}a\ufffd[31mb\ufffdc\ufffdd" in driver.look()
        shown = f"{MARKUP}a\ufffd[31mb\ufffdc\ufffdd"
        await driver.press("left")
        assert box.cursor_screen_offset.x == box.content_region.x + len(shown) - 1
        await driver.press("backspace")
        assert box.value == f"{MARKUP}a\x1b[31mb\u200bcd"
        assert box._cell_offset_to_index(len(shown) - 2) == len(box.value) - 1
        await driver.press("f2")
        await driver.until(lambda: bool(app.screen.query(TextArea)))
        await driver.paste(
            f"Key: {MARKUP}{CONTROL}\nBase URL: https://d.test/{MARKUP}\x9b1m\n" + "".join(CONTROLS.values())
        )
        await driver.press("ctrl+n")
        await driver.step(WizardStep.CONNECTION)
        assert "Filled in:" in driver.look()


@pytest.mark.parametrize("kind", SHOWN)
async def test_a_hostile_server_shows_as_written(kind: str, tmp_path: Path) -> None:
    async with hostile_server(kind) as (_, draft):
        app = WizardApp(folder=tmp_path, draft=draft, start="run")
        async with watched(app) as driver:
            await driver.finished()
            await driver.step(WizardStep.RUN)
            driver.look()
            await driver.focus("checks")
            for check in driver.worth_a_look():
                app.screen.query_one(RunBoard).checks.lead_to(check)
                await driver.idle()
                driver.look()
            await driver.press("enter", "f1")
            await driver.press("escape")
            await driver.focus("next")
            await driver.next(WizardStep.CHECKLIST)
            for tab in "1234":
                await driver.press(tab)
                for _ in range(ROWS if tab != "4" else 1):
                    await driver.press("down", "enter")
                    if not isinstance(app.screen, WizardScreen):
                        await driver.press("escape")
            await driver.press("f1")
            await driver.press("escape", "ctrl+p")
            await driver.press("escape", "s")
            await driver.until(lambda: "opied" in driver.words())
            # What begins with a dot is being written.
            for path in (tmp_path / "copied").glob("[!.]*"):
                assert acting(path.read_text()) == set()
            assert "x1b[31mZ" in (tmp_path / "copied" / "summary.md").read_text()
            await driver.press("w")
            await driver.until(lambda: bool(app.screen.query("#path")))
            app.screen.query_one("#path", Input).value = str(tmp_path / f"[bold]{MARK}[x.md")
            await driver.press("enter")
            await driver.until(lambda: "Saved as" in driver.words())


async def test_ordinary_text_stays_as_people_write_it(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    store.save(Profile("Zoë 東京 🎓 עברית", Connection(client_id=PLAIN)))
    async with driving(WizardApp(folder=tmp_path), WIDE) as driver:
        assert "Zoë 東京 🎓 עברית" in driver.picture()
