"""Parts that would wait for each other, so that neither opened: found before they are kept, and passed over after."""

from collections.abc import Sequence

from content_pages.models.opens import Opens

Rules = Sequence[tuple[object, str, object]]
BY_OTHERS = (Opens.IN_ORDER, Opens.AFTER_MODULE)


def goes_round(rules: Rules) -> bool:
    """Return whether some part waits for itself; each rule is a part's key, what it waits for, the part it names."""
    return any(waits_for(rules, key, key) for key, _opens, _named in rules)


def waits_for(rules: Rules, waiting: object, other: object) -> bool:
    """Return whether one part waits, by whatever way, for another."""
    met, left = set(), _direct(rules, waiting)
    while left:
        key = left.pop()
        if key == other:
            return True
        if key not in met:
            met.add(key)
            left += _direct(rules, key)
    return False


def _direct(rules: Rules, key: object) -> list[object]:
    keys = [each for each, _opens, _named in rules]
    _key, opens, named = rules[keys.index(key)] if key in keys else (key, Opens.START, None)
    if opens == Opens.IN_ORDER:
        return keys[: keys.index(key)]
    return [named] if opens == Opens.AFTER_MODULE and named is not None else []
