"""The small language in which a template says what depends on what: `mode = 'phone' and minutes(session) > 15`.

It knows answers, numbers, texts, comparisons, `and`, `or`, `not`, the four kinds of arithmetic and a fixed list of
functions; it cannot loop, store or reach anything outside. What is not answered stays unanswered: a comparison with it
is false, arithmetic with it gives no value, and so does a division by zero.
"""

from __future__ import annotations

from peernote_tui.domain.expressions.evaluating import Rows, Value, evaluate, holds
from peernote_tui.domain.expressions.functions import FUNCTIONS
from peernote_tui.domain.expressions.parsing import Expression, parse

__all__ = ["FUNCTIONS", "Expression", "Rows", "Value", "evaluate", "holds", "parse"]
