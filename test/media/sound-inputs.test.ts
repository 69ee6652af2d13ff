import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import { without, type SampleRange } from '../../core/sound/sample-range.ts';
import { fileAddress } from '../../native/ffmpeg/address.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { probe } from '../../native/ffmpeg/probe.ts';
import { collect } from '../../native/ffmpeg/run.ts';
import { checkSound } from '../../native/sound/check-sound.ts';
import { runProduct, workFolder } from '../fixtures/product.ts';
import { planSpoken, soundOf, writeClip } from '../fixtures/render-sound.ts';
import { composeSpoken, TURNS, writeSpoken, type Lesson } from '../fixtures/spoken-lesson.ts';

const folder = workFolder();
afterAll(() => folder.remove());

let lesson: Lesson;
/** Seconds that a whole number of pictures lasts. */
let length = 0;
beforeAll(async () => {
  lesson = await composeSpoken(TURNS.slice(0, 3));
  length = Math.floor((lesson.samples.length / SAMPLE_RATE) * 25) / 25;
});

const seconds = ({ from, to }: SampleRange, later = 0) => ({
  ...{ from: from / SAMPLE_RATE + later, to: to / SAMPLE_RATE + later },
});
const teacher = () => lesson.spoken.filter(({ who }) => who === 'teacher');
const decided = (later = 0) => ({
  kept: teacher().map((each) => ({ ...seconds(each, later), altered: false })),
  bleeps: teacher().flatMap(({ names }) => names.map((name) => seconds(name, later))),
});

/** Samples that are compared at a time: drift and jumps show between one piece and the next. */
const PIECE = 20_000;
/** Around names and gaps, and at the ends of what is kept, other things are heard as well. */
const MARGIN = 6000;

/** What the teacher says that is neither a name nor in a gap, piece by piece. @param gap in seconds */
function pieces(gap?: { readonly from: number; readonly to: number }): SampleRange[] {
  const wide = ({ from, to }: SampleRange) => ({ from: from - MARGIN, to: to + MARGIN });
  const missing = gap ? [wide({ from: gap.from * SAMPLE_RATE, to: gap.to * SAMPLE_RATE })] : [];
  return teacher()
    .flatMap(({ from, to, names }) =>
      without(
        [{ from: from + MARGIN, to: to - MARGIN }],
        [...names.map(wide), ...missing].sort((a, b) => a.from - b.from),
      ),
    )
    .flatMap(({ from, to }) =>
      Array.from({ length: Math.floor((to - from) / PIECE) }, (_, index) => ({
        from: from + index * PIECE,
        to: from + (index + 1) * PIECE,
      })),
    );
}

/** Correlation of the clip with what was composed, and at which lag within 20 ms it is largest. */
function likeness(made: Float32Array, channels: number, { from, to }: SampleRange, later: number) {
  let best = { lag: 0, value: -1 };
  for (let lag = -960; lag <= 960; lag++) {
    let [xy, xx, yy] = [0, 0, 1e-12];
    for (let at = from; at < to; at += 3) {
      const x = lesson.samples[at]!;
      const y = made[(at + later + lag) * channels] ?? 0;
      xy += x * y;
      xx += x * x;
      yy += y * y;
    }
    const value = xy / Math.sqrt(xx * yy);
    if (value > best.value) best = { lag, value };
  }
  return best;
}

interface Case {
  readonly name: string;
  readonly file: string;
  readonly options?: readonly string[];
  /** Seconds of picture; absent: as long as the sound. */
  readonly picture?: (all: number) => number;
  /** Seconds by which the sound begins late. */
  readonly later?: number;
  /** In seconds, without any sound. */
  readonly gap?: { readonly from: number; readonly to: number };
  readonly channels: number;
}

