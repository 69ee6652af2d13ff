import { AppFailure, fail, type AppError } from '../../core/errors.ts';
import { secondsLeft, type OnProgress, type Stage } from '../../core/pipeline/progress.ts';
import { newId } from '../vault/seal.ts';

export type JobKind = 'import' | 'analyse' | 'render';
export type JobStage = Stage | 'copy' | 'read-back';

export interface JobProgress {
  readonly stage: JobStage;
  /** In frames, while importing in bytes. */
  readonly done: number;
  readonly total: number;
  readonly round: number;
  /** Frames or bytes a second in this stage. */
  readonly speed: number;
  readonly secondsLeft: number;
}

export type JobOutcome = 'done' | 'cancelled' | { readonly error: AppError };

export interface JobEvents {
  onProgress(job: string, progress: JobProgress): void;
  onEnd(job: string, kind: JobKind, outcome: JobOutcome, result: string | undefined): void;
}

const TELL_EVERY_MS = 200;
const STAGES: Record<JobKind, readonly Stage[]> = { import: [], analyse: ['analyse'], render: ['render', 'verify'] };

/** One piece of long work at a time, which can be stopped, and of which whoever watches is told. */
export class JobRunner {
  private running:
    { readonly id: string; readonly controller: AbortController; readonly ended: Promise<void> } | undefined;

  /** @param explain turns what was thrown into a code that shells have words for */
  constructor(
    private readonly events: JobEvents,
    private readonly explain: (error: unknown) => AppError,
  ) {}

  get busy(): boolean {
    return this.running !== undefined;
  }

  /**
   * @param work resolves with what the job leads to, such as the name of a dossier
   * @returns name of the job @throws AppFailure `desk-job-running`
   */
  start(
    kind: JobKind,
    work: (
      controller: AbortController,
      tell: (stage: JobStage, done: number, total: number, round?: number) => void,
    ) => Promise<string | undefined>,
  ): string {
    if (this.running) fail({ code: 'desk-job-running' });
    const id = newId();
    const controller = new AbortController();
    const ended = this.watch(id, kind, controller, work(controller, this.teller(id, kind)));
    this.running = { id, controller, ended };
    return id;
  }

  private async watch(
    id: string,
    kind: JobKind,
    controller: AbortController,
    work: Promise<string | undefined>,
  ): Promise<void> {
    let outcome: JobOutcome = 'done';
    let result: string | undefined;
    try {
      result = await work;
    } catch (error) {
      outcome = wasStopped(error, controller.signal) ? 'cancelled' : { error: this.explain(error) };
    }
    this.running = undefined;
    this.events.onEnd(id, kind, outcome, result);
  }

  private teller(id: string, kind: JobKind) {
    let current = '';
    let began = 0;
    let last = 0;
    return (stage: JobStage, done: number, total: number, round = 1) => {
      const now = performance.now();
      if (`${stage} ${round}` !== current) {
        current = `${stage} ${round}`;
        began = now;
        last = 0;
      }
      if (now - last < TELL_EVERY_MS && done < total) return;
      last = now;
      const elapsed = Math.max((now - began) / 1000, 1e-3);
      const copying = stage === 'copy' || stage === 'read-back';
      const left = copying
        ? (elapsed * (total - done)) / Math.max(1, done)
        : secondsLeft({ stage, done, total }, elapsed, STAGES[kind]);
      this.events.onProgress(id, { stage, done, total, round, speed: done / elapsed, secondsLeft: left });
    };
  }

  cancel(): void {
    this.running?.controller.abort();
  }

  /** Stops what runs and waits until it has. */
  async stop(): Promise<void> {
    this.cancel();
    await this.running?.ended;
  }
}

function wasStopped(error: unknown, signal: AbortSignal): boolean {
  if (error instanceof AppFailure && error.error.code === 'cancelled') return true;
  // A killed child may be noticed before the signal is.
  return signal.aborted && signal.reason instanceof DOMException;
}

/** Passes the engine's progress on. */
export function asOnProgress(tell: (stage: JobStage, done: number, total: number, round?: number) => void): OnProgress {
  return ({ stage, done, total, round }) => tell(stage, done, total, round);
}
