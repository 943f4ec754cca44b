import random
from collections.abc import Callable
from pathlib import Path

import pytest

from plans.documents.errors import DocumentError
from plans.documents.markers import guess
from plans.documents.notes import SHIPPED
from plans.documents.outline import parse
from plans.documents.reading import read_document

Write = Callable[[bytes], Path]

TEXT = "1 안전 도시\n□ 목표\n- ▶ 과제 : 순찰, 점검\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_bytes(data: bytes) -> Path:
        path = tmp_path / "plan.txt"
        path.write_bytes(data)
        return path

    return write_bytes


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8"),
        (TEXT.encode("cp949"), "CP949"),
        (TEXT.replace("\n", "\r\n").encode(), "UTF-8"),
        (TEXT.replace("\n", "\r").encode(), "UTF-8"),
    ],
)
def test_reads_the_encodings_and_line_ends_in_use(write: Write, data: bytes, encoding: str) -> None:
    document = read_document(write(data))

    assert document.lines[:3] == TEXT.split("\n")[:3]
    assert document.read_as == encoding


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "비어 있습니다"),
        (b"\n \n\t\n", "비어 있습니다"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "읽을 수 없는 파일"),
        (TEXT.encode("utf-16"), "UTF-16"),
        ("□ 安全都市計画の目標と課題について".encode("shift-jis"), "인코딩"),
        ("Žluťoučký kůň úpěl ďábelské ódy".encode("latin2"), "인코딩"),
        (b"\xff" * 50, "인코딩"),
        ("1 축\n□ 목\x07표\n".encode(), "2행에 제어 문자"),
        ("1 축\n□ ".encode() + "가".encode() * 3_000, "2행이 3,002자로 너무 깁니다"),
        (b"a" * 10_000_000, "1행이 10,000,000자로 너무 깁니다"),
        (b"a\n" * 10_001, "10,000줄보다 깁니다"),
        (b"a\n" * 8_000_000, "15MB보다 큽니다"),
    ],
)
def test_other_files_are_refused(write: Write, data: bytes, sentence: str) -> None:
    with pytest.raises(DocumentError, match=sentence) as refusal:
        read_document(write(data))

    assert "\n" not in str(refusal.value)


def test_a_missing_file_and_a_folder_get_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="파일이 없습니다"):
        read_document(tmp_path / "없는.txt")
    with pytest.raises(DocumentError, match="폴더입니다"):
        read_document(tmp_path)


def test_any_damaged_document_is_read_or_gets_one_sentence(write: Write) -> None:
    whole = (SHIPPED / "plan-2021.txt").read_bytes()
    chance = random.Random(2021)
    for _ in range(150):
        broken = bytearray(whole[: chance.randrange(1, len(whole))])
        for _ in range(chance.randint(1, 20)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            lines = read_document(write(bytes(broken))).lines
            outline = parse(lines, guess(lines))
        except DocumentError as error:
            assert "\n" not in str(error)
        else:
            assert outline.lines
