"""The commands: one module each, with its arguments and its function.

The first line of a module is the command's help. Heavy modules are imported when a command runs:
`hanpan --help` must not load WeasyPrint.
"""

from types import ModuleType

from hanpan.commands import (
    book,
    build,
    cache,
    check,
    clean,
    completion,
    doctor,
    init,
    layouts,
    man,
    merge,
    new,
    pages,
    preview,
    publish,
    schema,
    show,
    vendor,
)

COMMANDS: tuple[ModuleType, ...] = (
    init, build, book, merge, preview, check, show, new, vendor, publish, pages, layouts, cache,
    clean, doctor, completion, man, schema,
)  # fmt: skip
