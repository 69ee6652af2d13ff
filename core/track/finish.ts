import { iou, mix, scale, type Box } from '../geometry/box.ts';
import { BoxList } from '../geometry/box-list.ts';
import { ColourMean } from './colours.ts';
import { sparseKeyframes, type Track } from './track.ts';
import type { Run } from './run.ts';
import type { TrackerTuning } from './tuning.ts';

export interface FinishContext {
  /** Follow pixels to pixels of the normalised frame. */
  readonly toFrame: number;
  readonly framesPerSecond: number;
  readonly frameCount: number;
  /** First frames of new shots, rising. */
  readonly cuts: readonly number[];
  readonly tuning: TrackerTuning;
}

/** Keyframes may miss a followed box by this share of its height; far inside the mask's margin. */
const KEYFRAME_TOLERANCE = 0.03;
const SMOOTH_REACH = 3;
const SIZE_REACH = 3;
/** Heads that vanish and come back where they are expected within this time are one track. */
const BRIDGE_SECONDS = 3;

interface Span {
  start: number;
  boxes: BoxList;
  hits: number;
  bestScore: number;
  bestFrame: number;
  readonly colours: ColourMean;
}

/** Turns followed runs into tracks: held at both ends, bridged, smoothed, sparse, in frame pixels. */
export function finishTracks(runs: readonly Run[], context: FinishContext): Track[] {
  const spans = runs.map((run) => hold(run, context));
  const bridged = bridge(spans, context).sort((a, b) => a.start - b.start || a.boxes.first.x - b.boxes.first.x);
  return bridged.map((span, index) => {
    const colours = span.colours.mean();
    const boxes = smooth(span.boxes.toArray()).map((box) => scale(box, context.toFrame));
    return {
      id: `T${String(index + 1).padStart(3, '0')}`,
      start: span.start,
      end: span.start + boxes.length - 1,
      keyframes: sparseKeyframes(span.start, boxes, KEYFRAME_TOLERANCE),
      origin: 'auto',
      bestScore: span.bestScore,
      bestFrame: span.bestFrame,
      hits: span.hits,
      ...(colours && { colours }),
    };
  });
}

/** The shot a frame belongs to, as its first and one past its last frame. */
function shotOf(frame: number, { cuts, frameCount }: FinishContext): { first: number; end: number } {
  let first = 0;
  for (const cut of cuts) {
    if (cut > frame) return { first, end: cut };
    first = cut;
  }
  return { first, end: frameCount };
}

/**
 * Cuts off the unsupported tail but for the hold time, and adds the hold time in front: a head is
 * in the picture a little before and after it can be told apart.
 */
function hold(run: Run, context: FinishContext): Span {
  const reach = Math.round(context.tuning.holdSeconds * context.framesPerSecond);
  const supportedEnd = run.lastSupported - run.start;
  const boxes = run.boxes.until(supportedEnd + reach + 1).toArray();
  const shot = shotOf(run.start + supportedEnd, context);
  while (run.start + boxes.length > Math.max(shot.end, run.lastSupported + 1)) boxes.pop();
  while (boxes.length < supportedEnd + reach + 1 && run.start + boxes.length < shot.end) {
    boxes.push(extrapolate(boxes[boxes.length - 1]!, boxes[Math.max(0, boxes.length - 4)]!, 3));
  }
  const first = shotOf(run.start, context).first;
  const before: Box[] = [];
  for (let step = 1; step <= reach && run.start - step >= first; step++) {
    before.unshift(extrapolate(before[0] ?? boxes[0]!, boxes[Math.min(3, boxes.length - 1)]!, 2 + step));
  }
  return { ...run, start: run.start - before.length, boxes: BoxList.of([...before, ...boxes]) };
}

/** One step further in the direction from `older` to `box`, and 1 % larger: doubt grows. */
function extrapolate(box: Box, older: Box, steps: number): Box {
  const dx = (box.x + box.w / 2 - older.x - older.w / 2) / steps;
  const dy = (box.y + box.h / 2 - older.y - older.h / 2) / steps;
  return { x: box.x + dx - box.w * 0.005, y: box.y + dy - box.h * 0.005, w: box.w * 1.01, h: box.h * 1.01 };
}

/** Joins a span to a later one that starts where the first one's head would be, filling the gap. */
function bridge(spans: readonly Span[], context: FinishContext): Span[] {
  const open = [...spans].sort((a, b) => a.start - b.start);
  const result: Span[] = [];
  const reach = BRIDGE_SECONDS * context.framesPerSecond;
  while (open.length > 0) {
    const span = open.shift()!;
    const end = span.start + span.boxes.length;
    const shot = shotOf(end - 1, context);
    const { last } = span.boxes;
    const next = open.find(
      (other) =>
        other.start >= end - 2 && other.start < Math.min(end + reach, shot.end) && iou(other.boxes.first, last) > 0.3,
    );
    if (!next) {
      result.push(span);
      continue;
    }
    open.splice(open.indexOf(next), 1);
    const gap = Math.max(0, next.start - end);
    const filling = Array.from({ length: gap }, (_, i) => mix(last, next.boxes.first, (i + 1) / (gap + 1)));
    const best = next.bestScore > span.bestScore ? next : span;
    span.colours.join(next.colours);
    open.unshift({
      start: span.start,
      boxes: BoxList.join([span.boxes.until(next.start - span.start), BoxList.of(filling), next.boxes]),
      hits: span.hits + next.hits,
      bestScore: best.bestScore,
      bestFrame: best.bestFrame,
      colours: span.colours,
    });
  }
  return result;
}

/** Mean position over a short window, largest size over a longer one: steady, and never smaller. */
function smooth(boxes: readonly Box[]): Box[] {
  return boxes.map((_, index) => {
    let weight = 0;
    let cx = 0;
    let cy = 0;
    let w = 0;
    let h = 0;
    for (let offset = -SIZE_REACH; offset <= SIZE_REACH; offset++) {
      const box = boxes[index + offset];
      if (!box) continue;
      w = Math.max(w, box.w);
      h = Math.max(h, box.h);
      if (Math.abs(offset) > SMOOTH_REACH || !boxes[index - offset]) continue;
      const share = SMOOTH_REACH + 1 - Math.abs(offset);
      weight += share;
      cx += share * (box.x + box.w / 2);
      cy += share * (box.y + box.h / 2);
    }
    return near({ x: cx / weight - w / 2, y: cy / weight - h / 2, w, h }, boxes[index]!);
  });
}

/** Smoothing lags behind a jolt of the camera; beyond this share of the box the followed place counts. */
const MAX_LAG = 0.15;

function near(smoothed: Box, followed: Box): Box {
  const pull = (lag: number, size: number) => lag - Math.max(-MAX_LAG * size, Math.min(MAX_LAG * size, lag));
  const dx = smoothed.x + smoothed.w / 2 - followed.x - followed.w / 2;
  const dy = smoothed.y + smoothed.h / 2 - followed.y - followed.h / 2;
  return { ...smoothed, x: smoothed.x - pull(dx, followed.w), y: smoothed.y - pull(dy, followed.h) };
}
