import { SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import type { SampleRange } from '../../core/sound/sample-range.ts';
import type { Stretch } from '../../core/sound/stretch.ts';
import type { MediaAddress } from '../ffmpeg/address.ts';
import { decodeAudioArgs } from '../ffmpeg/decode-args.ts';
import type { Ffmpeg } from '../ffmpeg/locate.ts';
import { readPcm } from './pcm.ts';
import { SPEECH_RATE, SpeechDetector, WINDOW } from './speech-detector.ts';

export interface SpokenInSilence extends SampleRange {
  readonly probability: number;
}

/** Silence is listened to as loud as this, in dBFS: as somebody would who turns it up. */
const LISTEN_AT = -30;
/** Probability from which a window is speech, and how many of them in a row are somebody: 128 ms. */
const SPEECH = 0.5;
const LEAST = 4;
const PER = SAMPLE_RATE / SPEECH_RATE;

/** Turns silence up, and looks for speech in it. What is heard by decision is left out. @param level of it, in dBFS */
export async function speechInSilence({
  clip,
  stream,
  tools,
  stretches,
  level,
  signal,
}: {
  readonly clip: MediaAddress;
  readonly stream: number;
  readonly tools: Ffmpeg;
  readonly stretches: readonly Stretch[];
  readonly level: number;
  readonly signal?: AbortSignal | undefined;
}): Promise<SpokenInSilence[]> {
  const silent = stretches.filter(({ kind }) => kind === 'silent');
  const gain = 10 ** ((LISTEN_AT - level) / 20);
  const runs: { from: number; count: number; most: number }[] = [];
  const detector = await SpeechDetector.open();
  let position = 0;
  let window = 0;
  let next = 0;
  try {
    for await (const piece of readPcm(
      tools,
      decodeAudioArgs({ address: clip, streamIndex: stream }, 1, SPEECH_RATE),
      1,
      signal,
    )) {
      const samples = new Float32Array(piece.length);
      const end = position + piece.length;
      while (next < silent.length && silent[next]!.to <= position * PER) next++;
      for (let at = next; at < silent.length && silent[at]!.from < end * PER; at++) {
        const from = Math.max(0, Math.ceil(silent[at]!.from / PER) - position);
        const to = Math.min(piece.length, Math.floor(silent[at]!.to / PER) - position);
        for (let index = from; index < to; index++) samples[index] = Math.max(-1, Math.min(1, piece[index]! * gain));
      }
      position = end;
      for await (const { speech } of detector.listen(samples)) {
        if (speech >= SPEECH) note(runs, window, speech);
        window++;
      }
    }
  } finally {
    await detector.close();
  }
  return runs
    .filter(({ count }) => count >= LEAST)
    .map(({ from, count, most }) => ({
      ...{ from: from * WINDOW * PER, to: (from + count) * WINDOW * PER },
      probability: most,
    }));
}

function note(runs: { from: number; count: number; most: number }[], window: number, speech: number): void {
  const last = runs[runs.length - 1];
  if (last && last.from + last.count === window) {
    last.count++;
    last.most = Math.max(last.most, speech);
  } else runs.push({ from: window, count: 1, most: speech });
}
