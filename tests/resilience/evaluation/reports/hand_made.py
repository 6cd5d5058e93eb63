"""Figures of every kind that the synthetic cohort does not have, typed in by hand."""

TERM = {"estimate": 2.0, "se": 0.25, "ci": [1.5, 2.5], "p": 0.0004}
MIXED = {
    "participants": 66,
    "observations": 208,
    "variance": {"participant": 1.0, "residual": 0.5},
    "df": None,
    "sampled_from": None,
    "terms": {"intercept": TERM, "t2": TERM, "t3": TERM},
}
ADJUSTED = {
    "n": 40,
    "coached": 25,
    "difference": 0.5,
    "se": 0.2,
    "ci": [0.1, 0.9],
    "p": 0.02,
    "se_hc3": 0.25,
    "ci_hc3": [0.0, 1.0],
    "p_hc3": 0.05,
    "standardised": 0.4,
    "change_coached": 2.5,
    "change_not_coached": 2.0,
    "covariates": [],
    "left_out": 0,
}
SLOPE = {
    "n": 40,
    "slope": 0.3,
    "se": 0.1,
    "ci": [0.1, 0.5],
    "p": 0.004,
    "groups": {
        "0": {"n": 15, "mean_change": 2.0},
        "1": {"n": 10, "mean_change": 2.3},
        "2": {"n": None, "mean_change": None, "hidden": True},
    },
}
COST = {
    "coaching": 2920.0,
    "total": 3420.5,
    "per_coached": 66.36,
    "per_started": 53.44,
    "per_completer": None,
    "per_reliable_improver": {"who5": 1140.0},
    "improvers": {"who5": {"improved": 3, "ci": [700.0, 3400.0]}},
    "why": "nobody to divide by",
}
SUBGROUPS = {
    "profession": {
        "coping_confidence": {
            "nurse": {"n": 24, "mean_change": 2.4, "ci": [1.9, 2.9]},
            "doctor": {"n": None, "mean_change": None, "ci": None, "hidden": True},
            "interaction_p": 0.41,
        }
    }
}
BACKGROUND = {
    "coping_confidence": {
        "t3": {
            "groups": {
                "clinical": {"n": 21, "mean_change": 2.25, "ci": [1.75, 2.75]},
                "not_clinical": {"n": 14, "mean_change": 1.75, "ci": [1.0, 2.5]},
            },
            "interaction_p": 0.21,
            "adjusted": {
                "n": 35, "difference": 0.45, "se": 0.3, "ci": [-0.2, 1.1], "p": 0.16,
                "se_hc3": 0.3, "ci_hc3": [-0.25, 1.15], "p_hc3": 0.2,
            },
        },
        "t4": {
            "groups": {}, "interaction_p": None, "adjusted": None,
            "why": "fewer than 3 coaches behind a group: single coaches are not set side by side",
        },
    }
}  # fmt: skip
SYSTEM = {"absence": {"Ward A": {"2025 Q4": 5.8, "2026 Q1": 5.9, "2026 Q2": 5.5}}}
CODING = {
    "blame": {
        "n": 50,
        "coder_a": 12,
        "coder_b": 14,
        "both": 10,
        "agreement_percent": 88.0,
        "kappa": 0.69,
        "krippendorff_alpha": 0.7,
    }
}
ARM = {
    "n": 33,
    "baseline": 33,
    "started": 31,
    "completed_modules": 28,
    "offered_call": 33,
    "one_call_or_more": 22,
    "withdrew": 1,
    "answered": {"t2": 31, "t3": 24, "t4": 17},
}
BY_ARM = {
    "reference": "a",
    "n": 62,
    "as_allocated": {
        "a": {"n": 31, "mean_change": 2.1, "ci": [1.5, 2.7]},
        "b": {"n": 31, "mean_change": 2.6, "ci": [2.0, 3.2]},
    },
    "as_received": {
        "a": {
            "coached": {"n": 20, "mean_change": 2.2, "ci": None},
            "not_coached": {"n": 11, "mean_change": 1.9, "ci": None},
        },
        "b": {},
    },
    "differences": {
        "b": {
            "difference": 0.5,
            "se": 0.3,
            "ci": [-0.1, 1.1],
            "p": 0.1,
            "se_hc3": 0.3,
            "ci_hc3": [-0.1, 1.1],
            "p_hc3": 0.11,
            "standardised": 0.3,
        }
    },
}
WAVES = {
    "t1": {"n": 66, "median": 0.0, "q1": 0.0, "q3": 1.0, "early": 0, "late": 0},
    "t2": {"n": 62, "median": 21.0, "q1": 19.0, "q3": 25.0, "early": 0, "late": 4},
}
CONTEXT = {
    "fidelity": {
        "calls": 73,
        "told": 60,
        "stages_held": 200,
        "stages_of": 240,
        "stages": {"1": [{"stage": "What happened", "held": 40, "of": 44}]},
    },
    "coaching": {
        "pairs": {"bond": {"pairs": 20, "participants_mean": 4.2, "coaches_mean": 4.0, "difference": -0.2}},
        "satisfaction": {
            "participants": {"1": {"n": 30, "agree": 27, "percent": 90.0, "mean": 4.4}},
            "coaches": {"1": {"n": None, "why": "fewer than 3"}},
        },
    },
    "content_version": {"pages": 40, "versions_of_pages": 41},
    "question_counts": {"sittings": {"t1": {"questions": 22, "minutes": 5}}},
}
LEAVING = {
    "leaving.job": {
        "t4": {
            "n": 33,
            "before": {"n": 9, "of": 33, "percent": 100 * 9 / 33},
            "later": {"n": 6, "of": 33, "percent": 100 * 6 / 33},
            "began": 1,
            "stopped": 4,
            "p": 0.375,
            "exact": True,
            "already_left": 2,
        }
    }
}
OFFERS = {
    "groups": {
        "optional": {
            "setting": "optional",
            "n": 66,
            "offered": 62,
            "accepted": 50,
            "coached": 44,
            "percent": 100 * 44 / 62,
        },
        "core": {
            "setting": None,
            "n": None,
            "offered": None,
            "accepted": None,
            "coached": None,
            "percent": None,
            "hidden": True,
        },
    },
    "uptake": {"offered": 62, "accepted": 50, "coached": 44, "percent": 100 * 44 / 62, "ci": [58.7, 80.8]},
}
FAIRNESS = {
    "offered": 62,
    "rating_measure": "acceptability",
    "by": {
        "profession": {
            "missing": 2,
            "groups": {
                "nurse": {"n": 25, "took": {"n": 20, "percent": 80.0}, "rating": {"n": 18, "mean": 4.25}},
                "doctor": {
                    "n": None,
                    "took": {"n": None, "percent": None},
                    "rating": {"n": None, "mean": None},
                    "hidden": True,
                },
            },
        }
    },
}
DEVIATIONS = [{"when": "2026-03-01", "what": "T5 was moved by a week", "why": "A strike"}]


