"""A command line that does not fit, in words: what is the matter with which word, what is allowed."""

import re
from typing import Any

import typer

from hallq.domain.text import plain
from hallq.i18n import _

_QUOTED = re.compile(r"'(.*?)'")
_IN_BRACKETS = re.compile(r" \((.*)\)$", re.DOTALL)
_LONGEST_WORD = 60


def usage_sentence(error: typer.TyperException) -> str:
    """What is the matter, and where to read more."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "hallq"
    more = _("`{command} --help` shows what there is.").format(command=command)
    return sentences(_problem(error, context), more)


def sentences(first: str, second: str) -> str:
    """Two sentences, one after the other as the language writes them."""
    return _("{first} {second}").format(first=first, second=second)


def _problem(error: typer.TyperException, context: Any) -> str:
    known = getattr(getattr(context, "command", None), "commands", None)
    match type(error).__name__:
        case "NoSuchOption":
            return _unknown_option(error)
        case "MissingParameter":
            return _("{name} is missing.").format(name=_name(error))
        case "BadParameter":
            return _bad_value(error)
        case "BadOptionUsage":
            return _value_or_none(error)
    if known and error.message.startswith("Missing command"):
        return _("Which one? There are: {names}.").format(names=", ".join(known))
    if known and error.message.startswith("No such command"):
        told = _("There is no command {name}. There are: {names}.")
        return told.format(name=_first(_QUOTED, error.message), names=", ".join(known))
    if error.message.startswith("Got unexpected extra"):
        return _("This is too much: {words}.").format(words=_first(_IN_BRACKETS, error.message))
    return error.format_message().rstrip(".") + "."


def _unknown_option(error: Any) -> str:
    sentence = _("There is no option {name}.").format(name=plain(error.option_name, _LONGEST_WORD))
    if error.possibilities:
        near = ", ".join(sorted(error.possibilities))
        return sentences(sentence, _("Did you mean {names}?").format(names=near))
    return sentence


def _bad_value(error: Any) -> str:
    """`hint: what is allowed`; a message of our own is translated already."""
    parameter = error.param
    if parameter is None or error.param_hint is not None:
        return f"{_name(error)}: {error.message}"
    choices = getattr(parameter.type_descriptor, "choices", None)
    least, most = getattr(parameter, "min", None), getattr(parameter, "max", None)
    if choices:
        names = ", ".join(str(getattr(choice, "value", choice)) for choice in choices)
        return _("{name}: this is not allowed. Allowed: {allowed}.").format(name=_name(error), allowed=names)
    if least is not None and most is not None:
        told = _("{name}: a number from {least} to {most} is needed.")
        return told.format(name=_name(error), least=f"{least:g}", most=f"{most:g}")
    if least is not None:
        return _("{name}: a number of at least {least} is needed.").format(
            name=_name(error), least=f"{least:g}"
        )
    return f"{_name(error)}: {error.message}"


def _value_or_none(error: Any) -> str:
    takes_none = error.message.endswith("does not take a value.")
    told = _("{name} takes no value.") if takes_none else _("{name} needs a value.")
    return told.format(name=plain(error.option_name, _LONGEST_WORD))


def _name(error: Any) -> str:
    hint = error.param_hint or (error.param.get_error_hint() if error.param else "")
    return (hint if isinstance(hint, str) else " / ".join(hint)).replace("'", "")


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return plain(found[1] if found else text, _LONGEST_WORD)
