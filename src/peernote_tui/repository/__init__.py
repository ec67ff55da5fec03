"""Models to SQL and back: migrations, unit of work, one repository per aggregate."""
