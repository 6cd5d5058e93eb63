"""What people wrote, by theme, and how far two coders agreed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from resilience.evaluation.reports import gaps, rounding, table
from resilience.evaluation.reports.words import Words

Figures = Mapping[str, Any]


def coding(figures: Figures, words: Words) -> table.Table | None:
    """Each theme with how often each coder used it, and their agreement."""
    found = {name: one for name, one in (figures.get("coding") or {}).items() if isinstance(one, Mapping)}
    if not found:
        return None
    rows = [
        table.Row(
            words.label("theme", name),
            (
                table.hidden_or(one, lambda each: rounding.count(each["n"])),
                rounding.count(one.get("coder_a")),
                rounding.count(one.get("coder_b")),
                rounding.count(one.get("both")),
                rounding.percent(one.get("agreement_percent")),
                rounding.number(one.get("kappa"), 2),
                rounding.number(one.get("krippendorff_alpha"), 2),
            ),
        )
        for name, one in found.items()
    ]
    return table.Table(
        key="coding",
        caption=_("Themes in what people wrote, and how far two coders agreed"),
        columns=(
            _("Theme"), _("Comments"), _("First coder"), _("Second coder"), _("Both"), _("Agreement"), _("Kappa"),
            _("Krippendorff's alpha"),
        ),
        rows=tuple(rows),
        sentence=_("How often a theme was named says little of how much it mattered to those who named it."),
        notes=(
            _("Agreement counts speak for methods that aim at the same coding; reflexive analysis does not use them."),
            *gaps.beside(([row], one) for row, one in zip(rows, found.values(), strict=True)),
        ),
    )  # fmt: skip
