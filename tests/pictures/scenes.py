"""The scenes of the pictures: which screen, on which connection, with which keys pressed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from textual.widgets import Static

from oneroster_checks.connection import Connection, Share
from oneroster_wizard.app import WizardApp
from oneroster_wizard.draft import Draft
from oneroster_wizard.run_log import RunLog
from oneroster_wizard.screens.trace import TraceScreen
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.history import History
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.widgets.run_board import RunBoard
from oneroster_wizard.widgets.run_strip import RunStrip
from oneroster_wizard.widgets.trace_tree import TraceTree

from ..idle import until_idle
from ..storage.runs import StandingClock
from ..tui.wizard_driver import Driver
from .settled import DAY, WHEN, settled_draft, settled_move, settled_trace

FAILING = "gradebook.vendor-credentials-missing"


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: its name, its step, and the draft that it shows, made for a folder of profiles.

    `keys` are pressed once the step is there, and `act` does what no key does.
    """

    name: str
    step: WizardStep
    draft: Callable[[Path], Awaitable[Draft]]
    keys: tuple[str, ...] = ()
    act: Callable[[Driver], Awaitable[None]] | None = None


async def _saved(folder: Path) -> Draft:
    store = ProfileStore(folder, History(folder / "history.sqlite3", StandingClock(WHEN)))
    graded: tuple[Share, ...] = ("rostering", "gradebook")
    rostered: tuple[Share, ...] = ("rostering",)
    for name, problem, share in (("Lakeside", FAILING, graded), ("Springfield", None, rostered)):
        draft = await settled_draft(problem)
        assert draft.result is not None
        host = f"https://{name.lower()}.infinitecampus.org/campus"
        connection = Connection(
            base_url=f"{host}/api/oneroster/v1p2/{name.lower()}/ims/oneroster", share=share
        )
        store.save(Profile(name, connection, {}, True))
        store.save_run(name, draft.result)
    return Draft()


async def _failing(folder: Path) -> Draft:
    return await settled_draft(FAILING)


async def _healthy(folder: Path) -> Draft:
    return await settled_draft()


async def _to_correct(folder: Path) -> Draft:
    host = "https://springfield.infinitecampus.org/campus"
    draft = Draft(profile="Springfield")
    draft.change(
        base_url=f"{host}/api/oneroster/v1p2/springfield/ims/oneroster",
        token_url=f"{host}/oauth2/token",
        client_id="InfiniteCampus_springfield",
        share=("rostering", "gradebook"),
    )
    for name in ("client_secret", "vendor_key", "vendor_secret"):
        draft.put_text(name, "nothing-of-value")
    return draft


async def _safe(folder: Path) -> Draft:
    return await settled_move()


async def _not_yet(folder: Path) -> Draft:
    return await settled_move("migrate.users-lost")


async def _old_alone(folder: Path) -> Draft:
    host = "https://lakeside.infinitecampus.org/campus"
    old = Connection(base_url=f"{host}/api/oneroster/v1p1/lakeside/ims/oneroster", created=DAY)
    return Draft(profile="lakeside-1p1", connection=old.but(oneroster="1.1", oauth=1))


async def _nothing(folder: Path) -> Draft:
    return Draft()


