"""What stands beside the fields on the page where an editor writes."""

from wagtail.admin.panels import FieldPanel, Panel

from resilience.engagement import live_sessions


class ChecksPanel(Panel):
    """How the page reads and what there is to put right, as it was last saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "content_pages/admin/checks_panel.html"

        def is_shown(self) -> bool:
            """Return whether there is a page to look at: not while it is being made."""
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: dict | None = None) -> dict:
            """Return the context with what the checks find."""
            from content_pages.checking import page

            return {**super().get_context_data(parent_context), "checked": page.look(self.instance)}


class SafetyFixPanel(FieldPanel):
    """The box for the reason of a change; shown where the programme is frozen."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"field_name": "fix_reason", **kwargs})

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            """Return whether changes of the page need a reason."""
            from content_pages import fixing

            where = self.instance if self.instance.path else self.form.parent_page
            return super().is_shown() and bool(where and fixing.frozen_since(where))


class WaitingPanel(Panel):
    """That what is set for a time waits; shown where it does."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one page."""

        template_name = "content_pages/admin/waiting_panel.html"

        def is_shown(self) -> bool:
            """Return whether something is set for this page and its programme is frozen."""
            from content_pages import scheduling

            return bool(self.instance.pk) and scheduling.waits(self.instance)


class PlacesPanel(Panel):
    """How many have a place at a meeting, wait for one and came; never who."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one page."""

        template_name = "content_pages/admin/places.html"

        def get_context_data(self, parent_context: dict | None = None) -> dict:
            """Add the figures; none before the page was published."""
            found = live_sessions.counted(None).filter(pk=self.instance.translation_key).first()
            return {**super().get_context_data(parent_context), "found": found}


def around(*fields: object) -> list:
    """Return the fields of a page with what stands around them."""
    return [SafetyFixPanel(), WaitingPanel(), *fields, ChecksPanel(heading="")]
