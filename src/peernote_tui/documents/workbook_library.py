"""openpyxl, reading XML with the standard library's parser behind defusedxml.

It would take lxml where that is installed, as Word documents need it; what a foreign workbook may do and how its
faults are told must not hang on that.
"""

from __future__ import annotations

import os

os.environ["OPENPYXL_LXML"] = "False"

import openpyxl

__all__ = ["openpyxl"]