async def _going(folder: Path) -> Draft:
    """A run in its middle: what comes later is not known yet."""
    draft = await _failing(folder)
    log = draft.log
    assert log is not None
    known = list(log.checks)[: len(log.checks) // 2]
    draft.log = RunLog(
        log.connection,
        log.credentials,
        log.checks,
        {check: log.findings[check] for check in known},
        {check: log.requests[check] for check in known if check in log.requests},
    )
    return draft


async def _show_going(driver: Driver) -> None:
    """Show the run as one that goes on, with the check behind those that are known."""
    screen, log = driver.app.screen, driver.run_log
    # The clock of a run that is not under way would say so.
    for timer in list(screen._timers):
        timer.pause()
    now = list(log.checks)[len(log.findings)]
    board = screen.query_one(RunBoard)
    board.checks.now = now
    board.checks.lead_to(now)
    board.checks.show_row(now)
    strip = screen.query_one(RunStrip)
    strip.show_pace(log)
    strip.show_progress(log, 1.0, log.checks[now].title)
    for line in screen.query("#says").results(Static):
        line.remove_class("-shown")


async def _paste_block(driver: Driver) -> None:
    """Open the dialog for what the district sent, and paste it."""
    draft = await _failing(Path())
    connection = draft.connection
    await driver.press("f2")
    await driver.paste(
        "Here is what you need for OneRoster 1.2:\n"
        f"Key: {connection.client_id}\nBase URL: {connection.base_url}\nToken URL: {connection.token_url}\n"
    )


def _traced(id: str) -> Callable[[Driver], Awaitable[None]]:
    """Show the trace of a student, as it is once it has ended."""

    async def act(driver: Driver) -> None:
        await driver.press(*id)
        screen = driver.app.screen
        assert isinstance(screen, TraceScreen)
        screen.query_one(TraceTree).focus()
        await screen.show_trace(await settled_trace("student", id))

    return act


# The steps, which are kept as snapshots of several sizes, too.
SCENES = (
    Scene("start", WizardStep.START, _saved),
    Scene("versions", WizardStep.VERSIONS, _to_correct),
    Scene("connection", WizardStep.CONNECTION, _to_correct),
    Scene("secrets", WizardStep.SECRETS, _to_correct),
    Scene("run", WizardStep.RUN, _failing),
    Scene("checklist-gradebook", WizardStep.CHECKLIST, _failing),
    Scene("trace", WizardStep.TRACE, _healthy, act=_traced("1000001")),
    Scene("trace-broken", WizardStep.TRACE, _healthy, act=_traced("7000001")),
    Scene("move", WizardStep.MOVE, _safe),
    Scene("move-not-yet", WizardStep.MOVE, _not_yet),
)
START_EMPTY = Scene("start-empty", WizardStep.START, _nothing)
PASTE = Scene("paste", WizardStep.CONNECTION, _nothing, act=_paste_block)
GOING = Scene("run-going", WizardStep.RUN, _going, act=_show_going)
CHECKLIST = next(scene for scene in SCENES if scene.step is WizardStep.CHECKLIST)
# Everything else that a person sees.
OTHERS = (
    Scene("run-healthy", WizardStep.RUN, _healthy),
    START_EMPTY,
    PASTE,
    GOING,
    Scene("start-help", WizardStep.START, _saved, keys=("f1",)),
    Scene("history", WizardStep.START, _saved, keys=("h",)),
    Scene("compare", WizardStep.START, _saved, keys=("k", "enter")),
    Scene("practice", WizardStep.START, _nothing, keys=("p",)),
    Scene("import", WizardStep.START, _nothing, keys=("i",)),
    Scene("checks", WizardStep.CHECKLIST, _failing, keys=("2",)),
    Scene("requests", WizardStep.CHECKLIST, _failing, keys=("3",)),
    Scene("shared", WizardStep.CHECKLIST, _failing, keys=("4",)),
    Scene("move-findings", WizardStep.MOVE, _safe, keys=("1",)),
    Scene("move-readiness", WizardStep.MOVE, _old_alone),
    Scene("answers", WizardStep.CHECKLIST, _failing, keys=("1", "end")),
)


async def draw(scene: Scene, folder: Path, size: tuple[int, int], *, light: bool = False) -> str:
    """The picture of a scene in a terminal of this size, as SVG."""
    draft = await scene.draft(folder)
    app = WizardApp(draft=draft, folder=folder)
    app.animation_level = "none"
    app.saved.clock = StandingClock(WHEN)
    async with app.run_test(size=size) as pilot:
        if light:
            app.action_light_or_dark()
        if scene.step is not WizardStep.START:
            await app.show(scene.step, came_back=scene is GOING)
        await until_idle(app)
        driver = Driver(app, pilot)
        for key in scene.keys:
            await driver.press(key)
            # A dialog is waited for by a worker.
            await until_idle(app, workers=False)
        if scene.act is not None:
            await scene.act(driver)
            await until_idle(app, workers=False)
        return str(app.export_screenshot(title="oneroster-wizard", simplify=True))
