/**
 * Every number that decides how long and on what evidence a face stays hidden. Doubt always means
 * longer and larger. Where the numbers come from: docs/accuracy.md.
 */
export interface TrackerTuning {
  /** A detection at least this probable starts a track that is hidden from its first frame on. */
  readonly startScore: number;
  /** A detection at least this probable, where a track is expected, confirms it. */
  readonly continueScore: number;
  /** Weaker starts become real after this many hits. */
  readonly tentativeScore: number;
  readonly tentativeHits: number;
  /** Or after probabilities that add up to this, if they come to that mean over all looks: see {@link lastingEvidence}. */
  readonly lastingEvidence: number;
  readonly lastingScore: number;
  /** From so many looks on, their mean probability has to speak for a large track as well. */
  readonly sustainedLooks: number;
  /** Correlation above which a followed box counts as seen again. */
  readonly goodSupport: number;
  readonly weakSupport: number;
  /** Longest stretch without any support before a track ends, in seconds. */
  readonly coastSeconds: number;
  /** Longest stretch that is followed without a single detection, in seconds. */
  readonly carrySeconds: number;
  /** How far back a new track is followed, in seconds; bounds memory. */
  readonly lookBackSeconds: number;
  /** A mask stays this long before the first and after the last supported frame, in seconds. */
  readonly holdSeconds: number;
}

export const TUNING: TrackerTuning = {
  startScore: 0.7,
  continueScore: 0.15,
  tentativeScore: 0.45,
  tentativeHits: 2,
  lastingEvidence: 4,
  lastingScore: 0.25,
  sustainedLooks: 10,
  goodSupport: 0.8,
  weakSupport: 0.5,
  coastSeconds: 1,
  carrySeconds: 8,
  lookBackSeconds: 6,
  holdSeconds: 0.4,
};

/** Height as a share of the picture's where the demand begins to rise and where it is full. */
const LARGE = { from: 0.07, to: 0.16, score: 0.985 };

/**
 * Large faces are found with near certainty or not at all, so a large box needs a better score: what
 * scores lower is hair, furniture or a trunk, and would hide a quarter of the picture.
 * @param size height of the box as a share of the picture's
 */
export function requiredScore(score: number, size: number): number {
  const share = Math.min(1, Math.max(0, (size - LARGE.from) / (LARGE.to - LARGE.from)));
  return score + (LARGE.score - score) * share;
}

/** Height as a share of the picture's from which on lasting answers have to last longer. */
const LASTING_SIZE = 0.15;

/**
 * Sum of probabilities after which a head counts that no look was sure of. A head seen from the side or
 * half hidden answers with little, but at every look; what is taken for one answers now and then. What
 * hides more has to last longer.
 * @param size height of the box as a share of the picture's
 */
export function lastingEvidence(evidence: number, size: number): number {
  return evidence * Math.max(1, size / LASTING_SIZE);
}

/** Height as a share of the picture's from which on a mean probability is asked for, where that is full, and how much. */
const SUSTAINED = { from: 0.037, to: 0.075, score: 0.2 };

/**
 * Mean probability over all looks that a track has to keep up. What hides little may be doubtful; what
 * hides much has to be seen again and again.
 * @param size height of the box as a share of the picture's
 */
export function sustainedScore(size: number): number {
  return SUSTAINED.score * Math.min(1, Math.max(0, (size - SUSTAINED.from) / (SUSTAINED.to - SUSTAINED.from)));
}
