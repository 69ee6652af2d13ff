import type { Decisions } from '../../../../core/decision/decisions.ts';
import { BLEEP_ROLL } from '../../../../core/sound/sound-plan.ts';
import { SAMPLE_RATE } from '../../../../core/media/frame-rate.ts';
import type { SampleRange } from '../../../../core/sound/sample-range.ts';
import { HEARD_SAMPLES, type HeardSegment, type HeardSound } from '../../../../core/sound/speech.ts';
import type { FrameRange } from '../../../../core/plan/plan.ts';
import type { Marks } from '../store.ts';

export interface SoundPicture {
  readonly heard: HeardSound;
  readonly segments: readonly HeardSegment[];
  readonly decisions: Pick<Decisions, 'sound' | 'mutes'>;
  /** All of it is altered, whatever was marked. */
  readonly alwaysAltered: boolean;
  readonly cuts: readonly FrameRange[];
  readonly chosen: SampleRange | undefined;
  readonly marks: Marks;
  readonly frame: number;
  readonly framesPerSecond: number;
}

export interface SoundColours {
  readonly wave: string;
  readonly soft: string;
  readonly heard: string;
  readonly altered: string;
  readonly bleep: string;
  readonly cut: string;
  readonly accent: string;
  readonly ground: string;
}

interface Place {
  readonly x: (frame: number) => number;
  readonly width: number;
  readonly height: number;
}

/** dBFS at the bottom of the lane: a room without anybody. */
const LOWEST = -65;
/** What speech and noise are marked with, below the waveform, in pixels. */
const STRIP = 5;
/** What is decided is drawn above it, in pixels. */
const BAND = 4;

/**
 * Waveform with what was heard below it and what was decided above: what is kept stands on colour, what is silent is
 * struck through, a name has a block over it. Never by colour alone.
 */
export function drawSound(
  context: CanvasRenderingContext2D,
  place: Place,
  picture: SoundPicture,
  colours: SoundColours,
): void {
  const { x, width, height } = place;
  const { framesPerSecond: rate, frame, cuts } = picture;
  const at = (seconds: number) => x(seconds * rate);
  const block = (from: number, to: number, y: number, h: number) =>
    context.fillRect(at(from), y, Math.max(1, at(to) - at(from)), h);
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, width, height);
  const middle = (BAND + height - STRIP) / 2;
  for (const { from, to, altered } of picture.decisions.sound.kept) {
    context.fillStyle = altered || picture.alwaysAltered ? colours.altered : colours.heard;
    block(from, to, 0, BAND);
    context.globalAlpha = 0.18;
    block(from, to, BAND, height - BAND - STRIP);
    context.globalAlpha = 1;
  }
  drawWave(context, place, picture, colours.wave);
  for (const { from, to } of picture.decisions.mutes) {
    context.fillStyle = colours.ground;
    block(from, to, 0, BAND);
    context.globalAlpha = 0.6;
    block(from, to, BAND, height - BAND - STRIP);
    context.globalAlpha = 1;
    context.fillStyle = colours.soft;
    block(from, to, middle - 1, 2);
  }
  for (const { from, to } of picture.decisions.sound.bleeps) {
    context.fillStyle = colours.bleep;
    block(from - BLEEP_ROLL, to + BLEEP_ROLL, 0, height - STRIP);
  }
  for (const segment of picture.segments) drawSegment(context, segment, at, height, colours);
  context.fillStyle = colours.cut;
  for (const { from, to } of cuts) context.fillRect(x(from), 0, Math.max(1, x(to) - x(from)), height);
  drawChosen(context, place, picture, colours);
  context.fillStyle = colours.accent;
  context.fillRect(Math.round(x(frame)) - 1, 0, 2, height);
}

function drawWave(
  context: CanvasRenderingContext2D,
  { x, width, height }: Place,
  { heard, framesPerSecond: rate }: SoundPicture,
  colour: string,
): void {
  const { levels } = heard;
  // Frames are counted from the left edge, levels in steps of their own.
  const perPixel = framesOfPixel(x);
  const step = HEARD_SAMPLES / SAMPLE_RATE;
  const room = height - BAND - STRIP;
  context.fillStyle = colour;
  for (let pixel = 0; pixel < width; pixel++) {
    const from = perPixel(pixel) / rate / step;
    const to = perPixel(pixel + 1) / rate / step;
    let most = 0;
    for (let index = Math.max(0, Math.floor(from)); index < Math.min(levels.length, Math.max(to, from + 1)); index++)
      most = Math.max(most, levels[index]!);
    const share = Math.max(0, (most - 100 - LOWEST) / -LOWEST);
    if (share > 0) context.fillRect(pixel, BAND + (room * (1 - share)) / 2, 1, Math.max(1, room * share));
  }
}

/** Frame at the left edge of a pixel; places on the screen lie evenly in time. */
function framesOfPixel(x: (frame: number) => number): (pixel: number) => number {
  const [origin, one] = [x(0), x(1)];
  return (pixel) => (pixel - origin) / (one - origin);
}

/** Speech near is a full strip, far a thin one, noise dots. */
function drawSegment(
  context: CanvasRenderingContext2D,
  { kind, hint, from, to }: HeardSegment,
  at: (seconds: number) => number,
  height: number,
  { wave, soft }: SoundColours,
): void {
  const [start, end] = [at(from / SAMPLE_RATE), at(to / SAMPLE_RATE)];
  const top = height - STRIP;
  context.fillStyle = kind === 'speech' && hint !== 'far' ? wave : soft;
  if (kind === 'speech') {
    const thick = hint === 'far' ? 2 : STRIP - 1;
    context.fillRect(start, height - thick, Math.max(1, end - start), thick);
  } else for (let dot = start; dot < end; dot += 4) context.fillRect(dot, top + 3, 1, 1);
}

function drawChosen(
  context: CanvasRenderingContext2D,
  { x, width, height }: Place,
  { chosen, marks, framesPerSecond: rate }: SoundPicture,
  { accent }: SoundColours,
): void {
  if (chosen) {
    const from = x((chosen.from / SAMPLE_RATE) * rate);
    context.strokeStyle = accent;
    context.lineWidth = 2;
    context.strokeRect(from, 1, Math.max(2, x((chosen.to / SAMPLE_RATE) * rate) - from), height - 2);
  }
  const { from, to } = marks;
  if (from === undefined && to === undefined) return;
  context.fillStyle = accent;
  context.globalAlpha = 0.22;
  const start = x(from ?? 0);
  context.fillRect(start, 0, (to === undefined ? width : x(to)) - start, height);
  context.globalAlpha = 1;
}
