"""Conservation: what an author wrote is looked for in what was made of it (issue 14).

Words are compared as runs of letters and digits: neither blanks nor punctuation, whose form is the
dialect's and the typesetter's, can hide a loss or make one up. `authored` knows which words a post
has, `shown` which a tree shows, `losses` which of the first are not among the second. A document's
`inventory` is what each edition is compared with: words, tables, pictures, formulas.
"""

from __future__ import annotations

from hanpan.conservation.compare import without
from hanpan.conservation.editions import Fault, find_faults, report_faults
from hanpan.conservation.inventory import Inventory, TableSize, take_inventory
from hanpan.conservation.losses import Passage
from hanpan.conservation.report import report_losses
from hanpan.conservation.shown import Shown, shown_in

__all__ = [
    "Fault",
    "Inventory",
    "Passage",
    "Shown",
    "TableSize",
    "find_faults",
    "report_faults",
    "report_losses",
    "shown_in",
    "take_inventory",
    "without",
]
