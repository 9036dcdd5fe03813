"""Layouts: Jinja templates and stylesheets, read through the door, the site's own before ours."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from pipeline.files import Files
from pipeline.problems import BuildError, Problem


class _Layouts(BaseLoader):
    """Jinja's loader over `Files.layout`."""

    def __init__(self, files: Files) -> None:
        self.files = files

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        try:
            return self.files.layout(template).decode("utf-8"), f"layouts/{template}", None
        except FileNotFoundError:
            raise TemplateNotFound(template) from None


def fill(files: Files, name: str, **context: object) -> str:
    """Return the template `name` filled in; text is escaped, `Markup` values are not.

    Raises BuildError with the template's file and line.
    """
    environment = SandboxedEnvironment(
        loader=_Layouts(files),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    try:
        return environment.get_template(name).render(context)
    except TemplateSyntaxError as error:
        raise _broken(error, error.filename or f"layouts/{name}", error.lineno) from error
    except TemplateError as error:
        raise _broken(error, f"layouts/{name}", None) from error


def _broken(error: TemplateError, path: str, line: int | None) -> BuildError:
    return BuildError(
        Problem("layout", "error", f"{error.message or error}", path, line, "Mend the template.")
    )


def styles(files: Files, *names: str) -> str:
    """Return the stylesheets layouts/styles/NAME.css in one text, in the order given."""
    return "\n".join(files.layout(f"styles/{name}.css").decode("utf-8") for name in names)
