export type Stage = 'analyse' | 'render' | 'verify';

/** How far a stage is, in frames. Reaching `total` is not "done": done is when the job returns. */
export interface Progress {
  readonly stage: Stage;
  readonly done: number;
  readonly total: number;
  /** Render and verify may run up to three times. */
  readonly round?: number;
}

export type OnProgress = (progress: Progress) => void;
