import { createReadStream } from 'node:fs';
import { fail, throwIfCancelled } from '../../core/errors.ts';
import type { Recording } from '../../core/media/recording.ts';
import { fileAddress } from '../ffmpeg/address.ts';
import { fragmentArgs } from '../ffmpeg/encode-args.ts';
import type { Ffmpeg } from '../ffmpeg/locate.ts';
import { run } from '../ffmpeg/run.ts';
import { readAll } from '../store/shelf.ts';
import { ORIGINAL, recordingHmac, type Dossier } from './dossier.ts';

export interface Fragment {
  /** Seconds of the file. */
  readonly from: number;
  readonly to: number;
}

export interface TakeIn {
  readonly dossier: Dossier;
  readonly key: Uint8Array;
  readonly source: string;
  /** Of the source. */
  readonly bytes: number;
  readonly recording: Recording;
  /** Undefined: all of it. */
  readonly fragment: Fragment | undefined;
  readonly tools: Ffmpeg;
  onProgress?(stage: 'copy' | 'read-back', done: number, total: number): void;
  readonly signal: AbortSignal | undefined;
}

export interface TakenIn {
  /** Of what lies in the vault. */
  readonly hmac: string;
  readonly bytes: number;
  /** Of the file that a fragment was taken from. */
  readonly sourceHmac?: string;
}

/**
 * Card, cipher, vault, without a byte in the clear on the vault's disk; then reads back what was written.
 * @throws AppFailure `import-differs`, `import-not-trimmed`, `cancelled`
 */
export async function takeIn(task: TakeIn): Promise<TakenIn> {
  const taken = task.fragment ? await copyFragment(task, task.fragment) : await copyWhole(task);
  await readBack(task, taken);
  return taken;
}

async function copyWhole(task: TakeIn): Promise<TakenIn> {
  const pieces = createReadStream(task.source, { highWaterMark: 1 << 20 });
  return write(task, pieces, (bytes) => task.onProgress?.('copy', bytes, task.bytes));
}

/**
 * From the last picture before the fragment that needs no other: what comes before that never enters the
 * vault. Pictures and sound are copied as they are; data, covers and tags stay behind.
 */
async function copyFragment(task: TakeIn, { from, to }: Fragment): Promise<TakenIn> {
  const { source, key, recording, tools, signal, onProgress } = task;
  const expected = Math.round((task.bytes * (to - from)) / recording.durationSeconds);
  const total = task.bytes + expected;
  const known = recordingHmac(key);
  let read = 0;
  for await (const piece of createReadStream(source, { highWaterMark: 1 << 20 })) {
    throwIfCancelled(signal);
    known.update(piece);
    read += piece.length;
    onProgress?.('copy', read, total);
  }
  const running = run(tools.ffmpeg, fragmentArgs(fileAddress(source), recording, from, to), { signal });
  running.stdin.end();
  try {
    const taken = await write(task, running.stdout, (bytes) =>
      onProgress?.('copy', Math.min(total, read + bytes), total),
    );
    const exit = await running.finished;
    // Some codecs have no place in the container that can be written without going back.
    if (exit.code !== 0 || taken.bytes === 0) fail({ code: 'import-not-trimmed' });
    return { ...taken, sourceHmac: known.digest('hex') };
  } catch (error) {
    running.kill();
    // A killed child may be noticed before the signal is.
    throwIfCancelled(signal);
    throw error;
  }
}

async function write(
  { dossier, key, signal }: TakeIn,
  pieces: AsyncIterable<Uint8Array>,
  tell: (bytes: number) => void,
): Promise<TakenIn> {
  const writer = await dossier.shelf.create(ORIGINAL);
  const hmac = recordingHmac(key);
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      throwIfCancelled(signal);
      hmac.update(piece);
      await writer.write(piece);
      bytes += piece.length;
      tell(bytes);
    }
    await writer.commit();
  } catch (error) {
    await writer.abandon().catch(() => {});
    throw error;
  }
  return { hmac: hmac.digest('hex'), bytes };
}

async function readBack({ dossier, key, signal, onProgress }: TakeIn, { hmac, bytes }: TakenIn): Promise<void> {
  const file = await dossier.shelf.open(ORIGINAL);
  try {
    const again = recordingHmac(key);
    let done = 0;
    for await (const piece of readAll(file)) {
      throwIfCancelled(signal);
      again.update(piece);
      done += piece.length;
      onProgress?.('read-back', done, bytes);
    }
    if (again.digest('hex') !== hmac || done !== bytes) fail({ code: 'import-differs' });
  } finally {
    await file.close();
  }
}
