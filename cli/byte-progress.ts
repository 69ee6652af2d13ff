import { deliveryReason } from '../words/delivery-errors.ts';
import type { ExportHooks } from '../native/delivery/export.ts';
import type { Context } from './context.ts';
import { exportTexts } from './words/export-texts.ts';

const LIVE_MS = 200;
const LOG_MS = 2000;

/** Decimal, as systems and portals show sizes. */
function megabytes(bytes: number, language: Context['language']): string {
  const text = (bytes / 1e6).toFixed(1);
  return `${language === 'nl' ? text.replace('.', ',') : text} MB`;
}

function clock(seconds: number): string {
  const rounded = Math.max(0, Math.round(seconds));
  return `${Math.floor(rounded / 60)}:${String(rounded % 60).padStart(2, '0')}`;
}

/** Prints stage, bytes, speed and time left of a delivery. */
export function bytePrinter(context: Context, dossier: string): ExportHooks {
  const { asJson, output, language, signal } = context;
  const words = exportTexts(language);
  const living = process.stderr.isTTY && !asJson;
  let total = 0;
  let begun = performance.now();
  let last = 0;
  const say = (stage: 'send' | 'check', done: number) => {
    const now = performance.now();
    if (now - last < (living || asJson ? LIVE_MS : LOG_MS) && done < total) return;
    last = now;
    const seconds = Math.max((now - begun) / 1000, 1e-3);
    const bytesPerSecond = Math.round(done / seconds);
    const etaSeconds = done === 0 ? 0 : Math.round((total - done) / (done / seconds));
    if (asJson) {
      output.json({ event: 'progress', dossier, stage, done, total, bytesPerSecond, etaSeconds });
      return;
    }
    const size = (bytes: number) => megabytes(bytes, language);
    const line = words.progress(words.stage[stage], size(done), size(total), size(bytesPerSecond), clock(etaSeconds));
    process.stderr.write(living ? `\r\u001b[K${line}${done >= total ? '\n' : ''}` : `${line}\n`);
  };
  return {
    signal,
    onBegin(size) {
      total = size;
      begun = performance.now();
    },
    onRead: (done) => say('send', done),
    onChecking: () => say('check', total),
    onWaiting(reason, milliseconds) {
      const seconds = Math.ceil(milliseconds / 1000);
      if (asJson) output.json({ event: 'waiting', dossier, reason, seconds });
      else process.stderr.write(`${words.waiting(deliveryReason(reason, language), seconds)}\n`);
    },
  };
}
