import { toNumber, type FrameRate } from '../core/media/frame-rate.ts';
import { secondsLeft, type OnProgress } from '../core/pipeline/progress.ts';
import type { Context } from './context.ts';

/** How often a terminal and a machine that reads along are told; a log gets a line now and then. */
const LIVE_MS = 200;
const LOG_MS = 2000;

function clock(seconds: number): string {
  const rounded = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(rounded / 60);
  return `${minutes}:${String(rounded % 60).padStart(2, '0')}`;
}

/** Prints stage, frames, speed and time left: one living line on a terminal, a line now and then elsewhere. */
export function progressPrinter(context: Context, rate: FrameRate): { onProgress: OnProgress; end(): void } {
  const { texts, asJson, output } = context;
  const living = process.stderr.isTTY && !asJson;
  let stage: string | undefined;
  let stageStart = 0;
  let last = 0;
  return {
    onProgress(progress) {
      const now = performance.now();
      const name = `${progress.stage} ${progress.round ?? 1}`;
      if (name !== stage) {
        stage = name;
        stageStart = now;
        last = 0;
      }
      const finished = progress.done >= progress.total;
      if (now - last < (living || asJson ? LIVE_MS : LOG_MS) && !finished) return;
      last = now;
      const elapsed = (now - stageStart) / 1000;
      const speed = progress.done / toNumber(rate) / Math.max(elapsed, 1e-3);
      const etaSeconds = secondsLeft(progress, elapsed);
      if (asJson) {
        output.json({
          event: 'progress',
          ...progress,
          speed: Number(speed.toFixed(2)),
          elapsed: Number(elapsed.toFixed(2)),
          etaSeconds: Math.round(etaSeconds),
        });
        return;
      }
      const again = progress.round && progress.round > 1 ? ` (${texts.round(progress.round)})` : '';
      const parts = [
        `${texts.stage[progress.stage]}${again}`,
        texts.frames(progress.done, progress.total),
        texts.speed(speed.toFixed(1)),
        texts.left(clock(etaSeconds)),
      ];
      const line = parts.join(' · ');
      process.stderr.write(living ? `\r\u001b[K${line}${finished ? '\n' : ''}` : `${line}\n`);
    },
    end() {
      if (living) process.stderr.write('\r\u001b[K');
    },
  };
}
