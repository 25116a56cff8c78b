"""What all settings are made of: frozen models, codes, and texts in both languages."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from hallq.domain.text import PlainText

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Model(BaseModel):
    """Frozen, and refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Model):
    """One text in both languages."""

    zh: PlainText
    en: PlainText

    def in_language(self, language: str) -> str:
        """The text in `zh` or `en`."""
        return self.zh if language.startswith("zh") else self.en
