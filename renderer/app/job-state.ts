import type { AppError } from '../../core/errors.ts';
import type { JobStep } from '../../electron/ipc/views.ts';

export interface Job {
  readonly id: string;
  readonly what: 'import' | 'analyse' | 'render';
  /** Of the dossier that it works on; undefined while importing. */
  readonly dossier: string | undefined;
  readonly step: JobStep | undefined;
}

export interface Ended {
  readonly job: string;
  readonly what: Job['what'];
  readonly outcome: 'done' | 'cancelled' | AppError;
  readonly dossier?: string | undefined;
}

export interface JobState {
  readonly job: Job | undefined;
  /** How the last job ended, until it was taken note of. */
  readonly ended: Ended | undefined;
}

/** A job that fails at once may be told to have ended before the answer that it began is here: then it has ended. */
export function begun(job: Job, { ended }: JobState): JobState {
  return ended?.job === job.id ? { job: undefined, ended } : { job, ended: undefined };
}
