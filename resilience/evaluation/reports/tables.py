"""The printed tables, each once: HTML, PDF and CSV show the same rows."""

from dataclasses import replace

from resilience.evaluation import disclosure
from resilience.evaluation.reports import (
    sections,
    standings,
    tables_of_arms,
    tables_of_benefit,
    tables_of_change,
    tables_of_charts,
    tables_of_coaches,
    tables_of_coding,
    tables_of_coping,
    tables_of_cost,
    tables_of_delivery,
    tables_of_exposure,
    tables_of_groups,
    tables_of_harm,
    tables_of_lost,
    tables_of_models,
    tables_of_offers,
    tables_of_people,
    tables_of_plan,
    tables_of_responders,
    tables_of_system,
    tables_of_time,
    tables_of_traits,
    tables_of_views,
)
from resilience.evaluation.reports.table import Table
from resilience.evaluation.reports.words import Words

_MAKERS = (
    tables_of_people.flow,
    tables_of_time.dates,
    tables_of_people.reasons,
    tables_of_traits.numbers,
    tables_of_arms.flow,
    tables_of_arms.arms,
    tables_of_offers.offers,
    tables_of_offers.fairness,
    tables_of_exposure.why_not,
    tables_of_exposure.received,
    tables_of_exposure.opinions,
    tables_of_exposure.coach_time,
    tables_of_benefit.three_groups,
    tables_of_delivery.delivery,
    tables_of_delivery.fidelity,
    tables_of_time.predictors,
    tables_of_traits.characteristics,
    tables_of_people.by_calls,
    tables_of_time.missing,
    tables_of_time.patterns,
    tables_of_lost.responders,
    tables_of_change.scores,
    tables_of_change.reliability,
    tables_of_change.change,
    tables_of_change.sizes,
    tables_of_charts.ways,
    tables_of_charts.answers,
    tables_of_change.last_score,
    tables_of_change.imputed,
    tables_of_system.side_by_side,
    tables_of_system.system,
    tables_of_coping.coping,
    tables_of_models.mixed,
    tables_of_responders.individual,
    tables_of_responders.cutoffs,
    tables_of_responders.responders,
    tables_of_models.coached_difference,
    tables_of_models.mixed_by_coaching,
    tables_of_models.weighted,
    tables_of_coaches.backgrounds,
    tables_of_models.per_call,
    tables_of_models.per_module,
    tables_of_cost.cost,
    tables_of_groups.subgroups,
    tables_of_views.acceptability,
    tables_of_views.leaving,
    tables_of_views.two_sides,
    tables_of_coding.coding,
    tables_of_harm.harms,
    tables_of_plan.declarations,
)


def make(release: disclosure.Release, words: Words) -> dict[str, Table]:
    """Every table that these figures fill, numbered in the order of the report."""
    made = [maker(release.figures, words) for maker in _MAKERS]
    shown = {
        table.key: table for table in made if table is not None and any(not row.part for row in table.rows)
    }
    ordered = [shown[key] for key in sections.keys_of_tables() if key in shown]
    return {
        table.key: replace(table, number=place, standing=standings.of_table(release.figures, table.key))
        for place, table in enumerate(ordered, start=1)
    }
