"""Residents' pages on the production server, in requests per second.

Each page is requested cached, not cached, and unchanged (304); compared with a view that returns
the same bytes behind the same middleware, and with a static file. Search pages are never cached.
Good: a cached page reaches 60 % of the bare view.
"""

import json
import statistics
import subprocess
import sys
import urllib.parse
import urllib.request
from collections import defaultdict

from bench import portal

PAGES = {
    "home": "/",
    "pillar": "/2021/pillar/safety/",
    "initiative": "/2021/initiative/crime-patrol/",
    "document": "/2021/plan/",
    "search": "/2021/search/?q=" + urllib.parse.quote("순찰"),
}
# Many short rounds: machines are noisy, and a ratio compares measurements close in time.
ROUNDS = 9
SECONDS = 0.2
LEAST = 0.6
COLUMNS = ["kept", "304", "not kept", "bare view", "static file"]


def main() -> int:
    """Run the benchmark, print a table, and return 1 where a cached page is too slow."""
    with portal.own_engines() as var:
        portal.manage(var, "migrate", "-v0")
        portal.manage(var, "seed")
        portal.manage(var, "collectstatic", "-v0", "--no-input")
        ours = {"DJANGO_SETTINGS_MODULE": "bench.settings"}
        with (
            portal.web_server(var, PAGE_CACHE="1", **ours) as kept,
            portal.web_server(var, PAGE_CACHE="0", **ours) as fresh,
        ):
            found = measure(store_pages(var, fresh), kept, fresh)
    return report(found)


def store_pages(var: portal.Path, port: int) -> dict[str, str]:
    """Store each page's bytes for the bare view, and return the pages' ETags."""
    tags = {}
    for name, path in PAGES.items():
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
            (var / f"{name}.html").write_bytes(answer.read())
            tags[name] = answer.headers["ETag"]
    manifest = json.loads((var / "static" / "staticfiles.json").read_text())
    tags["static"] = manifest["paths"]["parts.css"]
    return tags


Rates = dict[tuple[str, str], list[float]]


def measure(tags: dict[str, str], kept: int, fresh: int) -> Rates:
    """Request every page in every way, alternately, and return the rates of all rounds."""
    found: Rates = defaultdict(list)
    for name, path in PAGES.items():
        ways = {
            "bare view": (kept, f"/bare/{name}/", "200", ""),
            "not kept": (fresh, path, "200", ""),
            "static file": (kept, f"/static/{tags['static']}", "200", ""),
        }
        if name != "search":
            unchanged = f"If-None-Match: {tags[name]}\r\n"
            ways = {"kept": (kept, path, "200", ""), **ways, "304": (kept, path, "304", unchanged)}
        for _round in range(ROUNDS):
            for way, asked in ways.items():
                found[name, way].append(rate(*asked))
    return found


def rate(port: int, path: str, status: str, headers: str) -> float:
    """Return responses per second; raise an error if any has another status."""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}Connection: close\r\n\r\n"
    command = [sys.executable, "-m", "bench.load", str(port), str(SECONDS), request]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result = json.loads(done.stdout)
    if any(line.split()[1] != status for line in result["lines"]):
        raise RuntimeError(f"{path}: {result['lines']}")
    return result["count"] / result["seconds"]


def report(found: Rates) -> int:
    """Print the medians; return 1 if a cached page is below its share of the bare view."""
    print(f"{'requests/s':<12}" + "".join(f"{column:>13}" for column in COLUMNS) + "   kept/bare")
    missed = 0
    for name in PAGES:
        medians = [statistics.median(found.get((name, column), [0])) for column in COLUMNS]
        line = f"{name:<12}" + "".join(f"{one:>13,.0f}" if one else " " * 13 for one in medians)
        if (name, "kept") in found:
            turns = zip(found[name, "kept"], found[name, "bare view"], strict=True)
            ratio = statistics.median(kept / bare for kept, bare in turns)
            missed += ratio < LEAST
            line += f"{ratio:>12.0%}"
        print(line)
    print(f"Good: kept/bare >= {LEAST:.0%}. {'Missed.' if missed else 'Reached.'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
