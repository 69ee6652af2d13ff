import type { Ffmpeg } from '../ffmpeg/locate.ts';
import { refuse } from '../ffmpeg/outcome.ts';
import { run } from '../ffmpeg/run.ts';

const FLOAT_BYTES = 4;

/**
 * What ffmpeg writes as f32le, as whole frames of interleaved samples. A piece is valid until the next one is asked for.
 * @throws AppFailure `ffmpeg-failed`, `cancelled`
 */
export async function* readPcm(
  tools: Ffmpeg,
  args: readonly string[],
  channels: number,
  signal?: AbortSignal,
): AsyncGenerator<Float32Array> {
  const decoder = run(tools.ffmpeg, args, { signal });
  decoder.stdin.end();
  const frame = FLOAT_BYTES * channels;
  let rest: Uint8Array = new Uint8Array(0);
  try {
    for await (const piece of decoder.stdout as AsyncIterable<Buffer>) {
      const bytes = new Uint8Array(rest.length + piece.length);
      bytes.set(rest);
      bytes.set(piece, rest.length);
      const whole = bytes.length - (bytes.length % frame);
      rest = bytes.slice(whole);
      // Copied to an address that a Float32Array can stand at.
      if (whole > 0) yield new Float32Array(bytes.buffer, 0, whole / FLOAT_BYTES);
    }
    refuse(await decoder.finished, 'audio', signal);
  } finally {
    decoder.kill();
  }
}

/** As ffmpeg reads it. */
export function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
