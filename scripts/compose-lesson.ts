import { composeLesson } from '../native/demo-lesson.ts';
import { locateFfmpeg } from '../native/ffmpeg/locate.ts';

/** `FILE SECONDS`: a drawn lesson for whoever tries the packaged app. */
const [file, seconds] = process.argv.slice(2);
if (!file || !seconds) throw new Error('usage: node scripts/run.mjs scripts/compose-lesson.ts FILE SECONDS');
const tools = await locateFfmpeg();
await composeLesson(tools, file, new AbortController().signal, { seconds: Number(seconds) });
