import { z } from 'zod';
import { Decisions, NO_DECISIONS } from '../../core/decision/decisions.ts';
import { fail } from '../../core/errors.ts';
import { Id } from '../../core/vault/person.ts';
import { loadAnalysis, saveAnalysis } from '../analysis-file.ts';
import type { EncoderSettings } from '../ffmpeg/encode-args.ts';
import type { PlanInputs } from '../plan-inputs.ts';
import type { Segment } from '../segments.ts';
import type { Shelf } from '../store/shelf.ts';

/** Raised whenever the same order would be carried out in another way. */
const VERSION = 1;

const Order = z.strictObject({
  version: z.number().int(),
  job: Id,
  analysisId: z.string(),
  decisions: Decisions,
  style: z.enum(['mosaic', 'fill', 'silhouette']),
  encoder: z.strictObject({
    preset: z.enum(['superfast', 'veryfast']),
    crf: z.number(),
    maxRate: z.number().int().positive().optional(),
  }),
  ffmpegVersion: z.string(),
  /** Keys of the segments that are to be made, by their number. */
  segments: z.record(z.string(), z.string()),
});

/** What is to be made of a recording, pictures alone; lies sealed on the shelf of the job for as long as it holds. */
export interface Order extends Omit<PlanInputs, 'sound'> {
  readonly job: string;
  readonly encoder: EncoderSettings;
  readonly ffmpegVersion: string;
  readonly missing: readonly Segment[];
}

/** The same, as a worker reads it: which key each segment that is wanted must have. */
export interface ReadOrder extends Omit<Order, 'missing'> {
  readonly keys: ReadonlyMap<number, string>;
}

const orderName = (job: string) => `order-${job}`;
const analysisName = (job: string) => `analysis-${job}`;

export async function putOrder(shelf: Shelf, order: Order): Promise<void> {
  const { job, analysis, analysisId, decisions, style, encoder, ffmpegVersion, missing } = order;
  await saveAnalysis(shelf, { analysis, analysisId }, analysisName(job));
  // What was said is nobody's business who makes pictures.
  const pictures = { ...decisions, subtitles: NO_DECISIONS.subtitles };
  const segments = Object.fromEntries(missing.map(({ index, key }) => [String(index), key]));
  const text = { version: VERSION, job, analysisId, decisions: pictures, style, encoder, ffmpegVersion, segments };
  const writer = await shelf.create(orderName(job));
  await writer.write(Buffer.from(JSON.stringify(text satisfies z.infer<typeof Order>)));
  await writer.commit();
}

/** Whoever works on it stops within a second. */
export function endOrder(shelf: Shelf, job: string): void {
  shelf.remove(orderName(job));
  shelf.remove(analysisName(job));
}

export function orderStands(shelf: Shelf, job: string): boolean {
  return shelf.has(orderName(job));
}

/** @throws AppFailure `queue-unit-failed`, `worker-other-version`, `vault-item-damaged` */
export async function readOrder(shelf: Shelf, job: string): Promise<ReadOrder> {
  if (!orderStands(shelf, job)) fail({ code: 'queue-unit-failed', reason: 'no-order' });
  const file = await shelf.open(orderName(job));
  const text = (await file.read(0, file.size).finally(() => file.close())).toString();
  const read = Order.safeParse(JSON.parse(text)).data;
  if (read?.version !== VERSION) return fail({ code: 'worker-other-version' });
  const { version: _, segments, ...order } = read;
  const analysed =
    (await loadAnalysis(shelf, analysisName(job))) ?? fail({ code: 'queue-unit-failed', reason: 'no-order' });
  const keys = new Map(Object.entries(segments).map(([index, key]) => [Number(index), key]));
  return { ...order, analysis: analysed.analysis, keys };
}
