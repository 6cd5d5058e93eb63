"""How large a change of one person's score has to be before it is more than chance.

The smallest detectable change at 95 %: 1.96 x sqrt(2) x the standard error of measurement, which is the standard
deviation times sqrt(1 - reliability) (de Vet HCW et al., Health Qual Life Outcomes 2006;4:54).
"""

import math
from collections.abc import Mapping

NINETY_FIVE_PERCENT = 1.96


def smallest_change(published: Mapping[str, object]) -> float | None:
    """Return it from what a rules file gives: `mdc`, else `sem`, else `reliability` with `sd`; None without any."""
    if "mdc" in published:
        return float(published["mdc"])
    sem = _error(published)
    return None if sem is None else NINETY_FIVE_PERCENT * math.sqrt(2) * sem


def _error(published: Mapping[str, object]) -> float | None:
    if "sem" in published:
        return float(published["sem"])
    if "reliability" in published and "sd" in published:
        return float(published["sd"]) * math.sqrt(1 - float(published["reliability"]))
    return None


def source(published: Mapping[str, object]) -> str:
    """Return where the figure comes from, in the words of the rules file."""
    found = (published.get(f"{name}_source") for name in ("mdc", "sem", "reliability"))
    return str(next((each for each in found if each), ""))
