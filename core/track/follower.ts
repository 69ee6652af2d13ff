import type { Box } from '../geometry/box.ts';

/**
 * How the picture moved between two frames: a point goes from `p` to `centre + (p - centre) * scale
 * + (dx, dy)`, with the centre of the frame as centre. Pixels of the follow picture.
 */
export interface Motion {
  readonly scale: number;
  readonly dx: number;
  readonly dy: number;
  /** Correlation of the two frames after undoing the motion, -1..1. */
  readonly agreement: number;
}

/** Where a template was found; `support` is its zero-mean correlation there, -1..1. */
export interface Fit {
  readonly box: Box;
  readonly support: number;
}

/**
 * Compares pictures without any idea of what or who is in them. `Frame` and `Template` are opaque to
 * the core; boxes are in pixels of the follow picture (a reduced frame).
 */
export interface Follower<Frame, Template> {
  /** Size of the follow picture in pixels. */
  readonly width: number;
  readonly height: number;
  motion(from: Frame, to: Frame): Motion;
  /** Undefined when there is too little texture to find it again. */
  template(frame: Frame, box: Box): Template | undefined;
  /** Searches near `guess`; the result keeps the template's proportions. */
  follow(template: Template, frame: Frame, guess: Box): Fit;
}
