"""Two-sided geometric noise after Canonne, Kamath and Steinke (arXiv 2004.00010, section 5), over recorded bytes.

Written from the paper and from trends.md alone, beside src/trends/noise.ts and not after it. It prints geometric.json, which
the sampler there replays draw for draw and byte for byte:

    python3 test/vectors/geometric.py > test/vectors/geometric.json
"""

import json
import random
from fractions import Fraction

EPSILONS = [Fraction(7, 20), Fraction(13, 20), Fraction(1), Fraction(1, 10), Fraction(3)]
DRAWS = 250


class Tape:
    """A seeded source of bytes that remembers what was read since it was last asked."""

    def __init__(self, seed):
        self.source = random.Random(seed)
        self.read = b""

    def bytes(self, count):
        got = self.source.randbytes(count)
        self.read += got
        return got

    def cut(self):
        read, self.read = self.read, b""
        return read


def uniform(n, tape):
    """{0, ..., n-1}: the fewest whole bytes, big-endian, excess high bits cleared, again while out of range."""
    if n == 1:
        return 0
    width = (n - 1).bit_length()
    while True:
        candidate = int.from_bytes(tape.bytes((width + 7) // 8), "big") % 2**width
        if candidate < n:
            return candidate


def flip(p, tape):
    """Bernoulli(p) for a rational p, which Fraction keeps in lowest terms."""
    return uniform(p.denominator, tape) < p.numerator


def flip_exp(gamma, tape):
    """Algorithm 1 for gamma in [0, 1]: Bernoulli(exp(-gamma))."""
    assert 0 <= gamma <= 1
    k = 1
    while flip(gamma / k, tape):
        k += 1
    return k % 2 == 1


def laplace(epsilon, tape):
    """Algorithm 2: Lap_Z(t/s) with s/t = epsilon."""
    s, t = epsilon.numerator, epsilon.denominator
    while True:
        u = uniform(t, tape)
        if not flip_exp(Fraction(u, t), tape):
            continue
        v = 0
        while flip_exp(Fraction(1), tape):
            v += 1
        magnitude = (u + t * v) // s
        minus = flip(Fraction(1, 2), tape)
        if not (minus and magnitude == 0):
            return -magnitude if minus else magnitude


def case(epsilon):
    tape = Tape(f"gundo geometric {epsilon}")
    draws = [{"value": laplace(epsilon, tape), "bytes": tape.cut().hex()} for _ in range(DRAWS)]
    return {"numerator": epsilon.numerator, "denominator": epsilon.denominator, "draws": draws}


def main():
    lines = ",\n".join(json.dumps(case(epsilon), separators=(",", ":")) for epsilon in EPSILONS)
    print(f'{{"source":"test/vectors/geometric.py","cases":[\n{lines}\n]}}')


main()
