"""Faults of a settings file in words: the key, what was found, what is allowed, what to do."""

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from hallq.domain.config import HallConfig
from hallq.domain.lanes import Lane
from hallq.domain.text import plain
from hallq.i18n import N_, Sentence
from hallq.settings.rules import rule

_IDENTITIES = ("code", "number", "letter")
_LONGEST_VALUE = 60
_LANES = {Lane.PRIORITY: N_("the priority lane"), Lane.STANDARD: N_("the standard lane")}


@dataclass
class SettingsError(Exception):
    """The file cannot be used: one sentence for each fault, in the language in use when shown."""

    path: Path
    faults: tuple[Sentence, ...]

    def __str__(self) -> str:
        return "; ".join(f"{self.path}: {fault}" for fault in self.faults)


def fault_at(key: str, message: str, **facts: object) -> Sentence:
    """What is the matter with a key."""
    return Sentence(N_("{key}: {problem}"), key=key, problem=Sentence(message, **facts))


def lane_named(lane: Lane) -> Sentence:
    """A lane inside a sentence."""
    return Sentence(_LANES[lane])


def in_sentences(error: ValidationError, values: Mapping[str, Any]) -> list[Sentence]:
    """One sentence for each fault that pydantic found in `values`, each key once."""
    told: dict[str, Sentence] = {}
    for fault in error.errors(include_url=False):
        loc, is_choice = _without_union_tags(fault["loc"])
        if loc and loc[-1] == "[key]":
            loc = loc[:-1]
        key = key_path(loc, values)
        problem = _problem(fault, loc, is_choice, values)
        told.setdefault(key, Sentence(N_("{key}: {problem}"), key=key, problem=problem))
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


def meant(wrong: object, known: Iterable[object]) -> Sentence:
    """` Did you mean "x"?`, or nothing when no known word is near."""
    near = difflib.get_close_matches(str(wrong), [str(word) for word in known], n=1)
    return Sentence(N_(' Did you mean "{word}"?'), word=near[0]) if near else Sentence("")


def one_of(known: Iterable[object]) -> str:
    """The allowed values as a list."""
    return ", ".join(f'"{value}"' for value in known)


def _problem(
    fault: ErrorDetails, loc: tuple[int | str, ...], is_choice: bool, values: Mapping[str, Any]
) -> Sentence:
    found = fault["input"]
    kind, context = fault["type"], fault.get("ctx", {})
    if is_choice:
        whole: Any = values
        for part in loc:
            whole = _inside(whole, part)
        needed = Sentence(N_('"all" or a list of codes is allowed'))
        return Sentence(_DOES_NOT_FIT, found=shown(whole), needed=needed)
    if kind == "missing":
        return Sentence(N_("is missing. Add it."))
    if kind == "extra_forbidden":
        known = _keys_at(loc[:-1])
        near = meant(loc[-1], known)
        told = N_("hall.toml has no such key.{meant} Allowed here: {allowed}")
        return Sentence(told, meant=near, allowed=", ".join(known))
    if kind in ("enum", "literal_error"):
        allowed = [part.strip("' ") for part in str(context["expected"]).replace(" or ", ",").split(",")]
        told = N_("{found} is not allowed.{meant} Allowed: {allowed}")
        return Sentence(told, found=shown(found), meant=meant(found, allowed), allowed=one_of(allowed))
    return Sentence(_DOES_NOT_FIT, found=shown(found), needed=rule(fault))


_DOES_NOT_FIT = N_("{found} does not fit: {needed}")


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
