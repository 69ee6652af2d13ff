import fc from 'fast-check';
import type { Box } from '../../core/geometry/box.ts';
import { sparseKeyframes, type Track } from '../../core/track/track.ts';

export const boxes: fc.Arbitrary<Box> = fc.record({
  x: fc.double({ min: -300, max: 2200, noNaN: true }),
  y: fc.double({ min: -300, max: 1300, noNaN: true }),
  w: fc.double({ min: 4, max: 600, noNaN: true }),
  h: fc.double({ min: 4, max: 600, noNaN: true }),
});

/** A head that wanders, grows and shrinks over 1 to 200 frames. */
export const walks: fc.Arbitrary<{ start: number; boxes: Box[] }> = fc
  .record({
    start: fc.integer({ min: 0, max: 500 }),
    first: boxes,
    steps: fc.array(
      fc.record({
        dx: fc.double({ min: -20, max: 20, noNaN: true }),
        dy: fc.double({ min: -20, max: 20, noNaN: true }),
        grow: fc.double({ min: 0.97, max: 1.03, noNaN: true }),
      }),
      { maxLength: 200 },
    ),
  })
  .map(({ start, first, steps }) => {
    const list = [first];
    for (const { dx, dy, grow } of steps) {
      const last = list[list.length - 1]!;
      list.push({ x: last.x + dx, y: last.y + dy, w: last.w * grow, h: last.h * grow });
    }
    return { start, boxes: list };
  });

export function trackOf(id: string, start: number, list: readonly Box[]): Track {
  return {
    id,
    start,
    end: start + list.length - 1,
    keyframes: sparseKeyframes(start, list, 0.03),
    origin: 'auto',
    bestScore: 1,
    bestFrame: start,
    hits: 1,
  };
}

export const tracks: fc.Arbitrary<Track[]> = fc.array(walks, { minLength: 1, maxLength: 8 }).map((list) =>
  list.map((walk, i) => ({
    ...trackOf(`T${String(i + 1).padStart(3, '0')}`, walk.start, walk.boxes),
    // The second and each second one after it was seen well.
    ...(i % 2 === 1 && { colours: Uint8Array.from({ length: 60 }, (_, at) => (at * 37 + walk.start) & 255) }),
  })),
);
