import { z } from 'zod';

/** What happens to a track; a track that is not named is hidden. */
export const Treatment = z.enum(['hide', 'hide-body', 'keep', 'cut']);
export type Treatment = z.infer<typeof Treatment>;

const seconds = z.number().min(0).max(360_000);
const Range = z
  .strictObject({ from: seconds, to: seconds })
  .refine(({ from, to }) => to > from, { message: '"to" must be later than "from"' });

/** Rectangle in pixels of the recording as shown (after rotation). */
const Zone = z.strictObject({
  x: z.number(),
  y: z.number(),
  width: z.number().positive(),
  height: z.number().positive(),
  /** Absent: the whole recording. */
  during: Range.optional(),
});

/**
 * The file that `--decisions` reads, times in seconds of the original recording. `analysis` names the
 * analysis that the track names belong to; keeping a face in view on another one would expose a stranger.
 */
export const Decisions = z
  .strictObject({
    version: z.literal(1),
    analysis: z.string().optional(),
    tracks: z.record(z.string().regex(/^T\d{3,}$/), Treatment).default({}),
    /** Who it is that stays in view, by track: a member of staff, who agreed. */
    because: z.record(z.string(), z.string().max(80)).default({}),
    zones: z.array(Zone).default([]),
    cuts: z.array(Range).default([]),
    mutes: z.array(Range).default([]),
  })
  .refine(({ analysis, tracks }) => analysis !== undefined || Object.keys(tracks).length === 0, {
    path: ['analysis'],
    message: 'must name the analysis that the tracks belong to',
  });
export type Decisions = z.infer<typeof Decisions>;

export const NO_DECISIONS: Decisions = { version: 1, tracks: {}, because: {}, zones: [], cuts: [], mutes: [] };
