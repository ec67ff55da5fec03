"""`python -m peernote_tui`: the same as `peernote`."""

from __future__ import annotations

import sys

from peernote_tui.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
