// What sound adds to a job: an hour (or as many minutes as you say) of speech is listened to, gated, encoded and
// checked, beside the picture job of some seconds. Processor time, as a shared machine tells nothing by the clock.
// Memory is that of this process, without ffmpeg.
// Ends with 1 when something is missed, wrong, takes more than 3 % of the job, or ever more memory.
// usage: npm run bench:sound [-- --minutes 60] [-- --picture 20] [-- --mode kept|altered]
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SAMPLE_RATE } from '../../core/media/frame-rate.ts';
import { samplesIn, without, type SampleRange } from '../../core/sound/sample-range.ts';
import { segmentsOf, type HeardSound } from '../../core/sound/speech.ts';
import { turnsOf } from '../../core/sound/turns.ts';
import { composeLesson } from '../../native/demo-lesson.ts';
import type { SoundMode } from '../../core/sound/sound-plan.ts';
import { soundCoding } from '../../native/ffmpeg/encode-args.ts';
import { fileAddress } from '../../native/ffmpeg/address.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { collect, run, write } from '../../native/ffmpeg/run.ts';
import { checkSound } from '../../native/sound/check-sound.ts';
import { hearRecording } from '../../native/sound/hear.ts';
import { bytesOf } from '../../native/sound/pcm.ts';
import { clipSound } from '../../native/sound/sound-track.ts';
import { planSpoken, type Heard } from '../fixtures/render-sound.ts';
import { composeSpoken } from '../fixtures/spoken-lesson.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    picture: { type: 'string', default: '20' },
    mode: { type: 'string', default: 'kept' },
  },
});
const seconds = Number(values.minutes) * 60;
const folder = mkdtempSync(join(tmpdir(), 'onherkenbaar-bench-'));
const RATE = 5;

async function ffmpeg(args: readonly string[]): Promise<void> {
  const exit = await collect('ffmpeg', ['-v', 'error', '-y', ...args], { timeoutMs: 3_600_000 });
  if (exit.code !== 0) throw new Error(exit.stderr);
}

/** Most by which the second half of a stage may need more memory than its first: what grows with length doubles. */
const MOST_GROWTH = 1.2;
let memory: number[] = [];
const timer = setInterval(() => memory.push(process.memoryUsage().rss / 2 ** 20), 200);
const peakOf = (part: readonly number[]) => part.reduce((most, each) => Math.max(most, each), 1);

/** Seconds of processor time of this process and the children that have ended; wall time where nobody tells. */
function cpu(): number {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]!.split(' ').map(Number);
    // utime, stime, cutime and cstime (proc(5)), behind pid, name and state; in hundredths of a second.
    return (fields[11]! + fields[12]! + fields[13]! + fields[14]!) / 100;
  } catch {
    return performance.now() / 1000;
  }
}

async function timed<T>(name: string, work: () => Promise<T>): Promise<{ result: T; spent: number }> {
  memory = [];
  const start = cpu();
  const result = await work();
  const spent = cpu() - start;
  const half = memory.length >> 1;
  const growth = peakOf(memory.slice(half)) / peakOf(memory.slice(0, half));
  console.log(
    `${name}: ${spent.toFixed(1)} s of processor time, ${Math.round(seconds / spent)}x real time, ${Math.round(peakOf(memory))} MB, second half ${growth.toFixed(2)}x the first`,
  );
  // Of a few minutes the first half is what the engine needs to get going.
  if (seconds >= 900 && growth > MOST_GROWTH) process.exitCode = 1;
  return { result, spent };
}

/** What a person goes through in the window: one key a turn that sounds near; all else is silent without a press. */
function triage(sound: HeardSound): void {
  const start = performance.now();
  const turns = turnsOf(segmentsOf(sound));
  const spent = performance.now() - start;
  const near = turns.filter(({ hint }) => hint !== 'far');
  const minutes = (ranges: readonly SampleRange[]) => samplesIn(ranges) / SAMPLE_RATE / 60;
  const speech = segmentsOf(sound).filter(({ kind }) => kind === 'speech').length;
  console.log(`  ${speech} times speech make ${turns.length} turns, found in ${spent.toFixed(0)} ms`);
  console.log(
    `  near: ${near.length} turns and presses, ${minutes(near).toFixed(1)} minutes, ${(minutes(near) / 2).toFixed(1)} at double speed`,
  );
}

