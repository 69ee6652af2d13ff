import type { Exit } from './run.ts';

/** What the thread that reads frames and the one that uses them agree on. */
export interface FrameJob {
  readonly binary: string;
  readonly args: readonly string[];
  /** Bytes of a frame. */
  readonly length: number;
  readonly slots: readonly SharedArrayBuffer[];
  readonly control: SharedArrayBuffer;
}

export type FrameMessage =
  { readonly kind: 'frame'; readonly index: number } | { readonly kind: 'end'; readonly exit: Exit };

/** Frames that fit between decoder and use: one being filled, two being used, one waiting. */
export const SLOTS = 4;
/** Places in the control array. */
export const FRAMES_RELEASED = 0;
export const STOPPED = 1;
export const CONTROL_LENGTH = 2;