const PCM = ['-c:a', 'pcm_s16le'];
const CASES: readonly Case[] = [
  { name: 'mono', file: 'a.mp4', channels: 1 },
  { name: 'stereo', file: 'b.mp4', options: ['-ac', '2', '-c:a', 'aac'], channels: 2 },
  {
    name: '5.1, speech in the centre',
    file: 'c.mp4',
    options: ['-af', 'pan=5.1|FC=c0', '-c:a', 'aac', '-b:a', '384k'],
    channels: 2,
  },
  { name: '44.1 kHz', file: 'd.mp4', options: ['-ar', '44100', '-c:a', 'aac', '-b:a', '160k'], channels: 1 },
  { name: '96 kHz', file: 'e.mkv', options: ['-ar', '96000', ...PCM], channels: 1 },
  {
    name: 'sound that begins late',
    file: 'f.mkv',
    options: ['-af', 'asetpts=PTS+0.4/TB', ...PCM],
    later: 0.4,
    channels: 1,
  },
  { name: 'sound longer than the picture', file: 'g.mp4', picture: (all) => all - 0.8, channels: 1 },
  { name: 'sound shorter than the picture', file: 'h.mp4', picture: (all) => all + 2, channels: 1 },
  {
    name: 'a gap in the sound',
    file: 'i.mkv',
    options: ['-af', "aselect='not(between(t,4.5,6.4))'", ...PCM],
    gap: { from: 4.5, to: 6.4 },
    channels: 1,
  },
];

describe('sound as cameras and editors write it', () => {
  it.each(CASES)('$name', async ({ file, options, picture, later = 0, gap, channels }) => {
    const input = join(folder.path, file);
    await writeSpoken(input, lesson, options, picture?.(length) ?? length);
    const heard = await planSpoken(input, decided(later));
    expect(heard.source.channels).toBe(channels);
    const made = await soundOf(heard);
    const frames = heard.plan.sourceFrames;
    expect(made.length / channels).toBe((frames * SAMPLE_RATE) / 25);
    const ends = made.length / channels;
    const compared = pieces(gap).filter(({ to }) => to + later * SAMPLE_RATE < ends);
    // In both sentences: what is wrong behind a gap is right before it.
    const [first, last] = [teacher()[0]!, teacher()[1]!];
    expect(compared.some(({ to }) => to < first.to)).toBe(true);
    expect(compared.some(({ from }) => from > Math.max(last.from, (gap?.to ?? 0) * SAMPLE_RATE))).toBe(true);
    for (const each of compared) {
      const { lag, value } = likeness(made, channels, each, later * SAMPLE_RATE);
      expect(value).toBeGreaterThan(0.95);
      // A millisecond: resampling and coding of the source have their own delay of some samples.
      expect(Math.abs(lag)).toBeLessThanOrEqual(48);
    }
    const clip = join(folder.path, `${file}.clip.mp4`);
    writeClip(clip, heard, made);
    const { checks, findings } = await checkSound({ ...heard, sound: heard.plan.sound!, clip: fileAddress(clip) });
    expect({ failed: checks.filter(({ passed }) => !passed), findings }).toEqual({ failed: [], findings: [] });
  });

  it('takes the first of several streams, and says that the others are left out', async () => {
    const [one, input] = ['one.mp4', 'two.mp4'].map((name) => join(folder.path, name)) as [string, string];
    await writeSpoken(one, lesson, undefined, length);
    const more = [
      '-f',
      'lavfi',
      '-i',
      `anoisesrc=d=${length}:a=0.3:r=48000`,
      '-map',
      '0:v',
      '-map',
      '0:a',
      '-map',
      '1:a',
    ];
    const exit = await collect('ffmpeg', ['-v', 'error', '-i', one, ...more, '-c:v', 'copy', '-c:a', 'aac', input]);
    expect(exit.code).toBe(0);
    const heard = await planSpoken(input, decided());
    expect(heard.recording.dropped).toEqual(['audio']);
    expect(likeness(await soundOf(heard), 1, pieces()[0]!, 0).value).toBeGreaterThan(0.95);
  });

  it.each([
    ['takes the first that can be decoded', ['-map', '0:a'], 1],
    ['goes without, where none can be', [], undefined],
  ] as const)('%s', async (name, second, streamIndex) => {
    const [one, input] = [`een ${name}.mkv`, `vreemd ${name}.mkv`].map((each) => join(folder.path, each)) as [
      string,
      string,
    ];
    await writeSpoken(join(folder.path, 'gewoon.mp4'), lesson, undefined, length);
    const args = ['-map', '0:v', '-map', '0:a', ...second, '-c', 'copy', '-c:a:0', 'flac', one];
    expect((await collect('ffmpeg', ['-v', 'error', '-y', '-i', join(folder.path, 'gewoon.mp4'), ...args])).code).toBe(
      0,
    );
    // A codec that nobody knows.
    const bytes = readFileSync(one);
    bytes.write('A_FLOP', bytes.indexOf('A_FLAC'));
    writeFileSync(input, bytes);
    const clip = join(folder.path, `${name}.mp4`);
    const run = await runProduct(['anonymise', input, '-o', clip, '--quality', 'fast', '--json']);
    expect({ code: run.code, last: run.events.at(-1) }).toMatchObject({ code: 0, last: { event: 'done' } });
    const { audio, dropped } = await probe(input, await locateFfmpeg());
    expect(audio?.streamIndex).toBe(streamIndex && streamIndex + 1);
    expect(dropped).toEqual(['audio']);
  });
});

