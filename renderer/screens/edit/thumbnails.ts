import { secondsOfFrame, type FrameRate } from '../../../core/media/frame-rate.ts';
import { boxAt, type Track } from '../../../core/track/track.ts';

/** Cells across and down a head: as coarse as the mask itself, so that nobody is shown in the clear to be found. */
const COLUMNS = 6;
const ROWS = 8;
const SEEK_MS = 3000;

/**
 * Coarse pictures of tracks, made one after the other from a second, hidden player, and only of those
 * that someone asks for.
 */
export class Thumbnails {
  private readonly video = document.createElement('video');
  private readonly made = new Map<string, ImageBitmap>();
  private readonly wanted = new Map<
    string,
    { readonly track: Track; readonly done: ((picture: ImageBitmap) => void)[] }
  >();
  private working = false;
  private closed = false;

  constructor(
    source: string,
    private readonly rate: FrameRate,
    /** Of the recording, in pixels. */
    private readonly width: number,
  ) {
    this.video.muted = true;
    this.video.preload = 'auto';
    this.video.src = source;
  }

  /** @returns takes the wish back */
  want(track: Track, done: (picture: ImageBitmap) => void): () => void {
    // Splitting a track leaves its name with its first part.
    const name = `${track.id} ${track.bestFrame}`;
    const made = this.made.get(name);
    if (made) {
      done(made);
      return () => {};
    }
    const waiting = this.wanted.get(name) ?? { track, done: [] };
    waiting.done.push(done);
    this.wanted.set(name, waiting);
    void this.work();
    return () => {
      waiting.done.splice(waiting.done.indexOf(done), 1);
      if (waiting.done.length === 0) this.wanted.delete(name);
    };
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    for (const [name, { track, done }] of this.wanted) {
      if (this.closed) break;
      this.wanted.delete(name);
      const picture = await this.make(track);
      if (!picture) continue;
      this.made.set(name, picture);
      for (const each of done) each(picture);
    }
    this.working = false;
    if (this.wanted.size > 0 && !this.closed) void this.work();
  }

  private async make(track: Track): Promise<ImageBitmap | undefined> {
    const frame = Math.min(track.end, Math.max(track.start, track.bestFrame));
    const box = boxAt(track, frame);
    if (!box || !(await this.seek(secondsOfFrame(frame + 0.5, this.rate)))) return undefined;
    const scale = this.video.videoWidth / this.width;
    const canvas = new OffscreenCanvas(COLUMNS, ROWS);
    const context = canvas.getContext('2d');
    if (!context) return undefined;
    context.imageSmoothingQuality = 'high';
    const grown = { x: box.x - box.w * 0.3, y: box.y - box.h * 0.4, w: box.w * 1.6, h: box.h * 1.65 };
    context.drawImage(
      this.video,
      grown.x * scale,
      grown.y * scale,
      grown.w * scale,
      grown.h * scale,
      0,
      0,
      COLUMNS,
      ROWS,
    );
    return canvas.transferToImageBitmap();
  }

  private seek(seconds: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (arrived: boolean) => {
        clearTimeout(late);
        this.video.removeEventListener('seeked', arrive);
        resolve(arrived);
      };
      const arrive = () => end(true);
      const late = setTimeout(() => end(false), SEEK_MS);
      this.video.addEventListener('seeked', arrive);
      this.video.currentTime = seconds;
    });
  }

  close(): void {
    this.closed = true;
    this.wanted.clear();
    this.video.removeAttribute('src');
    this.video.load();
  }
}
