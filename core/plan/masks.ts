import { clip, grow, type Box } from '../geometry/box.ts';
import { boxAt, type Track } from '../track/track.ts';
import { contains, zoneBoxAt, type RedactionPlan } from './plan.ts';

/** Raised whenever the pixels of a segment change by more than the plan says: segments of before are then made anew. */
export const MASK_VERSION = 3;

/** One shape to paint, in pixels of the normalised frame. */
export interface Mask {
  /** What it hides; zones and whole frames have no track. */
  readonly trackId: string | undefined;
  readonly shape: 'head' | 'body' | 'rectangle';
  /** Bounds of the shape before clipping; a head is a superellipse that touches them. */
  readonly bounds: Box;
  /** Head within a body shape; equals `bounds` for heads. */
  readonly head: Box;
}

/**
 * Detectors give the face oval; what identifies is the head: +30 % to each side, +40 % on top for
 * hair, +25 % below for chin and collar. A face box grown by 25 % a side alone covers 99 % of faces
 * to 80 % (docs/accuracy.md); the rest is for hair and for a head that turns between detections.
 */
const HEAD = { sides: 0.3, top: 0.4, bottom: 0.25 };
/** No mask smaller than this share of the picture's height: below it a box is mostly error. */
const MIN_SIDE_SHARE = 16 / 1080;
/** Shoulders and trunk in heads: art-school proportions of a seated or standing figure. */
const BODY = { width: 3.2, height: 7 };

export function headOf(face: Box, height: number): Box {
  const box = grow(face, HEAD.sides, HEAD.top, HEAD.bottom);
  const least = height * MIN_SIDE_SHARE;
  const dw = Math.max(0, least - box.w);
  const dh = Math.max(0, least - box.h);
  return { x: box.x - dw / 2, y: box.y - dh / 2, w: box.w + dw, h: box.h + dh };
}

/** The face within a head: what {@link headOf} grew, but for the least size. */
export function faceWithin(head: Box): Box {
  const { sides, top, bottom } = HEAD;
  const w = head.w / (1 + 2 * sides);
  const h = head.h / (1 + top + bottom);
  return { x: head.x + w * sides, y: head.y + h * top, w, h };
}

function bodyOf(head: Box): Box {
  const w = head.w * BODY.width;
  return { x: head.x + head.w / 2 - w / 2, y: head.y, w, h: head.h * BODY.height };
}

/** Tracks in buckets of frames, so that an hour with hundreds of tracks costs no search a frame. */
const BUCKET = 64;

/** The one place that knows margins and shapes: which masks a frame gets. */
export class MaskSchedule {
  private readonly buckets = new Map<number, { track: Track; body: boolean }[]>();

  constructor(private readonly plan: RedactionPlan) {
    for (const { track, treatment } of plan.tracks) {
      if (treatment === 'keep') continue;
      const body = treatment === 'hide-body' || plan.style === 'silhouette';
      for (let bucket = Math.floor(track.start / BUCKET); bucket <= Math.floor(track.end / BUCKET); bucket++) {
        const list = this.buckets.get(bucket) ?? [];
        list.push({ track, body });
        this.buckets.set(bucket, list);
      }
    }
  }

  /** Tracks that are to be hidden at this frame or near it; one that is over does not come back. */
  tracksAround(frame: number): readonly Track[] {
    return (this.buckets.get(Math.floor(frame / BUCKET)) ?? []).map(({ track }) => track);
  }

  /** @param frame index in the source; masks that lie outside the picture are left out */
  masks(frame: number): Mask[] {
    const { width, height } = this.plan;
    const whole = { x: 0, y: 0, w: width, h: height };
    if (contains(this.plan.unanalysed, frame))
      return [{ trackId: undefined, shape: 'rectangle', bounds: whole, head: whole }];
    const found: Mask[] = [];
    for (const { track, body } of this.buckets.get(Math.floor(frame / BUCKET)) ?? []) {
      const face = boxAt(track, frame);
      if (!face) continue;
      const head = headOf(face, height);
      const bounds = body ? bodyOf(head) : head;
      const seen = clip(bounds, width, height);
      if (seen.w > 0 && seen.h > 0) found.push({ trackId: track.id, shape: body ? 'body' : 'head', bounds, head });
    }
    for (const zone of this.plan.zones) {
      if (frame < zone.from || frame >= zone.to) continue;
      const box = zoneBoxAt(zone, frame);
      found.push({ trackId: undefined, shape: 'rectangle', bounds: box, head: box });
    }
    return found;
  }
}
