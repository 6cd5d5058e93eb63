"""The second pair of eyes: somebody other than whoever wrote a page lets it out."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState

from resilience.accounts.models import User


class SecondReader(AbstractGroupApprovalTask):
    """Any editor of the programme may let a page out, but for the one who sent it in."""

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, str, bool]]:
        """Return what somebody may do about a page that waits; whoever sent it in may only take it back."""
        state = obj.current_workflow_state
        return [] if state and state.requested_by_id == user.pk else super().get_actions(obj, user)

    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: object) -> None:
        """Let the page out or send it back. Raises PermissionDenied for whoever sent it in."""
        if task_state.workflow_state.requested_by_id == user.pk:
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: User, **kwargs: object) -> object:
        """Return what waits for somebody: never what they sent in themselves."""
        waiting = super().get_task_states_user_can_moderate(user, **kwargs)
        return waiting.exclude(workflow_state__requested_by=user)

    @classmethod
    def get_description(cls) -> str:
        """Return what editors of the site read when they choose the step."""
        return str(_("Another editor than the one who sent the page in reads it and lets it out"))

    class Meta:
        verbose_name = _("second reader")
        verbose_name_plural = _("second readers")
