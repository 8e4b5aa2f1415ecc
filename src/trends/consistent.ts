/**
 * Non-negative integers that add up to the noisy total, as near to the noisy figures as such can be (least squares): what a
 * page shows beside the figures themselves. The total is their sum, or 0 below it. What rounding leaves over goes to the
 * first in order, since all remainders are equal.
 */
export function consistent(noisy: readonly number[]): readonly number[] {
  const total = Math.max(
    0,
    noisy.reduce((sum, figure) => sum + figure, 0),
  );
  const kept = keptOf(noisy, total);
  if (kept.length === 0) return noisy.map(() => 0);
  const over = kept.reduce((sum, index) => sum + noisy[index]!, 0) - total;
  const cut = Math.ceil(over / kept.length);
  let left = cut * kept.length - over;
  return noisy.map((figure, index) => {
    if (!kept.includes(index)) return 0;
    return figure - cut + (left-- > 0 ? 1 : 0);
  });
}

// Projection on the simplex: the largest figures, from which one equal cut takes what they have too much, and of which it
// leaves none below zero.
function keptOf(noisy: readonly number[], total: number): readonly number[] {
  const order = noisy.map((_, index) => index).toSorted((a, b) => noisy[b]! - noisy[a]! || a - b);
  let sum = 0;
  let kept = 0;
  for (const [place, index] of order.entries()) {
    sum += noisy[index]!;
    if (noisy[index]! * (place + 1) > sum - total) kept = place + 1;
  }
  return order.slice(0, kept);
}
