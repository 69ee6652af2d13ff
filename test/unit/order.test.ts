import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Decisions } from '../../core/decision/decisions.ts';
import type { Recording } from '../../core/media/recording.ts';
import type { Track } from '../../core/track/track.ts';
import { planOf, type PlanInputs } from '../../native/plan-inputs.ts';
import { segmentsOf } from '../../native/segments.ts';
import { PictureSignatures } from '../../native/signatures.ts';
import { PlainShelf } from '../../native/store/plain-shelf.ts';
import { endOrder, orderStands, putOrder, readOrder } from '../../native/units/order.ts';
import { workFolder } from '../fixtures/product.ts';
import { refused } from '../fixtures/watched-vault.ts';
import { tracks } from './arbitraries.ts';

const folder = workFolder();
afterAll(() => folder.remove());
const shelf = new PlainShelf(join(folder.path, 'klus'));
mkdirSync(shelf.path);

const JOB = '0123456789abcdef';
const FRAMES = 900;
const recording = { video: { width: 640, height: 360, rate: { num: 25, den: 1 } }, audio: undefined } as Recording;
const encoder = { preset: 'veryfast', crf: 20 } as const;

/** Found by the check of an earlier round: no decision of anybody knows of it. */
const found = (list: readonly Track[]) =>
  list.map((track, index) => ({ ...track, id: `V${index + 1}`.padEnd(4, '0') }));
const seconds = fc.double({ min: 0, max: 20, noNaN: true });
const range = fc
  .tuple(seconds, fc.double({ min: 0.1, max: 5, noNaN: true }))
  .map(([from, length]) => ({ from, to: from + length }));
const decisions = fc
  .record({
    zones: fc.array(
      fc.record({ x: seconds, y: seconds, width: fc.constant(1 / 3), height: fc.constant(0.1 + 0.2), during: range }),
      { maxLength: 3 },
    ),
    cuts: fc.array(range, { maxLength: 3 }),
    mutes: fc.array(range, { maxLength: 2 }),
  })
  .map((some) => Decisions.parse({ version: 1, ...some }));

describe('an order to workers', () => {
  it('leads to the very segments that whoever gave it means, in every round', async () => {
    await fc.assert(
      fc.asyncProperty(
        tracks,
        tracks,
        decisions,
        fc.constantFrom('mosaic', 'fill', 'silhouette'),
        async (list, more, decided, style) => {
          const analysis = {
            frameCount: FRAMES,
            cuts: [40],
            damaged: false,
            tracks: [...list, ...found(more)],
            signatures: new PictureSignatures(),
          };
          const inputs: PlanInputs = {
            analysis,
            analysisId: '00ff00ff00ff00ff',
            decisions: decided,
            style,
            sound: 'off',
          };
          const missing = segmentsOf(planOf(recording, inputs), encoder).slice(1);
          await putOrder(shelf, { ...inputs, job: JOB, encoder, ffmpegVersion: '7.1', missing });
          const { keys, ...read } = await readOrder(shelf, JOB);
          const segments = segmentsOf(planOf(recording, { ...read, sound: 'off' }), read.encoder);
          expect(segments.filter(({ index }) => keys.has(index))).toEqual(missing);
          expect(missing.map(({ index }) => keys.get(index))).toEqual(missing.map(({ key }) => key));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is gone when it was ended', async () => {
    expect(orderStands(shelf, JOB)).toBe(true);
    endOrder(shelf, JOB);
    expect(orderStands(shelf, JOB)).toBe(false);
    await expect(readOrder(shelf, JOB)).rejects.toEqual(refused('queue-unit-failed'));
  });
});
