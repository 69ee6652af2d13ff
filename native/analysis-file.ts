import { z } from 'zod';
import { fail } from '../core/errors.ts';
import type { Track } from '../core/track/track.ts';
import { analysisIdOf, type AnalysedRecording } from './analysis-stage.ts';
import { PictureSignatures } from './signatures.ts';
import type { Shelf } from './store/shelf.ts';

/**
 * A finished analysis on the shelf, so that deciding and rendering need not look for faces again:
 * length of the head (u32 LE), head (JSON), keyframes of all tracks (f32 LE, one behind the other),
 * signatures of all pictures.
 */
export const ANALYSIS = 'analysis';

const count = z.number().int().nonnegative();
const Head = z.strictObject({
  version: z.literal(1),
  frameCount: count,
  cuts: z.array(count),
  damaged: z.boolean(),
  /** Frame size that the signatures were made at, in pixels. */
  signatureWidth: count,
  tracks: z.array(
    z.strictObject({
      id: z.string(),
      start: z.number().int(),
      end: z.number().int(),
      origin: z.enum(['auto', 'human']),
      bestScore: z.number(),
      bestFrame: z.number(),
      hits: z.number(),
      /** Numbers in its keyframes. */
      length: count,
    }),
  ),
});

const FLOAT_BYTES = 4;

export async function saveAnalysis(shelf: Shelf, { analysis }: AnalysedRecording): Promise<void> {
  const { frameCount, cuts, damaged, signatures, tracks } = analysis;
  const head = Buffer.from(
    JSON.stringify({
      version: 1,
      frameCount,
      cuts: [...cuts],
      damaged,
      signatureWidth: signatures.frameWidth,
      tracks: tracks.map(({ keyframes, ...track }) => ({ ...track, length: keyframes.length })),
    } satisfies z.infer<typeof Head>),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const writer = await shelf.create(ANALYSIS);
  try {
    await writer.write(Buffer.concat([length, head]));
    for (const { keyframes } of tracks)
      await writer.write(Buffer.from(keyframes.buffer, keyframes.byteOffset, keyframes.byteLength));
    for (const block of signatures.stored()) await writer.write(block);
    await writer.commit();
  } catch (error) {
    await writer.abandon().catch(() => {});
    throw error;
  }
}

/** @returns undefined when there is none @throws AppFailure `vault-item-damaged` */
export async function loadAnalysis(shelf: Shelf): Promise<AnalysedRecording | undefined> {
  if (!shelf.has(ANALYSIS)) return undefined;
  const file = await shelf.open(ANALYSIS);
  try {
    const length = Buffer.from(await file.read(0, 4)).readUInt32LE();
    const text = Buffer.from(await file.read(4, length)).toString('utf8');
    const { version: _, signatureWidth, tracks: heads, ...head } = Head.parse(JSON.parse(text));
    let at = 4 + length;
    const tracks: Track[] = [];
    for (const { length: numbers, ...track } of heads) {
      const bytes = Buffer.from(await file.read(at, numbers * FLOAT_BYTES));
      at += bytes.length;
      tracks.push({ ...track, keyframes: Float32Array.from({ length: numbers }, (_, i) => bytes.readFloatLE(i * 4)) });
    }
    const stored = await file.read(at, file.size - at);
    const analysis = { ...head, tracks, signatures: PictureSignatures.restore(stored, signatureWidth) };
    return { analysis, analysisId: analysisIdOf(tracks) };
  } catch (error) {
    if (!(error instanceof z.ZodError || error instanceof SyntaxError || error instanceof RangeError)) throw error;
    return fail({ code: 'vault-item-damaged', item: ANALYSIS, block: 0 });
  } finally {
    await file.close();
  }
}
