import type { Detection } from '../../core/geometry/detection.ts';
import type { Family } from '../../models/families.ts';
import type { YuvFrame } from '../ffmpeg/frame-reader.ts';
import type { Pass } from './passes.ts';

/** What a thread of the detector is started with, asked and answers. */
export interface DetectorJob {
  readonly family: Family;
  readonly bytes: Uint8Array;
}

export interface PassRequest {
  readonly frame: YuvFrame;
  readonly pass: Pass;
  readonly minScore: number;
}

export type PassAnswer = { readonly faces: Detection[] } | { readonly failure: string };

/** Asks a thread to end as soon as its network is at rest. */
export const CLOSE = 'close';
