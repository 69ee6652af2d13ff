import { fail } from '../../core/errors.ts';
import type { PictureSize } from './decode-args.ts';
import { run, type Exit } from './run.ts';

/** One picture, planar 8-bit YUV 4:2:0, limited range BT.709; valid until the next one is asked for. */
export interface YuvFrame {
  readonly index: number;
  readonly width: number;
  readonly height: number;
  /** All three planes in one buffer: luma, then both chroma planes at half size. */
  readonly data: Uint8Array;
}

export function lumaOf(frame: YuvFrame): Uint8Array {
  return frame.data.subarray(0, frame.width * frame.height);
}

export interface FrameStream {
  readonly frames: AsyncGenerator<YuvFrame, void, void>;
  /** After the last frame: how the decoder ended. */
  readonly ended: Promise<Exit>;
}

/**
 * Streams frames from a decoder. Two buffers take turns, so a consumer may keep one frame while the
 * next is filled, and memory does not grow with the length of the recording.
 * @param size of the frames the decoder writes, in pixels, both even
 */
export function readFrames(
  binary: string,
  args: readonly string[],
  size: PictureSize,
  signal?: AbortSignal,
): FrameStream {
  const running = run(binary, args, { signal });
  running.stdin.end();
  const length = (size.width * size.height * 3) / 2;

  async function* frames(): AsyncGenerator<YuvFrame, void, void> {
    const buffers = [new Uint8Array(length), new Uint8Array(length)] as const;
    let filled = 0;
    let index = 0;
    try {
      for await (const piece of running.stdout) {
        const chunk: Buffer = piece;
        let read = 0;
        while (read < chunk.length) {
          const target = buffers[index % 2 === 0 ? 0 : 1];
          const count = Math.min(length - filled, chunk.length - read);
          target.set(chunk.subarray(read, read + count), filled);
          filled += count;
          read += count;
          if (filled === length) {
            yield { index, width: size.width, height: size.height, data: target };
            index++;
            filled = 0;
          }
        }
      }
    } finally {
      running.kill();
    }
    const exit = await running.finished;
    if (signal?.aborted) fail({ code: 'cancelled' });
    if (index === 0) fail({ code: 'input-no-frames' });
    if (exit.code !== 0) fail({ code: 'ffmpeg-failed', stage: 'decode', detail: lastLine(exit) });
  }
  return { frames: frames(), ended: running.finished };
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
