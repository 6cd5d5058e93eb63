"""Which pieces may stand on which page."""

from wagtail import blocks

from content_pages.blocks.exercises import ExerciseBlock, KnowledgeCheckBlock
from content_pages.blocks.media import DrawingBlock, PhotographBlock, SoundBlock, VignetteBlock
from content_pages.blocks.text import DetailsBlock, InsetBlock, QuestionBlock, TextBlock


class PublicStream(blocks.StreamBlock):
    """What a page without sign-in may hold: nothing is collected."""

    text = TextBlock()
    drawing = DrawingBlock()
    photograph = PhotographBlock()
    sound = SoundBlock()
    inset = InsetBlock()
    details = DetailsBlock()


class ActivityStream(PublicStream):
    """What an activity may hold."""

    vignette = VignetteBlock()
    question = QuestionBlock()
    exercise = ExerciseBlock()
    knowledge_check = KnowledgeCheckBlock()
