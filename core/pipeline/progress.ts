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

/** Share of the whole job's time per stage; only for the estimate, measured by `npm run bench`. */
const WEIGHT: Record<Stage, number> = { analyse: 0.35, render: 0.4, verify: 0.25 };
const ORDER: readonly Stage[] = ['analyse', 'render', 'verify'];
/**
 * Time left from the speed of the running stage and the weight of those to come.
 * @param elapsed seconds since this stage began @param stages that the job consists of, in order
 */
export function secondsLeft(progress: Progress, elapsed: number, stages: readonly Stage[] = ORDER): number {
  const share = Math.max(1e-6, progress.done / progress.total);
  const ownLeft = (elapsed * (1 - share)) / share;
  const unit = (elapsed + ownLeft) / WEIGHT[progress.stage];
  const later = stages.slice(stages.indexOf(progress.stage) + 1).reduce((sum, stage) => sum + WEIGHT[stage], 0);
  return ownLeft + unit * later;
}
