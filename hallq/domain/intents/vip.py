"""What may be asked about the VIP directory."""

from typing import Annotated

from pydantic import Field

from hallq.domain.intents.base import Intent
from hallq.domain.vip import DirectoryDeed

Count = Annotated[int, Field(ge=0, le=2**53)]


class NoteDirectory(Intent):
    """Put on record what was done with the VIP directory, in customers. Who they are is never said."""

    deed: DirectoryDeed
    added: Count = 0
    changed: Count = 0
    erased: Count = 0
    exported: Count = 0
