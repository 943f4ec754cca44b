"""Read the lines of an HWPX or HWP 5 document, in a separate process with limits."""

import json
import logging
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from gwonseon.bounded import run_bounded
from plans.documents.errors import DocumentError

log = logging.getLogger(__name__)

PROGRAM = Path(__file__).with_name("program.py")
# The first bytes of files that are no text: their format, or why they are refused.
FORMATS = {b"PK\x03\x04": "HWPX", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "HWP"}
REFUSED = {b"HWP Document File V": "old", b"%PDF-": "pdf", b"PK\x05\x06": "zip"}
LINE_BREAK = "\u2028"
INDENT = "  "
# Limits for reading one document: seconds of CPU time, bytes of memory, bytes unpacked, letters,
# seconds of the clock. 3,000 paragraphs and a table of 2,400 cells take 1 second and 80 MB. The
# last one only stops a process that hangs.
MOST_SECONDS = 5
MOST_BYTES = 200 * 2**20
MOST_UNPACKED = 100 * 2**20
MOST_LETTERS = 5_000_000
MOST_WAITING = 30.0

LOCKED = "암호가 걸린 한글 문서입니다. 한글에서 암호를 풀고 다시 저장해 주세요."
DAMAGED = "깨져서 읽을 수 없는 문서입니다. 한글에서 열어 HWPX로 다시 저장해 주세요."
LARGE = "풀면 너무 커지는 문서입니다. 한글에서 그림과 붙임을 지우고 다시 저장해 주세요."
# By the reason that the process names, or that the first bytes say.
SENTENCES = {
    "password": LOCKED,
    "hwp5-password": LOCKED,
    "hwp5-distribution": (
        "배포용 한글 문서라 글을 꺼낼 수 없습니다. 배포용으로 만들기 전의 문서를 골라 주세요."
    ),
    "hwp5-drm": "보안(DRM)이 걸린 한글 문서입니다. 보안을 풀고 다시 저장해 주세요.",
    "hwp5-not-hwp5": (
        "한글 문서가 아닌 오피스 파일입니다. 한글에서 열어 HWPX로 저장한 뒤 골라 주세요."
    ),
    "hwp5-version-unsupported": "너무 오래된 한글 문서입니다. 한글에서 HWPX로 다시 저장해 주세요.",
    "hwp5-limit-exceeded": LARGE,
    "large": LARGE,
    "old": "한글 97 이전의 문서입니다. 한글에서 열어 HWPX로 다시 저장해 주세요.",
    "office": "워드나 엑셀 같은 오피스 문서입니다. 한글에서 열어 HWPX로 저장한 뒤 골라 주세요.",
    "zip": "한글 문서가 아닌 압축 파일입니다. 압축을 풀고 HWPX나 HWP 파일을 골라 주세요.",
    "pdf": "PDF 파일은 읽을 수 없습니다. 한글 원본을 HWPX나 HWP 파일로 골라 주세요.",
}


def format_of(data: bytes) -> str:
    """Return `HWPX` or `HWP` if the first bytes say so, and an empty string for text.

    Raises DocumentError if they say that it is a document of another kind.
    """
    for start, reason in REFUSED.items():
        if data.startswith(start):
            raise DocumentError(SENTENCES[reason])
    return next((name for start, name in FORMATS.items() if data.startswith(start)), "")


def read_lines(data: bytes) -> list[str]:
    """Return the lines of a document: its paragraphs, divided at their line breaks.

    A line after a break is indented, because it continues its paragraph. Raises DocumentError if
    the document cannot be read.
    """
    found = in_a_process(data)
    if "unreadable" in found:
        raise DocumentError(SENTENCES.get(found["unreadable"], DAMAGED))
    return [line for paragraph in found["paragraphs"] for line in lines_of(paragraph)]


def in_a_process(data: bytes) -> dict[str, Any]:
    """Return the answer of the process that reads a document; raise DocumentError if it fails."""
    limits = (MOST_SECONDS, MOST_BYTES, MOST_UNPACKED, MOST_LETTERS)
    with TemporaryFile() as copy, suppress(subprocess.TimeoutExpired):
        copy.write(data)
        copy.seek(0)
        done = run_bounded(str(PROGRAM), *limits, file=copy, seconds=MOST_WAITING)
        if done.returncode == 0:
            return json.loads(done.stdout)
        log.warning("reading a document ended with %s", done.returncode)
    raise DocumentError(LARGE)


def lines_of(paragraph: str) -> list[str]:
    """Return a paragraph's lines, all but the first indented."""
    first, *others = paragraph.split(LINE_BREAK)
    return [first, *(line if line[:1].isspace() else INDENT + line for line in others)]
