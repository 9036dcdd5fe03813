"""Conservation: what an author wrote is looked for in what was made of it (issue 14).

Words are compared as runs of letters and digits: neither blanks nor punctuation, whose form is the
dialect's and the typesetter's, can hide a loss or make one up. `authored` knows which words a post
has, `shown` which a tree shows, `losses` which of the first are not among the second.
"""

from __future__ import annotations

from hanpan.conservation.report import report_losses

__all__ = ["report_losses"]
