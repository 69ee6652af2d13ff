import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Track } from '../../core/track/track.ts';
import { ANALYSIS, loadAnalysis, saveAnalysis } from '../../native/analysis-file.ts';
import { analysisIdOf, type AnalysedRecording } from '../../native/analysis-stage.ts';
import { PictureSignatures } from '../../native/signatures.ts';
import { PlainShelf } from '../../native/store/plain-shelf.ts';
import type { Shelf } from '../../native/store/shelf.ts';
import { Loopback } from '../../native/vault/loopback.ts';
import { newKey } from '../../native/vault/seal.ts';
import { SealedShelf } from '../../native/vault/sealed-shelf.ts';
import { workFolder } from '../fixtures/product.ts';
import { tracks } from './arbitraries.ts';

const folder = workFolder();
const loopback = await Loopback.start();
afterAll(async () => {
  await loopback.close();
  folder.remove();
});
const key = newKey();
const plain = join(folder.path, 'open');
const sealed = join(folder.path, 'verzegeld');
const shelves: readonly (readonly [string, Shelf])[] = [
  ['a plain shelf', new PlainShelf(plain)],
  ['a sealed shelf', new SealedShelf(sealed, key, loopback)],
];
beforeAll(() => [plain, sealed].forEach((path) => mkdirSync(path)));

const WIDTH = 64;
const HEIGHT = 36;
/** A frame whose every pixel depends on its index. */
const picture = (index: number, seed: number) => ({
  index,
  width: WIDTH,
  height: HEIGHT,
  data: Uint8Array.from(
    { length: (WIDTH * HEIGHT * 3) / 2 },
    (_, at) => Math.imul(at + seed + index * 31, 2654435761) >>> 24,
  ),
});

function analysisOf(list: readonly Track[], frames: number, cuts: readonly number[], seed: number): AnalysedRecording {
  const signatures = new PictureSignatures();
  for (let index = 0; index < frames; index++) signatures.remember(picture(index, seed));
  const analysis = { frameCount: frames, cuts, damaged: seed % 2 === 0, tracks: list, signatures };
  return { analysis, analysisId: analysisIdOf(list) };
}

const keyframes = fc.float32Array({ maxLength: 60 });
const strange = fc
  .tuple(tracks, keyframes)
  .map(([[first], rows]): Track[] => [
    { ...first!, id: 'T9 "é"', origin: 'human', start: -3, bestScore: 0.1 + 0.2, keyframes: rows },
  ]);
const analyses = fc
  .tuple(fc.oneof(tracks, strange, fc.constant([])), fc.nat(40), fc.array(fc.nat(40), { maxLength: 4 }), fc.nat(1000))
  .map(([list, frames, cuts, seed]) => analysisOf(list, frames, cuts, seed));

/** All of it, in bits: what is only nearly the same would mask another place. */
function bitsOf({ analysis, analysisId }: AnalysedRecording) {
  const { signatures, tracks: list, ...rest } = analysis;
  const bits = (array: Float32Array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('hex');
  return {
    ...rest,
    analysisId,
    width: signatures.frameWidth,
    stored: signatures.stored().map((block) => Buffer.from(block).toString('hex')),
    tracks: list.map((track) => ({ ...track, keyframes: bits(track.keyframes) })),
  };
}

const whole = analysisOf(fc.sample(tracks, { numRuns: 1, seed: 7 })[0]!, 30, [10, 20], 3);

describe.each(shelves)('an analysis on %s', (_what, shelf) => {
  const path = join(shelf.path, ANALYSIS);
  const damaged = { error: { code: 'vault-item-damaged', item: ANALYSIS } };

  it('is not there before it was saved', async () => {
    rmSync(path, { force: true });
    expect(await loadAnalysis(shelf)).toBeUndefined();
  });

  it('comes back as it was, to the bit', async () => {
    await fc.assert(
      fc.asyncProperty(analyses, async (saved) => {
        await saveAnalysis(shelf, saved);
        const loaded = await loadAnalysis(shelf);
        expect(bitsOf(loaded!)).toEqual(bitsOf(saved));
        expect(analysisIdOf(loaded!.analysis.tracks)).toBe(saved.analysisId);
      }),
      { numRuns: 25 },
    );
  });

  it('knows the pictures again that it was made from', async () => {
    await saveAnalysis(shelf, whole);
    const { signatures } = (await loadAnalysis(shelf))!.analysis;
    expect(signatures.matches(picture(29, 3), false)).toBe(true);
    expect(signatures.matches(picture(29, 4), false)).toBe(false);
  });

  it('knows what looked for faces, where that was kept', async () => {
    await saveAnalysis(shelf, { ...whole, model: 'yunet-n' });
    expect((await loadAnalysis(shelf))?.model).toBe('yunet-n');
    await saveAnalysis(shelf, whole);
    expect((await loadAnalysis(shelf))?.model).toBeUndefined();
  });

  it('takes the place of the one before', async () => {
    await saveAnalysis(shelf, analysisOf([], 5, [], 1));
    await saveAnalysis(shelf, whole);
    expect(bitsOf((await loadAnalysis(shelf))!)).toEqual(bitsOf(whole));
  });

  it('is damaged when cut short, wherever', async () => {
    await saveAnalysis(shelf, whole);
    const bytes = readFileSync(path);
    const places = fc.oneof(
      fc.nat(bytes.length - 1),
      fc.nat(600),
      fc.integer({ min: bytes.length - 50, max: bytes.length - 1 }),
    );
    await fc.assert(
      fc.asyncProperty(places, async (length) => {
        writeFileSync(path, bytes);
        truncateSync(path, length);
        await expect(loadAnalysis(shelf)).rejects.toMatchObject(damaged);
      }),
      { numRuns: 60 },
    );
  });

  it('is damaged when a single bit is another, or there is more behind it', async () => {
    await saveAnalysis(shelf, whole);
    const bytes = readFileSync(path);
    const places = fc.oneof(fc.nat(bytes.length - 1), fc.nat(600));
    await fc.assert(
      fc.asyncProperty(places, fc.nat(7), async (at, bit) => {
        const wrong = Buffer.from(bytes);
        wrong[at]! ^= 1 << bit;
        writeFileSync(path, wrong);
        await expect(loadAnalysis(shelf)).rejects.toMatchObject(damaged);
      }),
      {
        numRuns: 100,
        examples: [
          [3, 7],
          [3, 4],
          [0, 0],
          [bytes.length - 1, 0],
        ],
      },
    );
    writeFileSync(path, Buffer.concat([bytes, Buffer.from([0])]));
    await expect(loadAnalysis(shelf)).rejects.toMatchObject(damaged);
  });
});
