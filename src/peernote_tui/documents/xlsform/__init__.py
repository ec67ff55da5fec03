"""XLSForms (xlsform.org), the form files of ODK, KoboToolbox and others, made into templates."""

from __future__ import annotations

from peernote_tui.documents.xlsform.converting import convert_xlsform
from peernote_tui.documents.xlsform.report import Conversion, FormLine

__all__ = ["Conversion", "FormLine", "convert_xlsform"]
