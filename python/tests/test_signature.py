"""`signature`: agreement is an estimate of the Jaccard similarity."""

import pytest

import wirecopy


def shingles(text, size):
    words = text.split()
    return {tuple(words[i : i + size]) for i in range(len(words) + 1 - size)}


def test_agreement_estimates_similarity():
    words = [f"w{i}" for i in range(300)]
    one = " ".join(words)
    for shared in (60, 150, 240):
        other = " ".join(words[:shared] + [f"v{i}" for i in range(300 - shared)])
        a, b = shingles(one, 3), shingles(other, 3)
        true = len(a & b) / len(a | b)
        ours = [wirecopy.signature(text, num_perm=1024) for text in (one, other)]
        estimate = sum(x == y for x, y in zip(*ours, strict=True)) / 1024
        assert abs(estimate - true) < 0.06, (shared, true, estimate)


def test_shape_settings_and_seed():
    text = "one two three four five six"
    values = wirecopy.signature(text)
    assert len(values) == 128 and all(0 <= v < 2**32 for v in values)
    assert values == wirecopy.signature("ONE, two; three four five six!")
    assert len(wirecopy.signature(text, num_perm=64)) == 64
    assert values != wirecopy.signature(text, seed=1)
    assert values != wirecopy.signature(text, shingle_size=2)


def test_columns_of_every_library():
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    texts = ["one two three four", None, "", "five six seven"] * 200
    expected = [None if text is None else wirecopy.signature(text, num_perm=16) for text in texts]
    column = wirecopy.signature(pa.array(texts), num_perm=16)
    assert len(column) == 800
    found = pa.array(column)
    assert found.type == pa.list_(pa.field("item", pa.uint32(), nullable=False), 16)
    assert found.to_pylist() == expected
    chunked = pa.chunked_array([texts[:300], texts[300:]])
    assert pa.array(wirecopy.signature(chunked, num_perm=16, threads=3)).equals(found)
    pl = pytest.importorskip("polars", reason="polars is not installed")
    assert pa.array(wirecopy.signature(pl.Series(texts), num_perm=16)).equals(found)


def test_faults_are_told():
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    with pytest.raises(wirecopy.InputError, match="Int64"):
        wirecopy.signature(pa.array([1, 2]))
    with pytest.raises(wirecopy.SettingError, match="num_perm"):
        wirecopy.signature("a b c", num_perm=1)
