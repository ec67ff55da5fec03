"""Whether two records are of one person: what each thing known of both says, weighed and added up.

The weighing is that of Fellegi and Sunter (1969), "A theory for record linkage": every agreement or disagreement is a
likelihood ratio, how probable it is when the person is the same against when it is another. A rare name says more
than a common one. A few rules stand above the sum, because people of one family have so much in common: another given
name, or a birth date far away, is another person unless an ID says otherwise. Everything here is pure.
"""

from __future__ import annotations

from peernote_tui.domain.sameness.candidates import candidates, commonness_in
from peernote_tui.domain.sameness.commonness import Commonness
from peernote_tui.domain.sameness.judging import Likeness, Verdict, judge, likeness
from peernote_tui.domain.sameness.pairing import Pair, likely_pairs
from peernote_tui.domain.sameness.traits import Traits, joined, traits_of, traits_of_sought

__all__ = [
    "Commonness",
    "Likeness",
    "Pair",
    "Traits",
    "Verdict",
    "candidates",
    "commonness_in",
    "joined",
    "judge",
    "likely_pairs",
    "likeness",
    "traits_of",
    "traits_of_sought",
]
