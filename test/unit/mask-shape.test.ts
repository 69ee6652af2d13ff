import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SHAPES, shareUnder } from '../../core/plan/mask-shape.ts';
import type { Mask } from '../../core/plan/masks.ts';
import { paint, samplePalette } from '../../native/pixels/paint.ts';

const WIDTH = 160;
const HEIGHT = 120;
const shapes = fc.constantFrom<Mask['shape']>('head', 'body', 'rectangle');
const masks = fc
  .record({
    shape: shapes,
    x: fc.double({ min: -40, max: 150, noNaN: true }),
    y: fc.double({ min: -40, max: 110, noNaN: true }),
    w: fc.double({ min: 4, max: 220, noNaN: true }),
    h: fc.double({ min: 4, max: 220, noNaN: true }),
  })
  .map(({ shape, x, y, w, h }): Mask => {
    const bounds = { x, y, w, h };
    return { trackId: 'T001', shape, bounds, head: bounds };
  });

/** A frame of one grey level, with the mask painted on it. */
function painted(mask: Mask, grey: number): Uint8Array {
  const data = new Uint8Array((WIDTH * HEIGHT * 3) / 2).fill(grey);
  const frame = { index: 0, width: WIDTH, height: HEIGHT, data };
  paint(frame, mask, samplePalette(frame, mask, 'fill'));
  return data;
}

/** Whether a point of the picture lies in the shape that is shown, grown by `margin` pixels. */
function shown({ shape, bounds }: Mask, x: number, y: number, margin = 0): boolean {
  // Wider than the widest place within reach: a shape may narrow between two rows of pixels.
  const steps = margin === 0 ? [0] : [-1, -0.5, 0, 0.5, 1];
  return steps.some((step) => {
    const t = (2 * (y + step * margin - bounds.y)) / bounds.h - 1;
    if (t < -1 || t > 1) return false;
    return Math.abs(x - bounds.x - bounds.w / 2) <= (bounds.w / 2) * SHAPES[shape](t) + margin;
  });
}

const PIXELS = Array.from({ length: WIDTH * HEIGHT }, (_, at) => ({ at, x: at % WIDTH, y: Math.floor(at / WIDTH) }));
/** Where in a pixel to look: its middle, and just inside its corners. */
const POINTS = [0.5, 0.01, 0.99].flatMap((dx) => [0.5, 0.01, 0.99].map((dy) => ({ dx, dy })));

describe('the shape on the screen', () => {
  it('is hidden by what is painted, to the last pixel that it touches', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const dark = painted(mask, 20);
        const light = painted(mask, 220);
        const chroma = (x: number, y: number) => WIDTH * HEIGHT + (y >> 1) * (WIDTH / 2) + (x >> 1);
        const open = PIXELS.filter(({ at, x, y }) => {
          if (!POINTS.some(({ dx, dy }) => shown(mask, x + dx, y + dy))) return false;
          // What still depends on the picture beneath is not hidden.
          return [at, chroma(x, y), chroma(x, y) + (WIDTH * HEIGHT) / 4].some((place) => dark[place] !== light[place]);
        });
        expect(open).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('is not much narrower than what is painted: a pixel around it, and the soft edge', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const data = painted(mask, 220);
        const soft = mask.shape === 'rectangle' ? 0 : 2;
        const beyond = PIXELS.filter(({ at, x, y }) => data[at] !== 220 && !shown(mask, x + 0.5, y + 0.5, soft + 1.5));
        expect(beyond).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('lies within its bounds at every height, and reaches them', () => {
    for (const shape of Object.values(SHAPES)) {
      const widths = Array.from({ length: 2001 }, (_, step) => shape(step / 1000 - 1));
      for (const width of widths) expect(width >= 0 && width <= 1).toBe(true);
      expect(Math.max(...widths)).toBe(1);
    }
  });

  it('of a body is at the top as wide as the head and neck that it stands for', () => {
    expect(SHAPES.body(-1)).toBeCloseTo(0.4);
    expect(SHAPES.body(1)).toBe(1);
  });
});

describe('the share of a box that a mask hides', () => {
  const boxes = fc.record({
    x: fc.integer({ min: 0, max: 100 }),
    y: fc.integer({ min: 0, max: 70 }),
    w: fc.integer({ min: 20, max: 60 }),
    h: fc.integer({ min: 20, max: 50 }),
  });

  it('is that of the pixels that are painted', () => {
    fc.assert(
      fc.property(masks, boxes, (mask, box) => {
        const [dark, light] = [painted(mask, 20), painted(mask, 220)];
        let hidden = 0;
        for (let y = box.y; y < box.y + box.h; y++)
          for (let x = box.x; x < box.x + box.w; x++) if (dark[y * WIDTH + x] === light[y * WIDTH + x]) hidden++;
        // A row of pixels at each edge of a small box is a tenth of it.
        expect(Math.abs(shareUnder(box, mask) - hidden / (box.w * box.h))).toBeLessThan(0.12);
      }),
      { numRuns: 100 },
    );
  });

  it('is none beside the head of a body, wherever the shoulders reach', () => {
    const head = { x: 100, y: 0, w: 100, h: 120 };
    const mask = { shape: 'body', bounds: { x: -10, y: 0, w: 320, h: 840 } } as const;
    expect(shareUnder({ x: 119, y: 30, w: 62, h: 73 }, mask)).toBeGreaterThan(0.99);
    expect(shareUnder({ x: head.x + 129, y: 30, w: 62, h: 73 }, mask)).toBe(0);
  });
});
