import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { collect } from '../../native/ffmpeg/run.ts';
import { seeded } from '../fixtures/vault.ts';

const Truth = z.object({
  fps: z.number(),
  frames: z.array(z.array(z.tuple([z.union([z.string(), z.number()])]).rest(z.number()))),
});

/** Shots of annotated clips, in seconds. */
interface Shot {
  readonly file: string;
  readonly from: number;
  readonly to: number;
}

/** One look at a shot. Each is encoded once, and shown forwards and backwards so that it has no seam. */
export interface Variant {
  readonly shot: Shot;
  readonly mirrored: boolean;
  /** Share of the picture that is kept, and where it begins, as a share of what is left over. */
  readonly share: number;
  readonly place: number;
  /** Added brightness, -1..1. */
  readonly light: number;
}

export const SIZE = { width: 1280, height: 720, rate: 25 };
/** A camera on a tripod stays in one place for long; shorter scenes would fill the list with cuts. */
const SCENE = { least: 30, most: 90 };
const SHORTEST_SHOT = 1;

/** @param data folder with annotated clips, `NAME.mp4` beside `NAME.gt.json` */
function shotsIn(data: string): Shot[] {
  const names = readdirSync(data).filter(
    (name) => name.endsWith('.mp4') && existsSync(join(data, name.replace('.mp4', '.gt.json'))),
  );
  return names.sort().flatMap((name) => {
    const { fps, frames } = Truth.parse(JSON.parse(readFileSync(join(data, name.replace('.mp4', '.gt.json')), 'utf8')));
    const ids = frames.map((faces) => new Set(faces.map(([id]) => id)));
    // Nobody is in two shots: where nobody goes on, another shot begins.
    const cuts = ids.flatMap((now, frame) => {
      const before = ids[frame - 1];
      const goesOn = !before || before.size === 0 || now.size === 0 || [...now].some((id) => before.has(id));
      return goesOn ? [] : [frame];
    });
    const edges = [0, ...cuts, frames.length];
    return edges.slice(1).flatMap((end, index) => {
      // A picture off at either side: the one at a cut may be of both shots.
      const shot = { file: join(data, name), from: (edges[index]! + 1) / fps, to: (end - 1) / fps };
      return shot.to - shot.from >= SHORTEST_SHOT ? [shot] : [];
    });
  });
}

function graphOf({ shot, mirrored, share, place, light }: Variant): string {
  const { width, height, rate } = SIZE;
  const fill = `scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height}`;
  const cut = `crop=iw*${share}:ih*${share}:(iw-ow)*${place}:(ih-oh)*${place}`;
  return [
    `[0:v]trim=${shot.from}:${shot.to},setpts=PTS-STARTPTS,fps=${rate},${cut},${fill}${mirrored ? ',hflip' : ''}`,
    `eq=brightness=${light},noise=alls=3:allf=t,format=yuv420p,split[a][b];[b]reverse[r];[a][r]concat=n=2:v=1:a=0[out]`,
  ].join(',');
}

async function must(args: readonly string[]): Promise<void> {
  const { code, stderr } = await collect('ffmpeg', ['-v', 'error', '-y', ...args], { timeoutMs: 1_200_000 });
  if (code !== 0) throw new Error(stderr);
}

/** A stretch of the lesson that shows one shot, in seconds of the lesson. */
export interface Scene {
  readonly from: number;
  readonly to: number;
  /** Name of the clip that it was made from. */
  readonly clip: string;
  readonly variant: Variant;
  /** How often the variant is shown, there and back. */
  readonly times: number;
}

/**
 * A lesson of so many minutes out of annotated clips: scenes of half a minute and longer, each a look of its own at a
 * shot (mirrored, closer, lighter), in an order that does not come back. The same each time.
 * @param data folder with annotated clips, `NAME.mp4` beside `NAME.gt.json`
 */
export function layOut(data: string, minutes: number): Scene[] {
  const shots = shotsIn(data);
  if (shots.length === 0) throw new Error(`no annotated clips in ${data}`);
  const random = seeded(45);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const scenes: Scene[] = [];
  const end = minutes * 60;
  let before: Shot | undefined;
  for (let from = 0; from < end; from = scenes[scenes.length - 1]!.to) {
    const shot: Shot = pick(shots.filter((each) => each !== before || shots.length === 1));
    before = shot;
    const variant = { shot, mirrored: random() < 0.5, share: pick([1, 0.8]), place: pick([0.25, 0.75]), light: 0 };
    const light = pick([-0.06, 0, 0.06]);
    const length = 2 * (shot.to - shot.from);
    const wanted = Math.max(1, Math.round((SCENE.least + random() * (SCENE.most - SCENE.least)) / length));
    const times = Math.min(wanted, Math.ceil((end - from) / length));
    const to = from + times * length;
    scenes.push({ from, to, clip: basename(shot.file, '.mp4'), variant: { ...variant, light }, times });
  }
  return scenes;
}

/** One showing of a look, there and back. */
export async function writePiece(variant: Variant, file: string): Promise<void> {
  const encode = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '21', '-bf', '0', '-g', '50'];
  const graph = ['-filter_complex', graphOf(variant), '-map', '[out]', '-an'];
  await must(['-i', variant.shot.file, ...graph, ...encode, file]);
}

/** By which the same look is known again. */
export function lookOf({ variant }: Scene): string {
  return JSON.stringify(variant);
}

/** @param folder for the pieces, which can go afterwards */
export async function writeAnnotatedLesson(file: string, data: string, minutes: number, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const pieces = new Map<string, string>();
  const lines: string[] = [];
  for (const scene of layOut(data, minutes)) {
    const look = lookOf(scene);
    const piece = pieces.get(look) ?? join(folder, `${pieces.size}.mp4`);
    if (!pieces.has(look)) {
      await writePiece(scene.variant, piece);
      pieces.set(look, piece);
    }
    for (let time = 0; time < scene.times; time++) lines.push(`file '${piece}'`);
  }
  const list = join(folder, 'list.ffconcat');
  writeFileSync(list, `ffconcat version 1.0\n${lines.join('\n')}\n`);
  const whole = ['-f', 'concat', '-safe', '0', '-i', list, '-t', String(minutes * 60), '-c', 'copy'];
  await must([...whole, '-movflags', '+faststart', file]);
}
