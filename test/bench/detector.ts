// Recall of each detector alone, per face height, at fixed false positives per frame.
// usage: npm run bench:detector -- [--data FOLDER] [--looks 1,1z,1zt,1.5] [--model FILE.onnx]... [--licence permissive]
// Without --model or --licence: every model that set-up laid down, each alone.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { area, coverage, grow, intersection, iou, scale as scaleBox, type Box } from '../../core/geometry/box.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import type { YuvFrame } from '../../native/ffmpeg/frame-reader.ts';
import { collect } from '../../native/ffmpeg/run.ts';
import { openModel } from '../../native/onnx/pair.ts';
import { lookAt, type Look } from '../../native/onnx/zoom.ts';
import { loadModel, loadEntry, presentModels } from '../../models/store.ts';

interface Row {
  readonly image: string;
  readonly width: number;
  readonly height: number;
  readonly boxes: number[][];
}
interface Face {
  readonly height: number;
  found: number;
  covered: number;
}

const BUCKETS: readonly [string, number, number][] = [
  ['16-24', 16, 24],
  ['24-32', 24, 32],
  ['32-64', 32, 64],
  ['64-128', 64, 128],
  ['>128', 128, 1e9],
  ['16+', 16, 1e9],
  ['24+', 24, 1e9],
];

async function picture(ffmpeg: string, file: string, width: number, height: number): Promise<YuvFrame> {
  const filter = `scale=${width & ~1}:${height & ~1}:out_color_matrix=bt709:out_range=tv,format=yuv420p`;
  const { stdout } = await collect(ffmpeg, ['-v', 'error', '-i', file, '-vf', filter, '-f', 'rawvideo', 'pipe:1']);
  return { index: 0, width: width & ~1, height: height & ~1, data: stdout };
}

function parseLook(text: string): Look {
  const scales = (/^[\d.+]+/.exec(text)?.[0] ?? '1').split('+').map(Number);
  return { scales, zoom: text.includes('z') ? 150 : 0, turn: text.includes('t') };
}

function judge(row: Row, found: (Box & { score: number })[], faces: Face[], falses: number[]): void {
  const unit = 1920 / Math.max(row.width, row.height);
  const truth = row.boxes.map((b) => ({
    box: { x: b[0]!, y: b[1]!, w: b[2]!, h: b[3]! },
    ignore: b[6] === 1 || b[3]! * unit < 8,
    face: { height: b[3]! * unit, found: 0, covered: 0 },
  }));
  for (const answer of found) {
    let matched = false;
    const grown = grow(answer, 0.1, 0.1, 0.1);
    for (const { box, ignore, face } of truth) {
      const overlap = iou(answer, box);
      if (overlap >= 0.3) {
        matched = true;
        face.found = Math.max(face.found, answer.score);
      }
      if (coverage(box, grown) >= 0.8 && area(answer) < 6 * area(box))
        face.covered = Math.max(face.covered, answer.score);
      if (intersection(answer, box) > 0.5 * area(answer) || (ignore && overlap > 0.15)) matched = true;
    }
    if (!matched) falses.push(answer.score);
  }
  faces.push(...truth.filter(({ ignore }) => !ignore).map(({ face }) => face));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: '../shared/footage/detector' },
      model: { type: 'string', multiple: true, default: [] },
      licence: { type: 'string' },
      looks: { type: 'string', default: '0.5,1,1z,1zt,1+1.5z' },
    },
  });
  if (!existsSync(join(values.data, 'index.json'))) {
    console.log(`no annotated frames in ${values.data}: name a folder with --data`);
    return;
  }
  const index: { frames: Row[] } = JSON.parse(readFileSync(join(values.data, 'index.json'), 'utf8'));
  const usable = index.frames;
  const { ffmpeg } = await locateFfmpeg();
  const models = values.model.map((file) => loadModel({ file, licence: 'any' }));
  if (values.licence === 'permissive') models.push(loadModel({ licence: 'permissive' }));
  if (models.length === 0) models.push(...presentModels().map(loadEntry));
  console.log(`${usable.length} frames; cell = found (IoU >= 0.3) / covered (box x1.2 holds >= 80 %), %`);
  console.log(`| detector | look | FP/frame | score | ${BUCKETS.map(([name]) => name).join(' | ')} | ms/frame |`);
  for (const model of models) {
    const detector = await openModel(model);
    for (const text of values.looks.split(',')) {
      const faces: Face[] = [];
      const falses: number[] = [];
      let ms = 0;
      for (const row of usable) {
        // Every picture is brought to the same width first, so that "1" means the same for all.
        const scale = 1920 / Math.max(row.width, row.height);
        const frame = await picture(
          ffmpeg,
          join(values.data, row.image),
          Math.round(row.width * scale),
          Math.round(row.height * scale),
        );
        const start = performance.now();
        const found = await lookAt(detector, frame, parseLook(text), 0.02);
        ms += performance.now() - start;
        const inOriginal = found.map(({ score, ...box }) => ({ ...scaleBox(box, 1 / scale), score }));
        judge(row, inOriginal, faces, falses);
      }
      falses.sort((a, b) => b - a);
      for (const rate of [2, 5, 10]) {
        const threshold = falses[Math.floor(rate * usable.length)] ?? 0.02;
        const cells = BUCKETS.map(([, low, high]) => {
          const bucket = faces.filter((face) => face.height >= low && face.height < high);
          const share = (of: (face: Face) => number) =>
            Math.round((100 * bucket.filter((face) => of(face) > threshold).length) / bucket.length);
          return `${share((face) => face.found)}/${share((face) => face.covered)}`;
        });
        const time = (ms / usable.length).toFixed(0);
        console.log(
          `| ${detector.name} | ${text} | ${rate} | ${threshold.toFixed(2)} | ${cells.join(' | ')} | ${time} |`,
        );
      }
    }
    await detector.close();
  }
}

await main();
