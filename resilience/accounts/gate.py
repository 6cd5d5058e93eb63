"""The gate: no view is called unless a policy row says that this person may."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from resilience.accounts import drafting, policy, second_factor

OF_SOMEBODY = "private, no-store"  # no cache, and no phone, keeps a page of somebody


class PolicyMiddleware:
    """Reads `resolver_match` and answers 404 for what no row covers or this person may not see."""

    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_for_somebody", False) and not response.has_header("Cache-Control"):
            response["Cache-Control"] = OF_SOMEBODY
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        """Return None to let the view answer. Raises Http404 otherwise; asks a visitor to sign in."""
        match = request.resolver_match
        name, path = match.view_name or "", request.path_info.lstrip("/")
        offered = policy.methods(name, path=path)
        if not offered:
            raise Http404
        row = policy.find(name, method=request.method, path=path)
        if row is None:
            return HttpResponseNotAllowed(sorted(offered))
        return self._admit(request, row)

    def _admit(self, request: HttpRequest, row: policy.Row) -> HttpResponse | None:
        request.is_for_somebody = policy.PROGRAM in row.who or not policy.open_to_all(row)
        if policy.open_to_all(row):
            return None
        if policy.may(request.user, row):
            return self._second_factor(request, row)
        if not request.user.is_authenticated:
            return drafting.keep_and_sign_in(request)
        raise Http404

    def _second_factor(self, request: HttpRequest, row: policy.Row) -> HttpResponse | None:
        if policy.needs_second_factor(request.user, row) and not second_factor.given(request):
            return second_factor.ask(request)
        return None
