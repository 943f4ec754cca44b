"""Read the lines of a plan's document from a file of text, HWPX or HWP; errors are one sentence."""

import re
from dataclasses import dataclass
from pathlib import Path

from gwonseon.size_limits import LARGEST_DOCUMENT, MEBIBYTE
from plans.documents.errors import DocumentError
from plans.documents.hangul import reading as hangul

MOST_LINES = 10_000
LONGEST_LINE = 2_000
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# Text in CP949 has at least this share of Korean among its characters outside of ASCII. Bytes with
# less are in another encoding.
LEAST_KOREAN = 0.7

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
KOREAN = re.compile(r"[가-힣ㄱ-ㆎ□■○●◇◆▶▷△▲※☆★→「」『』〈〉《》【】“”‘’·…–—－∼～㎡㎥㎍℃①-⑮Ⅰ-Ⅻ]")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True)
class SourceDocument:
    """A document's lines without their line ends, and what it was read as: `UTF-8`, `HWPX`."""

    lines: list[str]
    read_as: str


def read_document(path: Path) -> SourceDocument:
    """Read a plan's file. Raise DocumentError if it cannot be read."""
    return document_of(read_bytes(path), path.name)


def document_of(data: bytes, name: str) -> SourceDocument:
    """Return the document in a file's bytes: HWPX, HWP 5, or text in UTF-8 or CP949.

    The bytes say which one, not the file's name. Raises DocumentError if it cannot be read.
    """
    if read_as := hangul.format_of(data):
        lines = hangul.read_lines(data)
    else:
        text, read_as = decode(data)
        lines = re.split(r"\r\n|\r|\n", text)
    if len(lines) > MOST_LINES:
        raise DocumentError(f"{name}이(가) {MOST_LINES:,}줄보다 깁니다. 계획의 글만 담아 주세요.")
    for number, line in enumerate(lines, start=1):
        check_line(number, line)
    if not any(line.strip() for line in lines):
        raise DocumentError(f"{name}이(가) 비어 있습니다. 계획의 글이 든 파일을 고르세요.")
    return SourceDocument(lines, read_as)


def read_bytes(path: Path) -> bytes:
    """Return the file's bytes. Raise DocumentError if it is missing or too large."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_DOCUMENT + 1)
    except FileNotFoundError:
        raise DocumentError(f"{path} 파일이 없습니다. 경로를 확인하세요.") from None
    except IsADirectoryError:
        raise DocumentError(f"{path}은(는) 폴더입니다. 계획의 글이 든 파일을 고르세요.") from None
    except OSError as error:
        raise DocumentError(
            f"{path}을(를) 읽을 수 없습니다({error.strerror}). 권한을 확인하세요."
        ) from None
    if len(data) > LARGEST_DOCUMENT:
        raise DocumentError(
            f"{path.name}이(가) {LARGEST_DOCUMENT // MEBIBYTE}MB보다 큽니다. "
            "계획의 글만 담아 주세요."
        )
    return data


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding, UTF-8 or CP949; else raise DocumentError."""
    if data.startswith(UTF16_MARKS):
        raise DocumentError("UTF-16으로 저장된 파일입니다. UTF-8로 다시 저장하세요.")
    if b"\x00" in data:
        raise DocumentError(
            "계획의 글을 읽을 수 없는 파일입니다. HWPX나 HWP, UTF-8 텍스트(.txt)로 저장하세요."
        )
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return decode_cp949(data), "CP949"


def decode_cp949(data: bytes) -> str:
    """Return the text of CP949 bytes; raise DocumentError if it is hardly Korean."""
    refusal = DocumentError("글자 인코딩을 알 수 없습니다. 파일을 UTF-8로 다시 저장하세요.")
    try:
        text = data.decode("cp949")
    except UnicodeDecodeError:
        raise refusal from None
    foreign = NOT_ASCII.findall(text)
    korean = sum(1 for letter in foreign if KOREAN.match(letter) and is_usual(letter))
    if korean < LEAST_KOREAN * len(foreign):
        raise refusal
    return text


def is_usual(letter: str) -> bool:
    """Return whether KS X 1001 has the letter; CP949's other syllables are hardly ever used.

    Python's EUC-KR writes those others as eight bytes.
    """
    return len(letter.encode("euc-kr", "ignore")) == 2  # noqa: PLR2004


def check_line(number: int, line: str) -> None:
    """Raise DocumentError for a line that is too long or has control characters."""
    if len(line) > LONGEST_LINE:
        raise DocumentError(
            f"{number}행이 {len(line):,}자로 너무 깁니다(최대 {LONGEST_LINE:,}자). "
            "줄을 나누어 주세요."
        )
    if found := CONTROL.search(line):
        raise DocumentError(
            f"{number}행에 제어 문자(U+{ord(found[0]):04X})가 있습니다. "
            "지우고 텍스트로 다시 저장하세요."
        )
