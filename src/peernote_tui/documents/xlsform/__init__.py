"""XLSForms (xlsform.org), the form files of ODK, KoboToolbox and others, made into templates."""
