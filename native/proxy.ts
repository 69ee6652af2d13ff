import type { FrameRate } from '../core/media/frame-rate.ts';
import { encodeProxyArgs } from './ffmpeg/encode-args.ts';
import type { YuvFrame } from './ffmpeg/frame-reader.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';
import { keep, refuse } from './ffmpeg/outcome.ts';
import type { PictureSize } from './ffmpeg/picture-size.ts';
import { run, write, type Running } from './ffmpeg/run.ts';
import { flattenMp4 } from './mp4/flatten.ts';
import type { SoundSource } from './sound/sound-track.ts';
import type { Shelf, ShelfWriter } from './store/shelf.ts';

/** Names on the shelf: the small copy to look at, and the same before its index is in front. */
export const PROXY = 'proxy.mp4';
const FRAGMENTED = 'proxy.fragments';

/**
 * Writes a small copy of a recording while it is being analysed: its picture `n` is frame `n` of the
 * analysis, whatever the recording's own rate, rotation or codec, and any of them is reached quickly.
 * It has the recording's sound, as a person decides by ear what may be heard.
 */
export class ProxyWriter {
  private constructor(
    private readonly shelf: Shelf,
    private readonly running: Running,
    private readonly writer: ShelfWriter,
    private readonly kept: Promise<void>,
    private readonly signal: AbortSignal | undefined,
  ) {}

  static async start(
    shelf: Shelf,
    size: PictureSize,
    rate: FrameRate,
    sound: SoundSource | undefined,
    tools: Ffmpeg,
    signal: AbortSignal | undefined,
  ): Promise<ProxyWriter> {
    const writer = await shelf.create(FRAGMENTED);
    const running = run(tools.ffmpeg, encodeProxyArgs(size, rate, sound), { signal });
    const kept = keep(running, writer);
    // Awaited at the end; until then its failure must not count as unhandled.
    kept.catch(() => {});
    return new ProxyWriter(shelf, running, writer, kept, signal);
  }

  /** @throws AppFailure `ffmpeg-failed`, `disk-full`, `cancelled` */
  async add(picture: YuvFrame): Promise<void> {
    if (await write(this.running.stdin, picture.data)) return;
    await this.kept;
    refuse(await this.running.finished, 'encode', this.signal);
  }

  /** @throws AppFailure `ffmpeg-failed`, `disk-full`, `cancelled` */
  async finish(): Promise<void> {
    this.running.stdin.end();
    await this.kept;
    refuse(await this.running.finished, 'encode', this.signal);
    await this.writer.commit();
    const source = await this.shelf.open(FRAGMENTED);
    const proxy = await this.shelf.create(PROXY);
    try {
      for await (const piece of flattenMp4(source)) await proxy.write(piece);
      await proxy.commit();
    } catch (error) {
      await proxy.abandon().catch(() => {});
      throw error;
    } finally {
      await source.close();
    }
    this.shelf.remove(FRAGMENTED);
  }

  async abandon(): Promise<void> {
    this.running.kill();
    await this.kept.catch(() => {});
    await this.writer.abandon().catch(() => {});
  }
}
