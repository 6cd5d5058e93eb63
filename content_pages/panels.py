"""What stands beside the fields of a page in the editor."""

from wagtail.admin.panels import Panel

from resilience.engagement import live_sessions


class PlacesPanel(Panel):
    """How many have a place at a meeting, wait for one and came; never who."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one page."""

        template_name = "content_pages/admin/places.html"

        def get_context_data(self, parent_context: dict | None = None) -> dict:
            """Add the figures; none before the page was published."""
            found = live_sessions.counted(None).filter(pk=self.instance.translation_key).first()
            return {**super().get_context_data(parent_context), "found": found}
