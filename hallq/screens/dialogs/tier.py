"""Which tier has the customer? A digit chooses; T again goes down the list."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from hallq.screens.dialogs.choose import ChooseDialog


class TierDialog(ChooseDialog):
    """Answers with the tier's code. Each entry's note names the lane that it leads to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "move(1)", show=False, priority=True),
        Binding("space", "choose", show=False, priority=True),
    ]
