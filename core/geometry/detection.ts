import { area, coverage, iou, type Box } from './box.ts';

/** One answer of a detector on one picture; `score` is its probability 0..1. */
export interface Detection extends Box {
  readonly score: number;
}

/** Greedy non-maximum suppression; keeps at most `limit` boxes, best first. */
export function suppress(detections: readonly Detection[], threshold: number, limit = 1500): Detection[] {
  const sorted = [...detections].sort((a, b) => b.score - a.score).slice(0, limit);
  const kept: Detection[] = [];
  // A hot loop: thousands of anchors answer for one crowd, so no closures and an early way out.
  for (const candidate of sorted) {
    const right = candidate.x + candidate.w;
    const bottom = candidate.y + candidate.h;
    let free = true;
    for (let i = 0; free && i < kept.length; i++) {
      const other = kept[i]!;
      if (other.x >= right || other.y >= bottom || other.x + other.w <= candidate.x || other.y + other.h <= candidate.y)
        continue;
      free = iou(candidate, other) <= threshold;
    }
    if (free) kept.push(candidate);
  }
  return kept;
}

/** A pass over the picture and how its raw score becomes a probability. */
export interface Vote {
  readonly detections: readonly Detection[];
  readonly exponent: number;
}

/**
 * Fuses the passes of one picture: boxes that agree (IoU > 0.4) are one face, with probability
 * `1 - prod(1 - p)` over passes and the p-weighted mean box. With one pass this is plain NMS with
 * calibrated scores. Formula and exponents: docs/accuracy.md.
 */
export function fuse(votes: readonly Vote[]): Detection[] {
  const all = votes.flatMap((vote, pass) =>
    vote.detections.map((box) => ({ box, pass, p: Math.min(0.995, box.score ** vote.exponent) })),
  );
  all.sort((a, b) => b.p - a.p);
  interface Cluster {
    readonly head: Box;
    readonly members: typeof all;
  }
  const clusters: Cluster[] = [];
  for (const item of all) {
    let best: Cluster | undefined;
    let bestIou = 0.4;
    for (const cluster of clusters) {
      if (cluster.head.x >= item.box.x + item.box.w || cluster.head.x + cluster.head.w <= item.box.x) continue;
      const overlap = iou(cluster.head, item.box);
      if (overlap > bestIou) [best, bestIou] = [cluster, overlap];
    }
    if (!best) clusters.push({ head: item.box, members: [item] });
    else if (best.members.every((member) => member.pass !== item.pass)) best.members.push(item);
  }
  return clusters.map(({ members }) => {
    let missed = 1;
    let total = 0;
    const sum = { x: 0, y: 0, w: 0, h: 0 };
    for (const { box, p } of members) {
      missed *= 1 - p;
      total += p;
      sum.x += box.x * p;
      sum.y += box.y * p;
      sum.w += box.w * p;
      sum.h += box.h * p;
    }
    return { x: sum.x / total, y: sum.y / total, w: sum.w / total, h: sum.h / total, score: 1 - missed };
  });
}

/** A box this many times larger than a face within it is not that face seen otherwise. */
const GROUP_FACTOR = 2.5;
const GROUP_MIN_SCORE = 0.6;
/** The face within may be less probable by this much. */
const GROUP_SLACK = 0.2;
/** From here on it is a face in its own right, whatever else was seen within it: an eye, a print, a head behind. */
const SURE_SCORE = 0.9;

/**
 * Leaves out boxes around several people: a coarse look at a crowd answers with boxes that hold whole
 * faces of which the same look is about as sure. Only a face that stays itself speaks against a box around
 * it, and a sure face always stays: from the smallest box to the largest.
 */
export function withoutGroups(detections: readonly Detection[]): Detection[] {
  const stays = new Set<Detection>();
  for (const group of [...detections].sort((a, b) => area(a) - area(b))) {
    const least = Math.max(GROUP_MIN_SCORE, group.score - GROUP_SLACK);
    const holds = (face: Detection) =>
      face.score >= least && area(group) > GROUP_FACTOR * area(face) && coverage(face, group) > 0.8;
    if (group.score >= SURE_SCORE || ![...stays].some(holds)) stays.add(group);
  }
  return detections.filter((each) => stays.has(each));
}
