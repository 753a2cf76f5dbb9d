"""Characters of a page → runs: whatever pdfium tells of them, each is in a run, counted as left out, or a repeat."""

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.reading.pdf.characters import Characters, View, characters_of
from extractor.reading.pdf.fonts import one_glyph_font
from extractor.reading.pdf.pdfium_calls import _CHUNK, _Slots

EM = 12.0
PAGE = View((0.0, 0.0, 600.0, 800.0), 0)


class Told:
    """Stands for pdfium's text page: codes on one line, an em apart, but for what a test changes."""

    def __init__(self, codes: list[int], *, height: float = EM, unmapped: Iterable[int] = (), angle: int = 0) -> None:
        self.codes = np.array(codes, np.int64)
        self.height, self.missing, self.angle = height, set(unmapped), angle
        self.lefts = 50.0 + EM * np.arange(len(codes), dtype=np.float64)
        self.feet = np.full(len(codes), 700.0)

    def boxes(self, places: list[int], *, tight: bool = False) -> np.ndarray:
        left, foot = self.lefts[places], self.feet[places]
        return np.stack((left, foot + 0.88 * self.height, left + EM, foot - 0.12 * self.height), axis=1)

    def origins(self, places: list[int]) -> np.ndarray:
        return np.stack((self.lefts[places], self.feet[places]), axis=1)

    def generated(self, places: Iterable[int]) -> list[bool]:
        return [False for _ in places]

    def unmapped(self, places: Iterable[int]) -> list[bool]:
        return [place in self.missing for place in places]

    def degrees(self, place: int) -> int:
        return self.angle

    def is_red(self, place: int) -> bool:
        return True


def found(told: Told, *, coloured: bool = False) -> Characters:
    return characters_of(told, told.codes, PAGE, coloured=coloured)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("codes", "text", "unmapped"),
    [
        ([0x4E00, 0x3001], "一、", 0),
        # 𠮷: two halves, one character
        ([0x4E00, 0xD842, 0xDFB7, 0x4E8C], "一𠮷二", 0),
        ([0xD842, 0x4E00], "\ufffd一", 1),
        ([0x4E00, 0xDFB7], "一\ufffd", 1),
        ([0xD842, 0xD842, 0xDFB7], "\ufffd𠮷", 1),
        ([0xDFB7], "\ufffd", 1),
        # a hyphen at the end of a line, a tab, a control character, a noncharacter
        ([0x61, 2], "a-", 0),
        ([0x61, 0xFFFE, 0x62], "a-b", 0),
        ([0x61, 9, 0x62], "a b", 0),
        ([0x61, 7, 0xFFFF], "a\ufffd\ufffd", 2),
        # line breaks are pdfium's own
        ([0x4E00, 13, 10], "一", 0),
    ],
)
def test_codes_become_characters(codes: list[int], text: str, unmapped: int) -> None:
    made = found(Told(codes))
    assert ("".join(run.text for run in made.runs), made.unmapped) == (text, unmapped)


def test_a_code_of_one_byte_without_meaning_is_told_not_guessed() -> None:
    made = found(Told([0x4E00, 0x41, 0x42], unmapped=[1]))
    assert ([run.text for run in made.runs], made.unmapped) == (["一\ufffdB"], 1)


def test_spaces_at_the_ends_of_a_run_are_left_out_with_their_rectangles() -> None:
    (run,) = found(Told([0x20, 0x3000, 0x4E00, 0x20, 0x4E8C, 0xA0])).runs
    assert (run.text, len(run.boxes), run.x0, run.x1) == ("一 二", 3, 74.0, 110.0)


def test_a_wide_gap_and_another_line_begin_a_run() -> None:
    told = Told([0x4E00, 0x4E8C, 0x4E09, 0x56DB])
    told.lefts[2:] += 2 * EM
    told.feet[3:] -= 20
    assert [run.text for run in found(told).runs] == ["一二", "三", "四"]


def test_a_letter_drawn_twice_to_look_bold_is_read_once() -> None:
    told = Told([0x4E00, 0x4E00, 0x4E8C, 0x4E8C])
    told.lefts = np.array([50.0, 50.3, 62.0, 62.3])
    assert [run.text for run in found(told).runs] == ["一二"]
    # the same letter at its own place is another letter
    assert [run.text for run in found(Told([0x4E00, 0x4E00])).runs] == ["一一"]


def test_slanted_characters_are_counted_and_left_out() -> None:
    made = found(Told([0x4E00, 0x20, 0x4E8C], angle=45))
    assert (made.runs, made.strayed) == ([], 2)


@pytest.mark.parametrize("height", [EM, 100 * EM, 1e7])
def test_a_font_that_tells_an_impossible_height_changes_nothing(height: float) -> None:
    (run,) = found(Told([0x4E00, 0x31, 0x32, 0x4E8C], height=height)).runs
    assert run.size == pytest.approx(EM)
    assert (run.top, run.bottom) == pytest.approx((100 - 0.88 * EM, 100 + 0.12 * EM), abs=1e-3)


def test_colour_is_asked_for_where_it_matters() -> None:
    told = Told([0x4E00])
    assert [run.red for made in (found(told), found(told, coloured=True)) for run in made.runs] == [False, True]


@given(
    st.lists(
        st.tuples(
            st.one_of(st.integers(0, 0xFFFF), st.sampled_from((0x20, 0x31, 0x4E00, 0xD842, 0xDFB7, 10))),
            st.floats(-700, 700),
            st.sampled_from((0.0, 0.5, -20.0, 300.0)),
        ),
        max_size=40,
    ),
    st.integers(0, 3),
)
def test_every_character_has_a_rectangle_and_none_is_made_up(drawn: list[tuple[int, float, float]], turn: int) -> None:
    told = Told([code for code, _, _ in drawn])
    told.lefts += [x for _, x, _ in drawn]
    told.feet += [y for _, _, y in drawn]
    made = characters_of(told, told.codes, View((0.0, 0.0, 600.0, 800.0), turn), coloured=False)  # type: ignore[arg-type]
    for run in made.runs:
        assert run.boxes.shape == (len(run.text), 4)
        assert run.text == run.text.strip(" \u3000\xa0")
        assert not any(0xD800 <= ord(char) < 0xE000 for char in run.text)
        assert (run.boxes[:, 0] <= run.boxes[:, 2]).all()
        assert (run.boxes[:, 1] <= run.boxes[:, 3]).all()
        assert (run.top <= run.boxes[:, 1]).all()
    kept = sum(len(run.text) for run in made.runs)
    assert kept + made.strayed <= len(drawn)


def test_what_pdfium_does_not_tell_is_zero_and_not_what_it_told_before() -> None:
    slots = _Slots("float", 2)
    count = _CHUNK + 1
    firsts, seconds = slots.take(count)
    for first, second in zip(firsts, seconds, strict=True):
        first[0], second[0] = 7.0, float("nan")
    told = [1] * count
    told[3] = 0
    rows = slots.rows(told, "f4")
    assert rows.shape == (count, 2)
    assert rows[3].tolist() == [0.0, 0.0]
    assert rows[-1].tolist() == [7.0, 0.0]
    assert slots.rows([], "f4").shape == (0, 2)


def test_our_font_is_a_font_and_draws_nothing_that_could_be_seen() -> None:
    from io import BytesIO

    from PIL import ImageFont

    font = ImageFont.truetype(BytesIO(one_glyph_font()), 33)
    for char in "一A·\U00020bb7":
        assert font.getlength(char) == 33
        assert max(bytes(font.getmask(char))) < 20
