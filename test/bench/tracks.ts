// How well tracks cover annotated faces, without rendering: a fast stand-in for bench:privacy, and the
// comparison with the plain detector, frame by frame without tracking.
// A person counts as found when a look answered on their face (IoU >= 0.3) where a track of the plan was, at
// any time: not when the mask of somebody else passes over them.
// usage: npm run bench:tracks -- CLIP.mp4 [--quality careful|fast] [--plain] [--people] [--model FILE] [--draw 10,200 --to FOLDER]
//        --answers FOLDER keeps what the detector answered there, for the next run of another tracker.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { area, clip as clipBox, iou, scale, type Box } from '../../core/geometry/box.ts';
import type { Detection } from '../../core/geometry/detection.ts';
import { headOf } from '../../core/plan/masks.ts';
import { boxAt } from '../../core/track/track.ts';
import { loadModel } from '../../models/store.ts';
import { analyseRecording, QUALITIES, workSize, WORK_SIDE } from '../../native/analysis.ts';
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
    answers: { type: 'string' },
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

/** What the detector answered, by frame; frames that it never saw are missing. */
const answers = new Map<number, readonly Detection[]>();
const answersFile =
  values.answers && join(values.answers, `${basename(file, '.mp4')}-${quality.name}-${model.sha256.slice(0, 8)}.json`);

async function plainBoxes(): Promise<Box[][]> {
  const size = workSize(recording, quality.lookSide);
  const factor = recording.video.width / size.width;
  const boxes: Box[][] = [];
  for await (const frame of readFrames(tools.ffmpeg, decodeArgs(fileAddress(file), recording, size, false), size)
    .frames) {
    const faces = await detector.detect(frame, 1, PLAIN_SCORE);
    answers.set(
      frame.index,
      faces.map((face) => ({ ...scale(face, factor), score: face.score })),
    );
    boxes.push(faces.map((face) => scale(face, factor)));
  }
  return boxes;
}

async function trackedBoxes(): Promise<Box[][]> {
  const kept: [number, Detection[]][] =
    answersFile && existsSync(answersFile) ? JSON.parse(readFileSync(answersFile, 'utf8')) : [];
  const known = new Map(kept);
  const back = recording.video.width / workSize(recording, WORK_SIDE).width;
  const { tracks } = await analyseRecording({
    address: fileAddress(file),
    recording,
    tools,
    detector,
    quality,
    singleThread: false,
    recall: (frame) => known.get(frame),
    onFrame(frame, _picture, faces) {
      if (faces.length === 0) return;
      known.set(frame, [...faces]);
      answers.set(
        frame,
        faces.map((face) => ({ ...scale(face, back), score: face.score })),
      );
    },
  });
  if (answersFile) writeFileSync(answersFile, JSON.stringify([...known]));
  return truth.frames.map((_, frame) => tracks.flatMap((track) => boxAt(track, frame) ?? []));
}

const start = performance.now();
const boxes = values.plain ? await plainBoxes() : await trackedBoxes();
const seconds = (performance.now() - start) / 1000;
await detector.close();

const SAMPLES = 10;
/** Frames in a row for which somebody who is found may be open. */
const LONG_RUN = 5;

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

/** Whether a look answered on this face where a track is. */
function isFound(face: Box, index: number, tracks: readonly Box[]): boolean {
  const on = (box: Box) => iou(box, face) >= 0.3;
  return tracks.some(on) && (answers.get(index) ?? []).some(on);
}

interface Person {
  seen: number;
  open: number;
  run: number;
  longest: number;
  /** Last frame on which the face was judged. */
  judged: number;
  /** Last frame and box in which the face was open. */
  at: number;
  box: Box;
}
const people = new Map<number, Person>();
const foundOnes = new Set<number>();
truth.frames.forEach((faces, index) => {
  const masks = (boxes[index] ?? []).map((box) => headOf(box, truth.height));
  for (const mask of masks) masked += area(clipBox(mask, truth.width, truth.height));
  for (const [id = 0, x = 0, y = 0, w = 0, h = 0, visible = 0] of faces) {
    if (isFound({ x, y, w, h }, index, boxes[index] ?? [])) foundOnes.add(id);
    if (h < 24 || visible < 0.6 || x < 0 || y < 0 || x + w > truth.width || y + h > truth.height) continue;
    const box = { x, y, w, h };
    const person = people.get(id) ?? { seen: 0, open: 0, run: 0, longest: 0, judged: index, at: 0, box };
    const open = hidden(box, masks) < 0.65;
    judged++;
    person.seen++;
    person.run = open ? (person.judged < index - 1 ? 1 : person.run + 1) : 0;
    person.judged = index;
    person.longest = Math.max(person.longest, person.run);
    if (open) {
      exposed++;
      person.open++;
      person.at = index;
      person.box = box;
    }
    people.set(id, person);
  }
});
const never = [...people].filter(([id]) => !foundOnes.has(id)).map(([, person]) => person);
const found = [...people].filter(([id]) => foundOnes.has(id)).map(([, person]) => person);
const openOf = (some: readonly Person[]) => some.reduce((sum, { open }) => sum + open, 0);
const longest = Math.max(0, ...found.map((person) => person.longest));
const long = found.filter((person) => person.longest > LONG_RUN).length;
const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
console.log(
  [
    `${basename(file)} ${values.plain ? 'plain detector' : quality.name} ${model.name}`,
    `open ${percent(exposed, judged)} of ${judged} face-frames`,
    `never found by a look of their own: ${never.length} of ${people.size} people, ${openOf(never)} of these face-frames`,
    `the others: ${openOf(found)} face-frames, longest open run ${longest} frames, ${long} people with more than ${LONG_RUN}`,
    `masks cover ${percent(masked, truth.width * truth.height * truth.frames.length)} of the picture`,
    `${seconds.toFixed(1)} s`,
  ].join('; '),
);

if (values.people) {
  for (const [id, { seen, open, longest, at, box }] of [...people].sort(([, a], [, b]) => b.open - a.open)) {
    if (open === 0) continue;
    const place = [box.x, box.y, box.w, box.h].map(Math.round).join(',');
    console.log(
      `person ${id}${foundOnes.has(id) ? '' : ', never found'}: open ${open} of ${seen} frames, longest ${longest}, last at frame ${at} in ${place}`,
    );
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
