"""Completion for bash, 3.2 (macOS) and newer; nothing of bash-completion is needed."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote

from hanpan.manual.outline import Argument, Command, CommandLine

_HEAD = r"""# Completion of hanpan for bash, as `hanpan completion bash` prints it:
#     eval "$(hanpan completion bash)"

# _hanpan_words WORD...: those that begin with what is typed
_hanpan_words() {
    COMPREPLY=($(compgen -W "$*" -- "$cur"))
}

# _hanpan_list WORD...: the same behind the last comma
_hanpan_list() {
    local before=
    case $cur in *,*) before=${cur%,*},; cur=${cur##*,} ;; esac
    COMPREPLY=($(compgen -P "$before" -W "$*" -- "$cur"))
}

# _hanpan_paths -f|-d: files and folders, or folders alone
_hanpan_paths() {
    local path
    compopt -o filenames 2>/dev/null # bash 3.2 has none
    while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen "$1" -- "$cur")
}

# _hanpan_own FOLDER: the names of the *.toml that a site has there
_hanpan_own() {
    local path
    for path in "$1"/*.toml; do
        [ -e "$path" ] && path=${path##*/} && printf '%s\n' "${path%.toml}"
    done
}

_hanpan() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= number=0 i word
    COMPREPLY=()
    # `--edition=pdf` is three words to bash
    if [ "$cur" = = ]; then
        cur=
    elif [ "$prev" = = ]; then
        prev=${COMP_WORDS[COMP_CWORD-2]}
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        case $command$word in
"""
_MIDDLE = r"""        *=) i=$((i + 1)) ;;
        *) case $word in
            -*) ;;
            *) if [ -z "$command" ]; then command="$word "; else number=$((number + 1)); fi ;;
            esac ;;
        esac
    done
    case $command$prev in
"""
_TAIL = r"""}

complete -F _hanpan hanpan
"""


def bash_completion(line: CommandLine) -> str:
    """Return the script."""
    lines = [*_skipped("", line.options)]
    for command in line.commands:
        lines += _skipped(f"{command.name} ", command.options)
    text = _HEAD + "\n".join(lines) + "\n" + _MIDDLE
    lines = [*_values("", line.options)]
    for command in line.commands:
        lines += _values(f"{command.name} ", command.options)
    lines += ["    esac", "    case $cur in", "    -*)", "        case $command in"]
    lines += [_switches("", line.options)]
    lines += [_switches(f"{command.name} ", command.options) for command in line.commands]
    lines += ["        esac", "        return ;;", "    esac", "    case $command$number in"]
    names = " ".join(command.name for command in line.commands)
    lines += [f"    0) _hanpan_words {names} ;;"]
    for command in line.commands:
        lines += _positionals(command)
    return text + "\n".join([*lines, "    esac", _TAIL])


def _skipped(command: str, options: tuple[Argument, ...]) -> Iterator[str]:
    """Yield the case of options behind which a value stands, which is no argument of its own."""
    names = [name for option in options if option.takes_value for name in option.options]
    if names:
        patterns = "|".join(f"{command.replace(' ', chr(92) + ' ')}{name}" for name in names)
        yield f'        {patterns}) [ "${{COMP_WORDS[i+1]-}}" = = ] || i=$((i + 1)) ;;'


def _values(command: str, options: tuple[Argument, ...]) -> Iterator[str]:
    for option in options:
        if option.takes_value:
            patterns = "|".join(f"{quote(command + name)}" for name in option.options)
            yield f"    {patterns}) {_candidates(option)}return ;;"


def _candidates(argument: Argument) -> str:
    if argument.values or argument.own:
        words = " ".join(map(quote, argument.values))
        own = f" $(_hanpan_own {quote(argument.own)})" if argument.own else ""
        return f"{'_hanpan_list' if argument.is_list else '_hanpan_words'} {words}{own}; "
    if argument.kind:
        return f"_hanpan_paths {'-d' if argument.kind == 'folder' else '-f'}; "
    return ""


def _switches(command: str, options: tuple[Argument, ...]) -> str:
    names = " ".join(name for option in options for name in option.options)
    return f"        {quote(command)}) _hanpan_words {names} ;;"


def _positionals(command: Command) -> Iterator[str]:
    for number, argument in enumerate(command.positionals):
        pattern = f"{command.name}\\ {'*' if argument.is_repeated else number}"
        if candidates := _candidates(argument):
            yield f"    {pattern}) {candidates};;".replace("; ;;", " ;;")
