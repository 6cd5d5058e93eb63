"""What those who run a programme fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from resilience.participants.models import Cohort


class NewInvitation(forms.Form):
    """One link into a cohort."""

    cohort = forms.ModelChoiceField(
        label=_("Group"), queryset=Cohort.objects.none(), empty_label=_("Choose a group"),
        error_messages={"required": _("Choose a group.")},
    )  # fmt: skip
    many = forms.ChoiceField(
        label=_("Who is it for?"),
        widget=forms.RadioSelect,
        choices=[
            ("one", _("One person: it works once")),
            ("many", _("A poster or a mailing list: it works many times")),
        ],
        error_messages={"required": _("Choose one of the two.")},
    )
    channel = forms.CharField(
        label=_("How do people get it?"),
        max_length=40,
        help_text=_(
            "For example: e-mail, poster on ward 4, teaching day. It is counted, never linked to a person."
        ),
        error_messages={"required": _("Write how people get it.")},
    )
    weeks = forms.IntegerField(
        label=_("For how many weeks does it work?"), min_value=1, max_value=26, initial=4,
        error_messages={"required": _("Write a number from 1 to 26.")},
    )  # fmt: skip

    def __init__(self, *args: object, cohorts: list[Cohort], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = Cohort.objects.filter(pk__in=[each.pk for each in cohorts])
        self.fields["cohort"].label_from_instance = lambda cohort: (
            f"{cohort.programme.public_name}: {cohort.name}"
        )
