"""A field that nobody classified stops the start."""

from django.core import checks

from resilience.privacy import register


@checks.register(checks.Tags.models)
def every_field_is_classified(**kwargs: object) -> list[checks.Error]:
    """Return one error for each stored field without a row in the field register."""
    missing = [
        checks.Error(
            f"{name} is not in the field register.", hint="Add it to <app>/privacy.py.", id="privacy.E001"
        )
        for name in register.undeclared()
    ]
    gone = [
        checks.Error(f"{name} is in the field register but no longer a field.", id="privacy.E002")
        for name in register.declared_but_gone()
    ]
    return missing + gone
