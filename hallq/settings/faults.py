"""Faults of a settings file in words: the key, what was found, what is allowed."""

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from hallq.domain.config import HallConfig
from hallq.domain.text import plain

_IDENTITIES = ("code", "number", "letter")
_LONGEST_VALUE = 60


@dataclass
class SettingsError(Exception):
    """The file cannot be used: one sentence for each fault."""

    path: Path
    faults: tuple[str, ...]

    def __str__(self) -> str:
        return "; ".join(f"{self.path}: {fault}" for fault in self.faults)


def in_sentences(error: ValidationError, values: Mapping[str, Any]) -> list[str]:
    """One sentence for each fault that pydantic found in `values`, each key once."""
    told: dict[str, str] = {}
    for fault in error.errors(include_url=False):
        loc, is_choice = _without_union_tags(fault["loc"])
        if loc and loc[-1] == "[key]":
            loc = loc[:-1]
        key = key_path(loc, values)
        told.setdefault(key, f"{key}: {_problem(fault, loc, is_choice, values)}")
    return list(told.values())


def _without_union_tags(loc: Sequence[int | str]) -> tuple[tuple[int | str, ...], bool]:
    """The key itself: pydantic adds one part for each way the value might have been meant."""
    for place, part in enumerate(loc):
        if isinstance(part, str) and "[" in part and part != "[key]":
            return tuple(loc[:place]), True
    return tuple(loc), False


def key_path(loc: Sequence[int | str], values: Any) -> str:
    """The key as written in the file; entries of a list by what names them."""
    path, here = "", values
    for part in loc:
        here = _inside(here, part)
        if isinstance(part, int):
            path += f"[{_entry_name(here, part)}]"
        else:
            path += f".{part}" if path else part
    return plain(path)


def _inside(values: Any, part: int | str) -> Any:
    try:
        return values[part]
    except (KeyError, IndexError, TypeError):
        return None


def _entry_name(entry: Any, place: int) -> str:
    if isinstance(entry, Mapping):
        for name in _IDENTITIES:
            if name in entry:
                return f"{name} = {shown(entry[name])}"
    return f"entry {place + 1}"


def shown(value: Any) -> str:
    """A value as a settings file would write it, short."""
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except (TypeError, ValueError):
        text = str(value)
    return plain(text, _LONGEST_VALUE)


def meant(wrong: object, known: Iterable[object]) -> str:
    """`; did you mean "x"?`, or only a full stop when no known word is near."""
    near = difflib.get_close_matches(str(wrong), [str(word) for word in known], n=1)
    return f'; did you mean "{near[0]}"?' if near else "."


def one_of(known: Iterable[object]) -> str:
    """The allowed values as a list in words."""
    return ", ".join(f'"{value}"' for value in known)


def _problem(
    fault: ErrorDetails, loc: tuple[int | str, ...], is_choice: bool, values: Mapping[str, Any]
) -> str:
    found = fault["input"]
    kind, context = fault["type"], fault.get("ctx", {})
    if is_choice:
        whole: Any = values
        for part in loc:
            whole = _inside(whole, part)
        return f'{shown(whole)} does not fit: "all" or a list of codes is allowed'
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        known = _keys_at(loc[:-1])
        return f"is not a key of hall.toml{meant(loc[-1], known)} Allowed here: {', '.join(known)}"
    if kind in ("enum", "literal_error"):
        known = [part.strip("' ") for part in str(context["expected"]).replace(" or ", ",").split(",")]
        return f"{shown(found)} is not allowed{meant(found, known)} Allowed: {one_of(known)}"
    return f"{shown(found)} does not fit: {_rule(fault)}"


_PATTERNS = {
    r"^[A-Z]$": "one capital letter A to Z is needed",
    r"^[a-z][a-z0-9_]{0,39}$": "a short name of a-z, 0-9 and _ is needed, starting with a letter",
}


def _rule(fault: ErrorDetails) -> str:
    context: Mapping[str, Any] = fault.get("ctx", {})
    match fault["type"]:
        case "string_pattern_mismatch":
            return _PATTERNS.get(context["pattern"], fault["msg"])
        case "greater_than":
            return f"more than {context['gt']} is needed"
        case "greater_than_equal":
            return f"at least {context['ge']} is needed"
        case "less_than_equal":
            return f"at most {context['le']} is allowed"
        case "value_error":
            return str(context["error"])
        case "time_type" | "time_parsing" | "time_delta_type":
            return "a time of day is needed, for example 08:30:00"
        case "model_type" | "dict_type" | "model_attributes_type":
            return "a table is needed"
        case "tuple_type":
            return "a list is needed"
        case _:
            return fault["msg"][0].lower() + fault["msg"][1:]


def _keys_at(loc: Sequence[int | str]) -> list[str]:
    """The keys that the model at `loc` knows."""
    here: Any = HallConfig
    for part in loc:
        if isinstance(here, type) and issubclass(here, BaseModel):
            field = here.model_fields.get(str(part))
            here = field.annotation if field else None
        elif get_origin(here) is dict:
            here = get_args(here)[1]
        elif get_origin(here) is tuple:
            here = get_args(here)[0]
        here = _model_in(here)
    known = here.model_fields if isinstance(here, type) and issubclass(here, BaseModel) else {}
    return sorted(known)


def _model_in(annotation: Any) -> Any:
    """`X` of `X | None`."""
    if get_origin(annotation) in (dict, tuple):
        return annotation
    models = [a for a in get_args(annotation) if isinstance(a, type) and issubclass(a, BaseModel)]
    return models[0] if models else annotation
