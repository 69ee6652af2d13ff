import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppFailure, fail } from '../core/errors.ts';
import type { Track } from '../core/track/track.ts';
import { analysisIdOf, type AnalysedRecording } from './analysis-stage.ts';
import { loadHeard, saveHeard } from './sound/heard-file.ts';
import { PictureSignatures } from './signatures.ts';
import type { Shelf } from './store/shelf.ts';

/**
 * A finished analysis on the shelf, so that deciding and rendering need not look for faces again:
 * length of the head (u32 LE), head (JSON), keyframes of all tracks (f32 LE, one behind the other),
 * signatures of all pictures, SHA-256 of all that. Not every shelf knows by itself what was written.
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
  model: z.string().optional(),
  tracks: z.array(
    z.strictObject({
      id: z.string(),
      start: z.number().int(),
      end: z.number().int(),
      origin: z.enum(['auto', 'human']),
      bestScore: z.number(),
      bestFrame: z.number(),
      hits: z.number(),
      /** In base64. */
      colours: z.base64().optional(),
      /** Numbers in its keyframes. */
      length: count,
    }),
  ),
});

const FLOAT_BYTES = 4;
const DIGEST_BYTES = 32;

export async function saveAnalysis(
  shelf: Shelf,
  { analysis, model, heard }: AnalysedRecording,
  name = ANALYSIS,
): Promise<void> {
  if (heard && name === ANALYSIS) await saveHeard(shelf, heard);
  const { frameCount, cuts, damaged, signatures, tracks } = analysis;
  const head = Buffer.from(
    JSON.stringify({
      version: 1,
      frameCount,
      cuts: [...cuts],
      damaged,
      signatureWidth: signatures.frameWidth,
      model,
      tracks: tracks.map(({ keyframes, colours, ...track }) => ({
        ...track,
        ...(colours && { colours: Buffer.from(colours).toString('base64') }),
        length: keyframes.length,
      })),
    } satisfies z.infer<typeof Head>),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const parts = [
    ...[length, head],
    ...tracks.map(({ keyframes }) => new Uint8Array(keyframes.buffer, keyframes.byteOffset, keyframes.byteLength)),
    ...signatures.stored(),
  ];
  const hash = createHash('sha256');
  const writer = await shelf.create(name);
  try {
    for (const part of parts) {
      hash.update(part);
      await writer.write(part);
    }
    await writer.write(hash.digest());
    await writer.commit();
  } catch (error) {
    await writer.abandon().catch(() => {});
    throw error;
  }
}

/** @returns undefined when there is none @throws AppFailure `vault-item-damaged` */
export async function loadAnalysis(shelf: Shelf, name = ANALYSIS): Promise<AnalysedRecording | undefined> {
  if (!shelf.has(name)) return undefined;
  const file = await shelf.open(name);
  try {
    const { buffer, byteOffset, byteLength } = await file.read(0, file.size);
    const found = parse(Buffer.from(buffer, byteOffset, byteLength));
    return name === ANALYSIS ? { ...found, heard: await loadHeard(shelf) } : found;
  } catch (error) {
    if (!(error instanceof z.ZodError || error instanceof SyntaxError || error instanceof RangeError)) throw error;
    return fail({ code: 'vault-item-damaged', item: name, block: 0 });
  } finally {
    await file.close();
  }
}

/** A damaged analysis can be made again; it must not keep anybody from the recording. */
export async function loadIfWhole(shelf: Shelf): Promise<AnalysedRecording | undefined> {
  try {
    return await loadAnalysis(shelf);
  } catch (error) {
    if (error instanceof AppFailure && error.error.code === 'vault-item-damaged') return undefined;
    throw error;
  }
}

/** @throws RangeError, SyntaxError, ZodError when it is not what was saved */
function parse(file: Buffer): AnalysedRecording {
  const bytes = file.subarray(0, -DIGEST_BYTES);
  // Before a length in it is believed: a wrong one would ask for more memory than there is.
  if (!createHash('sha256').update(bytes).digest().equals(file.subarray(bytes.length))) throw new RangeError('damaged');
  let at = 4 + bytes.readUInt32LE();
  const {
    version: _,
    signatureWidth,
    model,
    tracks: heads,
    ...head
  } = Head.parse(JSON.parse(bytes.toString('utf8', 4, at)));
  const tracks = heads.map(({ length, colours, ...track }): Track => {
    const from = at;
    at += length * FLOAT_BYTES;
    const known = colours === undefined ? {} : { colours: Uint8Array.from(Buffer.from(colours, 'base64')) };
    return {
      ...track,
      ...known,
      keyframes: Float32Array.from({ length }, (_, i) => bytes.readFloatLE(from + i * FLOAT_BYTES)),
    };
  });
  const signatures = PictureSignatures.restore(bytes.subarray(at), signatureWidth);
  return { analysis: { ...head, tracks, signatures }, analysisId: analysisIdOf(tracks), model };
}
