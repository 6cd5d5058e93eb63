"""Walks through the stored value of a stream, whatever blocks it is made of."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.rich_text import features as known_features

from resilience.participants.packing import markup
from resilience.participants.packing.documents import Document, Place

Change = Callable[[blocks.Block, Any], Any]
OF_A_CHILD = {"type", "value", "id"}
LONGEST_ID = 40


def mapped(block: blocks.Block, value: Any, change: Change) -> Any:
    """Return the stored value with each leaf as `change` returns it."""
    if isinstance(block, blocks.StreamBlock):
        children = block.child_blocks
        return [
            {**each, "value": mapped(children[each["type"]], each["value"], change)} for each in value or []
        ]
    if isinstance(block, blocks.ListBlock):
        return [_item(block, each, change) for each in value or []]
    if isinstance(block, blocks.StructBlock) and isinstance(value, Mapping):
        return {name: mapped(block.child_blocks[name], each, change) for name, each in value.items()}
    return change(block, value)


def is_wrapped(item: object) -> bool:
    """Return whether an item of a list is stored with an id of its own, as Wagtail does since 2.16."""
    return isinstance(item, Mapping) and set(item) == OF_A_CHILD and item["type"] == "item"


def _item(block: blocks.ListBlock, item: Any, change: Change) -> Any:
    if is_wrapped(item):
        return {**item, "value": mapped(block.child_block, item["value"], change)}
    return mapped(block.child_block, item, change)


def check_shape(document: Document, place: Place, block: blocks.Block, value: Any) -> None:
    """Do nothing where a value has the shape that the blocks have. Raises Broken: Wagtail would pass over the rest."""
    if isinstance(block, blocks.StreamBlock):
        _check_stream(document, place, block, value)
    elif isinstance(block, blocks.ListBlock):
        document.take(place, list)
        for number, each in enumerate(value):
            here = (*place, number, "value") if is_wrapped(each) else (*place, number)
            check_shape(document, here, block.child_block, each["value"] if is_wrapped(each) else each)
    elif isinstance(block, blocks.StructBlock):
        document.take(place, dict)
        for name, each in value.items():
            if name not in block.child_blocks:
                document.refuse((*place, name), f"this version's block has no “{name}”")
            check_shape(document, (*place, name), block.child_blocks[name], each)
    elif fault := _fault(block, value):
        document.refuse(place, fault)


def _check_stream(document: Document, place: Place, block: blocks.StreamBlock, value: Any) -> None:
    document.take(place, list)
    for number, _each in enumerate(value):
        here = (*place, number)
        child = document.only(here, OF_A_CHILD)
        kind, key = document.take((*here, "type"), str), document.take((*here, "id"), str)
        if kind not in block.child_blocks:
            document.refuse((*here, "type"), f"this page has no block “{kind}”")
        if not key.replace("-", "").isalnum() or len(key) > LONGEST_ID:
            document.refuse((*here, "id"), "this is not the id of a block")
        check_shape(document, (*here, "value"), block.child_blocks[kind], child["value"])


def _fault(block: blocks.Block, value: Any) -> str:
    if isinstance(block, blocks.RawHTMLBlock):
        return "raw HTML has no place in a pack"
    if isinstance(block, blocks.RichTextBlock):
        return markup.rich(value, features_of(block)) if isinstance(value, str) else "this should be words"
    if isinstance(value, str):
        return markup.plain(value)
    return "" if isinstance(value, _kinds(block)) or value is None else "this value does not fit its block"


def _kinds(block: blocks.Block) -> type | tuple[type, ...]:
    if isinstance(block, blocks.BooleanBlock):
        return bool
    if isinstance(block, blocks.IntegerBlock | blocks.FloatBlock | blocks.DecimalBlock):
        return (int, float)
    return list if isinstance(block, blocks.MultipleChoiceBlock) else str


def features_of(text: object) -> list[str]:
    """Return the features of a block or field with rich text."""
    return list(text.features or known_features.get_default_features())


def check_content(document: Document, place: Place, block: blocks.Block, value: Any) -> None:
    """Do nothing where each block takes its value as an editor's form would. Raises Broken."""
    try:
        block.clean(block.to_python(value))
    except ValidationError as error:
        where, words = _first(error, place)
        document.refuse(where, words)


def _first(error: ValidationError, place: Place) -> tuple[Place, str]:
    inner = getattr(error, "block_errors", None)
    if not inner:
        others = getattr(error, "non_block_errors", None)
        return place, " ".join([str(each) for each in others] if others else error.messages)
    step, deeper = next(iter(inner.items()))
    return _first(deeper, (*place, step) if isinstance(step, str) else (*place, step, "value"))
