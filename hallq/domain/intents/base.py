"""The base of all intents, and the values that they share."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

CounterNumber = Annotated[int, Field(ge=1, le=999)]


class Intent(BaseModel):
    """Base of all intents."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
