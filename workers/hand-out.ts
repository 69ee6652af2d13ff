import { fail } from '../core/errors.ts';
import type { UnitFailure } from '../core/queue/errors.ts';
import type { Unit } from '../core/queue/unit.ts';
import type { Elsewhere, MakeElsewhere } from '../native/elsewhere.ts';
import type { Segment } from '../native/segments.ts';
import type { Shelf } from '../native/store/shelf.ts';
import { takeInMade } from '../native/units/made.ts';
import { endOrder, putOrder } from '../native/units/order.ts';
import { releaseKey } from '../native/units/release.ts';
import { newId } from '../native/vault/seal.ts';
import type { Session } from '../native/vault/vault.ts';
import { workersOf } from '../native/vault/worker-account.ts';
import type { JobQueue } from './job-queue.ts';

/** How often the vault is looked into, whatever the queue says. */
const LOOK_MS = 500;
/** How often the queue is asked whether it still knows what was put into it. */
const ASK_MS = 10_000;
/** A Redis that was started anew has forgotten; more often than this is no accident. */
const MOST_TIMES_LOST = 3;
const FAILURES: readonly UnitFailure[] = [
  'expired',
  'forged',
  'no-order',
  'input-changed',
  'disk-full',
  'ffmpeg-failed',
  'vault-item-damaged',
];

/**
 * Has the segments of a clip made by workers. The recording's key is handed to them for as long as that takes; what
 * they made counts once it was read back from the vault.
 * @param onUnserved is told when nobody takes the work
 */
export function handOut(queue: JobQueue, session: Session, dossier: string, onUnserved: () => void): MakeElsewhere {
  return async (work) => {
    const { folder } = work;
    const workers = workersOf(session);
    if (workers.length === 0) fail({ code: 'queue-no-workers' });
    await endOthers(queue, session, dossier, folder.shelf);
    const there = await takeInMade(session, folder, dossier, work.missing);
    const missing = work.missing.filter((segment) => !there.includes(segment));
    if (missing.length === 0) return;
    const job = newId();
    const key = await session.keyring.keyOf(dossier);
    const release = await releaseKey(session, { dossier, job }, key, workers, new Date()).finally(() => key.fill(0));
    await session.noteAlone({ event: 'key-released', dossier, job, workers: workers.map(({ id }) => id) });
    const units = new Map(
      missing.map((segment): [string, Waiting] => [
        `${job}-${segment.index}`,
        { segment, unit: { release, segment: segment.index }, frames: 0, lost: 0 },
      ]),
    );
    let outcome: 'done' | 'stopped' | 'failed' = 'failed';
    try {
      await putOrder(folder.shelf, { ...work, job, missing });
      await new Round(queue, session, dossier, work, units, onUnserved).run();
      outcome = 'done';
    } catch (error) {
      if (work.signal?.aborted) outcome = 'stopped';
      throw error;
    } finally {
      endOrder(folder.shelf, job);
      // Where this fails the log says of no end: `endOthers` finds it.
      await queue.withdraw([...units.keys()]);
      await session.noteAlone({ event: 'release-ended', dossier, job, outcome });
    }
  };
}

/** What jobs on this dossier that were cut short have handed out. */
async function endOthers(queue: JobQueue, session: Session, dossier: string, shelf: Shelf): Promise<void> {
  const open = new Set<string>();
  for (const { what } of session.vault.log().about(dossier)) {
    if (what.event === 'key-released') open.add(what.job);
    if (what.event === 'release-ended') open.delete(what.job);
  }
  for (const job of open) endOrder(shelf, job);
  await queue.withdraw(await queue.about(dossier));
  for (const job of open) await session.noteAlone({ event: 'release-ended', dossier, job, outcome: 'failed' });
}

interface Waiting {
  readonly segment: Segment;
  readonly unit: Unit;
  /** That the worker says it is through. */
  frames: number;
  /** How often the queue forgot it. */
  lost: number;
}

/** One time that segments are handed out, until all of them are there. */
class Round {
  private readonly left: Map<string, Waiting>;
  private readonly failed = new Map<string, string>();
  private finished = 0;
  private wake = () => {};

  constructor(
    private readonly queue: JobQueue,
    private readonly session: Session,
    private readonly dossier: string,
    private readonly work: Elsewhere,
    units: ReadonlyMap<string, Waiting>,
    private readonly onUnserved: () => void,
  ) {
    this.left = new Map(units);
  }

  async run(): Promise<void> {
    const { signal } = this.work;
    const stopListening = this.queue.listen({
      onFrames: (id, done) => this.hear(id, done),
      onFailed: (id, reason) => void this.failed.set(id, reason),
      onDone: () => this.wake(),
    });
    const awake = () => this.wake();
    signal?.addEventListener('abort', awake);
    try {
      await this.queue.add(new Map([...this.left].map(([id, { unit }]) => [id, unit])));
      let asked = Date.now();
      let told = false;
      while (this.left.size > 0) {
        if (signal?.aborted) fail({ code: 'queue-stopped' });
        await this.takeIn();
        this.requireNoneFailed();
        if (Date.now() - asked >= ASK_MS) {
          asked = Date.now();
          await this.askFor();
          if (!told && !(await this.queue.isServed())) this.onUnserved();
          told = true;
        }
        if (this.left.size > 0) await this.rest();
      }
    } finally {
      signal?.removeEventListener('abort', awake);
      stopListening();
    }
  }

  private hear(id: string, frames: number): void {
    const waiting = this.left.get(id);
    if (!waiting || !Number.isFinite(frames)) return;
    const { from, to } = waiting.segment;
    waiting.frames = Math.min(to - from, Math.max(0, frames));
    this.tell();
  }

  private tell(): void {
    this.work.onFrames([...this.left.values()].reduce((sum, { frames }) => sum + frames, this.finished));
  }

  private async takeIn(): Promise<void> {
    const wanted = [...this.left.values()].map(({ segment }) => segment);
    for (const segment of await takeInMade(this.session, this.work.folder, this.dossier, wanted)) {
      this.finished += segment.to - segment.from;
      for (const [id, waiting] of this.left) if (waiting.segment === segment) this.left.delete(id);
    }
    this.tell();
  }

  /** @throws AppFailure `queue-unit-failed` */
  private requireNoneFailed(): void {
    for (const id of this.left.keys()) {
      const reason = this.failed.get(id);
      if (reason === undefined) continue;
      const known = FAILURES.find((each) => each === reason);
      fail({ code: 'queue-unit-failed', reason: known ?? (/stalled/.test(reason) ? 'worker-died' : 'unexpected') });
    }
  }

  /** Puts back what the queue lost. */
  private async askFor(): Promise<void> {
    const known = await this.queue.known([...this.left.keys()]);
    const gone = [...this.left].filter(([id]) => !known.has(id));
    if (gone.length === 0) return;
    // It may have been finished since it was looked for.
    await this.takeIn();
    const lost = gone.filter(([id]) => this.left.has(id) && !this.failed.has(id));
    for (const [, waiting] of lost)
      if (++waiting.lost > MOST_TIMES_LOST) fail({ code: 'queue-unit-failed', reason: 'not-there' });
    await this.queue.add(new Map(lost.map(([id, { unit }]) => [id, unit])));
  }

  private rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LOOK_MS);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
