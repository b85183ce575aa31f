"""The clips: lengths, loudness, voices on one side; and the tools of the recipes that made them."""

import wave
from collections import Counter

import numpy as np
import pytest

from course_tools.data import sound
from shared_utils import data

DIGITS = "zero one two three four five six seven eight nine".split()


@pytest.mark.parametrize(
    "load", [data.load_spoken_words, data.load_spoken_digits, lambda: data.load_trigger_words()[0]]
)
def test_clips_are_short_loud_and_without_silence_around_them(load):
    waves, words, voices, rate = load()
    assert len(waves) == len(words) == len(voices) and rate == 8000
    for one in waves:
        assert one.dtype == np.int16 and 0.2 < len(one) / rate < 1.2
        samples = np.abs(one.astype(int))
        peak = samples.max()
        assert peak > 4000
        assert (samples[:160] < 0.05 * peak).any() and samples[:200].max() > 0.01 * peak


def test_each_real_word_is_spoken_once():
    clips = data.load_spoken_words()
    assert len(set(clips.words)) == len(clips.words) == 125
    assert {*DIGITS, "monday", "december", "a", "z", "zulu", "ninety", "activated"} <= set(clips.words)
    assert data.load_spoken_digits().words == tuple(DIGITS)


def test_trigger_words_are_split_by_voice_and_each_voice_says_the_same():
    train, test = data.load_trigger_words()
    assert (len(set(train.voices)), len(set(test.voices))) == (12, 4)
    assert not set(train.voices) & set(test.voices)
    for clips in (train, test):
        counts = Counter(zip(clips.voices, clips.words, strict=True))
        assert {counts[voice, word] for voice, word in counts if word == "activate"} == {3}
        assert {counts[voice, word] for voice, word in counts if word != "activate"} == {1}
        assert len(set(clips.words)) == 20 and len(clips.waves) == 22 * len(set(clips.voices))


def test_no_clip_occurs_twice():
    clips = [*data.load_trigger_words(), data.load_spoken_words(), data.load_spoken_digits()]
    waves = [one.tobytes() for group in clips for one in group.waves]
    assert len(set(waves)) == len(waves)


def test_activate_is_slow_then_fast():
    train, _ = data.load_trigger_words()
    for voice in set(train.voices):
        said = zip(train.waves, train.words, train.voices, strict=True)
        slow, normal, fast = (len(one) for one, word, who in said if (word, who) == ("activate", voice))
        assert slow > normal > fast


# The tools


def tone(hertz, rate, seconds=1.0):
    return np.rint(20000 * np.sin(2 * np.pi * hertz * np.arange(round(rate * seconds)) / rate)).astype(np.int16)


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 44100])
def test_a_tone_keeps_its_pitch_and_loudness_at_another_rate(rate):
    np.testing.assert_allclose(sound.resampled(tone(440, rate), rate), tone(440, 8000), atol=2)


def test_what_is_too_high_for_the_rate_is_left_out():
    assert np.abs(sound.resampled(tone(6000, 44100), 44100)).max() < 10


def test_the_first_channel_of_a_file_is_read(tmp_path):
    both = np.stack([tone(440, 16000), tone(1000, 16000)], axis=1)
    with wave.open(str(tmp_path / "both.wav"), "wb") as file:
        file.setparams((2, 2, 16000, len(both), "NONE", "not compressed"))
        file.writeframes(both.astype("<i2").tobytes())
    np.testing.assert_allclose(sound.read_wave(tmp_path / "both.wav"), tone(440, 8000), atol=2)


def test_silence_around_a_sound_is_cut_off_but_for_a_margin():
    samples = np.concatenate([np.zeros(1000), tone(440, 8000, 0.5), np.zeros(2000)]).astype(np.int16)
    assert abs(len(sound.trimmed(samples)) - (4000 + 2 * 160)) < 20


def test_a_spectrogram_is_loud_where_the_tone_is():
    shown = sound.spectrogram(tone(1000, 8000))
    assert shown.shape == (101, 98) and (shown.argmax(axis=0) == 1000 // 40).all()


def test_mel_bands_are_triangles_that_add_up_to_one_between_the_outer_tops():
    bands = data.mel_bands()
    assert bands.shape == (20, 129) and bands.min() == 0
    tops = bands.argmax(axis=1)
    assert np.all(np.diff(tops) >= 1) and np.diff(tops)[-1] > 3 * np.diff(tops)[0]
    np.testing.assert_allclose(bands[:, tops[0] + 1 : tops[-1]].sum(axis=0), 1)
    frequencies = np.arange(129) * 8000 / 256
    assert not np.any(bands[:, (frequencies <= 100) | (frequencies >= 3900)])
    np.testing.assert_array_equal(data.mel_bands(number=5, low=0, high=4000).shape, (5, 129))
