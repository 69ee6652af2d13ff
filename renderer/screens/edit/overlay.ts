import { SHAPES } from '../../../core/plan/mask-shape.ts';
import type { Box } from '../../../core/geometry/box.ts';
import type { Mask, MaskSchedule } from '../../../core/plan/masks.ts';
import { boxAt, type Track } from '../../../core/track/track.ts';

export interface OverlayColours {
  readonly mask: string;
  readonly line: string;
  readonly keep: string;
  readonly chosen: string;
}

const STEPS = 40;
/** Side of the corner by which an area is made larger, in pixels of the screen. */
export const HANDLE = 12;

/** Outline of a mask, in pixels of the recording. */
function outline(mask: Mask): Path2D {
  const { bounds, shape } = mask;
  const path = new Path2D();
  const half = (t: number) => (bounds.w / 2) * SHAPES[shape](t);
  const centre = bounds.x + bounds.w / 2;
  for (let step = 0; step <= STEPS; step++) {
    const t = (2 * step) / STEPS - 1;
    path.lineTo(centre + half(t), bounds.y + ((t + 1) / 2) * bounds.h);
  }
  for (let step = STEPS; step >= 0; step--) {
    const t = (2 * step) / STEPS - 1;
    path.lineTo(centre - half(t), bounds.y + ((t + 1) / 2) * bounds.h);
  }
  path.closePath();
  return path;
}

export interface OverlayPicture {
  readonly schedule: MaskSchedule;
  readonly kept: readonly Track[];
  readonly frame: number;
  /** Names of the tracks that are chosen. */
  readonly selected: ReadonlySet<string>;
  readonly area: Box | undefined;
  readonly cut: boolean;
  /** Opaque, as it will be; otherwise outlines only. */
  readonly masksShown: boolean;
  readonly drawn: Box | undefined;
}

/** Draws what the rendering will hide in this frame. @param scale screen pixels to a pixel of the recording */
export function drawOverlay(
  context: CanvasRenderingContext2D,
  { schedule, kept, frame, selected, area, cut, masksShown, drawn }: OverlayPicture,
  colours: OverlayColours,
  size: { readonly width: number; readonly height: number },
  scale: number,
): void {
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  const thin = 2 / scale;
  for (const mask of schedule.masks(frame)) {
    const path = outline(mask);
    if (masksShown) {
      context.fillStyle = colours.mask;
      context.fill(path);
    }
    const chosen = mask.trackId !== undefined && selected.has(mask.trackId);
    context.strokeStyle = chosen ? colours.chosen : colours.line;
    context.lineWidth = chosen ? thin * 2 : thin;
    context.stroke(path);
  }
  for (const track of kept) {
    const box = boxAt(track, frame);
    if (!box) continue;
    context.strokeStyle = selected.has(track.id) ? colours.chosen : colours.keep;
    context.lineWidth = thin * 1.5;
    context.setLineDash([6 / scale, 4 / scale]);
    context.strokeRect(box.x, box.y, box.w, box.h);
    context.setLineDash([]);
  }
  const box = drawn ?? area;
  if (box) {
    context.strokeStyle = colours.chosen;
    context.fillStyle = colours.chosen;
    context.lineWidth = thin * 1.5;
    context.strokeRect(box.x, box.y, box.w, box.h);
    const side = HANDLE / scale;
    context.fillRect(box.x + box.w - side / 2, box.y + box.h - side / 2, side, side);
  }
  if (cut) {
    context.fillStyle = 'rgb(0 0 0 / 72%)';
    context.fillRect(0, 0, size.width, size.height);
  }
}

/** Of these tracks the one under a place in the picture; of more, the smallest. */
export function trackAt(tracks: Iterable<Track>, frame: number, x: number, y: number): Track | undefined {
  let best: { readonly track: Track; readonly area: number } | undefined;
  for (const track of tracks) {
    const box = boxAt(track, frame);
    if (!box) continue;
    const grown = { x: box.x - box.w * 0.3, y: box.y - box.h * 0.4, w: box.w * 1.6, h: box.h * 1.65 };
    const inside = x >= grown.x && x <= grown.x + grown.w && y >= grown.y && y <= grown.y + grown.h;
    if (inside && (!best || grown.w * grown.h < best.area)) best = { track, area: grown.w * grown.h };
  }
  return best?.track;
}
