/** Half-open range of samples at {@link SAMPLE_RATE}, counted from the recording's first picture. */
export interface SampleRange {
  readonly from: number;
  readonly to: number;
}

/** Sorted, disjoint, without empty ranges; ranges that touch become one. */
export function union(ranges: readonly SampleRange[]): SampleRange[] {
  const merged: SampleRange[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    if (to <= from) continue;
    const last = merged[merged.length - 1];
    if (last && from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else merged.push({ from, to });
  }
  return merged;
}

/** What is left of the first when the second is taken out; pieces that only touch stay apart. */
export function without(ranges: readonly SampleRange[], holes: readonly SampleRange[]): SampleRange[] {
  const left: SampleRange[] = [];
  const gone = union(holes);
  let next = 0;
  for (const range of union(ranges)) {
    let { from } = range;
    while (next < gone.length && gone[next]!.to <= from) next++;
    for (let at = next; at < gone.length && gone[at]!.from < range.to; at++) {
      const hole = gone[at]!;
      if (hole.from > from) left.push({ from, to: hole.from });
      from = Math.max(from, hole.to);
    }
    if (from < range.to) left.push({ from, to: range.to });
  }
  return left;
}

export function samplesIn(ranges: readonly SampleRange[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from, 0);
}