/** As the product encodes it, beside pictures that cost nothing. */
async function encode({ plan, source, tools }: Heard, clip: string): Promise<void> {
  const muxer = run(tools.ffmpeg, [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', `color=c=gray:s=64x64:r=${RATE}:d=${seconds}`],
    ...['-f', 'f32le', '-ar', String(SAMPLE_RATE), '-ac', String(source.channels), '-i', 'pipe:0', '-map', '0:v'],
    ...['-map', '1:a', '-c:v', 'libx264', '-preset', 'ultrafast', ...soundCoding(source.channels), clip],
  ]);
  for await (const piece of clipSound({ source, plan, sound: plan.sound!, tools }))
    await write(muxer.stdin, bytesOf(piece));
  muxer.stdin.end();
  const exit = await muxer.finished;
  if (exit.code !== 0) throw new Error(exit.stderr);
}

/** Processor time of the picture job for a second of 1080p, in the cheaper quality: against that sound weighs most. */
async function pictureSeconds(): Promise<number> {
  const lesson = join(folder, 'picture.mp4');
  const length = Number(values.picture);
  await composeLesson(await locateFfmpeg(), lesson, new AbortController().signal, { seconds: length });
  const start = cpu();
  const args = [
    'dist/cli.mjs',
    'anonymise',
    lesson,
    '-o',
    join(folder, 'picture-clip.mp4'),
    '--quality',
    'fast',
    '--accept-findings',
  ];
  const exit = await collect(process.execPath, args, { timeoutMs: 3_600_000 });
  if (exit.code !== 0 && exit.code !== 4) throw new Error(exit.stderr);
  return (cpu() - start) / length;
}

try {
  const spoken = await composeSpoken();
  const wav = join(folder, 'spoken.f32');
  writeFileSync(wav, bytesOf(spoken.samples));
  const input = join(folder, 'les.mp4');
  await ffmpeg([
    ...['-stream_loop', '-1', '-f', 'f32le', '-ar', String(SAMPLE_RATE), '-ac', '1', '-i', wav],
    ...[
      '-f',
      'lavfi',
      '-i',
      `color=c=gray:s=160x120:r=${RATE}:d=${seconds}`,
      '-t',
      String(seconds),
      '-map',
      '1:v',
      '-map',
      '0:a',
    ],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-ac', '2', '-c:a', 'aac', '-b:a', '128k', input],
  ]);
  const length = spoken.samples.length;
  const rounds = Array.from({ length: Math.floor((seconds * SAMPLE_RATE) / length) }, (_, round) => round * length);
  const kept = rounds.flatMap((start) =>
    spoken.spoken
      .filter(({ who }) => who === 'teacher')
      .map(({ from, to }) => ({ from: (start + from) / SAMPLE_RATE, to: (start + to) / SAMPLE_RATE })),
  );
  const mode: SoundMode = values.mode === 'altered' ? 'altered' : 'kept';
  const heard = await planSpoken(input, { kept }, { mode });
  const listened = await timed('listen (speech, levels)', () => hearRecording(heard.source, heard.tools));
  const all = rounds.flatMap((start) => spoken.spoken.map(({ from, to }) => ({ from: start + from, to: start + to })));
  const speech = segmentsOf(listened.result).filter(({ kind }) => kind === 'speech');
  triage(listened.result);
  const missed = all.filter((each) => samplesIn(without([each], speech)) > (each.to - each.from) / 2).length;
  console.log(
    `  ${all.length} times speech (${spoken.spoken.length} sentences over and over), ${missed} missed by more than half`,
  );
  if (missed > 0) process.exitCode = 1;
  const clip = join(folder, 'clip.mp4');
  const made = await timed('gate and encode', () => encode(heard, clip));
  const judged = await timed('check', () =>
    checkSound({ ...heard, sound: heard.plan.sound!, clip: fileAddress(clip) }),
  );
  for (const { name, measured, wanted, passed } of judged.result.checks) {
    console.log(`  ${passed ? 'ok   ' : 'WRONG'} ${name}: ${measured} (${wanted})`);
    if (!passed) process.exitCode = 1;
  }
  if (Number(values.picture) > 0) {
    const picture = await pictureSeconds();
    const added = (listened.spent + made.spent + judged.spent) / seconds;
    console.log(`picture job, fast, 1080p: ${picture.toFixed(2)} s a second (measured over ${values.picture} s)`);
    console.log(`sound adds ${(100 * (added / picture)).toFixed(1)} % to it`);
    if (added / picture > 0.03) process.exitCode = 1;
  }
} finally {
  clearInterval(timer);
  rmSync(folder, { recursive: true, force: true });
}
