// How well altering holds against somebody who tries to undo it: an attacker who has recordings of everybody in
// question, knows the method, and tries all pitches and formants on a grid. Synthetic voices, a handful of people; the
// attacker is this bench's alone, the product tells no voices apart.
// usage: npm run bench:voice [-- --draws 2]
import { parseArgs } from 'node:util';
import FFT from 'fft.js';
import { FormantMover } from '../../native/sound/voice/formants.ts';
import { PitchShifter } from '../../native/sound/voice/pitch.ts';
import { Decimator } from '../../native/sound/voice/resample.ts';
import { drawChanges, VoiceAlterer, type VoiceChange } from '../../native/sound/voice/alter.ts';
import { concat, speak } from '../fixtures/spoken-lesson.ts';

const { values } = parseArgs({ options: { draws: { type: 'string', default: '2' } } });
const VOICES = ['nl+m1', 'nl+m3', 'nl+m5', 'nl+m7', 'nl+f1', 'nl+f2', 'nl+f4', 'nl+f5'];
const KNOWN = [
  'Vandaag gaan we samen rekenen met breuken.',
  'Wie heeft het huiswerk al gemaakt?',
  'Pak je boek op bladzijde veertien en lees de eerste alinea stil voor jezelf.',
  'Waarom denk je dat het water daar sneller stroomt dan hier?',
  'Goed zo, en nu proberen we het nog een keer met grotere getallen.',
  'Schuif je stoel aan, de les begint zo meteen.',
];
const SAID = [
  'Leg je pen neer en kijk even naar het bord.',
  'Over vijf minuten bespreken we samen wat jullie hebben gevonden.',
  'Werk rustig door en steek je hand op als je vastloopt.',
];
/** Semitones and exponents that the attacker tries; the real ones lie between them. */
const SEMITONES = [-4.5, -3.5, -2.5, -2, 2, 2.5, 3.5, 4.5];
const ALPHAS = [0.75, 0.81, 0.87, 1.13, 1.19, 1.25];

const FRAME = 512;
const BANDS = 24;
const fft = new FFT(FRAME);
/** Real and imaginary by turns. */
const [windowed, spectrum] = [new Float64Array(2 * FRAME), new Float64Array(2 * FRAME)];
const mel = (hz: number) => 2595 * Math.log10(1 + hz / 700);

function lower(samples: Float32Array): Float64Array {
  const down = new Decimator();
  return Float64Array.from([...samples].flatMap((sample) => down.next(sample) ?? []));
}

/** Mean spectrum in mel bands without its level, and pitch: what a simple recogniser goes by. */
function portrait(samples: Float64Array): number[] {
  const bands = new Float64Array(BANDS);
  const pitches: number[] = [];
  let frames = 0;
  for (let at = 0; at + 2 * FRAME < samples.length; at += FRAME / 2) {
    const piece = samples.subarray(at, at + 2 * FRAME);
    const energy = piece.reduce((sum, each) => sum + each * each, 0) / piece.length;
    if (energy < 1e-5) continue;
    for (let i = 0; i < FRAME; i++) windowed[2 * i] = piece[i]! * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / FRAME));
    fft.transform(spectrum, windowed);
    const power = new Float64Array(BANDS).fill(1e-9);
    for (let bin = 3; bin < 0.44 * FRAME; bin++) {
      const band = Math.floor((mel((bin * 16_000) / FRAME) / mel(7000)) * BANDS);
      if (band < BANDS) power[band]! += spectrum[2 * bin]! ** 2 + spectrum[2 * bin + 1]! ** 2;
    }
    for (let band = 0; band < BANDS; band++) bands[band]! += Math.log(power[band]!);
    frames++;
    // Pitch of every fourth frame is enough for a median.
    if (frames % 4 !== 0) continue;
    let best = { lag: 0, value: 0.4 };
    for (let lag = 40; lag < 240; lag++) {
      let [xy, yy] = [0, 1e-9];
      for (let i = 0; i + lag < piece.length; i += 3) {
        xy += piece[i]! * piece[i + lag]!;
        yy += piece[i]! ** 2;
      }
      if (xy / yy > best.value) best = { lag, value: xy / yy };
    }
    if (best.lag > 0) pitches.push(Math.log2(16_000 / best.lag));
  }
  const level = bands.reduce((sum, band) => sum + band, 0) / BANDS;
  const pitch = pitches.sort((a, b) => a - b)[pitches.length >> 1] ?? 0;
  return [...bands.map((band) => (band - level) / Math.max(1, frames)), 12 * pitch];
}

