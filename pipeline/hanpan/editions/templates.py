"""Layouts: Jinja templates and stylesheets, read through the door, the site's own before ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from traceback import walk_tb

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from hanpan.assets.stylesheets import USER_STYLES
from hanpan.editions.title_text import direction, in_languages
from hanpan.files import Files
from hanpan.problems import BuildError, Problem

_KOREAN_MARKS = re.compile(r"list-style-type: ?(?:hangul|circled|korean)")


class _Layouts(BaseLoader):
    """Jinja's loader over the door of the page that is being filled in."""

    def __init__(self) -> None:
        self.files: Files | None = None

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        text = self._read(template)
        return text, f"layouts/{template}", lambda: self._read(template) == text

    def _read(self, name: str) -> str:
        """Read a template; also when it is compiled already, so that the read is remembered."""
        assert self.files is not None
        try:
            return self.files.layout(name).decode("utf-8")
        except FileNotFoundError:
            raise TemplateNotFound(name) from None


# One a process: compiling a template takes longer than filling it in.
_layouts = _Layouts()
_environment = SandboxedEnvironment(
    loader=_layouts,
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

_environment.filters |= {"in_languages": in_languages, "direction": direction}


def fill(files: Files, name: str, /, **context: object) -> str:
    """Return the template `name` filled in; text is escaped, `Markup` values are not.

    Raises BuildError with the template's file and line.
    """
    _layouts.files = files
    try:
        return _environment.get_template(name).render(context)
    except TemplateSyntaxError as error:
        raise _layout_error(error, error.filename or f"layouts/{name}", error.lineno) from error
    except TemplateError as error:
        raise _layout_error(error, f"layouts/{name}", _line_in(error, f"layouts/{name}")) from error
    finally:
        _layouts.files = None


def _line_in(error: TemplateError, path: str) -> int | None:
    """Return the line of the template at which filling it in failed: Jinja keeps it in traces."""
    trace = walk_tb(error.__traceback__)
    lines = [line for frame, line in trace if frame.f_code.co_filename == path]
    return lines[-1] if lines else None


def _layout_error(error: TemplateError, path: str, line: int | None) -> BuildError:
    return BuildError(
        Problem("layout", "error", f"{error.message or error}", path, line, "Fix the template.")
    )


def list_marks(body: str) -> tuple[str, ...]:
    """Return the name of the stylesheet of Korean list marks, where a body uses one."""
    return ("list-marks",) if _KOREAN_MARKS.search(body) else ()


def styles(files: Files, *names: str) -> str:
    """Return the stylesheets layouts/styles/NAME.css in one text, with what the site adds."""
    return layout_text(files, *(f"styles/{name}.css" for name in names)) + user_styles(files)


def user_styles(files: Files) -> str:
    """Return the site's layouts/styles/user.css, which is the last word; "" where there is none."""
    try:
        return f"\n{files.layout(USER_STYLES).decode('utf-8', errors='replace')}\n"
    except FileNotFoundError:
        return ""


def layout_text(files: Files, *names: str) -> str:
    """Return layout files in one text, in the order given."""
    return "\n".join(files.layout(name).decode("utf-8") for name in names)
