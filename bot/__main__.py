"""`python -m bot` is the command `companion`."""

import sys

from bot.cli import main

sys.exit(main())
