"""Pages: the front page, public pages, and Programme > Module > Activity."""

from content_pages.models.activity import ActivityPage
from content_pages.models.audience import Audience
from content_pages.models.fix import ContentFix
from content_pages.models.home import HomePage
from content_pages.models.live_session import LiveSessionPage
from content_pages.models.module import ModulePage
from content_pages.models.opens import Opens
from content_pages.models.programme import ProgrammePage, ProgrammesPage
from content_pages.models.public import PublicPage
from content_pages.models.second_reader import SecondReader

__all__ = [
    "ActivityPage",
    "Audience",
    "ContentFix",
    "HomePage",
    "LiveSessionPage",
    "ModulePage",
    "Opens",
    "ProgrammePage",
    "ProgrammesPage",
    "PublicPage",
    "SecondReader",
]
