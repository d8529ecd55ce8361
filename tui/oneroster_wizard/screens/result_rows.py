"""What stands behind the rows of a result: the details of a point, a check, a rule or a request, and its help."""

from __future__ import annotations

from textual import on
from textual.content import Content
from textual.widgets import DataTable, OptionList

from oneroster_wizard.check_help import check_help
from oneroster_wizard.widgets.details import details, request_details
from oneroster_wizard.widgets.point_list import PointList
from oneroster_wizard.widgets.requests_table import RequestsTable
from oneroster_wizard.widgets.result_list import ResultList
from oneroster_wizard.widgets.result_words import point_details, why
from oneroster_wizard.widgets.sorted_table import SortedTable

from .export import ExportScreen


class ResultRowsScreen(ExportScreen):
    """Opens what stands behind the row that is chosen; F1 on one explains its cause."""

    def explained_here(self) -> tuple[str, str] | None:
        result, log = self.draft.result, self.draft.log
        if result is None or log is None:
            return None
        kind, name = self._row_with_focus()
        if kind == "point":
            # A point has the cause of the first finding that settled it so.
            found = next((item.findings for item in result.checklist if item.item == name), ())
            causes = [check for check in found if check in log.findings and log.findings[check].finding.cause]
            name = causes[0] if causes else ""
        if name not in log.checks:
            return None
        return check_help(log.checks[name], log.findings.get(name), self.draft.connection.provider)

    def _row_with_focus(self) -> tuple[str, str]:
        """Whether a point or a check has the focus, and which; empty texts where none has."""
        match self.focused:
            case PointList() as points:
                return "point", points.chosen
            case ResultList() as checks:
                return "check", checks.chosen
            case RequestsTable() as requests:
                return "check", requests.request.check if requests.request else ""
            case SortedTable() as rules:
                return "check", rules.chosen
        return "", ""

    @on(OptionList.OptionSelected, "#points")
    def _point_selected(self, event: OptionList.OptionSelected) -> None:
        from .details import DetailsScreen

        result, name = self.draft.result, (event.option_id or "").partition(":")[2]
        item = next((each for each in result.checklist if each.item == name), None) if result else None
        if result is not None and item is not None:
            self.app.push_screen(DetailsScreen("Point of the checklist", point_details(item, result)))

    @on(OptionList.OptionSelected, "#rows")
    def _row_selected(self, event: OptionList.OptionSelected) -> None:
        self._open_check((event.option_id or "").partition(":")[2])

    def _open_check(self, name: str) -> None:
        from .details import DetailsScreen

        log = self.draft.log
        if log is None or name not in log.checks:
            return
        found = log.findings.get(name)
        text = details(log.checks[name], found, log.requests.get(name, ()))
        self.app.push_screen(DetailsScreen(log.checks[name].title, Content("\n").join([text, *why(found)])))

    @on(DataTable.RowSelected, "#rules")
    def _rule_selected(self, event: DataTable.RowSelected) -> None:
        self._open_check(str(event.row_key.value))

    @on(DataTable.RowSelected, "#requests")
    def _request_selected(self) -> None:
        from .details import DetailsScreen

        request = self.query_one(RequestsTable).request
        if request is not None:
            self.app.push_screen(DetailsScreen("Request", request_details(request)))
