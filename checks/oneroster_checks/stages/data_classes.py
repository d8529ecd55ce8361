"""The checks of classes and their enrollments over all records."""

from __future__ import annotations

from .data_rules import rule_check
from .model import Check

_BOTH = ("classes", "enrollments")
_NO_CLASSES, _CLASSES = "there are no classes", "[[Classes checked: {of}.]]"
_NO_ENROLLMENTS, _ENROLLMENTS = "there are no enrollments", "[[Enrollments checked: {of}.]]"

CHECKS: tuple[Check, ...] = (
    rule_check(
        "data.class-without-students", "Students in classes",
        "Whether students are enrolled in each class.",
        _BOTH, _NO_CLASSES, _CLASSES,
    ),
    rule_check(
        "data.class-without-teacher", "Teachers in classes",
        "Whether a teacher is enrolled in each class.",
        _BOTH, _NO_CLASSES, _CLASSES,
    ),
    rule_check(
        "data.several-primary-teachers", "Primary teachers",
        "Whether each class has at most one primary teacher.",
        _BOTH, _NO_CLASSES, _CLASSES,
    ),
    rule_check(
        "data.class-outside-term", "Terms of classes",
        "Whether each class has a term that has not ended.",
        ("academicSessions", "classes"), _NO_CLASSES, _CLASSES,
    ),
    rule_check(
        "data.enrollment-without-dates", "Enrollment dates",
        "Whether enrollments have dates where most of them do.",
        ("enrollments",), _NO_ENROLLMENTS, _ENROLLMENTS,
    ),
    rule_check(
        "data.duplicate-enrollment", "Repeated enrollments",
        "Whether each person is enrolled in a class once for each role.",
        ("enrollments",), _NO_ENROLLMENTS, _ENROLLMENTS,
    ),
)  # fmt: skip
