"""A program that sets a report as PDF/UA: it reads JSON from stdin and writes the PDF to stdout.

`python -I typesetting.py SECONDS BYTES` limits its own CPU time and memory, so that no report takes
them from the portal. The JSON's form is in `pdf.py`. A report of one page is set smaller, then its
texts and then its lines are cut, until it fits. It imports nothing of the portal, so that it starts
in a tenth of a second.
"""

import json
import os
import resource
import sys
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import typst

# The exit status of a report that needs more memory. A death by signal means that, or more time.
TOO_LARGE = 3
# Each thread has memory of its own; a machine may have many processors.
THREADS = "2"

TEMPLATE = Path(__file__).with_name("report.typ")
CUT_NOTE = "※ 한 쪽에 담지 못한 내용은 줄였습니다."


class FittingStep(NamedTuple):
    """How a report is made to fit one page: its scale, and the most characters and lines."""

    scale: float
    characters: int
    lines: int


# More than a page can hold.
MOST_CHARACTERS, MOST_LINES = 6000, 100
# The source is never cut to less, as a part of a digest says nothing.
LONGEST_SOURCE = 300
SMALLEST = 0.7
SCALES = [number / 100 for number in range(100, 70, -3)]
LENGTHS = (1000, 500, 300, 200, 150, 120, 100, 80, 60)
# From a report as it is to one that always fits.
STEPS = [
    *(FittingStep(scale, MOST_CHARACTERS, MOST_LINES) for scale in SCALES),
    *(FittingStep(SMALLEST, characters, MOST_LINES) for characters in LENGTHS),
    *(FittingStep(SMALLEST, LENGTHS[-1], lines) for lines in range(MOST_LINES - 1, 0, -1)),
    FittingStep(SMALLEST, 8, 1),
]

Data = dict[str, Any]


def limit(seconds: int, most_bytes: int) -> None:
    """Set this process's limits: seconds of CPU time, bytes of memory, no core dump."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Typesetter:
    """Sets reports with the given fonts only, in a folder that has their pictures."""

    def __init__(self, folder: Path, font_folders: list[str]) -> None:
        self.folder = folder
        self.fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=font_folders
        )

    def compiler(self, data: Data, scale: float = 1) -> typst.Compiler:
        """Return the compiler of a report at a scale."""
        (self.folder / "data.json").write_text(json.dumps(with_lists(data)), encoding="utf-8")
        return typst.Compiler(
            TEMPLATE.read_bytes(),
            root=self.folder,
            font_paths=self.fonts,
            ignore_system_fonts=True,
            sys_inputs={"scale": str(scale)},
        )

    def pdf(self, data: Data, scale: float = 1) -> bytes:
        """Return a report as PDF/UA-1."""
        return self.compiler(data, scale).compile(format="pdf", pdf_standards=["ua-1"])

    def fits(self, data: Data, scale: float) -> bool:
        """Return whether a report has one page."""
        return self.compiler(data, scale).query("<pages>", field="value", one=True) == "1"

    def pdf_of_one_page(self, data: Data) -> bytes:
        """Return a report as PDF/UA-1 on one page, set as large as fits and cut as little."""

        def is_enough(step: FittingStep) -> bool:
            return self.fits(shortened(data, step), step.scale)

        step = STEPS[bisect_left(STEPS, True, hi=len(STEPS) - 1, key=is_enough)]
        return self.pdf(shortened(data, step), step.scale)


def shortened(data: Data, step: FittingStep) -> Data:
    """Return a report with no more characters in a text and no more lines than a step allows."""

    def cut(value: Any) -> Any:
        match value:
            case str() if len(value) > step.characters:
                return " ".join(value.split())[: step.characters - 1].rstrip() + "…"
            case list():
                return [*map(cut, value)]
            case dict():
                return {key: one if key in UNCUT else cut(one) for key, one in value.items()}
        return value

    blocks = [*first_lines(data["blocks"], step.lines)]
    if count_lines(data["blocks"]) > step.lines:
        blocks.append({"kind": "paragraph", "text": CUT_NOTE})
    return cut(data | {"blocks": []}) | {
        "blocks": cut(blocks),
        "source": data["source"][:LONGEST_SOURCE],
    }


# Texts that are no words of the report.
UNCUT = {"kind", "align", "file"}
# The parts of a block that are a line each.
PARTS = {"table": "rows", "chart": "bars"}


def count_lines(blocks: list[Data]) -> int:
    """Return the least number of lines of blocks."""
    return sum(1 + len(block.get(PARTS.get(block["kind"]), ())) for block in blocks)


def first_lines(blocks: list[Data], most: int) -> Iterator[Data]:
    """Yield the blocks that begin within a number of lines, the last one cut."""
    for block in blocks:
        if most <= 0:
            return
        part = PARTS.get(block["kind"])
        yield block | {part: block[part][: most - 1]} if part else block
        most -= count_lines([block])


def with_lists(data: Data) -> Data:
    """Return a report in which bullets that follow each other are lists within lists, as tagged."""
    blocks: list[Data] = []
    open_lists: list[Data] = []
    for block in data["blocks"]:
        if block["kind"] != "bullet":
            open_lists.clear()
            blocks.append(block)
            continue
        while open_lists and open_lists[-1]["depth"] > block["depth"]:
            open_lists.pop()
        if not open_lists or open_lists[-1]["depth"] < block["depth"]:
            inner = {"depth": block["depth"], "parent": -1, "items": []}
            if open_lists:
                inner["parent"] = open_lists[-1]["depth"]
                open_lists[-1]["items"][-1]["lists"].append(inner)
            else:
                blocks.append({"kind": "bullets", "list": inner})
            open_lists.append(inner)
        open_lists[-1]["items"].append({"text": block["text"], "lists": []})
    return data | {"blocks": blocks}


def main() -> None:
    """Set the report."""
    limit(*map(int, sys.argv[1:]))
    os.environ["RAYON_NUM_THREADS"] = THREADS
    data = json.load(sys.stdin)
    setter = Typesetter(Path(data.pop("folder")), data.pop("fonts"))
    content = setter.pdf_of_one_page(data) if data["is_one_page"] else setter.pdf(data)
    sys.stdout.buffer.write(content)


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        sys.exit(TOO_LARGE)
