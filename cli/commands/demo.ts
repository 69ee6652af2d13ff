import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileAddress } from '../../native/ffmpeg/address.ts';
import { composeLesson } from '../../native/demo-lesson.ts';
import { writeBeforeAfter } from '../../native/pictures.ts';
import { openEngine, type ModelOptions } from '../../native/engine.ts';
import { type Context } from '../context.ts';
import { anonymise } from './anonymise.ts';

/** Two moments that show near and far heads, one of them turned. */
const MOMENTS = [3, 9];

/** Composes a lesson, runs the main job on it, and points at what came out. */
export async function demo(options: ModelOptions & { folder: string }, context: Context): Promise<void> {
  const { texts, output } = context;
  const { tools } = await openEngine(options);
  mkdirSync(options.folder, { recursive: true });
  const lesson = join(options.folder, 'les.mp4');
  const clip = join(options.folder, 'clip.mp4');
  const picture = join(options.folder, 'voor-en-na.png');
  const report = join(options.folder, 'rapport.json');
  if (!existsSync(lesson) || statSync(lesson).size === 0) {
    output.say(texts.demo.composing);
    await composeLesson(tools, lesson, context.signal);
  }
  rmSync(clip, { force: true });
  await anonymise(
    lesson,
    { ...options, output: clip, quality: 'careful', mask: 'mosaic', sound: 'off', report, overwrite: true },
    context,
  );
  await writeBeforeAfter(tools, fileAddress(lesson), fileAddress(clip), MOMENTS, picture);
  output.say('');
  for (const [name, file] of [
    [texts.demo.lesson, lesson],
    [texts.demo.clip, clip],
    [texts.demo.picture, picture],
    [texts.demo.report, report],
  ])
    output.say(`${name}: ${file}`);
  output.say(`${texts.demo.next} npm run anonymise -- LES.mp4 -o CLIP.mp4`);
}
