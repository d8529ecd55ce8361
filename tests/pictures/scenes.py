"""The scenes of the pictures: which screen, on which connection, with which keys pressed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from oneroster_checks.connection import Connection, Share
from oneroster_wizard.app import WizardApp
from oneroster_wizard.draft import Draft
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.history import History
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from ..idle import until_idle
from ..storage.runs import StandingClock
from .settled import WHEN, settled_draft

FAILING = "gradebook.vendor-credentials-missing"


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: its name, its step, and the draft that it shows, made for a folder of profiles."""

    name: str
    step: WizardStep
    draft: Callable[[Path], Awaitable[Draft]]


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


SCENES = (
    Scene("start", WizardStep.START, _saved),
    Scene("versions", WizardStep.VERSIONS, _to_correct),
    Scene("connection", WizardStep.CONNECTION, _to_correct),
    Scene("secrets", WizardStep.SECRETS, _to_correct),
    Scene("run", WizardStep.RUN, _failing),
    Scene("checklist-gradebook", WizardStep.CHECKLIST, _failing),
)
HEALTHY = Scene("run-healthy", WizardStep.RUN, _healthy)


async def draw(scene: Scene, folder: Path, size: tuple[int, int], *, light: bool = False) -> str:
    """The picture of a scene in a terminal of this size, as SVG."""
    draft = await scene.draft(folder)
    app = WizardApp(draft=draft, folder=folder)
    app.animation_level = "none"
    app.saved.clock = StandingClock(WHEN)
    async with app.run_test(size=size):
        if light:
            app.action_light_or_dark()
        if scene.step is not WizardStep.START:
            await app.go(scene.step)
        await until_idle(app)
        return str(app.export_screenshot(title="oneroster-wizard", simplify=True))
