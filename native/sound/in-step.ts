/** Two streams side by side, in pieces of the same length, as long as both go on. */
export async function* inStep(
  one: AsyncGenerator<Float32Array>,
  other: AsyncGenerator<Float32Array>,
): AsyncGenerator<readonly [Float32Array, Float32Array]> {
  let [a, b] = [new Float32Array(0), new Float32Array(0)];
  try {
    for (;;) {
      if (a.length === 0) {
        const next = await one.next();
        if (next.done) return;
        a = Float32Array.from(next.value);
      }
      if (b.length === 0) {
        const next = await other.next();
        if (next.done) return;
        b = Float32Array.from(next.value);
      }
      const count = Math.min(a.length, b.length);
      yield [a.subarray(0, count), b.subarray(0, count)];
      a = a.subarray(count);
      b = b.subarray(count);
    }
  } finally {
    await one.return(undefined);
    await other.return(undefined);
  }
}
