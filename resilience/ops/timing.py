"""`Server-Timing`: what an answer cost, for the demonstration and the bench."""

import time

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.http import HttpRequest, HttpResponse


class ServerTimingMiddleware:
    """Says how many queries an answer took, how long they took and how long the whole took."""

    def __init__(self, get_response: object) -> None:
        if not settings.SERVER_TIMING:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        spent = _Spent()
        began = time.perf_counter()
        with connection.execute_wrapper(spent):
            response = self.get_response(request)
        took = (time.perf_counter() - began) * 1000
        response["Server-Timing"] = (
            f'db;desc="{spent.queries} queries";dur={spent.ms:.1f}, view;dur={took:.1f}'
        )
        return response


class _Spent:
    """Counts queries; Django calls it around each one."""

    def __init__(self) -> None:
        self.queries, self.ms = 0, 0.0

    def __call__(self, execute: object, sql: str, params: object, many: bool, context: dict) -> object:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.queries += 1
            self.ms += (time.perf_counter() - began) * 1000
