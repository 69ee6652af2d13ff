import { SAMPLE_RATE } from '../media/frame-rate.ts';
import type { SampleRange } from './sample-range.ts';

/** Samples at {@link SAMPLE_RATE} that one answer of the speech detector stands for: 32 ms. */
export const HEARD_SAMPLES = 1536;

/** What was heard of a recording, one entry for each {@link HEARD_SAMPLES}; 2 MB would be ten hours. */
export interface HeardSound {
  /** Level in dBFS (RMS) above -100, at most 100: the waveform to look at. */
  readonly levels: Uint8Array;
  /** Probability of speech times 255. */
  readonly speech: Uint8Array;
}

/**
 * `near`: about as loud as the loudest speech, as of somebody who wears a microphone; `far`: much less. A hint for
 * whoever decides, made of the level alone; never a decision, and nothing about who it is.
 */
export type DistanceHint = 'near' | 'far';

export interface HeardSegment extends SampleRange {
  readonly kind: 'speech' | 'noise';
  /** Mean level in dBFS. */
  readonly level: number;
  /** Of speech, where levels differ enough to tell. */
  readonly hint?: DistanceHint;
}

/**
 * Speech begins and ends at these probabilities. Silero's own are 0.5 and 0.35; here a miss costs more than a false
 * alarm, as each segment is only something to listen to.
 */
const BEGIN = 0.35 * 255;
const END = 0.2 * 255;
/** In entries: shorter pauses belong to a sentence, shorter sounds are none, and onsets are quiet. */
const PAUSE = 9;
const LEAST = 3;
const EDGE = 2;
/** dB above the background from which something that is no speech is noise. */
const NOISE_ABOVE = 15;
/** dB below the loudest speech from which it counts as far. */
const FAR_BELOW = 10;

/** Speech and noise, rising and disjoint; what is between them is silence. */
export function segmentsOf(heard: HeardSound): HeardSegment[] {
  const speech = joined(speechRuns(heard.speech), PAUSE)
    .filter(([from, to]) => to - from >= LEAST)
    .map(([from, to]): Run => [Math.max(0, from - EDGE), Math.min(heard.speech.length, to + EDGE)]);
  const spoken = joined(speech, 0).flatMap((run) => apart(heard, run));
  const noise = joined(noiseRuns(heard, spoken), PAUSE).filter(([from, to]) => to - from >= 2 * LEAST);
  const segment = (kind: HeardSegment['kind']) => (run: Run) => ({ ...rangeOf(run), kind, level: levelOf(heard, run) });
  const all = [...hinted(spoken.map(segment('speech'))), ...clear(noise, spoken).map(segment('noise'))];
  return all.sort((a, b) => a.from - b.from);
}

type Run = readonly [from: number, to: number];

/** Entries on both sides of a step over which the level is taken: 0.4 s, longer than most pauses in a sentence. */
const STEP_SPAN = 12;

/**
 * Cuts a run where its level steps by as much as tells near from far. In a noisy room speech does not seem to end
 * between one who is near and one who is far away: in one piece a key that keeps the one would keep the other.
 */
function apart(heard: HeardSound, [from, to]: Run): Run[] {
  const step = (at: number) => {
    const [before, after] = [spokenLevel(heard, at - STEP_SPAN, at), spokenLevel(heard, at, at + STEP_SPAN)];
    return before === undefined || after === undefined ? 0 : Math.abs(before - after);
  };
  const cuts: number[] = [];
  let highest: { at: number; step: number } | undefined;
  for (let at = from + STEP_SPAN; at <= to - STEP_SPAN; at++) {
    const here = step(at);
    if (here > FAR_BELOW && here > (highest?.step ?? 0)) highest = { at, step: here };
    // One step is high for as long as the span; then comes the next one.
    if (highest && (here <= FAR_BELOW || at - highest.at >= STEP_SPAN)) {
      cuts.push(highest.at);
      highest = undefined;
    }
  }
  if (highest) cuts.push(highest.at);
  const borders = [from, ...cuts, to];
  return borders.slice(1).map((end, index): Run => [borders[index]!, end]);
}

/** How loud somebody speaks, the pauses between words left out; undefined where most of it is pause. */
function spokenLevel({ levels, speech }: HeardSound, from: number, to: number): number | undefined {
  const spoken = [...levels.subarray(from, to)].filter((_, at) => speech[from + at]! >= END).sort((a, b) => b - a);
  if (spoken.length < (to - from) / 2) return undefined;
  const louder = spoken.slice(0, Math.ceil(spoken.length / 2));
  return meanOf(Uint8Array.from(louder), [0, louder.length]);
}

function speechRuns(speech: Uint8Array): Run[] {
  const runs: Run[] = [];
  let from: number | undefined;
  for (let at = 0; at <= speech.length; at++) {
    const value = speech[at] ?? 0;
    if (from === undefined && value >= BEGIN) from = at;
    if (from === undefined || value >= END) continue;
    runs.push([from, at]);
    from = undefined;
  }
  return runs;
}

function noiseRuns({ levels }: HeardSound, spoken: readonly Run[]): Run[] {
  const background = [...levels].sort((a, b) => a - b)[Math.floor(levels.length / 10)] ?? 0;
  const taken = new Uint8Array(levels.length);
  for (const [from, to] of spoken) taken.fill(1, from, to);
  return [...levels].flatMap((level, at): Run[] =>
    taken[at] === 0 && level > background + NOISE_ABOVE ? [[at, at + 1]] : [],
  );
}

/** Runs that lie at most `gap` apart become one. */
function joined(runs: readonly Run[], gap: number): Run[] {
  const all: Run[] = [];
  for (const [from, to] of runs) {
    const last = all[all.length - 1];
    if (last && from - last[1] <= gap) all[all.length - 1] = [last[0], Math.max(last[1], to)];
    else all.push([from, to]);
  }
  return all;
}

/** Noise that was joined across speech is cut by it again. */
function clear(noise: readonly Run[], spoken: readonly Run[]): Run[] {
  return noise.flatMap(([from, to]) => {
    const left: Run[] = [];
    let at = from;
    for (const [start, end] of spoken) {
      if (end <= at || start >= to) continue;
      if (start > at) left.push([at, start]);
      at = end;
    }
    if (at < to) left.push([at, to]);
    return left;
  });
}

function rangeOf([from, to]: Run): SampleRange {
  return { from: from * HEARD_SAMPLES, to: to * HEARD_SAMPLES };
}

/** Mean in energy, of dBFS. */
function levelOf({ levels }: HeardSound, run: Run): number {
  return meanOf(levels, run) - 100;
}

function meanOf(levels: Uint8Array, [from, to]: Run): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += 10 ** (levels[at]! / 10);
  return 10 * Math.log10(sum / (to - from));
}

function hinted(speech: readonly HeardSegment[]): HeardSegment[] {
  const byLevel = [...speech].sort((a, b) => b.level - a.level);
  // The loudest tenth of all speech by time: one shout says nothing.
  let left = speech.reduce((sum, { from, to }) => sum + to - from, 0) / 10;
  const loudest = byLevel.find(({ from, to }) => (left -= to - from) <= 0)?.level ?? 0;
  const told = speech.some(({ level }) => level < loudest - FAR_BELOW);
  if (!told) return [...speech];
  return speech.map((each) => ({ ...each, hint: each.level < loudest - FAR_BELOW ? 'far' : 'near' }));
}

export function secondsOfSample(sample: number): number {
  return sample / SAMPLE_RATE;
}
