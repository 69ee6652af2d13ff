import type { BoxList } from '../geometry/box-list.ts';
import type { ColourMean } from './colours.ts';

/** A finished or running run of boxes, one a frame, in follow pixels. */
export interface Run {
  /** Frame of `boxes[0]`. */
  start: number;
  readonly boxes: BoxList;
  /** First and last frame on which detector or picture supported the position. */
  firstSupported: number;
  lastSupported: number;
  hits: number;
  bestScore: number;
  bestFrame: number;
  /** Sum of the probabilities of all hits. */
  evidence: number;
  /** Looks since it was found first, and those up to its last hit: what came after may be a head turned away. */
  looks: number;
  looksToLastHit: number;
  readonly colours: ColourMean;
}
