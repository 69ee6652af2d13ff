import { z } from 'zod';
import { Id } from '../vault/person.ts';
import type { Stretch } from './coverage.ts';
import type { CoverageRule } from './sample.ts';

const Digest = z.string().regex(/^[0-9a-f]{64}$/);
const seconds = z.number().min(0).max(360_000);

/** What no detector sees, and a person must say of the clip: also that nobody who objects is in view (M5, B4, §2.3). */
export const Residual = z.enum(['names-heard', 'name-tags', 'board', 'clothes', 'confidential', 'objector']);
export type Residual = z.infer<typeof Residual>;

/** By residual: whether it is there. What was not answered is missing. */
export const ResidualAnswers = z.partialRecord(Residual, z.enum(['absent', 'present']));
export type ResidualAnswers = z.infer<typeof ResidualAnswers>;

/** A remark on a moment of the clip, for whoever made it. */
export const Comment = z.strictObject({ at: seconds, text: z.string().min(1).max(300) });
export type Comment = z.infer<typeof Comment>;

const WatchedStretch = z.strictObject({ from: seconds, to: seconds });

/** How far someone is with judging one clip; sealed with the dossier. */
export const Reviewing = z.strictObject({
  sha256: Digest,
  watched: z.array(WatchedStretch).max(10_000),
  residual: ResidualAnswers,
  comments: z.array(Comment).max(200),
});
export type Reviewing = z.infer<typeof Reviewing>;

/** What is signed: that these bytes, made by these decisions and checked with this result, were watched by that rule. */
export const Approval = z.strictObject({
  version: z.literal(1),
  dossier: Id,
  /** SHA-256 of the clip, and of the canonical JSON of decisions and report. */
  clip: Digest,
  decisions: Digest,
  /** Of the answers of gate G0 and of how each objection was met. */
  answers: Digest,
  report: Digest,
  /** Of the school profile that it was judged under. */
  profile: Digest,
  /** By which rule, of how long a clip, and how much of it had to be watched and was; in seconds. */
  coverage: z.strictObject({
    rule: z.enum(['every-second', 'doubts-and-sample']),
    seconds: z.number().positive(),
    watched: z.number().positive(),
  }),
  residual: z.record(Residual, z.literal('absent')),
  by: Id,
  at: z.iso.datetime(),
});
export type Approval = z.infer<typeof Approval>;

/** What keeps a clip from being approved (gate G3); the sentences are in words/desk-errors.ts. */
export type ApprovalRefusal =
  | 'not-handed-in'
  | 'not-yours'
  | 'own-work'
  | 'clip-differs'
  | 'not-watched'
  | 'residual-open'
  | 'residual-present'
  | 'no-profile'
  | 'report-failed'
  | 'not-ready';

/** How far the judging of a clip is, for whoever judges. */
export interface ReviewView {
  /** Length of the clip. */
  readonly seconds: number;
  readonly watched: readonly Stretch[];
  /** By the school's rule: what must be watched, and what of it is left. */
  readonly rule: CoverageRule;
  readonly required: readonly Stretch[];
  readonly unwatched: readonly Stretch[];
  /** Share of what must be watched, 0..1. */
  readonly coverage: number;
  readonly residual: ResidualAnswers;
  readonly comments: readonly Comment[];
  readonly refusals: readonly ApprovalRefusal[];
}

export interface Judging {
  readonly handedIn: { readonly sha256: string; readonly to: string } | undefined;
  readonly reviewing: Reviewing | undefined;
  /** Digest of the clip as its bytes are now; undefined when it is not the one that passed. */
  readonly clip: string | undefined;
  /** Everyone who had a hand in it. */
  readonly makers: ReadonlySet<string>;
  readonly judge: string;
  /** The last check was of this very clip, and it passed. */
  readonly checked: boolean;
  /** Nothing keeps it from being handed in, by the answers and decisions that are there now. */
  readonly ready: boolean;
  /** Nothing is left of what must be watched. */
  readonly watchedWhole: boolean;
}

/** All that still stands between a clip and its approval, in the order in which it can be done. */
export function approvalRefusals(judging: Judging): ApprovalRefusal[] {
  const { handedIn, reviewing, clip, makers, judge } = judging;
  if (!handedIn) return ['not-handed-in'];
  const found: ApprovalRefusal[] = [];
  if (handedIn.to !== judge) found.push('not-yours');
  if (makers.has(judge)) found.push('own-work');
  if (clip === undefined || clip !== handedIn.sha256) found.push('clip-differs');
  if (!judging.checked) found.push('report-failed');
  if (!judging.ready) found.push('not-ready');
  const current = reviewing?.sha256 === handedIn.sha256 ? reviewing : undefined;
  if (!judging.watchedWhole || !current) found.push('not-watched');
  const answers = Residual.options.map((each) => current?.residual[each]);
  if (answers.includes(undefined)) found.push('residual-open');
  if (answers.includes('present')) found.push('residual-present');
  return found;
}