describe('on the command line', () => {
  const input = join(folder.path, 'les.mp4');
  const decisions = join(folder.path, 'beslissingen.json');
  beforeAll(async () => {
    await writeSpoken(input, lesson, undefined, length);
    writeFileSync(decisions, JSON.stringify({ version: 1, sound: decided(), cuts: [{ from: 4.7, to: 5.7 }] }));
  });

  it('shows where somebody speaks, and proposes nothing but how loud it is', async () => {
    const { events } = await runProduct(['anonymise', input, '--dry-run', '--quality', 'fast', '--json']);
    const speech = (events.at(-1)!['sound'] as { kind: string; hint?: string }[]).filter(
      ({ kind }) => kind === 'speech',
    );
    expect(speech.map(({ hint }) => hint)).toEqual(
      lesson.spoken.map(({ who }) => (who === 'teacher' ? 'near' : 'far')),
    );
  });

  it.each(['kept', 'altered'])('makes and checks a clip with --sound %s', async (mode) => {
    const clip = join(folder.path, `${mode}.mp4`);
    const options = ['--sound', mode, '--decisions', decisions, '--quality', 'fast', '--json'];
    const { events, code } = await runProduct(['anonymise', input, '-o', clip, ...options]);
    expect(code).toBe(0);
    const { report } = events.at(-1) as {
      report: { checks: { name: string; passed: boolean }[]; findings: unknown[] };
    };
    expect(report.findings).toEqual([]);
    expect(report.checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['sound-silent', 'sound-unlike', 'sound-right', 'sound-in-time', 'sound-loudness']),
    );
  });

  it('says that nothing was marked, or that there is no sound, before any work', async () => {
    const clip = join(folder.path, 'niets.mp4');
    const options = ['--sound', 'kept', '--quality', 'fast', '--json'];
    const none = await runProduct(['anonymise', input, '-o', clip, ...options]);
    expect({ code: none.code, event: none.events.at(-1) }).toMatchObject({
      code: 7,
      event: { code: 'sound-nothing-kept' },
    });
    const silent = join(folder.path, 'stom.mp4');
    expect((await collect('ffmpeg', ['-v', 'error', '-i', input, '-an', '-c', 'copy', silent])).code).toBe(0);
    const refused = await runProduct(['anonymise', silent, '-o', clip, ...options, '--decisions', decisions]);
    expect({ code: refused.code, event: refused.events.at(-1) }).toMatchObject({
      code: 3,
      event: { code: 'sound-missing' },
    });
  });
});
