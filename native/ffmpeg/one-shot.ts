import fluent from 'fluent-ffmpeg';
import { fail } from '../../core/errors.ts';
import type { Ffmpeg } from './locate.ts';
import type { MediaAddress } from './address.ts';

/**
 * One-shot jobs go through fluent-ffmpeg, behind this one adapter; raw pipes are plain spawns
 * (run.ts), as fluent-ffmpeg knows neither backpressure on two pipes nor an AbortSignal.
 * @returns the frame at `seconds` as PNG, at most `width` pixels wide
 */
export function still(tools: Ffmpeg, address: MediaAddress, seconds: number, width: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const command = fluent()
      .setFfmpegPath(tools.ffmpeg)
      .setFfprobePath(tools.ffprobe)
      .input(address)
      .seekInput(Math.max(0, seconds))
      .outputOptions(['-frames:v', '1', '-vf', `scale=${width}:-2`, '-c:v', 'png', '-f', 'image2pipe'])
      .on('error', () => {
        try {
          fail({ code: 'ffmpeg-failed', stage: 'still', detail: 'no picture' });
        } catch (error) {
          reject(error instanceof Error ? error : new Error('no picture'));
        }
      });
    const stream = command.pipe();
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => resolve(Buffer.concat(chunks)));
  });
}
