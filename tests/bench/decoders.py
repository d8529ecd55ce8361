"""Which way of decoding and judging a page is the fastest, and what each finds: `python -m tests.bench.decoders`."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from importlib import import_module, metadata
from typing import Any

from oneroster_checks.standard.envelopes import Record
from oneroster_checks.standard.fields import problems
from oneroster_practice.site import Site
from oneroster_practice.sizes import SIZES

from . import static_pages
from .line import Name
from .spoiled import broken, sound
from .typed_models import msgspec_page, pydantic_page

TRIES, ROWS, PAGE_ROWS = 7, 20_000, 5_000

# How many of some pages are in every point as the standard says.
Judgement = Callable[[Sequence[bytes]], int]


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of one collection, and a record of them to break."""

    path: str
    entity: str
    envelope: str
    bodies: tuple[bytes, ...]
    record: Record

    def alone(self, record: Record) -> bytes:
        """A page with this record alone."""
        return json.dumps({self.envelope: [record]}).encode()


def decoders() -> str:
    """The table: microseconds a record for enrollments and users, and what each way finds."""
    lines = [f"{Name.DECODERS}: CPU microseconds, the best of {TRIES} tries in turns over {ROWS:,} records"]
    columns: dict[str, list[str]] = {name: [] for name in _WAYS}
    for pages in _pages():
        with ExitStack() as ending:
            ready: dict[str, Judgement] = {}
            for name, make in _WAYS.items():
                try:
                    ready[name] = make(pages, ending)
                except (ImportError, NotImplementedError) as missing:
                    columns[name] = [f"not measured {missing}".rstrip()]
            best = dict.fromkeys(ready, float("inf"))
            for _ in range(TRIES):
                for name, judge in ready.items():
                    best[name] = min(best[name], _seconds(pages, judge))
            for name, judge in ready.items():
                columns[name].append(_column(pages, judge, best[name]))
    return "\n".join([*lines, *(f"  {name}: {'; '.join(each)}" for name, each in columns.items())])


def _column(pages: Pages, judge: Judgement, seconds: float) -> str:
    """What one way takes for one collection, and what it finds there."""
    wrong, right = list(broken(pages.record, pages.entity)), list(sound(pages.record, pages.entity))
    found = len(wrong) - judge([pages.alone(record) for record in wrong])
    refused = len(right) - judge([pages.alone(record) for record in right])
    took = f"{pages.envelope} {seconds / ROWS * 1e6:.2f}, finds {found} of {len(wrong)}"
    return f"{took}, refuses {refused} of {len(right)} sound ones"


def _seconds(pages: Pages, judge: Judgement) -> float:
    # The processor's, of all threads: a full read judges in a thread of its own.
    started = time.process_time()
    assert judge(pages.bodies) == len(pages.bodies)
    return time.process_time() - started


def _pages() -> tuple[Pages, ...]:
    """The pages of a practice district, version 1.2."""
    district = static_pages.Pages(SIZES["large"], Site("http", "127.0.0.1", 50000, "1.2"))
    made = []
    for entity, envelope in (("enrollment", "enrollments"), ("user", "users")):
        bodies = tuple(
            district.body_of(f"/{envelope}?limit={PAGE_ROWS}&offset={start}")
            for start in range(0, ROWS, PAGE_ROWS)
        )
        made.append(Pages(f"/{envelope}", entity, envelope, bodies, json.loads(bodies[0])[envelope][0]))
    return tuple(made)


def _by_msgspec_types(pages: Pages, ending: ExitStack) -> Judgement:
    msgspec: Any = import_module("msgspec")
    decode = msgspec.json.Decoder(msgspec_page(msgspec, "1.2", pages.entity, pages.envelope)).decode
    return _accepted(decode, msgspec.DecodeError)


def _by_pydantic(pages: Pages, ending: ExitStack) -> Judgement:
    pydantic: Any = import_module("pydantic")
    model = pydantic_page(pydantic, "1.2", pages.entity, pages.envelope)
    return _accepted(model.model_validate_json, pydantic.ValidationError)


def _accepted(decode: Callable[[bytes], object], refusal: type[Exception]) -> Judgement:
    def is_good(body: bytes) -> bool:
        try:
            decode(body)
        except refusal:
            return False
        return True

    return lambda bodies: sum(map(is_good, bodies))


def _by_hand(module: str, path_to_decode: str) -> Callable[[Pages, ExitStack], Judgement]:
    """Decoded by a library, then every field held against the table in Python."""

    def make(pages: Pages, ending: ExitStack) -> Judgement:
        decode: Any = import_module(module)
        for word in path_to_decode.split("."):
            decode = getattr(decode, word)

        def is_good(body: bytes) -> bool:
            # A list, as every problem counts, not only the first.
            return not [
                problem
                for record in decode(body)[pages.envelope]
                for problem in problems(record, "1.2", pages.entity)
            ]

        return lambda bodies: sum(map(is_good, bodies))

    return make


def _by_the_judge(pages: Pages, ending: ExitStack) -> Judgement:
    """What a full read does: decoded, judged, and made into the rows of its database."""
    judge_of_run = import_module("oneroster_checks.records.judge").Judge
    runner = ending.enter_context(asyncio.Runner())
    judge: Any = judge_of_run("1.2", date.today(), lambda names: None)
    ending.callback(lambda: runner.run(judge.aclose()))

    async def good(bodies: Sequence[bytes]) -> int:
        # The judge's thread and the loop change places once for all pages, as in a full read.
        return sum([await judge.strict(body, pages.path) is not None for body in bodies])

    return lambda bodies: runner.run(good(bodies))


def _named(way: str, library: str) -> str:
    try:
        return f"{library} {metadata.version(library)}, {way}"
    except metadata.PackageNotFoundError:
        return f"{library}, {way}"


_WAYS: dict[str, Callable[[Pages, ExitStack], Judgement]] = {
    "a full read's own, with the rows of its database": _by_the_judge,
    _named("typed", "msgspec"): _by_msgspec_types,
    _named("typed", "pydantic"): _by_pydantic,
    _named("and checks by hand", "orjson"): _by_hand("orjson", "loads"),
    _named("untyped, and checks by hand", "msgspec"): _by_hand("msgspec", "json.decode"),
    "json, and checks by hand": _by_hand("json", "loads"),
}


if __name__ == "__main__":
    print(decoders())
