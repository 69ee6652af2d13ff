import { Worker } from 'node:worker_threads';
import { fail } from '../../core/errors.ts';
import type { PictureSize } from './picture-size.ts';
import { CONTROL_LENGTH, FRAMES_RELEASED, SLOTS, STOPPED, type FrameJob, type FrameMessage } from './frame-ring.ts';
import { workerFile } from '../worker-file.ts';
import type { Exit } from './run.ts';

/** One picture, planar 8-bit YUV 4:2:0, limited range BT.709. */
export interface YuvFrame {
  readonly index: number;
  readonly width: number;
  readonly height: number;
  /** All three planes in one buffer: luma, then both chroma planes at half size. */
  readonly data: Uint8Array;
}

/**
 * A picture in a place that the next ones are written to: valid until the one after the next is asked for, and for as
 * long as it is kept.
 */
export interface LentFrame extends YuvFrame {
  /** Nothing is written over this picture until `use` has settled, however far the stream is read meanwhile. */
  keepDuring(use: Promise<unknown>): void;
}

export interface FrameStream {
  readonly frames: AsyncGenerator<LentFrame, void, void>;
  /** After the last frame: how the decoder ended. */
  readonly ended: Promise<Exit>;
}

const NOTHING = Promise.resolve();

/**
 * Streams frames from a decoder that runs on a thread of its own; memory does not grow with the recording's length.
 * @param size of the frames the decoder writes, in pixels, both even
 */
export function readFrames(
  binary: string,
  args: readonly string[],
  size: PictureSize,
  signal?: AbortSignal,
): FrameStream {
  const length = (size.width * size.height * 3) / 2;
  const slots = Array.from({ length: SLOTS }, () => new SharedArrayBuffer(length));
  const shared = new SharedArrayBuffer(CONTROL_LENGTH * Int32Array.BYTES_PER_ELEMENT);
  const control = new Int32Array(shared);
  const job: FrameJob = { binary, args, length, slots, control: shared };
  const worker = new Worker(workerFile('frame-worker'), {
    workerData: job,
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  const pictures = slots.map((slot) => new Uint8Array(slot));
  const state = { arrived: 0, over: false, wake: () => {} };
  const ended = new Promise<Exit>((resolve, reject) => {
    worker.on('message', (message: FrameMessage) => {
      if (message.kind === 'frame') state.arrived = message.index + 1;
      else resolve(message.exit);
      state.wake();
    });
    worker.on('error', reject);
    // After its last message this changes nothing; without one nobody would ever be woken.
    worker.on('exit', () => reject(new Error('the decoder thread ended without a word')));
  });
  const close = () => {
    state.over = true;
    state.wake();
  };
  ended.then(close, close);
  const stop = () => {
    Atomics.store(control, STOPPED, 1);
    Atomics.notify(control, FRAMES_RELEASED);
    worker.postMessage('stop');
  };
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();

  async function* frames(): AsyncGenerator<LentFrame, void, void> {
    const uses: Promise<unknown>[] = [];
    let index = 0;
    try {
      for (; ; index++) {
        while (index >= state.arrived && !state.over) await new Promise<void>((resolve) => (state.wake = resolve));
        if (index >= state.arrived || signal?.aborted) break;
        const slot = index % SLOTS;
        uses[slot] = NOTHING;
        const keepDuring = (use: Promise<unknown>) => void (uses[slot] = Promise.allSettled([uses[slot], use]));
        yield { index, width: size.width, height: size.height, data: pictures[slot]!, keepDuring };
        // The place of the frame before this one is given back; this one's is not yet.
        if (index > 0) await uses[(index - 1) % SLOTS];
        Atomics.store(control, FRAMES_RELEASED, index);
        Atomics.notify(control, FRAMES_RELEASED);
      }
    } finally {
      signal?.removeEventListener('abort', stop);
      stop();
      await ended.catch(() => {});
    }
    const exit = await ended;
    if (signal?.aborted) fail({ code: 'cancelled' });
    if (index === 0) fail({ code: 'input-no-frames' });
    if (exit.code !== 0) fail({ code: 'ffmpeg-failed', stage: 'decode', detail: lastLine(exit) });
  }
  return { frames: frames(), ended };
}

/** Last line of ffmpeg's stderr without anything that looks like a path. */
export function lastLine(exit: Exit): string {
  if (exit.spawnError) return 'could not be started';
  const lines = exit.stderr
    .trim()
    .split('\n')
    .filter((row) => !/Last message repeated/.test(row));
  const line = (lines[lines.length - 1] ?? '').replace(/(file:)?[^\s'"]*[/\\][^\s'"]*/g, '…');
  return line.slice(0, 200) || `exit ${exit.code ?? exit.signal ?? 'unknown'}`;
}
