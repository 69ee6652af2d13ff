import { join } from 'node:path';
import { AppFailure, fail } from '../../core/errors.ts';
import { keepingFacts } from '../../core/retention/terms.ts';
import type { Release, Unit } from '../../core/queue/unit.ts';
import type { Ffmpeg } from '../ffmpeg/locate.ts';
import { probeMedia } from '../ffmpeg/probe.ts';
import { planOf } from '../plan-inputs.ts';
import { RenderPass, type PassTask } from '../render-pass.ts';
import { segmentsOf, type Segment } from '../segments.ts';
import { JOB, ORIGINAL } from '../vault/dossier.ts';
import { Loopback } from '../vault/loopback.ts';
import { SealedShelf } from '../vault/sealed-shelf.ts';
import type { Session } from '../vault/vault.ts';
import { isMade, keepMade } from './made.ts';
import { orderStands, readOrder } from './order.ts';
import { openRelease, requireGenuine } from './release.ts';

/** How often a worker looks whether its order still stands. */
const LOOK_MS = 1000;

/** A recording that a worker holds the key of, with the way through it that it is on. */
interface OpenJob {
  readonly release: Release;
  readonly key: Uint8Array;
  readonly shelf: SealedShelf;
  readonly segments: readonly Segment[];
  readonly wanted: ReadonlySet<number>;
  readonly task: PassTask;
  readonly stop: AbortController;
  readonly loopback: Loopback;
  pass: RenderPass;
}

/**
 * Makes segments of clips for those who hand out the work. It holds one recording's key at a time, and goes on with
 * the decoder where the segment before ended: segments that come in their order cost one decoding.
 */
export class UnitWorker {
  private open: OpenJob | undefined;

  constructor(
    private readonly session: Session,
    private readonly tools: Ffmpeg,
  ) {}

  /** Whether a key for it was handed to this worker; a worker that was added later has to leave it to others. */
  isFor({ release }: Unit): boolean {
    return release.body.workers.includes(this.session.keys.person.id);
  }

  /**
   * Makes one segment; it is in the vault, sealed and signed, when it resolves.
   * @throws AppFailure `queue-unit-failed`, `worker-…`, `input-changed`, `ffmpeg-failed`, `disk-full`, `vault-…`
   */
  async make(unit: Unit, onFrames: (done: number) => void, signal: AbortSignal): Promise<void> {
    requireGenuine(this.session, unit.release, new Date());
    const job = await this.openFor(unit.release);
    const { stop, shelf } = job;
    const { dossier, job: id } = unit.release.body;
    const abort = () => stop.abort(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    const look = setInterval(() => {
      if (!orderStands(shelf, id)) stop.abort(new AppFailure({ code: 'queue-unit-failed', reason: 'no-order' }));
    }, LOOK_MS);
    try {
      const segment = job.segments.find(({ index }) => index === unit.segment);
      if (!segment || !job.wanted.has(unit.segment)) return fail({ code: 'queue-unit-failed', reason: 'forged' });
      // Whoever had it before may have died between its last byte and saying so.
      if (await isMade(shelf, dossier, segment)) return;
      const pass = await passTo(job, segment);
      await keepMade(this.session, shelf, dossier, segment, (open) => pass.make(segment, open, onFrames));
    } catch (error) {
      await this.forget();
      throw stop.signal.reason instanceof AppFailure ? stop.signal.reason : error;
    } finally {
      clearInterval(look);
      signal.removeEventListener('abort', abort);
    }
  }

  /** Forgets the key, and everything that came of it. */
  async forget(): Promise<void> {
    const { open } = this;
    this.open = undefined;
    if (open) await close(open);
  }

  private async openFor(release: Release): Promise<OpenJob> {
    if (this.open && this.open.release.body.job !== release.body.job) await this.forget();
    this.open ??= await this.take(release);
    return this.open;
  }

  private async take(release: Release): Promise<OpenJob> {
    const { session, tools } = this;
    const { dossier, job } = release.body;
    if ((keepingFacts(session.entries()).get(dossier)?.wipe ?? 'none') !== 'none') fail({ code: 'dossier-wiped' });
    const key = await openRelease(session, release);
    const stop = new AbortController();
    let loopback: Loopback | undefined;
    try {
      // ffmpeg takes a broken answer for the end of the recording: whoever waits must be told.
      loopback = await Loopback.start((error) => stop.abort(error));
      const folder = session.folder('dossiers', dossier);
      const shelf = new SealedShelf(join(folder, JOB), key, loopback);
      const order = await readOrder(shelf, job);
      if (order.ffmpegVersion !== tools.version)
        fail({ code: 'worker-other-ffmpeg', wanted: order.ffmpegVersion, found: tools.version });
      // It is about to see the recording; before that nobody needs to know.
      await session.noteAlone({ event: 'key-taken', dossier, job });
      const recording = await recordingIn(new SealedShelf(folder, key, loopback), tools, stop.signal);
      const { analysis, encoder } = order;
      const plan = planOf(recording.facts, { ...order, sound: 'off' });
      const segments = segmentsOf(plan, encoder);
      const wanted = new Set(segments.flatMap((each) => (order.keys.get(each.index) === each.key ? [each.index] : [])));
      // It would paint something else than whoever handed it out wants.
      if (wanted.size !== order.keys.size) fail({ code: 'worker-other-version' });
      const task: PassTask = {
        address: recording.address,
        recording: recording.facts,
        tools,
        plan,
        encoder,
        singleThread: analysis.damaged,
        signatures: analysis.signatures,
        signal: stop.signal,
      };
      return { release, key, shelf, segments, wanted, task, stop, loopback, pass: new RenderPass(task) };
    } catch (error) {
      key.fill(0);
      await loopback?.close();
      throw error;
    }
  }
}

async function recordingIn(shelf: SealedShelf, tools: Ffmpeg, signal: AbortSignal) {
  const file = await shelf.open(ORIGINAL);
  const { size } = file;
  await file.close();
  const address = shelf.address(ORIGINAL);
  return { address, facts: await probeMedia(address, size, tools, signal) };
}

async function passTo(job: OpenJob, segment: Segment): Promise<RenderPass> {
  if (!job.pass.reaches(segment)) {
    await job.pass.close();
    job.pass = new RenderPass(job.task);
  }
  return job.pass;
}

async function close({ key, stop, pass, loopback }: OpenJob): Promise<void> {
  stop.abort();
  try {
    await pass.close();
  } finally {
    await loopback.close();
    key.fill(0);
  }
}