function undone(samples: Float64Array, { ratio, alpha }: VoiceChange): Float64Array {
  const formants = new FormantMover(1 / alpha);
  const pitch = new PitchShifter(1 / ratio);
  return Float64Array.from(
    [...samples].flatMap((sample) => [...(formants.next(sample) ?? [])].map((each) => pitch.next(each))),
  );
}

const both = async (voice: string, texts: readonly string[]) =>
  concat(await Promise.all(texts.map((text) => speak(voice, text))));

const known = await Promise.all(VOICES.map(async (voice) => portrait(lower(await both(voice, KNOWN)))));
/** Spread of each feature between people: what differs more says less. */
const spread = known[0]!.map((_, feature) => {
  const column = known.map((row) => row[feature]!);
  const mean = column.reduce((sum, each) => sum + each, 0) / column.length;
  return Math.sqrt(column.reduce((sum, each) => sum + (each - mean) ** 2, 0) / column.length) + 1e-3;
});
function nearest(seen: readonly number[]): { who: number; distance: number } {
  const distances = known.map((row) => row.reduce((sum, each, f) => sum + ((each - seen[f]!) / spread[f]!) ** 2, 0));
  const distance = Math.min(...distances);
  return { who: distances.indexOf(distance), distance };
}

const right = { unaltered: 0, altered: 0, undone: 0, told: 0 };
const off: number[] = [];
let trials = 0;
for (const [who, voice] of VOICES.entries()) {
  const said = await both(voice, SAID);
  if (nearest(portrait(lower(said))).who === who) right.unaltered++;
  const asked = Array.from({ length: Number(values.draws) }, () => ({ from: 0, to: 1, altered: true }));
  for (const change of drawChanges(asked).flat()) {
    trials++;
    const alterer = new VoiceAlterer([change]);
    const altered = lower(concat([alterer.push(said), alterer.finish()]));
    if (nearest(portrait(altered)).who === who) right.altered++;
    // With the very parameters, which nobody has: how much altering hides when they are known.
    if (nearest(portrait(undone(altered, change))).who === who) right.told++;
    const tried = SEMITONES.flatMap((semitones) => ALPHAS.map((alpha) => ({ ratio: 2 ** (semitones / 12), alpha })));
    const best = tried
      .map((guess) => ({ guess, ...nearest(portrait(undone(altered, guess))) }))
      .reduce((a, b) => (b.distance < a.distance ? b : a));
    if (best.who === who) right.undone++;
    off.push(Math.abs(12 * Math.log2(best.guess.ratio / change.ratio)));
  }
}
const share = (count: number, of: number) => `${count} of ${of} (${Math.round((100 * count) / of)} %)`;
console.log(`${VOICES.length} people, by chance ${Math.round(100 / VOICES.length)} %`);
console.log(`told by an unaltered voice: ${share(right.unaltered, VOICES.length)}`);
console.log(`by an altered voice as it is: ${share(right.altered, trials)}`);
console.log(`after a grid search for pitch and formants: ${share(right.undone, trials)}`);
console.log(`with the very parameters: ${share(right.told, trials)}`);
console.log(`pitch found to within ${off.sort((a, b) => a - b)[off.length >> 1]?.toFixed(1)} semitones (median)`);
