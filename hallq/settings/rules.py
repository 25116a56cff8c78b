"""What a value of `hall.toml` must be, in words, for each rule that one can break."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

from hallq.i18n import N_, Sentence

_NUMBER = N_("a number is needed")
_WHOLE_NUMBER = N_("a whole number is needed")
_TEXT = N_("a text in quotation marks is needed")
_SWITCH = N_("true or false is needed")
_TIME = N_("a time of day is needed, for example 08:30:00")
_DATE = N_("a date is needed, for example 2027-02-08")
_TABLE = N_("a table is needed")
_WORDS = N_("a text in both languages is needed: {example}")
_LIST = N_("a list is needed")

_NEEDED = {
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "int_type": _WHOLE_NUMBER,
    "int_parsing": _WHOLE_NUMBER,
    "int_parsing_size": _WHOLE_NUMBER,
    "int_from_float": _WHOLE_NUMBER,
    "string_type": _TEXT,
    "bool_type": _SWITCH,
    "bool_parsing": _SWITCH,
    "time_type": _TIME,
    "time_parsing": _TIME,
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing"), _DATE),
    "time_delta_type": _TIME,
    "model_type": _TABLE,
    "dict_type": _TABLE,
    "model_attributes_type": _TABLE,
    "tuple_type": _LIST,
}

_PATTERNS = {
    r"^([A-Z]{2})?$": N_('two capital letters of a country are needed, for example "CN", or ""'),
    r"^[A-Z]$": N_("one capital letter A to Z is needed"),
    r"^[a-z][a-z0-9_]{0,39}$": N_("a short name of a-z, 0-9 and _ is needed, starting with a letter"),
}

ZONE = N_("an IANA time zone is needed, for example Asia/Shanghai")
"""Said in English by the zone's own check, which lies below the languages."""


def rule(fault: ErrorDetails) -> Sentence:
    """What would be allowed in place of the value that was found."""
    context: Mapping[str, Any] = fault.get("ctx", {})
    kind = fault["type"]
    match kind:
        case "string_pattern_mismatch" if context["pattern"] in _PATTERNS:
            return Sentence(_PATTERNS[context["pattern"]])
        case "model_type" if context.get("class_name") == "Words":
            return Sentence(_WORDS, example='{ zh = "…", en = "…" }')
        case "greater_than":
            return Sentence(N_("more than {least} is needed"), least=context["gt"])
        case "greater_than_equal":
            return Sentence(N_("at least {least} is needed"), least=context["ge"])
        case "less_than_equal":
            return Sentence(N_("at most {most} is allowed"), most=context["le"])
        case "value_error":
            return Sentence(str(context["error"]))
        case _:
            return Sentence(_NEEDED.get(kind, N_("another kind of value is needed; hall.toml shows which")))
