"""`python -m bench NAME [ARGUMENT ...]`: hands the arguments to the bench of that name."""

import importlib
import sys

BENCHES = (
    "reading",
    "restoration",
    "extraction",
    "tracing",
    "linking",
    "following",
    "confusions",
    "search",
    "search_quality",
    "web",
    "readers",
    "pictures",
    "faults",
    "scale",
    "peers",
)


def main(arguments: list[str]) -> int:
    """Run the bench named first; return its exit code."""
    if not arguments or arguments[0] not in BENCHES:
        sys.stderr.write(f"usage: ./run bench NAME [ARGUMENT ...], where NAME is one of: {', '.join(BENCHES)}\n")
        return 2
    bench = importlib.import_module(f"bench.{arguments[0]}")
    return int(bench.main(arguments[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
