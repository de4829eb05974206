"""``python -m aligncheck``, and the program of that name."""

import sys


def run() -> int:
    """Run the command line; an interrupt is quiet even while the command line itself is being loaded."""
    try:
        from aligncheck.cli import main

        return main()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        return 130


if __name__ == "__main__":
    sys.exit(run())
