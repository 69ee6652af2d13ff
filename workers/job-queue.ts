import type { JobsOptions, Queue, QueueEvents } from 'bullmq';
import { fail } from '../core/errors.ts';
import { Unit } from '../core/queue/unit.ts';
import { atMost, connect, type Connection } from './connection.ts';
import type { QueueAddress } from './queue-address.ts';

/** Before all names in Redis; after it follows the vault's number. */
export const PREFIX = 'onherkenbaar';
/** A worker that showed no life for that long has lost what it was at. */
export const LOCK_MS = 15_000;

/** A server that does not come back in this time is away. */
const AWAY_MS = 20_000;
const LOOK_MS = 500;
const CLOSE_MS = 5_000;
const OPTIONS: JobsOptions = {
  attempts: 3,
  backoff: { type: 'fixed', delay: 1_000 },
  // Whatever becomes of it: a key that was handed out is not left lying about.
  removeOnComplete: true,
  removeOnFail: true,
  // A trace names folders, and those can be named after people.
  stackTraceLimit: 0,
};
const STATES = ['waiting', 'delayed', 'active', 'prioritized', 'failed', 'completed'] as const;

export interface UnitNews {
  onFrames(id: string, done: number): void;
  onFailed(id: string, reason: string): void;
  onDone(): void;
}

/** One vault's queue, as whoever hands out work sees it. */
export class JobQueue {
  private constructor(
    private readonly connection: Connection,
    private readonly queue: Queue,
    private readonly events: QueueEvents,
  ) {}

  /** @throws AppFailure `queue-away`, `queue-password`, `queue-certificate`, `queue-unfit` */
  static async open(address: QueueAddress, vault: string): Promise<JobQueue> {
    const connection = await connect(address);
    const { redis } = connection;
    const { Queue, QueueEvents } = await import('bullmq');
    const queue = new Queue(vault, { connection: redis, prefix: PREFIX, streams: { events: { maxLen: 1000 } } });
    const events = new QueueEvents(vault, { connection: redis, prefix: PREFIX });
    // Told by what is asked of it next.
    queue.on('error', () => {});
    events.on('error', () => {});
    await events.waitUntilReady();
    return new JobQueue(connection, queue, events);
  }

  listen(news: UnitNews): () => void {
    const progress = ({ jobId, data }: { jobId: string; data: unknown }) => news.onFrames(jobId, Number(data));
    const failed = ({ jobId, failedReason }: { jobId: string; failedReason: string }) =>
      news.onFailed(jobId, failedReason);
    const completed = () => news.onDone();
    this.events.on('progress', progress).on('failed', failed).on('completed', completed);
    return () => this.events.off('progress', progress).off('failed', failed).off('completed', completed);
  }

  /** @param units by a name that is theirs alone */
  async add(units: ReadonlyMap<string, Unit>): Promise<void> {
    const bulk = [...units].map(([jobId, data]) => ({ name: 'segment', data, opts: { ...OPTIONS, jobId } }));
    await this.answer(this.queue.addBulk(bulk));
    // Where nobody ever comes for it, what was handed out goes all the same.
    const over = [...units].map(([id, { release }]) =>
      this.connection.redis.pexpireat(this.queue.toKey(id), Date.parse(release.body.expires)),
    );
    await this.answer(Promise.all(over));
  }

  /** Those that the queue still knows, of some. */
  async known(ids: readonly string[]): Promise<Set<string>> {
    const states = await this.answer(Promise.all(ids.map((id) => this.queue.getJobState(id))));
    return new Set(ids.filter((_, index) => states[index] !== 'unknown'));
  }

  /** Whether any worker is connected; a server that does not tell is believed to have some. */
  async isServed(): Promise<boolean> {
    try {
      return (await this.answer(this.queue.getWorkersCount())) > 0;
    } catch {
      return true;
    }
  }

  /** Names of everything that somebody has in it about a dossier. */
  async about(dossier: string): Promise<string[]> {
    const jobs = await this.answer(this.queue.getJobs([...STATES]));
    return jobs.flatMap((job) => {
      const unit = Unit.safeParse(job?.data).data;
      return unit?.release.body.dossier === dossier && job.id !== undefined ? [job.id] : [];
    });
  }

  /**
   * Takes units out, and with them the keys. One that a worker is at it can be taken out of the queue only once that
   * worker stopped, or has shown no life for {@link LOCK_MS}.
   */
  async withdraw(ids: readonly string[]): Promise<void> {
    const until = Date.now() + 2 * LOCK_MS;
    let left = ids;
    while (left.length > 0 && Date.now() < until) {
      for (const id of left) await this.answer(this.queue.remove(id));
      left = [...(await this.known(left))];
      if (left.length > 0) await new Promise((resolve) => setTimeout(resolve, 250));
    }
    const counts = await this.answer(this.queue.getJobCounts(...STATES));
    if (Object.values(counts).every((count) => count === 0)) await this.answer(this.queue.obliterate({ force: true }));
  }

  async close(): Promise<void> {
    if (this.connection.away > 0) this.connection.end();
    const closed = Promise.allSettled([this.events.close(), this.queue.close()]);
    await atMost(CLOSE_MS, closed);
    this.connection.end();
  }

  /** What was asked waits for the connection to come back, but not for ever. @throws AppFailure `queue-away` */
  private async answer<T>(asked: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const look = () => {
        if (this.connection.away >= AWAY_MS) reject(new Error('away'));
        else timer = setTimeout(look, LOOK_MS);
      };
      look();
    });
    try {
      return await Promise.race([asked, late]);
    } catch {
      return fail({ code: 'queue-away' });
    } finally {
      clearTimeout(timer);
    }
  }
}
