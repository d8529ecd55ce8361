"""The grade book of the practice district: the vendor's header, and writing in both versions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from oneroster_practice import PracticeDistrict

from .caller import Caller
from .standard_form import faults


@pytest.fixture(params=["1.1", "1.2"])
def caller(request: pytest.FixtureRequest) -> Iterator[Caller]:
    district = PracticeDistrict(oneroster=request.param, share=["rostering", "gradebook"])
    with district, Caller(district) as caller:
        yield caller


@pytest.fixture
def caller_1p2() -> Iterator[Caller]:
    district = PracticeDistrict(share=["rostering", "gradebook", "assessments"])
    with district, Caller(district) as caller:
        yield caller


def line_item(caller: Caller, sourced_id: str) -> dict[str, Any]:
    record: dict[str, Any] = caller.get("lineItems/lineItem-1", service="gradebook").json()["lineItem"]
    return record | {"sourcedId": sourced_id, "title": "A new exercise"}


def test_the_vendor_header_is_needed_in_the_grade_book_and_nowhere_else(caller: Caller) -> None:
    for path in ("lineItems", "categories", "results", "lineItems/lineItem-1", "classes/class-1/results"):
        assert caller.get(path, service="gradebook").status_code == 200
        missing = caller.get(path, service="gradebook", vendor=False)
        assert missing.status_code == 401
        wrong = caller.http.get(
            caller.url(path, "gradebook"),
            headers={"Authorization": f"Bearer {caller.token()}", "x-vendor-authorization": "a:b"},
        )
        assert wrong.status_code == 401
    assert caller.get("users", vendor=False).status_code == 200


def test_put_read_back_and_delete(caller: Caller) -> None:
    record = line_item(caller, "made-by-a-vendor")
    put = caller.call("PUT", "lineItems/made-by-a-vendor", service="gradebook", json={"lineItem": record})
    assert put.status_code == 201
    path = "lineItems/made-by-a-vendor"
    assert caller.get(path, service="gradebook").json() == {"lineItem": record}
    of_class = caller.records("classes/class-1/lineItems", service="gradebook")
    assert record in of_class
    assert caller.get("lineItems", service="gradebook").headers["X-Total-Count"] == "73"
    changed = record | {"title": "Changed"}
    again = caller.call("PUT", path, service="gradebook", json={"lineItem": changed})
    assert again.status_code == 200
    assert caller.get(path, service="gradebook").json() == {"lineItem": changed}
    assert caller.call("DELETE", path, service="gradebook").status_code == 204
    assert caller.get(path, service="gradebook").status_code == 404
    assert caller.call("DELETE", path, service="gradebook").status_code == 404
    assert caller.get("lineItems", service="gradebook").headers["X-Total-Count"] == "72"


def test_a_record_that_was_there_can_be_removed_and_put_back(caller: Caller) -> None:
    before = caller.records("results", service="gradebook")
    record = caller.get("results/result-3", service="gradebook").json()["result"]
    assert caller.call("DELETE", "results/result-3", service="gradebook").status_code == 204
    less = caller.records("results", service="gradebook")
    assert [one["sourcedId"] for one in less] == [
        one["sourcedId"] for one in before if one["sourcedId"] != "result-3"
    ]
    put = caller.call("PUT", "results/result-3", service="gradebook", json={"result": record})
    assert put.status_code == 201
    assert caller.records("results", service="gradebook") == before


def test_results_by_class_line_item_and_student(caller: Caller) -> None:
    of_class = caller.records("classes/class-2/results", service="gradebook")
    items = {
        record["sourcedId"] for record in caller.records("classes/class-2/lineItems", service="gradebook")
    }
    assert len(of_class) == 40
    assert {record["lineItem"]["sourcedId"] for record in of_class} == items
    item = min(items)
    of_item = caller.records(f"classes/class-2/lineItems/{item}/results", service="gradebook")
    assert of_item == [record for record in of_class if record["lineItem"]["sourcedId"] == item]
    student = of_class[0]["student"]["sourcedId"]
    of_student = caller.records(f"classes/class-2/students/{student}/results", service="gradebook")
    assert of_student == [record for record in of_class if record["student"]["sourcedId"] == student]
    assert len(of_student) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"category": None},
        {"class": {"sourcedId": "class-999", "type": "class", "href": "x"}},
        {"class": "class-1"},
        {"sourcedId": "another"},
    ],
)
def test_a_record_that_breaks_the_standard_is_refused(caller: Caller, change: dict[str, Any]) -> None:
    record = line_item(caller, "wrong") | change
    answer = caller.call("PUT", "lineItems/wrong", service="gradebook", json={"lineItem": record})
    assert answer.status_code == 400
    assert caller.get("lineItems/wrong", service="gradebook").status_code == 404


@pytest.mark.parametrize("body", [b"", b"nonsense", b"[]", b"{}", b'{"lineItem": 1}', b"\xff"])
def test_a_body_that_is_no_record_is_refused(caller: Caller, body: bytes) -> None:
    answer = caller.call("PUT", "lineItems/wrong", service="gradebook", content=body)
    assert answer.status_code == 400


def test_post_gives_new_ids(caller_1p2: Caller) -> None:
    def post(path: str, body: dict[str, Any]) -> Any:
        return caller_1p2.call("POST", path, service="gradebook", json=body)

    records = [line_item(caller_1p2, "mine-1"), line_item(caller_1p2, "mine-2")]
    answer = post("classes/class-1/lineItems", {"lineItems": records})
    assert answer.status_code == 201
    pairs = answer.json()["sourcedIdPairs"]
    assert [pair["suppliedSourcedId"] for pair in pairs] == ["mine-1", "mine-2"]
    for pair in pairs:
        path = f"lineItems/{pair['allocatedSourcedId']}"
        read = caller_1p2.get(path, service="gradebook").json()["lineItem"]
        assert faults("1.2", "lineItem", read) == []
    result = caller_1p2.get("results/result-1", service="gradebook").json()["result"]
    below = post("lineItems/lineItem-1/results", {"results": [result | {"sourcedId": "mine"}]})
    assert below.status_code == 201
    assert post("classes/none/lineItems", {"lineItems": records}).status_code == 404
    assert post("classes/class-1/lineItems", {}).status_code == 400


def test_score_scales_and_assessments_are_there_in_1p2(caller_1p2: Caller) -> None:
    for path in ("scoreScales", "assessmentLineItems", "assessmentResults"):
        assert caller_1p2.get(path, service="gradebook").status_code == 200
        assert caller_1p2.get(path, service="gradebook", vendor=False).status_code == 401
    assert len(caller_1p2.records("schools/org-2/scoreScales", service="gradebook")) == 18
    assert len(caller_1p2.records("classes/class-4/scoreScales", service="gradebook")) == 1
    assert len(caller_1p2.records("classes/class-4/categories", service="gradebook")) == 3


def test_1p1_has_no_score_scales_and_no_post() -> None:
    district = PracticeDistrict(oneroster="1.1", share=["rostering", "gradebook"])
    with district, Caller(district) as caller:
        assert caller.get("scoreScales", service="gradebook").status_code == 404
        posted = caller.call("POST", "classes/class-1/lineItems", service="gradebook", json={})
    assert posted.status_code == 405


@pytest.mark.parametrize("left_out", [("status",), ("dateLastModified",), ("status", "dateLastModified")])
def test_what_a_vendor_leaves_out_is_filled_in(caller: Caller, left_out: tuple[str, ...]) -> None:
    for path, entity in (("categories", "category"), ("lineItems", "lineItem"), ("results", "result")):
        known = caller.get(f"{path}/{entity}-1", service="gradebook").json()[entity]
        sent = {name: value for name, value in known.items() if name not in left_out} | {"sourcedId": "mine"}
        put = caller.call("PUT", f"{path}/mine", service="gradebook", json={entity: sent})
        assert put.status_code == 201
        kept = caller.get(f"{path}/mine", service="gradebook").json()[entity]
        assert put.json() == {entity: kept}
        assert {name: kept[name] for name in sent} == sent
        assert kept["status"] == "active"
        assert faults(caller.connection.oneroster, entity, kept) == []


def test_long_titles_extra_credit_and_exempt_students_are_kept_as_written(caller: Caller) -> None:
    item = line_item(caller, "mine") | {"title": "A title " * 40, "resultValueMax": 12.5}
    put = caller.call("PUT", "lineItems/mine", service="gradebook", json={"lineItem": item})
    assert put.status_code == 201
    assert caller.get("lineItems/mine", service="gradebook").json() == {"lineItem": item}
    known = caller.get("results/result-1", service="gradebook").json()["result"]
    reference = known["lineItem"] | {"sourcedId": "mine"}
    for change in ({"score": 15.0}, {"score": 0.0, "scoreStatus": "exempt"}):
        result = known | {"sourcedId": "mine", "lineItem": reference, "comment": "é ✓"} | change
        put = caller.call("PUT", "results/mine", service="gradebook", json={"result": result})
        assert put.status_code in (200, 201)
        assert caller.get("results/mine", service="gradebook").json() == {"result": result}
        of_item = caller.records("classes/class-1/lineItems/mine/results", service="gradebook")
        assert of_item == [result]


def written(caller: Caller) -> tuple[int, bool, int]:
    """The status of a PUT, whether it is kept as written, and the status of the DELETE."""
    item = line_item(caller, "mine") | {"title": "A title " * 40}
    put = caller.call("PUT", "lineItems/mine", service="gradebook", json={"lineItem": item})
    read = caller.get("lineItems/mine", service="gradebook").json()
    gone = caller.call("DELETE", "lineItems/mine", service="gradebook")
    return put.status_code, read == {"lineItem": item}, gone.status_code


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@pytest.mark.parametrize(
    ("problem", "seen"),
    [
        (None, (201, True, 204)),
        ("gradebook.write-refused", (403, False, 404)),
        ("gradebook.write-not-kept", (201, False, 204)),
        ("gradebook.cleanup-failed", (201, True, 403)),
    ],
)
def test_problems_of_writing(problem: str | None, seen: tuple[int, bool, int], version: Any) -> None:
    district = PracticeDistrict(problem, oneroster=version, share=["rostering", "gradebook"])
    with district, Caller(district) as caller:
        assert written(caller) == seen
        for path in ("lineItems", "categories", "results"):
            assert caller.get(path, service="gradebook").status_code == 200


def test_scores_above_the_most_and_exempt_students_are_not_kept_where_that_is_the_fault() -> None:
    with PracticeDistrict("gradebook.write-not-kept") as district, Caller(district) as caller:
        known = caller.get("results/result-1", service="gradebook").json()["result"]
        result = known | {"score": 120.0, "scoreStatus": "exempt"}
        put = caller.call("PUT", "results/result-1", service="gradebook", json={"result": result})
        assert (put.status_code, put.json()["result"]) == (200, result)
        kept = caller.get("results/result-1", service="gradebook").json()["result"]
        assert (kept["score"], kept["scoreStatus"]) == (100.0, "fully graded")
