// How well the moments that people are asked to look at point at faces that are in view, on annotated clips: by kind,
// against any other place on a track, and how many open faces lie within reach of a stop. From tracks alone.
// usage: npm run bench:stops -- FOLDER [--quality fast|careful]
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { NO_DECISIONS } from '../../core/decision/decisions.ts';
import type { Box } from '../../core/geometry/box.ts';
import { toNumber } from '../../core/media/frame-rate.ts';
import { MaskSchedule, type Mask } from '../../core/plan/masks.ts';
import { doubtsOf } from '../../core/review/doubts.ts';
import { reviewStops } from '../../core/review/stops.ts';
import { boxAt, type Track } from '../../core/track/track.ts';
import { loadModel } from '../../models/store.ts';
import { analyseRecording, QUALITIES } from '../../native/analysis.ts';
import { fileAddress } from '../../native/ffmpeg/address.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { probe } from '../../native/ffmpeg/probe.ts';
import { planFor } from '../../native/plan-inputs.ts';
import { openModel } from '../../native/onnx/pair.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quality: { type: 'string', default: 'fast' } },
});
const data = positionals[0] ?? '../shared/footage';
/** id, x, y, w, h, visible share of each face of each frame. */
const Truth = z.object({ frames: z.array(z.array(z.array(z.number()))) });

/** What is hardly to be seen is no face in view: share and height in pixels. */
const VISIBLE = { share: 0.5, height: 24 };
/** A face of which more than this is under masks is none either. */
const COVERED = 0.6;
const SAMPLES = 10;
/** Close to: within half a second, a face's size or so away, and about as large. */
const CLOSE = { seconds: 0.5, sizes: 1.2, ratio: 2.5 };
const REACHES = [1, 3];

interface OpenFace extends Box {
  readonly id: number;
  readonly frame: number;
}

/** By the same superellipse that is painted. */
function hides({ bounds: { x, y, w, h } }: Mask, px: number, py: number): boolean {
  return ((2 * (px - x)) / w - 1) ** 4 + ((2 * (py - y)) / h - 1) ** 4 <= 1;
}

function coveredShare({ x, y, w, h }: Box, masks: readonly Mask[]): number {
  let all = 0;
  let hidden = 0;
  for (let row = 0; row < SAMPLES; row++)
    for (let column = 0; column < SAMPLES; column++) {
      const [u, v] = [(column + 0.5) / SAMPLES, (row + 0.5) / SAMPLES];
      if ((2 * u - 1) ** 2 + (2 * v - 1) ** 2 > 1) continue;
      all++;
      if (masks.some((mask) => hides(mask, x + u * w, y + v * h))) hidden++;
    }
  return hidden / all;
}

const kinds = new Map<string, { all: number; near: number }>();
function count(kind: string, near: boolean): void {
  const known = kinds.get(kind) ?? { all: 0, near: 0 };
  kinds.set(kind, { all: known.all + 1, near: known.near + Number(near) });
}

async function measure(file: string): Promise<void> {
  const tools = await locateFfmpeg();
  const recording = await probe(file, tools);
  const detector = await openModel(loadModel({ file: undefined, licence: 'any' }));
  const quality = QUALITIES[values.quality === 'careful' ? 'careful' : 'fast'];
  const request = { address: fileAddress(file), recording, tools, detector, quality, singleThread: false };
  const analysis = await analyseRecording(request);
  await detector.close();
  const { width, height, rate } = recording.video;
  const perSecond = toNumber(rate);
  const result = planFor(recording, analysis, 'bench', NO_DECISIONS);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  const schedule = new MaskSchedule(result.plan);
  const { frames } = Truth.parse(JSON.parse(readFileSync(file.replace('.mp4', '.gt.json'), 'utf8')));
  const open = frames.slice(0, analysis.frameCount).flatMap((faces, frame) => {
    const masks = schedule.masks(frame);
    return faces.flatMap(([id = 0, x = 0, y = 0, w = 0, h = 0, seen = 0]): OpenFace[] => {
      const inView = seen >= VISIBLE.share && h >= VISIBLE.height && coveredShare({ x, y, w, h }, masks) <= COVERED;
      return inView ? [{ id, frame, x, y, w, h }] : [];
    });
  });
  const isNear = (track: Track, frame: number) => {
    const box = boxAt(track, frame);
    return (
      box !== undefined &&
      open.some((face) => {
        const size = Math.max(face.h, box.h);
        const away = Math.hypot(face.x + face.w / 2 - box.x - box.w / 2, face.y + face.h / 2 - box.y - box.h / 2);
        const late = Math.abs(face.frame - frame) / perSecond;
        return late <= CLOSE.seconds && away < CLOSE.sizes * size && size < CLOSE.ratio * Math.min(face.h, box.h);
      })
    );
  };
  const doubtful = { ...analysis, width, height, rate };
  const tracks = new Map(analysis.tracks.map((track) => [track.id, track]));
  for (const track of analysis.tracks)
    for (let frame = track.start; frame <= track.end; frame += Math.round(perSecond / 2))
      count('any place on a track', isNear(track, frame));
  const doubts = doubtsOf(doubtful);
  for (const { frame, kind, track } of doubts) {
    const about = track === undefined ? undefined : tracks.get(track);
    if (about) count(kind, isNear(about, frame));
  }
  const stops = reviewStops(doubtful, result.plan, [], perSecond);
  const reached = REACHES.map((seconds) => {
    const within = open.filter(({ frame }) => stops.some(({ at }) => Math.abs(at - frame / perSecond) <= seconds));
    return `${within.length} within ${seconds} s of a stop`;
  });
  const seconds = (analysis.frameCount / perSecond).toFixed(0);
  const found = `${analysis.tracks.length} tracks, ${doubts.length} doubts, ${stops.length} stops`;
  console.log(`${file}: ${seconds} s, ${found}; open face-frames ${open.length}, ${reached.join(', ')}`);
}

const names = readdirSync(data);
for (const name of names.filter((each) => each.endsWith('.mp4') && names.includes(each.replace('.mp4', '.gt.json'))))
  await measure(join(data, name));
for (const [kind, { all, near }] of [...kinds].sort(([, a], [, b]) => b.near / b.all - a.near / a.all))
  console.log(
    `${kind.padEnd(24)} ${String(all).padStart(6)}, ${((100 * near) / all).toFixed(0)} % close to an open face`,
  );
