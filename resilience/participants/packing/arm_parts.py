"""What the pack holds of groups: what each is offered and how people would come into them. They arrive as a draft."""

from resilience.participants.models import Allocates, AllocationPlan, Arm, Programme, Stratum
from resilience.participants.packing import fields
from resilience.participants.packing.documents import Document, Place, dump
from resilience.participants.packing.parts import Folder

ARMS = "arms.json"
OF_ARM = {"id", "programme"}
OF_PLAN = {"id", "programme", "seed", "confirmed_at", "ended_at"}  # each site draws a seed of its own
LARGEST_BLOCK = 60


def write(programme: Programme) -> dict[str, bytes]:
    """Return the file of the groups; none where the programme has none."""
    arms = list(Arm.objects.filter(programme=programme).order_by("position"))
    if not arms:
        return {}
    plan = AllocationPlan.objects.filter(programme=programme).first()
    told = {
        "arms": [fields.write(arm, left_out=OF_ARM) for arm in arms],
        "plan": fields.write(plan, left_out=OF_PLAN) if plan else None,
    }
    return {ARMS: dump(told)}


def read(folder: Folder, programme: Programme) -> None:
    """Make the groups and the draft of the plan, where the pack holds some. Raises Broken."""
    if ARMS not in folder.files:
        return
    document = folder.document(ARMS)
    document.only((), ("arms", "plan"))
    for number in range(len(document.take(("arms",), list))):
        values = fields.read(document, ("arms", number), Arm, left_out=OF_ARM)
        fields.checked(document, ("arms", number), Arm(programme=programme, **values)).save()
    if document.take(("plan",), dict, or_none=True) is not None:
        _plan(document, ("plan",), programme)


def _plan(document: Document, place: Place, programme: Programme) -> None:
    values = fields.read(document, place, AllocationPlan, left_out=OF_PLAN)
    sizes, strata = values["blocks"], values["strata"]
    by_table = values["by"] == Allocates.TABLE
    if not isinstance(sizes, list) or not all(_is_size(each) for each in sizes) or not (sizes or by_table):
        document.refuse((*place, "blocks"), "the sizes of the blocks are whole numbers from 1 to 60")
    if not isinstance(strata, list) or not all(each in Stratum.values for each in strata):
        document.refuse((*place, "strata"), f"the groups can be kept alike in {', '.join(Stratum.values)}")
    fields.checked(document, place, AllocationPlan(programme=programme, **values)).save()


def _is_size(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= LARGEST_BLOCK
