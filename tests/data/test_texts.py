"""The texts: what each is, no text on both sides, and the property that its task needs."""

import datetime
import re

import numpy as np
import pytest

from shared_utils import data

MONTHS = {
    "en": "jan feb mar apr may jun jul aug sep oct nov dec".split(),
    "fr": "janv févr mars avr mai juin juil août sept oct nov déc".split(),
}
PAIRS = [(data.load_phrase_pairs, (language,), 1538, 385) for language in ("de", "es", "fr", "zh")]
PAIRS += [(data.load_date_pairs, (language,), 5000, 1000) for language in ("en", "fr", "zh")]
PAIRS += [(data.load_verse_pairs, (), 911, 228)]


def folded(texts):
    return {re.sub(r"\W", "", one.lower()) for one in texts}


# Word vectors


def test_word_vectors_are_a_column_a_word_and_the_most_frequent_stand_first():
    words, E = data.load_word_vectors()
    assert (len(set(words)), E.shape, E.dtype) == (10_000, (50, 10_000), np.float32)
    assert words[:5] == ("the", ",", ".", "of", "to")
    assert np.isfinite(E).all() and (np.linalg.norm(E, axis=0) > 1).all()


def test_words_that_mean_alike_have_vectors_that_are_alike():
    words, E = data.load_word_vectors()
    E = E / np.linalg.norm(E, axis=0)
    for word, alike, other in (("cat", "dog", "bank"), ("paris", "france", "seven"), ("three", "four", "music")):
        a, b, c = (E[:, words.index(one)] for one in (word, alike, other))
        assert a @ b > 0.7 > 0.5 > a @ c


def test_every_word_of_an_analogy_has_a_vector_and_no_question_is_asked_twice():
    sections, words = data.load_analogies(), set(data.load_word_vectors().words)
    questions = [question for section in sections.values() for question in section]
    assert len(sections) == 14 and min(map(len, sections.values())) > 50
    assert all(len(set(question)) == 4 and words.issuperset(question) for question in questions)
    assert len(set(questions)) == len(questions) == 6605


# Sentences


def test_sentences_are_labelled_split_alike_and_on_one_side():
    reviews = data.load_sentiment()
    for sentences, Y in ((reviews.x_train, reviews.Y_train), (reviews.x_test, reviews.Y_test)):
        assert (Y.shape, Y.dtype) == ((1, len(sentences)), np.int64)
        assert abs(Y.mean() - 0.514) < 0.001
        assert all(one == " ".join(one.split()) and 1 <= len(one.split()) <= 47 for one in sentences)
    both = [*reviews.x_train, *reviews.x_test]
    assert len(folded(both)) == len(both) == 6948


def test_sentences_are_decoded_as_they_were_written():
    text = " ".join(data.load_sentiment().x_train)
    assert "é" in text and not re.search("[Ãâ€\x80-\x9f]{2}|\ufffd", text)


def test_praise_and_blame_have_the_labels_that_they_sound_like():
    reviews = data.load_sentiment()
    Y = reviews.Y_train[0]
    for word, verdict in (("beautiful", 1), ("wonderful", 1), ("dull", 0), ("boring", 0)):
        rows = [k for k, one in enumerate(reviews.x_train) if word in one.lower()]
        assert len(rows) > 20 and abs(Y[rows].mean() - verdict) < 0.25


# Names, poems, plays


def test_names_are_distinct_latin_words():
    names = data.load_genus_names()
    assert len(set(names)) == len(names) == 3638
    assert all(re.fullmatch("[A-Z][a-z]+", name) for name in names)
    assert {"Tyrannosaurus", "Homo", "Quercus"} <= set(names)


def test_quatrains_are_four_lines_of_five_characters():
    poems = data.load_quatrains()
    assert len(set(poems)) == len(poems) == 3707
    assert all(re.fullmatch("([\u4e00-\u9fff]{5}，[\u4e00-\u9fff]{5}。){2}", poem) for poem in poems)


@pytest.mark.parametrize(
    ("work", "size", "line"),
    [
        ("sonnets", 95_610, "Shall I compare thee to a summer's day?"),
        ("hamlet", 173_160, "To be, or not to be,--that is the question:--"),
    ],
)
def test_shakespeare_is_whole_and_plain(work, size, line):
    text = data.load_shakespeare(work)
    assert len(text) == size and text.isascii() and line in text.split("\n")
    assert "gutenberg" not in text.lower()
    if work == "sonnets":
        assert len(re.findall("^[IVXLC]+$", text, flags=re.MULTILINE)) == 154


def test_unknown_work_lists_the_known_ones():
    with pytest.raises(ValueError, match="hamlet, sonnets"):
        data.load_shakespeare("macbeth")


# Pairs


@pytest.mark.parametrize(("load", "arguments", "m_train", "m_test"), PAIRS)
def test_pairs_are_clean_and_no_source_is_on_both_sides(load, arguments, m_train, m_test):
    pairs = load(*arguments)
    assert [len(side) for side in pairs] == [m_train, m_train, m_test, m_test]
    assert all(one and one == " ".join(one.split()) for side in pairs for one in side)
    assert len(set(pairs.source_train + pairs.source_test)) == m_train + m_test


def test_no_verse_is_on_both_sides_with_other_punctuation():
    pairs = data.load_verse_pairs()
    assert not folded(pairs.source_train) & folded(pairs.source_test)
    assert not folded(pairs.target_train) & folded(pairs.target_test)


def test_phrases_of_all_languages_stand_in_one_order():
    languages = ("de", "es", "fr", "zh")
    phrases = {language: data.load_phrase_pairs(language) for language in languages}
    assert len({pairs.source_train for pairs in phrases.values()}) == 1
    row = phrases["de"].source_train.index("love letter")
    translations = [phrases[language].target_train[row] for language in languages]
    assert translations == ["Liebesbrief", "carta de amor", "lettre d’amour", "情书"]


def test_verses_are_short_and_without_marks():
    pairs = data.load_verse_pairs()
    assert all(
        len(one.split()) <= 10 and not re.search(r"[<>\[\]†*]|[a-zéíóáú][A-Z]|[.,;:!?]\w", one)
        for side in pairs
        for one in side
    )
    assert "Jesus wept." in pairs.source_train + pairs.source_test


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_each_date_is_the_one_that_its_pair_says(language):
    pairs = data.load_date_pairs(language)
    assert not set(pairs.target_train) & set(pairs.target_test)
    for written, iso in zip(
        pairs.source_train + pairs.source_test, pairs.target_train + pairs.target_test, strict=True
    ):
        date = datetime.date.fromisoformat(iso)
        numbers = [int(number) for number in re.findall(r"\d+", written)]
        order = {"en": (date.month, date.day), "fr": (date.day, date.month)}.get(language)
        if language == "zh":
            assert numbers == [date.year, date.month, date.day]
        elif len(numbers) == 3:
            assert numbers == [*order, date.year]
        else:
            assert sorted(numbers) == sorted([date.day, date.year])
            assert MONTHS[language][date.month - 1] in written.lower()


@pytest.mark.parametrize("load", [data.load_phrase_pairs, data.load_date_pairs])
def test_unknown_language_lists_the_known_ones(load):
    with pytest.raises(ValueError, match="only .*fr, zh"):
        load("it")
