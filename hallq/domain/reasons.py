"""The lists of reasons that people choose from."""

from pydantic import field_validator

from hallq.domain.words import Code, Model, Words


class Choice(Model):
    """One entry of a list that people pick from."""

    code: Code
    name: Words


UNSTATED = Choice(code="unstated", name=Words(zh="不填原因", en="No reason"))
"""What is kept where a hall asks for no reason."""


class Reasons(Model):
    """The lists of reasons, each a code and its words.

    A hall that emptied a list asks for no reason: Enter is enough where one must be kept,
    and those of a transaction stay open.
    """

    pause: tuple[Choice, ...]
    over_limit: tuple[Choice, ...]
    cancel: tuple[Choice, ...]
    hold: tuple[Choice, ...]
    priority: tuple[Choice, ...]
    not_possible: tuple[Choice, ...]

    @field_validator("pause", "cancel", "hold", "priority")
    @classmethod
    def _at_least_one(cls, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        return choices or (UNSTATED,)
