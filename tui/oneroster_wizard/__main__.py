"""`python -m oneroster_wizard` is `oneroster-wizard`."""

import sys

from .cli import main

sys.exit(main())
