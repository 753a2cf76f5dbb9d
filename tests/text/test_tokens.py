"""The dictionary is read as jieba reads it, and nothing of it is kept on the machine."""

from pathlib import Path

import jieba
import pytest

from extractor.text.tokens import Tokens


def test_the_dictionary_is_jiebas() -> None:
    tokenizer = jieba.Tokenizer()
    frequencies, total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    mine = Tokens()._tokenizer
    assert (mine.FREQ, mine.total) == (frequencies, total)


def test_no_cache_is_written_or_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home = tmp_path / "home"
    for name in ("HOME", "XDG_CACHE_HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(home))
    home.mkdir()
    planted = home / "jieba.cache"
    planted.write_bytes(b"not marshalled")
    assert [word.text for word in Tokens().cut("发放宣传资料")] == ["发放", "宣传", "资料"]
    assert [path.name for path in home.rglob("*")] == ["jieba.cache"]
