"""The records of a full read in the reports: every collection, every rule, and charts whose numbers are the facts."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from oneroster_checks.evidence import Evidence
from oneroster_checks.finding import Finding, Stage, Status
from oneroster_checks.report import FORMATS, district_message, records_text, render, ticket
from oneroster_checks.report.charts import times_chart
from oneroster_checks.report.limits import CHART_LABEL_CHARACTERS, CHART_POINTS
from oneroster_checks.report.records import rules
from oneroster_checks.result import OperationTimes, Result, Verdict

from ..full_results import READ, RULES, cut_off, full_result, trace


def charts(result: Result) -> list[ElementTree.Element]:
    """The charts of the HTML report of a result, as XML."""
    found = re.findall(r"<svg.*?</svg>", render([result], "html"), re.DOTALL)
    return [ElementTree.fromstring(each) for each in found]


def texts(chart: ElementTree.Element) -> list[str]:
    return [each.text or "" for each in chart.iter("text")]


def widths(chart: ElementTree.Element) -> list[float]:
    return [float(each.attrib["width"].rstrip("%")) for each in chart.iter("rect")]


def table_rows(markdown: str) -> list[list[str]]:
    """The cells of every table in a Markdown text."""
    rows: list[list[str]] = []
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    for before, token in pairwise(tokens):
        if before.type == "tr_open":
            rows.append([])
        if before.type in ("td_open", "th_open"):
            rows[-1].append("".join(child.content for child in token.children or ()))
    return rows


# The tables. What is for programs has tests of its own.


@pytest.mark.parametrize(
    "form", [form for form in FORMATS if form not in ("json", "jsonl", "har", "prometheus")]
)
def test_every_report_has_the_collections_and_the_rules(form: str) -> None:
    shown = " ".join(render([full_result()], form).split())
    for read in READ:
        assert read.collection in shown
        assert f"{read.records:,}" in shown or str(read.records) in shown
    for _, _, cause, _, facts in RULES:
        assert cause is None or cause in shown
        examples = facts.get("examples", ())
        assert isinstance(examples, tuple)
        assert ", ".join(examples) in shown
    for words in ("30,135 of 2,634,000", "enrollment.user 26,000, enrollment.class 4,135"):
        assert words in shown or form == "text"


def test_the_text_report_has_them_in_columns() -> None:
    lines = render([full_result()], "text").splitlines()
    assert "  enrollments       878,000  not sent     55  301 MB  21.3 s  yes" in lines
    assert "  orgs                   12        12      1    5 kB  100 ms  yes" in lines
    assert "  WARN           812     42,000  Students in classes [data.class-without-students]" in lines
    assert "  PASS             0         12  Tree of orgs [data.cycles]" in lines
    assert "  SKIP   not checked             Guardians [data.guardians]" in lines


def test_markdown_has_them_as_tables() -> None:
    rows = table_rows(render([full_result()], "markdown"))
    assert ["users", "120,000", "120,003", "12", "71 MB", "4.1 s", "yes"] in rows
    assert [
        "WARN", "Vocabulary [data.unknown-vocabulary]", "41 of 1,041,471", "user.role 40, class.classType 1",
        "u-3, c-8",
    ] in rows  # fmt: skip
    assert ["PASS", "Tree of orgs [data.cycles]", "0 of 12", "", ""] in rows


def test_junit_has_them_as_properties_and_output() -> None:
    suite = ElementTree.fromstring(render([full_result()], "junit"))[0]
    found = {each.attrib["name"]: each.attrib["value"] for each in suite.iter("property")}
    assert found["read.users.records"] == "120000"
    assert found["read.users.total"] == "120003"
    assert "read.enrollments.total" not in found
    assert found["read.enrollments.complete"] == "true"
    output = {
        case.attrib["name"].partition(":")[0]: "".join(case.itertext()) for case in suite.iter("testcase")
    }
    assert output["data.cycles"].strip() == "Count: 0 of 12"
    assert (
        "By kind: enrollment.user 26,000, enrollment.class 4,135\nExamples: e-1001"
        in output["data.references"]
    )
    assert len(output) == len(full_result().findings)


def test_json_has_the_kinds_as_an_object() -> None:
    (run,) = json.loads(render([full_result()], "json"))["runs"]
    facts = next(each["facts"] for each in run["findings"] if each["check"] == "data.references")
    assert facts["kinds"] == {"enrollment.user": 26_000, "enrollment.class": 4_135}


def test_what_was_not_read_to_its_end_is_said_with_its_reason() -> None:
    for form in ("text", "markdown", "html"):
        shown = " ".join(render([cut_off()], form).split())
        assert "Not read to the end: enrollments." in shown
        assert "Not checked: the pages stay far below the size that was asked for." in shown


def test_a_rule_that_was_not_judged_has_no_number() -> None:
    by_check = {rule.reported.finding.check: rule for rule in rules(full_result())}
    assert by_check["data.guardians"].count is None
    # A pass counts nothing, whether it says so or not.
    assert by_check["data.cycles"].count == 0
    assert "paging.whole" not in by_check


def test_a_quick_run_has_no_records() -> None:
    quick = replace(full_result(), read=())
    for form in FORMATS:
        shown = render([quick], form)
        assert "Rules over all records" not in shown
        assert "By kind" not in shown
    assert "read." not in render([quick], "junit")
    assert records_text(quick) == ""
    (only,) = charts(quick)
    assert only.attrib["aria-label"].startswith("Response times")


def test_the_response_times_by_operation_are_a_table() -> None:
    rows = (OperationTimes("/users", 12, 84, 4321), OperationTimes("/classes/{id}/students", 3, 12, 12_345))
    result = replace(full_result(), times=rows)
    text, markdown, page = (render([result], form) for form in ("text", "markdown", "html"))
    assert "  /users                        12   84 ms  4,321 ms" in text
    assert ["/classes/{id}/students", "3", "12 ms", "12.3 s"] in table_rows(markdown)
    assert '<td data-label="Operation">/classes/{id}/students</td>' in page


# What is handed on.


def test_the_ticket_is_short_and_tells_the_examples_once() -> None:
    told = ticket(full_result())
    assert "Records read: 12 orgs, 9 academic sessions," in told
    assert table_rows(told) == []
    assert told.count("u-17, u-18, u-4711") == 1
    assert "- By kind: user.email 50, enrollment.beginDate 7\n- Examples: u-5, e-6\n" in told


def test_the_ticket_tells_kinds_once_that_its_sentence_names() -> None:
    result = full_result()
    told = ticket(result)
    assert "enrollment.user (26,000), enrollment.class (4,135)" in told
    assert "By kind: enrollment.user" not in told


def test_the_message_to_the_district_names_the_records_to_look_up() -> None:
    result = full_result()
    warned = tuple(each for each in result.findings if each.finding.status is not Status.FAIL)
    root = next(each for each in warned if each.finding.cause == "payload.invalid")
    verdict = Verdict(Status.WARN, root.finding.cause, root.summary, root.fix, check=root.finding.check)
    message = district_message(replace(result, findings=warned, verdict=verdict))
    assert "something breaks the standard. Examples: u-5, e-6.\n" in message
    assert message.count("u-17, u-18, u-4711") == 1
    assert "Guardians" not in message


# The charts.


def test_the_bars_have_the_numbers_of_the_collections() -> None:
    chart = charts(full_result())[0]
    assert texts(chart) == [text for read in READ for text in (read.collection, f"{read.records:,}")]
    assert chart.attrib["role"] == "img"
    assert "users 120,000, enrollments 878,000" in chart.attrib["aria-label"]
    longest = max(widths(chart))
    for read, width in zip(READ, widths(chart), strict=True):
        # One that is there can be seen.
        assert width == pytest.approx(max(longest * read.records / 878_000, 0.3), abs=0.01)


def test_the_bars_of_the_rules_are_those_that_found_something() -> None:
    chart = charts(full_result())[1]
    broken = [rule for rule in rules(full_result()) if rule.count]
    assert texts(chart)[1::2] == [f"{rule.count:,} of {rule.of:,}" for rule in broken]
    assert texts(chart)[0] == "FAIL References"
    assert len(widths(chart)) == len(broken) == 5


def test_many_bars_are_several_pictures_so_that_a_page_breaks_between_them() -> None:
    result = full_result()
    read = tuple(replace(result.read[0], collection=f"list{number}") for number in range(20))
    bars = charts(replace(result, read=read))[:4]
    assert [len(widths(chart)) for chart in bars] == [6, 6, 6, 2]
    assert [int(chart.attrib["height"]) for chart in bars] == [240, 240, 240, 80]
    assert "list19 12" in bars[3].attrib["aria-label"]


def test_the_times_begin_beside_the_labels_of_the_scale() -> None:
    chart = charts(full_result(requests=76))[-1]
    labels = [each for each in chart.iter("text") if each.attrib.get("text-anchor") == "end"][:3]
    right = max(float(each.attrib["x"].rstrip("%")) for each in labels[:2])
    assert all(float(each.attrib["cx"].rstrip("%")) > right for each in chart.iter("circle"))


def test_a_healthy_district_has_no_bars_of_violations() -> None:
    assert len(charts(full_result(healthy=True))) == 2
    assert "Rules checked, with nothing found: 7." in render([full_result(healthy=True)], "html")


def test_rules_that_were_not_checked_are_not_called_in_order() -> None:
    result = full_result()
    left_out = Finding("data.guardians", "Guardians", Stage.DATA, Status.SKIP, reason="users were not read")
    result = replace(result, findings=(replace(result.findings[-1], finding=left_out),))
    assert "<p>No rule was checked.</p>" in render([result], "html")


def test_a_title_too_long_for_a_phone_is_cut_in_the_chart_only() -> None:
    result = full_result()
    title = "A title that goes on for much longer than a phone is wide"
    first = replace(result.findings[2], finding=replace(result.findings[2].finding, title=title))
    result = replace(result, findings=(*result.findings[:2], first, *result.findings[3:]))
    label = texts(charts(result)[1])[0]
    assert len(label) <= CHART_LABEL_CHARACTERS
    assert label.endswith("…")
    assert f"<b>{title}</b>" in render([result], "html")


def test_the_slowest_request_is_marked() -> None:
    chart = charts(full_result(requests=76))[-1]
    assert chart.attrib["aria-label"] == (
        "Response times of 76 requests: median 86 ms, slowest 4,321 ms (request 75)"
    )
    assert "4,321 ms" in texts(chart)
    # A dot for each request, and a ring around the slowest.
    assert [each.attrib["class"] for each in chart.iter("circle")].count("dot") == 76
    assert [each.attrib["class"] for each in chart.iter("circle")].count("ring") == 1


def test_thousands_of_requests_stay_small() -> None:
    result = full_result(requests=3000)
    page = render([result], "html")
    assert len(page.encode()) < 1_000_000
    chart = charts(result)[-1]
    assert len(list(chart.iter("circle"))) == CHART_POINTS + 1
    assert "slowest 4,321 ms (request 2,999)" in chart.attrib["aria-label"]
    assert "Each mark stands for up to 10 requests in a row" in page


@pytest.mark.parametrize(
    "times", [(0, 0), (1, 2), (5, 5, 5), (1, 1, 100_000), (7, 9_999_999, 3), (50,) * 2000]
)
def test_every_mark_lies_within_the_plot(times: tuple[int, ...]) -> None:
    every = tuple(Evidence("GET", "https://d.example/orgs", 200, time) for time in times)
    chart = times_chart(replace(full_result(), trace=every))
    assert chart is not None
    for mark in chart.marks:
        assert 0 <= mark.x <= 100
        assert 24 <= mark.top <= mark.middle <= mark.bottom <= 140
    heights = [height for height, _ in chart.ticks]
    assert heights == sorted(heights, reverse=True)
    assert chart.logarithmic is (max(times) > 2000)


def test_requests_without_an_answer_are_told_apart() -> None:
    lost = (*trace(5), Evidence("GET", "https://d.example/orgs", None, 30_000, failed=True))
    result = replace(full_result(), trace=lost)
    chart = charts(result)[-1]
    assert [each.attrib["class"] for each in chart.iter("circle")].count("ring") == 2
    assert "1 request got no answer: the time is that until the failure, and the dot is hollow." in render(
        [result], "html"
    )


def test_one_request_is_no_chart() -> None:
    assert times_chart(full_result(requests=1)) is None
    assert "<svg" not in render([replace(full_result(requests=1), read=())], "html")


def test_a_finding_without_figures_is_no_rule() -> None:
    result = full_result()
    odd = Finding("accounts.students", "Student accounts", Stage.ACCOUNTS, Status.PASS)
    assert rules(replace(result, findings=(replace(result.findings[0], finding=odd),))) == ()
