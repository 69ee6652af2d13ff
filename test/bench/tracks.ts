// How well tracks cover annotated faces, without rendering: a fast stand-in for the scorer.
// usage: node scripts/run.mjs test/bench/tracks.ts CLIP.mp4 GT.json [fast|careful] [MODEL.onnx]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Detection } from '../../core/geometry/detection.ts';
import { grow, type Box } from '../../core/geometry/box.ts';
import { boxAt } from '../../core/track/track.ts';
import { TUNING } from '../../core/track/tuning.ts';
import { toNumber } from '../../core/media/frame-rate.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { probe } from '../../native/ffmpeg/probe.ts';
import { analyseRecording, QUALITIES } from '../../native/analysis.ts';
import { openDetector } from '../../native/onnx/detector.ts';
import { loadModel } from '../../models/store.ts';

const [clipFile = '', gtFile = '', quality = 'careful', model] = process.argv.slice(2);
const truth: { width: number; height: number; frames: number[][][] } = JSON.parse(readFileSync(gtFile, 'utf8'));
const tools = await locateFfmpeg();
const recording = await probe(clipFile, tools);
const loaded = loadModel({ file: model, licence: 'any' });
const detector = await openDetector(loaded.name, loaded.family, loaded.bytes);
const cacheFile =
  process.env['CACHE'] && `${process.env['CACHE']}/${basename(clipFile)}-${quality}-${loaded.name}.json`;
const cache: Record<string, Detection[]> =
  cacheFile && existsSync(cacheFile) ? JSON.parse(readFileSync(cacheFile, 'utf8')) : {};
const start = performance.now();
const cpu = process.cpuUsage();
const analysis = await analyseRecording({
  path: clipFile,
  recording,
  tools,
  detector,
  quality: QUALITIES[quality as 'fast' | 'careful'],
  singleThread: false,
  recall: (index) => cache[index],
  remember: (index, faces) => {
    cache[index] = [...faces];
  },
  tuning: { ...TUNING, ...JSON.parse(process.env['TUNE'] ?? '{}') },
});
const used = process.cpuUsage(cpu);
const seconds = (performance.now() - start) / 1000;
await detector.close();
if (cacheFile) writeFileSync(cacheFile, JSON.stringify(cache));
const ids = new Map<number, { seen: number; bad: number; run: number; longest: number; h: number }>();
let judged = 0;
let exposed = 0;
let outside = 0;
let hit = 0;
truth.frames.forEach((faces, frame) => {
  const masks = analysis.tracks
    .map((track) => boxAt(track, frame))
    .filter((box): box is Box => box !== undefined)
    .map((box) => grow(box, 0.3, 0.45, 0.25));
  if (frame % 10 === 0) {
    const near = faces.map(([, x = 0, y = 0, w = 0, h = 0]) => ({
      x: x - w * 0.3,
      y: y - h * 0.3,
      w: w * 1.6,
      h: h * 1.6,
    }));
    const inAny = (list: Box[], px: number, py: number) =>
      list.some((m) => px > m.x && px < m.x + m.w && py > m.y && py < m.y + m.h);
    for (let y = 4; y < truth.height; y += 8)
      for (let x = 4; x < truth.width; x += 8) {
        if (inAny(near, x, y)) continue;
        outside++;
        if (inAny(masks, x, y)) hit++;
      }
  }
  for (const [id = 0, x = 0, y = 0, w = 0, h = 0, visible = 0] of faces) {
    if (h < 24 || visible < 0.6) continue;
    if (x < 0 || y < 0 || x + w > truth.width || y + h > truth.height) continue;
    let inside = 0;
    for (let j = 0; j < 10; j++)
      for (let i = 0; i < 10; i++) {
        const px = x + w * (0.12 + (0.76 * (i + 0.5)) / 10);
        const py = y + h * (0.12 + (0.76 * (j + 0.5)) / 10);
        if (masks.some((m) => px > m.x && px < m.x + m.w && py > m.y && py < m.y + m.h)) inside++;
      }
    const bad = inside < 65;
    judged++;
    const st = ids.get(id) ?? { seen: 0, bad: 0, run: 0, longest: 0, h: 0 };
    st.seen++;
    st.h += h;
    st.run = bad ? st.run + 1 : 0;
    st.longest = Math.max(st.longest, st.run);
    if (bad) {
      if (process.env['SHOW'] === String(id)) console.log('bad', frame, [x, y, w, h].map(Math.round).join(' '));
      exposed++;
      st.bad++;
    }
    ids.set(id, st);
  }
});
const worst = [...ids]
  .filter(([, s]) => s.bad)
  .sort((a, b) => b[1].bad - a[1].bad)
  .slice(0, 12)
  .map(([id, s]) => `${id}(h${Math.round(s.h / s.seen)}):${s.bad}/${s.seen}`)
  .join(' ');
console.log(
  `${clipFile.split('/').pop()} ${quality} ${loaded.name}: exposed ${exposed}/${judged} (${((100 * exposed) / judged).toFixed(2)} %) tracks ${analysis.tracks.length} cuts ${analysis.cuts.join(',')} outside hit ${((100 * hit) / outside).toFixed(1)} % | ${seconds.toFixed(1)} s for ${(analysis.frameCount / toNumber(recording.video.rate)).toFixed(1)} s, node cpu ${((used.user + used.system) / 1e6).toFixed(1)} s | ${worst}`,
);
const drawAt = process.env['DRAW'];
if (drawAt) {
  const { collect } = await import('../../native/ffmpeg/run.ts');
  const sharp = (await import('sharp')).default;
  for (const at of drawAt.split(',').map(Number)) {
    const png = await collect(tools.ffmpeg, [
      '-v',
      'error',
      '-i',
      clipFile,
      '-vf',
      `select=eq(n\\,${at})`,
      '-frames:v',
      '1',
      '-f',
      'image2pipe',
      '-c:v',
      'png',
      '-',
    ]);
    const boxes = analysis.tracks.flatMap((t) => {
      const b = boxAt(t, at);
      return b ? [{ b, t }] : [];
    });
    console.log(
      boxes
        .filter(({ b }) => b.h > 200 || b.w > 200)
        .map(({ b, t }) =>
          [
            t.id,
            t.start,
            t.end,
            t.hits,
            t.bestScore.toFixed(2),
            Math.round(b.x),
            Math.round(b.y),
            Math.round(b.w),
            Math.round(b.h),
          ].join(' '),
        )
        .join('\n'),
    );
    const svg = `<svg width="${truth.width}" height="${truth.height}">${boxes.map(({ b, t }) => `<rect x="${b.x}" y="${b.y}" width="${b.w}" height="${b.h}" fill="none" stroke-width="3" stroke="${t.hits > 2 && t.bestScore > 0.8 ? 'lime' : t.hits > 1 ? 'yellow' : 'red'}"/><text x="${b.x}" y="${b.y - 3}" font-size="16" fill="white">${t.hits} ${t.bestScore.toFixed(2)} ${t.bestFrame}</text>`).join('')}${(truth.frames[at] ?? []).map(([, x = 0, y = 0, w = 0, h = 0]) => `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="none" stroke-width="2" stroke="cyan"/>`).join('')}</svg>`;
    const flat = await sharp(png.stdout)
      .composite([{ input: Buffer.from(svg) }])
      .png()
      .toBuffer();
    await sharp(flat)
      .resize(1400)
      .png()
      .toFile(`/tmp/draw-${basename(clipFile)}-${at}.png`);
  }
}
