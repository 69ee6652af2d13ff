import type { Job } from 'bullmq';
import { AppFailure } from '../core/errors.ts';
import type { AppError } from '../core/errors.ts';
import { Unit } from '../core/queue/unit.ts';
import type { Ffmpeg } from '../native/ffmpeg/locate.ts';
import { machineError } from '../native/machine-error.ts';
import { UnitWorker } from '../native/units/unit-worker.ts';
import type { Session } from '../native/vault/vault.ts';
import { atMost, connect } from './connection.ts';
import { LOCK_MS, PREFIX } from './job-queue.ts';
import type { QueueAddress } from './queue-address.ts';

const STALLED_MS = 5_000;
/** Workers that die over one segment before it is given up. */
const MOST_DEATHS = 5;
/** How long a key is kept for the next segment of the same job. */
const KEEP_MS = 3_000;
/** How long what is at hand may take to be given back. */
const CLOSE_MS = 10_000;
const FRAMES_MS = 1_000;
/** What is not for this worker, or can't be done now, is left to others for this long. */
const LEAVE_MS = 1_000;

/** What a worker tells of itself: numbers, no name of anybody. */
export interface WorkerNews {
  onReady(): void;
  onMade(made: { readonly dossier: string; readonly job: string; readonly segment: number; seconds: number }): void;
  onFailed(error: AppError | undefined): void;
  onQueue(state: 'away' | 'back'): void;
}

/**
 * Takes segments from the vault's queue until the signal comes; what is at hand then goes back to the others.
 * @throws AppFailure `queue-…`, `worker-other-version`, `worker-other-ffmpeg`
 */
export async function serve(
  address: QueueAddress,
  session: Session,
  tools: Ffmpeg,
  news: WorkerNews,
  signal: AbortSignal,
): Promise<void> {
  const connection = await connect(address);
  const { redis } = connection;
  const { DelayedError, UnrecoverableError, Worker } = await import('bullmq');
  const hands = new UnitWorker(session, tools);
  let idle: NodeJS.Timeout | undefined;
  let unfit: AppFailure | undefined;
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));

  const leave = async (job: Job, token: string | undefined): Promise<never> => {
    await job.moveToDelayed(Date.now() + LEAVE_MS, token);
    throw new DelayedError();
  };
  const work = async (job: Job, token?: string): Promise<void> => {
    const unit = Unit.safeParse(job.data).data;
    if (!unit) throw new UnrecoverableError('forged');
    if (signal.aborted || unfit || !hands.isFor(unit) || !session.vault.isThere()) return leave(job, token);
    clearTimeout(idle);
    const begun = performance.now();
    let told = begun;
    try {
      await hands.make(
        unit,
        (frames) => {
          if (performance.now() - told < FRAMES_MS) return;
          told = performance.now();
          // Only to be shown; the connection may be away.
          job.updateProgress(frames).catch(() => {});
        },
        signal,
      );
      const { dossier, job: id } = unit.release.body;
      const seconds = Math.round((performance.now() - begun) / 100) / 10;
      news.onMade({ dossier, job: id, segment: unit.segment, seconds });
    } catch (error) {
      if (signal.aborted) return leave(job, token);
      const known = error instanceof AppFailure ? error.error : machineError(error);
      if (error instanceof AppFailure && error.error.code.startsWith('worker-')) {
        unfit = error;
        end();
        return leave(job, token);
      }
      news.onFailed(known);
      // A word of a closed list: what it says beside that can name folders.
      const reason = known?.code === 'queue-unit-failed' ? known.reason : (known?.code ?? 'unexpected');
      const Failure = /^(forged|expired|no-order|dossier-wiped)$/.test(reason) ? UnrecoverableError : Error;
      throw new Failure(reason);
    } finally {
      idle = setTimeout(() => void hands.forget().catch(() => {}), KEEP_MS);
    }
  };

  const worker = new Worker(session.vault.id, work, {
    connection: redis,
    prefix: PREFIX,
    concurrency: 1,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_MS,
    maxStalledCount: MOST_DEATHS,
  });
  let away = false;
  worker.on('error', () => {
    if (redis.status === 'ready' || away) return;
    away = true;
    news.onQueue('away');
  });
  redis.on('ready', () => {
    if (away) news.onQueue('back');
    away = false;
  });
  news.onReady();
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    await ended;
    if (connection.away > 0) connection.end();
    await atMost(CLOSE_MS, worker.close());
  } finally {
    clearTimeout(idle);
    await hands.forget();
    connection.end();
  }
  if (unfit) throw unfit;
}
