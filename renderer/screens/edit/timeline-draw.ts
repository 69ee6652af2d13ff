import type { Treatment } from '../../../core/decision/decisions.ts';
import type { FrameRange } from '../../../core/plan/plan.ts';
import type { Lane } from '../../../core/track/lanes.ts';
import type { Path } from '../../../core/track/track.ts';
import { clock } from '../../i18n/format.ts';
import type { Span } from './span.ts';

export const ROW = 20;
export const RULER = 24;
const PAD = 3;
/** Pixels that a track's name takes. */
const LABEL = 36;

export interface Lanes {
  readonly lanes: readonly Lane[];
  readonly treatment: (id: string) => Treatment;
  readonly cuts: readonly FrameRange[];
  readonly frame: number;
  readonly selected: string | undefined;
  readonly marks: { readonly from: number | undefined; readonly to: number | undefined };
  readonly framesPerSecond: number;
}

export interface TimelineColours {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly surface: string;
  readonly hide: string;
  readonly keep: string;
  readonly cut: string;
  readonly accent: string;
}

/** Round steps of time between the marks of the ruler, in seconds. */
const TICKS = [0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800];
const TICK_PIXELS = 80;

/** One lane a track; only the rows that are in view are drawn, so that their number does not matter. */
export function drawTimeline(
  context: CanvasRenderingContext2D,
  size: { readonly width: number; readonly height: number },
  span: Span,
  lanes: Lanes,
  colours: TimelineColours,
): void {
  const { width, height } = size;
  const x = (frame: number) => ((frame - span.from) / (span.to - span.from)) * width;
  context.clearRect(0, 0, width, height);
  drawRows(context, size, span, lanes, colours, x);
  context.fillStyle = colours.cut;
  for (const { from, to } of lanes.cuts) context.fillRect(x(from), RULER, Math.max(1, x(to) - x(from)), height - RULER);
  const { from, to } = lanes.marks;
  if (from !== undefined || to !== undefined) {
    context.fillStyle = colours.accent;
    context.globalAlpha = 0.16;
    const start = x(from ?? 0);
    context.fillRect(start, 0, (to === undefined ? width : x(to)) - start, height);
    context.globalAlpha = 1;
  }
  drawRuler(context, size, span, lanes.framesPerSecond, colours, x);
  context.fillStyle = colours.accent;
  context.fillRect(Math.round(x(lanes.frame)) - 1, 0, 2, height);
}

function drawRows(
  context: CanvasRenderingContext2D,
  { width, height }: { readonly width: number; readonly height: number },
  span: Span,
  lanes: Lanes,
  colours: TimelineColours,
  x: (frame: number) => number,
): void {
  const first = Math.max(0, Math.floor(span.top / ROW));
  const last = Math.min(lanes.lanes.length, first + Math.ceil(height / ROW) + 1);
  for (let row = first; row < last; row++) {
    const lane = lanes.lanes[row]!;
    const y = RULER + row * ROW - span.top;
    const chosen = lane.id === lanes.selected;
    if (chosen) {
      context.fillStyle = colours.line;
      context.fillRect(0, y, width, ROW);
    }
    const treatment = lanes.treatment(lane.id);
    context.fillStyle = treatment === 'keep' ? colours.keep : treatment === 'cut' ? colours.cut : colours.hide;
    // Where the head was not seen but must have been: a line from one part to the next.
    for (const { start, end } of lane.fills) context.fillRect(x(start), y + ROW / 2 - 1, x(end + 1) - x(start), 2);
    const colour = context.fillStyle;
    for (const part of lane.parts) {
      context.fillStyle = colour;
      const bar = drawBar(context, part, y, x);
      if (part === lane.parts[0]) label(context, lane.id, bar.from, y, bar.length, colours.ink);
      if (treatment !== 'hide-body' && !chosen) continue;
      context.strokeStyle = chosen ? colours.accent : colours.ink;
      context.lineWidth = chosen ? 2 : 1;
      context.stroke();
    }
  }
}

function drawBar(context: CanvasRenderingContext2D, { start, end }: Path, y: number, x: (frame: number) => number) {
  const from = x(start);
  const length = Math.max(3, x(end + 1) - from);
  context.beginPath();
  context.roundRect(from, y + PAD, length, ROW - 2 * PAD, 4);
  context.fill();
  return { from, length };
}

/** Its name, where there is room; at the left edge while the lane begins further to the left. */
function label(context: CanvasRenderingContext2D, name: string, x: number, y: number, length: number, ink: string) {
  const at = Math.max(x, 0) + 6;
  if (x + length - at < LABEL) return;
  context.fillStyle = ink;
  context.font = '10px "Inter Variable", sans-serif';
  context.textBaseline = 'middle';
  context.fillText(name, at, y + ROW / 2);
}

function drawRuler(
  context: CanvasRenderingContext2D,
  { width }: { readonly width: number },
  { from, to }: Span,
  framesPerSecond: number,
  colours: TimelineColours,
  x: (frame: number) => number,
): void {
  context.fillStyle = colours.surface;
  context.fillRect(0, 0, width, RULER);
  const seconds = (to - from) / framesPerSecond;
  const step = TICKS.find((tick) => (tick / seconds) * width >= TICK_PIXELS) ?? 3600;
  context.fillStyle = colours.soft;
  context.font = '11px "Inter Variable", sans-serif';
  context.textBaseline = 'middle';
  for (let at = Math.ceil(from / framesPerSecond / step) * step; at * framesPerSecond <= to; at += step) {
    const place = Math.round(x(at * framesPerSecond));
    context.fillRect(place, RULER - 5, 1, 5);
    context.fillText(clock(at), place + 4, RULER / 2);
  }
  context.fillStyle = colours.line;
  context.fillRect(0, RULER - 1, width, 1);
}
