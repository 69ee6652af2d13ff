import type { EncoderSettings } from './ffmpeg/encode-args.ts';
import type { PlanInputs } from './plan-inputs.ts';
import type { Segment } from './segments.ts';
import type { JobFolder } from './store/job-folder.ts';

/** Segments to be made, and all that whoever makes them needs beside the recording. */
export interface Elsewhere extends PlanInputs {
  readonly folder: JobFolder;
  readonly encoder: EncoderSettings;
  readonly ffmpegVersion: string;
  readonly missing: readonly Segment[];
  /** How many frames of them are there. */
  onFrames(done: number): void;
  readonly signal: AbortSignal | undefined;
}

/** They are on the folder's shelf and noted in it when it resolves. */
export type MakeElsewhere = (work: Elsewhere) => Promise<void>;
