import { fail } from '../../core/errors.ts';
import type { ShelfWriter } from '../store/shelf.ts';
import { lastLine } from './frame-reader.ts';
import type { Exit, Running } from './run.ts';

/** Turns a failed exit into the error that tells the user what to do. */
export function refuse(exit: Exit, stage: 'encode' | 'audio' | 'mux', signal: AbortSignal | undefined): void {
  if (signal?.aborted) fail({ code: 'cancelled' });
  // First the words: some versions report a full disk and still exit with 0.
  if (/No space left|Disk quota exceeded|File too large/i.test(exit.stderr)) fail({ code: 'disk-full' });
  if (exit.code === 0) return;
  fail({ code: 'ffmpeg-failed', stage, detail: lastLine(exit) });
}

/** Passes what a process writes on to the shelf; a shelf that fails ends the process. */
export async function keep(running: Running, writer: ShelfWriter): Promise<void> {
  try {
    for await (const piece of running.stdout) await writer.write(piece);
  } catch (error) {
    running.kill();
    throw error;
  }
}
