"""Somebody who knows the format and has a solver: works out hidden counts from every figure of one or more reports.

Written from the description of figures.json alone, and shares nothing with the product.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

CHANGE, RATING, SCORE, AGE = (-10.0, 10.0), (1.0, 5.0), (0.0, 10.0), (0.0, 120.0)
INF = np.inf


class Attack:
    """All that can be set up as linear equations over whole numbers, and what follows from it."""

    def __init__(self, *reports: Mapping) -> None:
        self.places: dict[str, int] = {}
        self.whole: list[bool] = []
        self.rows: list[tuple[dict[int, float], float, float]] = []
        self.unknown: list[str] = []
        self.sums: list[str] = []
        self.reports = reports
        for number, report in enumerate(reports):
            self._read(report, f"{number}.")
        for earlier, later in zip(range(len(reports)), range(1, len(reports)), strict=False):
            self._grows(earlier, later)

    def others(self, truth: Mapping[str, int]) -> dict[str, set[int]]:
        """Of each hidden count, values other than the true one that are possible: none where it is laid bare."""
        found: dict[str, set[int]] = {name: set() for name in self.unknown}
        left = list(self.unknown)
        while left:  # most counts differ between the least and the most of all that hang together
            part = [
                name
                for name in left
                if self.places[name] in self._reach({self.places[left[0]]}, counts=True)[1]
            ]
            for goal in (dict.fromkeys(part, sign) for sign in (1, -1)):
                self._note(self._solve(goal), truth, found)
            left = [name for name in left if name not in part]
        for name in self.unknown:
            for sign in (1, -1):
                if not found[name]:
                    self._note(self._solve({name: sign}), truth, found)
        return found

    def _reach(self, places: set[int], *, counts: bool) -> tuple[list, set[int]]:
        """The rules that have to do with some places, and all places that they speak of."""
        rows = [row for row in self.rows if not counts or all(self.whole[place] for place in row[0])]
        seen = set(places)
        while more := {place for row in rows if seen & row[0].keys() for place in row[0]} - seen:
            seen |= more
        return [row for row in rows if seen & row[0].keys()], seen

    def width(self, name: str) -> float:
        """How many values are possible for a hidden count; without end where nothing bounds it."""
        low, high = (self._solve({name: sign}) for sign in (1, -1))
        if low is None or high is None:
            return INF
        return round(high[self.places[name]] - low[self.places[name]]) + 1

    def _note(self, solution, truth, found) -> None:
        for name in self.unknown if solution is not None else ():
            value = solution[self.places[name]]
            if value == value and round(value) != truth[name]:
                found[name].add(round(value))

    def _solve(self, goal: Mapping[str, float], *, counts: bool = True):
        """Counts are whole numbers over the rules of counts; sums of scores are solved for over all rules."""
        cost = np.zeros(len(self.whole))
        for name, times in goal.items():
            cost[self.places[name]] = times
        rows, seen = self._reach({self.places[name] for name in goal}, counts=counts)
        cells = [(number, place, times) for number, row in enumerate(rows) for place, times in row[0].items()]
        line, column, data = zip(*cells, strict=True)
        table = sparse.csr_array((data, (line, column)), shape=(len(rows), len(self.whole)))
        limits = LinearConstraint(table, [low for _t, low, _h in rows], [high for *_r, high in rows])
        floor = [0 if whole else -INF for whole in self.whole]
        whole = np.array(self.whole) * counts
        # Any other answer will do, be it the best or not.
        enough = {"time_limit": 3.0, "mip_rel_gap": 0.2} if counts else {}
        found = milp(cost, integrality=whole, bounds=Bounds(floor, INF), constraints=limits, options=enough)
        endless = found.status == 3 or "unbounded" in found.message.lower()
        assert found.x is not None or endless, found.message
        if found.x is not None:
            found.x[[place for place in range(len(self.whole)) if place not in seen]] = np.nan
        return found.x

    def _place(self, name: str, *, whole: bool = True) -> int:
        if name not in self.places:
            self.places[name] = len(self.whole)
            self.whole.append(whole)
        return self.places[name]

    def say(self, terms: Sequence[tuple[float, str]], low: float, high: float) -> None:
        """The sum of these counts lies between two numbers; a count that is shown is put in as a number."""
        left: dict[int, float] = {}
        for times, name in terms:
            value = self._value(name)
            if value is None:
                if name not in self.places and not name.startswith("~"):
                    self.unknown.append(name)
                place = self._place(name, whole=not name.startswith("~"))
                left[place] = left.get(place, 0) + times
            else:
                low, high = low - times * value, high - times * value
        if left:
            self.rows.append((left, low, high))

    def _value(self, name: str):
        if name.startswith("~"):
            return None
        number, *keys = name.split(".")
        found = self.reports[int(number)]
        for key in keys:
            found = found[int(key)] if isinstance(found, list) else found[key]
        return found

    def total(self, parts: Sequence[str], whole: str) -> None:
        self.say([*((1, part) for part in parts), (-1, whole)], 0, 0)

    def no_more(self, part: str, whole: str) -> None:
        self.say([(1, whole), (-1, part)], 0, INF)

    def means(self, records: Sequence[str], whole: str, key: str, ends: tuple[float, float]) -> None:
        """Sums of scores: each group's lies between the least and the most its people can have."""
        if (mean := self._value(f"{whole}.mean")) is None:
            return
        total = mean * self._value(f"{whole}.n")
        self.say([(1, self.sum_of(record, key, ends)) for record in records], total - 1e-4, total + 1e-4)

    def sum_of(self, record: str, key: str, ends: tuple[float, float]) -> str:
        """The name of the sum of a group's scores, with all that is known of it."""
        name, n, mean = f"~{record}", self._value(f"{record}.n"), self._value(f"{record}.{key}")
        if name not in self.places:
            self._place(name, whole=False)
            self.say([(1, name), (-ends[0], f"{record}.n")], 0, INF)
            self.say([(1, name), (-ends[1], f"{record}.n")], -INF, 0)
            if n == 0 or mean is not None:
                self.say([(1, name)], n * (mean or 0) - 1e-4, n * (mean or 0) + 1e-4)
            else:
                self.sums.append(name)
        return name

    def same_sum(self, record: str, others: Sequence[str], key: str, ends: tuple[float, float]) -> None:
        """The people of one group are those of others together."""
        terms = [(1, self.sum_of(other, key, ends)) for other in others]
        self.say([*terms, (-1, self.sum_of(record, key, ends))], 0, 0)

    def known_sums(self) -> list[str]:
        """Groups whose mean is hidden and follows all the same."""
        if not self.sums:
            return []
        left = list(self.sums)
        goals = [{name: sign * (-1) ** place for place, name in enumerate(self.sums)} for sign in (1, -1)]
        ends = [found for goal in goals if (found := self._solve(goal, counts=False)) is not None]
        if len(ends) == 2:  # what differs between two answers is not known
            places = {name: self.places[name] for name in self.sums}
            left = [name for name, place in places.items() if abs(ends[0][place] - ends[1][place]) < 0.01]
        return [name for name in left if self._width(name) < 0.01]

    def _width(self, name: str) -> float:
        low, high = (self._solve({name: sign}, counts=False) for sign in (1, -1))
        return INF if low is None or high is None else high[self.places[name]] - low[self.places[name]]

    def _read(self, report: Mapping, at: str) -> None:
        self._characteristics(report, at)
        self._flow(report, at)
        for measure in report["measures"]:
            self._measure(report, at, measure)
            self._by_arm(report, at, measure)
        self._exposure(report, at)
        self._fairness(report, at)
        self._missing(report, at)
        self._traits_by_calls(report, at)

    def _characteristics(self, report: Mapping, at: str) -> None:
        found = report["characteristics"]
        for name in _categories(found):
            here = f"{at}characteristics.{name}"
            groups = [f"{here}.groups.{group}" for group in found[name]["groups"]]
            self.total([*(f"{group}.n" for group in groups), f"{here}.missing"], f"{at}characteristics.n")
            for measure, one in report["subgroups"][name].items():
                cells = {group: f"{at}subgroups.{name}.{measure}.{group}" for group in _groups(one)}
                first = next(iter(report["measures"][measure]["change"]))
                pairs = f"{at}measures.{measure}.change.{first}"
                self.say([(1, f"{pairs}.n"), *((-1, f"{cell}.n") for cell in cells.values())], 0, INF)
                rest = [(1, f"{here}.missing"), (-1, f"{pairs}.n")]
                self.say([*rest, *((1, f"{cell}.n") for cell in cells.values())], 0, INF)
                for group, cell in cells.items():
                    self.no_more(f"{cell}.n", f"{here}.groups.{group}.n")
                if found[name]["missing"] == 0:
                    self.means(list(cells.values()), pairs, "mean_change", CHANGE)
        for measure, _one in found["scores"].items():
            if measure in report["measures"]:
                here = f"{at}characteristics.scores.{measure}"
                sides = [f"{here}.coached", f"{here}.not_coached"]
                self.total([f"{side}.n" for side in sides], f"{at}measures.{measure}.scores.t1.n")
                self.means(sides, f"{at}measures.{measure}.scores.t1", "mean", SCORE)

    def _flow(self, report: Mapping, at: str) -> None:
        flow = f"{at}flow"
        for step in ["started", *(f"answered.{when}" for when in report["flow"]["coached"]["answered"])]:
            coached, others = f"{flow}.coached.{step}", f"{flow}.not_coached.{step}"
            self.total([coached, others], f"{flow}.{step}")
            self.no_more(coached, f"{flow}.one_call_or_more")
            self.say([(1, f"{flow}.consented"), (-1, f"{flow}.one_call_or_more"), (-1, others)], 0, INF)
        arms = report["flow"]["arms"]
        steps = ("baseline", "started", "completed_modules", "offered_call", "one_call_or_more", "withdrew")
        for step in steps if arms else ():
            self.total([f"{flow}.arms.{arm}.{step}" for arm in arms], f"{flow}.{step}")
            for arm in arms:
                self.no_more(f"{flow}.arms.{arm}.{step}", f"{flow}.arms.{arm}.n")
        if arms:
            self.total([f"{flow}.arms.{arm}.n" for arm in arms], f"{flow}.consented")
            for when in ("t2", "t3"):
                self.total([f"{flow}.arms.{arm}.answered.{when}" for arm in arms], f"{flow}.answered.{when}")

    def _measure(self, report: Mapping, at: str, measure: str) -> None:
        core = f"{at}core_or_optional"
        for when in report["measures"][measure]["change"]:
            pairs = f"{at}measures.{measure}.change.{when}"
            sides = {side: f"{core}.received.{measure}.{when}.{side}" for side in ("coached", "not_coached")}
            self.total([f"{side}.n" for side in sides.values()], f"{pairs}.n")
            self.means(list(sides.values()), pairs, "mean_change", CHANGE)
            for side, cell in sides.items():
                self.no_more(f"{cell}.n", f"{at}flow.{side}.answered.{when}")
                self.no_more(f"{cell}.n", f"{at}characteristics.scores.{measure}.{side}.n")
            self._doses(report, at, measure, when, sides)
            if groups := report["coach_background"][measure][when]["groups"]:
                cells = [f"{at}coach_background.{measure}.{when}.groups.{group}" for group in groups]
                self.total([f"{cell}.n" for cell in cells], f"{sides['coached']}.n")
                self.same_sum(sides["coached"], cells, "mean_change", CHANGE)
            adjusted = f"{at}measures.{measure}.coached_difference.{when}"
            self.no_more(f"{adjusted}.coached", f"{sides['coached']}.n")
            self.say(
                [(1, f"{sides['not_coached']}.n"), (-1, f"{adjusted}.n"), (1, f"{adjusted}.coached")], 0, INF
            )
            self.no_more(f"{adjusted}.n", f"{pairs}.n")
            if arms := report["core_or_optional"]["allocated"]:
                cells = [f"{core}.allocated.{measure}.{when}.{arm}" for arm in arms[measure][when]]
                self.total([f"{cell}.n" for cell in cells], f"{pairs}.n")
                self.means(cells, pairs, "mean_change", CHANGE)

    def _doses(self, report: Mapping, at: str, measure: str, when: str, sides: Mapping[str, str]) -> None:
        here, pairs = f"{at}measures.{measure}", f"{at}measures.{measure}.change.{when}"
        for kind in ("per_call", "per_module"):
            groups = report["measures"][measure][kind][when]["groups"]
            doses = {int(dose): f"{here}.{kind}.{when}.groups.{dose}" for dose in _groups(groups)}
            self.total([f"{dose}.n" for dose in doses.values()], f"{pairs}.n")
            self.means(list(doses.values()), pairs, "mean_change", CHANGE)
            for number, dose in doses.items():
                if kind == "per_module":
                    self.no_more(f"{dose}.n", f"{at}delivery.modules.{number}")
            if kind == "per_module":
                continue
            if 0 in doses:
                self.total([f"{doses[0]}.n"], f"{sides['not_coached']}.n")
                self.same_sum(sides["not_coached"], [doses[0]], "mean_change", CHANGE)
            one, two = f"{at}flow.one_call_or_more", f"{at}flow.two_calls_or_more"
            if 1 in doses:
                self.say([(1, one), (-1, two), (-1, f"{doses[1]}.n")], 0, INF)
            self.say([(1, two), *((-1, f"{dose}.n") for number, dose in doses.items() if number > 1)], 0, INF)

    def _by_arm(self, report: Mapping, at: str, measure: str) -> None:
        here = f"{at}measures.{measure}.by_arm"
        for when, one in report["measures"][measure].get("by_arm", {}).items():
            arms = _groups(one["as_allocated"])
            whole = [f"{here}.{when}.as_allocated.{arm}" for arm in arms]
            self.total([f"{arm}.n" for arm in whole], f"{at}measures.{measure}.change.{when}.n")
            for arm in arms:
                both = [f"{here}.{when}.as_received.{arm}.{side}" for side in ("coached", "not_coached")]
                self.total([f"{side}.n" for side in both], f"{here}.{when}.as_allocated.{arm}.n")
                self.same_sum(f"{here}.{when}.as_allocated.{arm}", both, "mean_change", CHANGE)
                twin = f"{at}core_or_optional.allocated.{measure}.{when}.{arm}"
                self.total([f"{here}.{when}.as_allocated.{arm}.n"], f"{twin}.n")
                self.same_sum(twin, [f"{here}.{when}.as_allocated.{arm}"], "mean_change", CHANGE)
            for side in ("coached", "not_coached"):
                received = f"{at}core_or_optional.received.{measure}.{when}.{side}"
                parts = [f"{here}.{when}.as_received.{arm}.{side}" for arm in arms]
                self.total([f"{part}.n" for part in parts], f"{received}.n")
                self.same_sum(received, parts, "mean_change", CHANGE)

    def _missing(self, report: Mapping, at: str) -> None:
        characteristics = report["characteristics"]
        for when, one in report["missing"]["nonresponse"].items():
            here = f"{at}missing.nonresponse.{when}"
            for name in _categories(characteristics):
                rows = [n for n, row in enumerate(one["traits"]) if row["characteristic"] == name]
                missing = f"{at}characteristics.{name}.missing"
                for part in ("answered", "did_not"):
                    cells = [(1, f"{here}.traits.{n}.{part}") for n in rows]
                    self.say([*cells, (-1, f"{here}.{part}")], -INF, 0)
                    self.say([*cells, (-1, f"{here}.{part}"), (1, missing)], 0, INF)
                for n in rows:
                    whole = f"{at}characteristics.{name}.groups.{one['traits'][n]['group']}.n"
                    self.total([f"{here}.traits.{n}.answered", f"{here}.traits.{n}.did_not"], whole)
            for measure in report["measures"]:
                both = [f"{here}.scores.{measure}.{part}" for part in ("answered", "did_not")]
                self.means(both, f"{at}measures.{measure}.scores.t1", "mean", SCORE)

    def _exposure(self, report: Mapping, at: str) -> None:
        core, found = f"{at}core_or_optional", report["core_or_optional"]
        totals = {
            "n": "consented", "offered": "offered_call", "accepted": "accepted_call", "coached": "one_call_or_more",
        }  # fmt: skip
        for count, total in totals.items():
            self.total([f"{core}.groups.{group}.{count}" for group in found["groups"]], f"{at}flow.{total}")
        for group in found["groups"]:
            for count in ("offered", "accepted", "coached"):
                self.no_more(f"{core}.groups.{group}.{count}", f"{core}.groups.{group}.n")
            if group in report["flow"]["arms"]:
                self.total([f"{core}.groups.{group}.n"], f"{at}flow.arms.{group}.n")
        for item in found["acceptability"]:
            for count in ("n", "agree"):
                sides = [f"{core}.acceptability.{item}.{side}.{count}" for side in ("coached", "not_coached")]
                self.total(sides, f"{at}acceptability.{item}.{count}")
            for side in ("coached", "not_coached"):
                here = f"{core}.acceptability.{item}.{side}"
                self.no_more(f"{here}.agree", f"{here}.n")

    def _fairness(self, report: Mapping, at: str) -> None:
        for name, one in report["fairness"]["by"].items():
            here = f"{at}fairness.by.{name}"
            groups = [f"{here}.groups.{group}" for group in one["groups"]]
            self.total([*(f"{group}.n" for group in groups), f"{here}.missing"], f"{at}fairness.offered")
            for part in ("took", "rating"):
                cells = [f"{group}.{part}.n" for group in groups]
                self.say([(1, f"{at}fairness.{part}.n"), *((-1, cell) for cell in cells)], 0, INF)
                rest = [(1, f"{here}.missing"), (-1, f"{at}fairness.{part}.n")]
                self.say([*rest, *((1, cell) for cell in cells)], 0, INF)
                for group in groups:
                    self.no_more(f"{group}.{part}.n", f"{group}.n")
            if one["missing"] == 0:
                ratings = [f"{group}.rating" for group in groups]
                self.means(ratings, f"{at}fairness.rating", "mean", RATING)

    def _traits_by_calls(self, report: Mapping, at: str) -> None:
        here, sides = f"{at}traits_by_calls", ("coached", "not_coached")
        people = {side: f"{here}.people.{side}.n" for side in sides}
        had = f"{at}flow.one_call_or_more"
        self.total([*people.values()], f"{at}characteristics.n")
        self.no_more(people["coached"], had)
        self.say([(1, f"{at}flow.consented"), (-1, had), (-1, people["not_coached"])], 0, INF)
        for side in sides:
            self.no_more(f"{at}characteristics.scores.mood.{side}.n", people[side])
        for name, one in report["traits_by_calls"]["categories"].items():
            groups = {group: f"{here}.categories.{name}.groups.{group}" for group in one["groups"]}
            whole = f"{at}characteristics.{name}"
            for side in sides:
                cells = [f"{cell}.{side}" for cell in groups.values()]
                self.total([*cells, f"{here}.categories.{name}.missing.{side}"], people[side])
            self.total([f"{here}.categories.{name}.missing.{side}" for side in sides], f"{whole}.missing")
            for group, cell in groups.items():
                self.total([f"{cell}.{side}" for side in sides], f"{whole}.groups.{group}.n")
                if group in report["fairness"]["by"].get(name, {}).get("groups", {}):
                    took = f"{at}fairness.by.{name}.groups.{group}.took.n"
                    whoever = f"{at}fairness.took.n"
                    self.say([(1, took), (1, had), (-1, whoever), (-1, f"{cell}.coached")], 0, INF)
                    self.say([(1, f"{cell}.coached"), (1, had), (-1, people["coached"]), (-1, took)], 0, INF)
        for name in report["traits_by_calls"]["numbers"]:
            both = [f"{here}.numbers.{name}.{side}" for side in sides]
            self.total([f"{cell}.n" for cell in both], f"{at}characteristics.{name}.n")
            self.means(both, f"{at}characteristics.{name}", "mean", AGE)
            for side in sides:
                self.no_more(f"{here}.numbers.{name}.{side}.n", people[side])

    def _grows(self, earlier: int, later: int) -> None:
        """Nobody left between the two, so each group by characteristic is at least as large as before."""
        for name in [name for name in self._counts(earlier) if self._kept(name)]:
            then = f"{later}.{name}"
            try:
                self._value(then)
            except KeyError:
                continue
            self.no_more(f"{earlier}.{name}", then)

    def _kept(self, name: str) -> bool:
        return name.startswith(("characteristics.", "subgroups.", "fairness.")) and "not_coached" not in name

    def _counts(self, number: int) -> Iterator[str]:
        for path, value in leaves(self.reports[number]):
            if path.rsplit(".", 1)[-1] == "n" and (value is None or isinstance(value, int)):
                yield path


def _groups(found: Mapping) -> list[str]:
    return [name for name, one in found.items() if isinstance(one, Mapping)]


def _categories(found: Mapping) -> list[str]:
    return [name for name in _groups(found) if "groups" in found[name]]


def leaves(found, path: str = "") -> Iterator[tuple[str, object]]:
    """Every figure with its dotted path."""
    if isinstance(found, Mapping):
        for key, one in found.items():
            yield from leaves(one, f"{path}.{key}" if path else key)
    elif isinstance(found, list):
        for number, one in enumerate(found):
            yield from leaves(one, f"{path}.{number}")
    else:
        yield path, found


def truth(*raw: Mapping) -> dict[str, object]:
    """Every count as it is, by the attacker's names."""
    return {f"{number}.{path}": value for number, one in enumerate(raw) for path, value in leaves(one)}
