"""Which pieces may stand on which page."""

from wagtail import blocks

from content_pages.blocks.exercises import ClosingBlock, ExerciseBlock, KnowledgeCheckBlock
from content_pages.blocks.instrument import InstrumentBlock, SystemListBlock
from content_pages.blocks.media import DrawingBlock, PhotographBlock, SoundBlock, VignetteBlock
from content_pages.blocks.text import DetailsBlock, InsetBlock, QuestionBlock, TechniqueBlock, TextBlock


class PublicStream(blocks.StreamBlock):
    """What a page without sign-in may hold: nothing is collected."""

    text = TextBlock()
    drawing = DrawingBlock()
    photograph = PhotographBlock()
    sound = SoundBlock()
    inset = InsetBlock()
    details = DetailsBlock()
    technique = TechniqueBlock()


class ActivityStream(PublicStream):
    """What an activity may hold."""

    vignette = VignetteBlock()
    question = QuestionBlock()
    exercise = ExerciseBlock()
    instrument = InstrumentBlock()
    system_list = SystemListBlock()
    knowledge_check = KnowledgeCheckBlock()
    closing = ClosingBlock()

    class Meta:
        block_counts = {"system_list": {"max_num": 1}}
