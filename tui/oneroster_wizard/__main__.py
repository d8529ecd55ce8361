"""`python -m oneroster_wizard` is `oneroster-wizard`."""

from .entry import main

raise SystemExit(main())
