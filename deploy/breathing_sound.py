"""Makes the sound that goes with "Steady first": a soft tone that rises for four seconds and falls for six, six times.

    python3 deploy/breathing_sound.py content_pages/static/content_pages/sounds/steady_breath.wav

Standard library alone, nothing random: the same file each time. One channel of eight bits at 8,000 Hz plays in every
browser and stays under 500 kB for its minute.
"""

import math
import sys
import wave
from collections.abc import Iterator

RATE, BREATHS, IN_S, OUT_S = 8_000, 6, 4, 6
LOW_HZ, HIGH_HZ = 147.0, 220.0  # D3 to A3: low enough for the speaker of a telephone to stay soft
OVERTONES = ((1, 0.62), (2, 0.2), (3, 0.06))
LOUDEST = 0.7


def rise(second: float) -> float:
    """Return how far into a breath a moment is: 0 at either end, 1 at the top."""
    part = second / IN_S if second < IN_S else 1 - (second - IN_S) / OUT_S
    return (1 - math.cos(math.pi * part)) / 2


def samples() -> Iterator[int]:
    """Yield each sample, 0 to 255 with silence at 128."""
    turn = 0.0
    for number in range(RATE * BREATHS * (IN_S + OUT_S)):
        height = rise(number / RATE % (IN_S + OUT_S))
        turn += (LOW_HZ + (HIGH_HZ - LOW_HZ) * height) / RATE
        tone = sum(share * math.sin(2 * math.pi * turn * times) for times, share in OVERTONES)
        yield round(128 + 127 * LOUDEST * tone * (0.08 + 0.92 * height))


def main(path: str) -> None:
    """Write the file."""
    with wave.open(path, "wb") as file:
        file.setparams((1, 1, RATE, 0, "NONE", "not compressed"))
        file.writeframes(bytes(samples()))


if __name__ == "__main__":
    main(sys.argv[1])
