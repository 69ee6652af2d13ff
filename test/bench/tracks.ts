// How well tracks cover annotated faces, without rendering: a fast stand-in for bench:privacy, and the
// comparison with the plain detector, frame by frame without tracking.
// usage: npm run bench:tracks -- CLIP.mp4 [--quality careful|fast] [--plain] [--people] [--model FILE] [--draw 10,200 --to FOLDER]
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { area, clip as clipBox, type Box } from '../../core/geometry/box.ts';
import { headOf } from '../../core/plan/masks.ts';
import { boxAt } from '../../core/track/track.ts';
import { loadModel } from '../../models/store.ts';
import { analyseRecording, QUALITIES, workSize } from '../../native/analysis.ts';
import { fileAddress } from '../../native/ffmpeg/address.ts';
import { decodeArgs } from '../../native/ffmpeg/decode-args.ts';
import { readFrames } from '../../native/ffmpeg/frame-reader.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { still } from '../../native/ffmpeg/one-shot.ts';
import { probe } from '../../native/ffmpeg/probe.ts';
import { openModel } from '../../native/onnx/pair.ts';

interface Truth {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** id, x, y, w, h, visible share of each face of each frame. */
  readonly frames: number[][][];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quality: { type: 'string', default: 'careful' },
    plain: { type: 'boolean', default: false },
    people: { type: 'boolean', default: false },
    model: { type: 'string' },
    draw: { type: 'string' },
    to: { type: 'string', default: '.' },
  },
});
const file = positionals[0] ?? '';
const truth: Truth = JSON.parse(readFileSync(file.replace(/\.mp4$/, '.gt.json'), 'utf8'));
const tools = await locateFfmpeg();
const recording = await probe(file, tools);
const model = loadModel({ file: values.model, licence: 'any' });
const detector = await openModel(model);
const quality = QUALITIES[values.quality === 'fast' ? 'fast' : 'careful'];

/** Score from which the plain detector's boxes count; low, as a miss costs more than a false alarm. */
const PLAIN_SCORE = 0.3;

async function plainBoxes(): Promise<Box[][]> {
  const size = workSize(recording, quality.lookSide);
  const factor = recording.video.width / size.width;
  const boxes: Box[][] = [];
  for await (const frame of readFrames(tools.ffmpeg, decodeArgs(fileAddress(file), recording, size, false), size)
    .frames) {
    const faces = await detector.detect(frame, 1, PLAIN_SCORE);
    boxes.push(faces.map(({ x, y, w, h }) => ({ x: x * factor, y: y * factor, w: w * factor, h: h * factor })));
  }
  return boxes;
}

async function trackedBoxes(): Promise<Box[][]> {
  const { tracks } = await analyseRecording({
    address: fileAddress(file),
    recording,
    tools,
    detector,
    quality,
    singleThread: false,
  });
  return truth.frames.map((_, frame) => tracks.flatMap((track) => boxAt(track, frame) ?? []));
}

const start = performance.now();
const boxes = values.plain ? await plainBoxes() : await trackedBoxes();
const seconds = (performance.now() - start) / 1000;
await detector.close();

const SAMPLES = 10;

/** Share of the central part of a face that lies under masks. */
function hidden(face: Box, masks: readonly Box[]): number {
  let inside = 0;
  for (let j = 0; j < SAMPLES; j++) {
    for (let i = 0; i < SAMPLES; i++) {
      const x = face.x + face.w * (0.12 + (0.76 * (i + 0.5)) / SAMPLES);
      const y = face.y + face.h * (0.12 + (0.76 * (j + 0.5)) / SAMPLES);
      if (masks.some((mask) => x > mask.x && x < mask.x + mask.w && y > mask.y && y < mask.y + mask.h)) inside++;
    }
  }
  return inside / SAMPLES ** 2;
}

let judged = 0;
let exposed = 0;
let masked = 0;
interface Person {
  seen: number;
  open: number;
  run: number;
  longest: number;
  /** Last frame and box in which the face was open. */
  at: number;
  box: Box;
}
const people = new Map<number, Person>();
truth.frames.forEach((faces, index) => {
  const masks = (boxes[index] ?? []).map((box) => headOf(box, truth.height));
  for (const mask of masks) masked += area(clipBox(mask, truth.width, truth.height));
  for (const [id = 0, x = 0, y = 0, w = 0, h = 0, visible = 0] of faces) {
    if (h < 24 || visible < 0.6 || x < 0 || y < 0 || x + w > truth.width || y + h > truth.height) continue;
    const person = people.get(id) ?? { seen: 0, open: 0, run: 0, longest: 0, at: 0, box: { x, y, w, h } };
    const open = hidden({ x, y, w, h }, masks) < 0.65;
    judged++;
    person.seen++;
    person.run = open ? person.run + 1 : 0;
    person.longest = Math.max(person.longest, person.run);
    if (open) {
      exposed++;
      person.open++;
      person.at = index;
      person.box = { x, y, w, h };
    }
    people.set(id, person);
  }
});
const never = [...people.values()].filter(({ seen, open }) => open === seen).length;
const longest = Math.max(
  0,
  ...[...people.values()].filter(({ seen, open }) => open < seen).map((each) => each.longest),
);
const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
console.log(
  [
    `${basename(file)} ${values.plain ? 'plain detector' : quality.name} ${model.name}`,
    `open ${percent(exposed, judged)} of ${judged} face-frames`,
    `people never found ${never}/${people.size}`,
    `longest open run of the others ${longest} frames`,
    `masks cover ${percent(masked, truth.width * truth.height * truth.frames.length)} of the picture`,
    `${seconds.toFixed(1)} s`,
  ].join('; '),
);

if (values.people) {
  for (const [id, { seen, open, longest, at, box }] of [...people].sort(([, a], [, b]) => b.open - a.open)) {
    if (open === 0) continue;
    const place = [box.x, box.y, box.w, box.h].map(Math.round).join(',');
    console.log(`person ${id}: open ${open} of ${seen} frames, longest ${longest}, last at frame ${at} in ${place}`);
  }
}

for (const at of (values.draw ?? '').split(',').filter(Boolean).map(Number)) {
  const rectangle = ({ x, y, w, h }: Box, colour: string) =>
    `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="none" stroke-width="3" stroke="${colour}"/>`;
  const annotated = (truth.frames[at] ?? []).map(([, x = 0, y = 0, w = 0, h = 0]) => rectangle({ x, y, w, h }, 'cyan'));
  const found = (boxes[at] ?? []).map((box) => rectangle(box, 'lime'));
  const drawing = `<svg width="${truth.width}" height="${truth.height}">${[...annotated, ...found].join('')}</svg>`;
  const picture = await still(tools, fileAddress(file), at / truth.fps, truth.width);
  const target = join(values.to, `${basename(file, '.mp4')}-${at}.png`);
  await sharp(picture)
    .composite([{ input: Buffer.from(drawing) }])
    .png()
    .toFile(target);
  console.log(target);
}
