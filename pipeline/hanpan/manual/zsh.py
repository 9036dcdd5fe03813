"""Completion for zsh, by its `_arguments`."""

from __future__ import annotations

import re

from hanpan.manual.outline import Argument, Command, CommandLine

_HEAD = r"""#compdef hanpan
# Completion of hanpan for zsh, as `hanpan completion zsh` prints it: a file `_hanpan` in a
# folder of $fpath, or `source <(hanpan completion zsh)` behind compinit.

_hanpan() {
    local curcontext="$curcontext" state state_descr line
    typeset -A opt_args
"""
_ALONE = "(- *)"  # nothing else goes with it
_TAIL = r"""
if [ "$funcstack[1]" = _hanpan ]; then
    _hanpan "$@"
else
    compdef _hanpan hanpan
fi
"""


def zsh_completion(line: CommandLine) -> str:
    """Return the script."""
    whole = [_option(option) for option in line.options]
    lines = [_HEAD + "    _arguments -C \\"]
    lines += [f"        {spec} \\" for spec in whole]
    lines += ["        '1:command:->command' \\", "        '*::argument:->argument'"]
    lines += ["    case $state in", "    command)", "        local -a commands=("]
    lines += [
        f"            {_quote(command.name + ':' + command.purpose)}" for command in line.commands
    ]
    lines += ["        )", "        _describe command commands", "        ;;", "    argument)"]
    lines += ["        case $line[1] in"]
    for command in line.commands:
        lines += [f"        {command.name})", *_command(command), "            ;;"]
    return "\n".join([*lines, "        esac", "        ;;", "    esac", "}"]) + _TAIL


def _command(command: Command) -> list[str]:
    specs = [_option(option) for option in command.options]
    specs += [_positional(number, each) for number, each in enumerate(command.positionals, 1)]
    lines = [f"                {spec} \\" for spec in specs]
    lines[-1] = lines[-1].removesuffix(" \\")
    return ["            _arguments -s \\", *lines]


def _option(option: Argument) -> str:
    names = option.options
    ends = _ALONE if "--help" in names or "--version" in names else f"({' '.join(names)})"
    described = f"[{_plain(option.help)}]"
    value = f":{_plain(option.placeholder)}:{_action(option)}" if option.takes_value else ""
    # `--edition=pdf` and `--edition pdf`
    forms = [f"{name}=" if value and name.startswith("--") else name for name in names]
    if len(forms) == 1:
        return _quote(f"{ends if ends == _ALONE else ''}{forms[0]}{described}{value}")
    return f"{_quote(ends)}{{{','.join(forms)}}}{_quote(described + value)}"


def _positional(number: int, argument: Argument) -> str:
    place = "*" if argument.is_repeated else f"{number}"
    return _quote(f"{place}:{_plain(argument.help)}:{_action(argument)}")


def _action(argument: Argument) -> str:
    """Return what completes a value."""
    values = " ".join(argument.values)
    if argument.own:
        return f"compadd -- {values} {argument.own}/*.toml(N:t:r)"
    if argument.is_list:
        return f"_sequence compadd - {values}"
    if values:
        return f"({values})"
    if argument.kind:
        return "_files -/" if argument.kind == "folder" else "_files"
    return " "


def _plain(text: str) -> str:
    """Return a text in which nothing has a meaning to `_arguments`."""
    return re.sub(r"([\[\]:\\])", r"\\\1", text)


def _quote(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
