"""`python -m tests.pictures` writes the pictures of the README into screenshots/."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from ..secret_service import private_bus, secret_service
from . import FOLDER, SIZE
from .scenes import OTHERS, SCENES, draw
from .session import NAME, draw_session

# A folder of the developer's own must not end up in a picture.
_HOMES = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")


def main() -> int:
    """Write every picture; the names are those of the scenes."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as text:
        home = Path(text)
        for name in _HOMES:
            os.environ[name] = str(home / name.lower())
        os.environ["TZ"] = "UTC"
        time.tzset()
        os.environ.pop("NO_COLOR", None)
        os.environ.pop("TEXTUAL_THEME", None)
        with private_bus(home / "bus") as bus, secret_service(home / "keyring", bus):
            os.environ["DBUS_SESSION_BUS_ADDRESS"] = bus
            os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.SecretService.Keyring"
            for scene in (*SCENES, *OTHERS):
                _write(scene.name, asyncio.run(draw(scene, home / scene.name, SIZE)))
            _write(NAME, asyncio.run(draw_session(home / NAME)))
    return 0


def _write(name: str, picture: str) -> None:
    (FOLDER / f"{name}.svg").write_text(picture, encoding="utf-8")
    print(f"screenshots/{name}.svg")


if __name__ == "__main__":
    sys.exit(main())
