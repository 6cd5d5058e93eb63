"""What the pack holds of the calls: the guide."""

from datetime import datetime

from resilience.coaching.models import CallGuide
from resilience.participants.models import Programme
from resilience.participants.packing import fields, markup, parts
from resilience.participants.packing.documents import Document, Place, dump
from resilience.participants.packing.parts import Folder

GUIDE = "call_guide.json"
LEFT_OUT = {"id", "programme"}
WORDS = ("h2", "h3", "bold", "italic", "ol", "ul", "blockquote", "link")
MARKUP = {"role": WORDS, "guidance": WORDS}


def write(programme: Programme) -> dict[str, bytes]:
    """Return this app's file."""
    guide = CallGuide.objects.filter(programme=programme).first()
    return {GUIDE: dump(fields.write(guide, left_out=LEFT_OUT) if guide else None)}


def read(folder: Folder, programme: Programme, now: datetime) -> None:
    """Keep the guide of the programme. Raises Broken."""
    document = folder.document(GUIDE)
    if document.value is None:
        return
    values = fields.read(document, (), CallGuide, left_out=LEFT_OUT, markup_in=MARKUP)
    for number in range(len(document.take(("calls",), list))):
        _call(document, ("calls", number))
    fields.checked(document, (), CallGuide(programme=programme, **values)).save()


def _call(document: Document, place: Place) -> None:
    document.take((*place, "minutes"), int)
    _words(document, (*place, "title"))
    for number in range(len(document.take((*place, "stages"), list))):
        stage = (*place, "stages", number)
        document.take((*stage, "minutes"), int)
        _words(document, (*stage, "title"))
        for asked in range(len(document.take((*stage, "questions"), list))):
            _words(document, (*stage, "questions", asked))


def _words(document: Document, place: Place) -> None:
    if fault := markup.plain(document.take(place, str)):
        document.refuse(place, fault)


parts.part("coaching", write=write, read=read)
