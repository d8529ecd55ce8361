"""The data service of a practice district: from a request to the records, page by page."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from oneroster_checks.connection import OneRosterVersion

from .authorization import AccessControl
from .errors import ErrorResponses, RequestRefused, status_info
from .exchange import Request, Response, json_response, text_response
from .fault import Fault
from .form import Record, compact
from .lists import Lists
from .query import BadQuery, Page, page, read_query
from .routing import Route, is_known_path, route
from .site import Site, current_path, legacy_path, service_suffix
from .writer import GradebookWriter

# How many records too many a wrong total counts.
_SURPLUS = 7


class DataService:
    """Answers every data request of one district.

    `record_version` is the OneRoster version whose format the records have; it differs from the site's
    version only where that is the fault.
    """

    def __init__(
        self,
        site: Site,
        access: AccessControl,
        lists: Lists,
        fault: Fault,
        errors: ErrorResponses,
        record_version: OneRosterVersion,
    ):
        self._site = site
        self._version: OneRosterVersion = site.oneroster
        self._record_version: OneRosterVersion = record_version
        self._access = access
        self._lists = lists
        self._data_rules = fault.data
        self._list_rules = fault.lists
        self._errors = errors
        self._writer = GradebookWriter(lists, errors, fault.writes)

    def respond(self, request: Request) -> Response:
        """The response to a data request; never raises, whatever the caller sends."""
        early = self._data_rules.before_authorization(request, self._site)
        if early is not None:
            return early
        try:
            return self._respond(request)
        except RequestRefused as refusal:
            return refusal.response
        except BadQuery as bad:
            return self._errors.response(bad.status, bad.code, str(bad))

    def _respond(self, request: Request) -> Response:
        found = self._split_path(request.path)
        if found is None:
            return text_response(404, "Not found")
        service, path = found
        grant = self._access.grant(request)
        grant.requests += 1
        instead = self._data_rules.after_authorization(request, self._site, grant.requests)
        if instead is not None:
            return instead
        wanted = route(self._version, request.method, path)
        if wanted is None or (service and wanted.operation.service != service):
            return self._no_operation(path)
        if wanted.shape in self._data_rules.absent:
            return self._errors.unknown_object()
        self._access.check(request, grant, wanted)
        return self._perform(request, wanted)

    def _split_path(self, path: str) -> tuple[str, str] | None:
        """The service and the rest of a path; 1.1 has one root for all services, so its service is empty."""
        for base in (current_path(self._version), legacy_path(self._version)):
            for service in ("rostering", "gradebook", "resources"):
                root = base + service_suffix(self._version, service)
                if path.startswith(root + "/"):
                    return (service if self._version == "1.2" else ""), path[len(root) :]
        return None

    def _no_operation(self, path: str) -> Response:
        if is_known_path(self._version, path):
            return self._errors.response(405, "unsupported", "There is no such operation here.")
        return self._errors.unknown_object()

    def _perform(self, request: Request, wanted: Route) -> Response:
        operation, ids = wanted.operation, wanted.ids
        if operation.method == "PUT":
            return self._writer.put(wanted, request.body)
        if operation.method == "DELETE":
            return self._writer.delete(wanted)
        if operation.method == "POST":
            return self._writer.post(wanted, request.body)
        if wanted.shape.endswith("*") and len(ids) == 1:
            record = self._lists.top(wanted.collection).find(ids[0])
            if record is None:
                return self._errors.unknown_object()
            return json_response(200, {operation.envelope: self._edited(record)})
        records = self._lists.nested(wanted.shape, ids) if ids else self._lists.top(wanted.collection)
        if records is None:
            return self._errors.unknown_object()
        if wanted.shape in self._data_rules.empty:
            records = records.only([])
        query = read_query(request.query, self._record_version, records.entity, self._list_rules)
        shown = page(records, query, self._list_rules)
        key = self._data_rules.list_key(wanted.collection, operation.envelope)
        more = ""
        if query.warnings and self._version == "1.1":
            warnings = [status_info("success", "warning", code, words) for code, words in query.warnings]
            more = f',"statusInfoSet":{compact(warnings)}'
        left_out = self._list_rules.empty_left_out and not shown.text
        text = shown.text
        if self._data_rules.edit is not None:
            text = ",".join(compact(self._edited(record)) for record in json.loads(f"[{text}]"))
        body = b"{}" if left_out else f"{{{compact(key)}:[{text}]{more}}}".encode("ascii")
        content_type = ("Content-Type", self._data_rules.content_type)
        return Response(200, body, (content_type, *self._paging(request, shown)))

    def _edited(self, record: Record) -> Record:
        edit = self._data_rules.edit
        return record if edit is None else edit(record)

    def _paging(self, request: Request, shown: Page) -> list[tuple[str, str]]:
        rules = self._list_rules
        headers = []
        if rules.total != "missing":
            headers.append(("X-Total-Count", str(shown.total + _SURPLUS * (rules.total == "wrong"))))
        if rules.links_missing:
            return headers
        limit, offset, total = shown.query.limit, shown.query.offset, shown.total
        links = [("first", 0), ("last", max(total - 1, 0) // limit * limit)]
        if offset + limit < total:
            links.append(("next", 0 if rules.next_loops else offset + limit))
        if offset:
            links.append(("prev", max(offset - limit, 0)))
        urls = {name: _page_url(request, limit, start) for name, start in links}
        if rules.next_origin and "next" in urls:
            urls["next"] = f"{rules.next_origin}{urls['next'].partition('//')[2].partition('/')[2]}"
        text = ", ".join(f'<{url}>; rel="{name}"' for name, url in urls.items())
        return [*headers, ("Link", text)]


def _page_url(request: Request, limit: int, offset: int) -> str:
    """The same address for another page; everything but limit and offset stays as it was sent."""
    kept = [pair for pair in request.query.split("&") if pair and not pair.startswith(("limit=", "offset="))]
    query = "&".join([*kept, urlencode({"limit": limit, "offset": offset})])
    return f"{request.url.partition('?')[0]}?{query}"
