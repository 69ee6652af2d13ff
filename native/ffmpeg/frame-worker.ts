import { parentPort, workerData } from 'node:worker_threads';
import { FRAMES_RELEASED, SLOTS, STOPPED, type FrameJob, type FrameMessage } from './frame-ring.ts';
import { run } from './run.ts';

/**
 * Runs a decoder and collects its bytes into whole frames, on a thread of its own: the pieces that a
 * pipe delivers would otherwise be the main thread's garbage, gigabytes of it a minute.
 */
const { binary, args, length, slots, control: shared }: FrameJob = workerData;
const control = new Int32Array(shared);
const running = run(binary, args);
running.stdin.end();

const tell = (message: FrameMessage) => parentPort?.postMessage(message);
const stopped = () => Atomics.load(control, STOPPED) === 1;
parentPort?.on('message', () => running.kill());

const LOOK_AGAIN_MS = 500;

/** Blocks this thread until a slot is free: then the pipe fills up and the decoder waits too. */
function awaitSlot(complete: number): void {
  for (;;) {
    const released = Atomics.load(control, FRAMES_RELEASED);
    if (stopped() || complete - released < SLOTS) return;
    // Whoever stops changes nothing that is waited for, and may have said so just before: never longer than this.
    Atomics.wait(control, FRAMES_RELEASED, released, LOOK_AGAIN_MS);
  }
}

/** A function, as the desktop app's bundle knows no waiting outside of one. */
async function collectFrames(): Promise<void> {
  let complete = 0;
  let filled = 0;
  let target = new Uint8Array(slots[0]!);
  for await (const piece of running.stdout) {
    const chunk: Buffer = piece;
    for (let read = 0; read < chunk.length && !stopped();) {
      const count = Math.min(length - filled, chunk.length - read);
      target.set(read === 0 && count === chunk.length ? chunk : chunk.subarray(read, read + count), filled);
      filled += count;
      read += count;
      if (filled < length) continue;
      tell({ kind: 'frame', index: complete });
      complete++;
      filled = 0;
      awaitSlot(complete);
      target = new Uint8Array(slots[complete % SLOTS]!);
    }
    if (stopped()) break;
  }
  if (stopped()) running.kill();
  tell({ kind: 'end', exit: await running.finished });
  parentPort?.close();
}

void collectFrames();
