import { createReadStream } from 'node:fs';
import { fail, throwIfCancelled } from '../../core/errors.ts';
import type { Recording } from '../../core/media/recording.ts';
import { fileAddress } from '../ffmpeg/address.ts';
import { fragmentArgs } from '../ffmpeg/encode-args.ts';
import { refuse } from '../ffmpeg/outcome.ts';
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
  return write(task, createReadStream(task.source, { highWaterMark: 1 << 20 }), task.bytes);
}

/**
 * From the last picture before the fragment that needs no other: what comes before that never enters the
 * vault. Pictures and sound are copied as they are; data, covers and tags stay behind.
 */
async function copyFragment(task: TakeIn, { from, to }: Fragment): Promise<TakenIn> {
  const { source, key, recording, tools, signal } = task;
  const known = recordingHmac(key);
  for await (const piece of createReadStream(source, { highWaterMark: 1 << 20 })) {
    throwIfCancelled(signal);
    known.update(piece);
  }
  const running = run(tools.ffmpeg, fragmentArgs(fileAddress(source), recording, from, to), { signal });
  running.stdin.end();
  const share = (to - from) / Math.max(recording.durationSeconds, to - from);
  const taken = await write(task, running.stdout, Math.round(task.bytes * share));
  const exit = await running.finished;
  if (signal?.aborted) fail({ code: 'cancelled' });
  // Some codecs have no place in the container that can be written without going back.
  if (exit.code !== 0 || taken.bytes === 0) fail({ code: 'import-not-trimmed' });
  refuse(exit, 'mux', signal);
  return { ...taken, sourceHmac: known.digest('hex') };
}

/** @param expected bytes, for the progress alone */
async function write(task: TakeIn, pieces: AsyncIterable<Uint8Array>, expected: number): Promise<TakenIn> {
  const { dossier, key, signal } = task;
  const writer = await dossier.shelf.create(ORIGINAL);
  const hmac = recordingHmac(key);
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      throwIfCancelled(signal);
      hmac.update(piece);
      await writer.write(piece);
      bytes += piece.length;
      task.onProgress?.('copy', bytes, Math.max(bytes, expected));
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