def fill(figures: dict) -> dict:
    """The figures with one of each kind, each with something hidden or not worked out."""
    primary = figures["measures"]["coping_confidence"]
    primary |= {
        "mixed_model": MIXED,
        "mixed_by_coaching": MIXED | {"terms": {"coached": TERM, "t2:coached": TERM}},
        "coached_difference": {"t2": ADJUSTED},
        "per_call": {"t2": SLOPE},
        "per_module": {"t2": SLOPE},
        "by_arm": {"t2": BY_ARM},
    }
    figures["flow"] |= {
        "approached": {"email": 160, "poster": 40},
        "declined_because": {"NO_TIME": 7, "WORN_OUT": None},
        "stopped_because": {"STIRRED_UP": 1, "NO_TIME": 2},
        "arms": {"a": ARM, "b": ARM},
    }
    figures["design"] |= {
        "arms": {"a": "Calls now", "b": "Calls later"},
        "allocated_by": "PERSON",
        "blocks": [4, 6],
        "strata": [],
        "cards_held_back": True,
    }
    figures["dates"] = {"joined": ["2026-01-05", "2026-02-16"], "waves": WAVES}
    figures["plan"] |= {
        "cost": {"coach_rate_per_hour": 40.0, "fixed": 500.5},
        "deviations": DEVIATIONS,
        "funding": "A charity",
        "goals": {"recruit": 60, "retain_percent": 50},
    }
    figures["characteristics"]["years"] = {
        "n": 60,
        "missing": 6,
        "mean": 11.25,
        "sd": 6.5,
        "median": 10.0,
        "q1": 6.0,
        "q3": 15.0,
        "smd": 0.12,
    }
    sides = {
        "coached": {"n": 40, "mean": 11.5, "sd": 6.25, "median": 10.5, "q1": 6.5, "q3": 15.5},
        "not_coached": {"n": 20, "mean": None, "sd": None, "median": None, "q1": None, "q3": None},
    }
    figures["traits_by_calls"]["numbers"]["years"] = sides | {"smd": None, "hidden": True}
    figures["traits_by_calls"]["categories"]["gender"] |= {
        "groups": {
            "man": {"coached": 10, "coached_percent": 24.4, "not_coached": 4, "not_coached_percent": 18.2},
            "woman": {"coached": 31, "coached_percent": 75.6, "not_coached": 18, "not_coached_percent": 81.8},
        },
        "smd": 0.152,
    }
    figures["safety"] |= {
        "item9": {"t1": {"answered": 66, "positive": 2}, "t4": {"answered": 33, "positive": 0}},
        "item9_anyone": 2,
        "handling": {
            "contacts_asked": 3,
            "contacts_taken": 3,
            "taken_within": {"24": 2, "72": 3},
            "complaints": None,
        },
    }
    return figures | {
        "cost": COST,
        "subgroups": SUBGROUPS,
        "coach_background": BACKGROUND,
        "system": SYSTEM,
        "coding": CODING,
        "context": CONTEXT,
        "leaving": LEAVING,
        "core_or_optional": figures["core_or_optional"] | OFFERS | {"by_chance": True},
        "fairness": FAIRNESS,
    }
