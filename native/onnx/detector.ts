import { cpus } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Detection } from '../../core/geometry/detection.ts';
import type { Family } from '../../models/families.ts';
import type { YuvFrame } from '../ffmpeg/frame-reader.ts';
import type { Tile } from '../pixels/planes.ts';
import { workerFile } from '../worker-file.ts';
import { CLOSE, type DetectorJob, type PassAnswer, type PassRequest } from './detector-messages.ts';
import { joinPasses, mosaicsOf, partsOf, type Pass } from './passes.ts';

/** Exponents that turn raw scores into probabilities: full passes and zoomed tiles (docs/accuracy.md). */
export interface Calibration {
  readonly full: number;
  readonly zoom: number;
}

const CALIBRATION: Record<Family, Calibration> = {
  retinaface: { full: 0.5, zoom: 0.75 },
  // YuNet and SCRFD hardly ever answer above 0.9 and mean it above 0.6: steeper, not flatter.
  yunet: { full: 1.3, zoom: 1.6 },
  scrfd: { full: 0.8, zoom: 1 },
  ultraface: { full: 1.5, zoom: 1.8 },
  faceboxes: { full: 0.9, zoom: 0.8 },
};

export interface FaceDetector {
  readonly name: string;
  readonly calibration: Calibration;
  /** Boxes in frame pixels from one look at the whole frame, at `scale` times its size. */
  detect(frame: YuvFrame, scale: number, minScore: number): Promise<Detection[]>;
  /** Boxes in frame pixels from a mosaic of magnified, possibly turned, squares. */
  detectTiles(frame: YuvFrame, tiles: readonly Tile[], size: number, minScore: number): Promise<Detection[]>;
  close(): Promise<void>;
}

/** Each takes about 80 MB; more than this gains little beside the decoder. */
const MAX_THREADS = 3;

/** How many pictures are looked at side by side on this machine. */
export const threadsHere = () => Math.min(MAX_THREADS, Math.max(1, cpus().length));

/**
 * Opens a detector on threads of its own. Each runs the network with a single thread of computation:
 * two pictures side by side take a third less work than one picture on two cores, and the answers do
 * not depend on the number of cores.
 */
export async function openDetector(
  name: string,
  family: Family,
  bytes: Uint8Array,
  count = threadsHere(),
): Promise<FaceDetector> {
  const job: DetectorJob = { family, bytes };
  const threads = Array.from({ length: count }, () => new Thread(job));
  const queue: (() => void)[] = [];
  const run = async (request: PassRequest): Promise<Detection[]> => {
    let thread = threads.find(({ busy }) => !busy);
    while (!thread) {
      await new Promise<void>((resolve) => queue.push(resolve));
      thread = threads.find(({ busy }) => !busy);
    }
    try {
      return await thread.ask(request);
    } finally {
      queue.shift()?.();
    }
  };
  const all = async (
    { index, width, height, data }: YuvFrame,
    passes: readonly Pass[],
    minScore: number,
  ): Promise<Detection[]> => {
    // Nothing but the picture goes to a thread: who lent it stays here.
    const frame = { index, width, height, data };
    return joinPasses(await Promise.all(passes.map((pass) => run({ frame, pass, minScore }))));
  };
  return {
    name,
    calibration: CALIBRATION[family],
    detect: (frame, scale, minScore) => all(frame, partsOf(frame.width, frame.height, scale), minScore),
    detectTiles: (frame, tiles, size, minScore) => all(frame, mosaicsOf(tiles, size), minScore),
    async close() {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

class Thread {
  busy = false;
  private closing = false;
  private readonly worker: Worker;
  private settle: ((answer: PassAnswer) => void) | undefined;
  /** Why it will never answer again; a thread can end while nobody waits for it. */
  private ended: string | undefined;
  private readonly gone: Promise<void>;

  constructor(job: DetectorJob) {
    this.worker = new Worker(workerFile('detector-worker'), { workerData: job });
    // An idle detector must not keep the program alive.
    this.worker.unref();
    this.worker.on('message', (answer: PassAnswer) => this.settle?.(answer));
    this.worker.on('error', (error) => this.end(error.message));
    this.gone = new Promise((resolve) => {
      this.worker.on('exit', () => {
        this.end('the detector was closed');
        resolve();
      });
    });
  }

  private end(failure: string): void {
    this.ended ??= failure;
    this.settle?.({ failure: this.ended });
  }

  async ask(request: PassRequest): Promise<Detection[]> {
    this.busy = true;
    this.worker.ref();
    try {
      const answer = await new Promise<PassAnswer>((resolve) => {
        this.settle = resolve;
        if (this.ended !== undefined) resolve({ failure: this.ended });
        else this.worker.postMessage(request);
      });
      if ('failure' in answer) throw new Error(answer.failure);
      return answer.faces;
    } finally {
      this.busy = false;
      if (!this.closing) this.worker.unref();
    }
  }

  /** Never by terminating it: see the worker. */
  async close(): Promise<void> {
    this.closing = true;
    this.worker.ref();
    this.worker.postMessage(CLOSE);
    await this.gone;
  }
}
