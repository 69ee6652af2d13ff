// What stays exposed on annotated clips, from pixels alone, with the scorer that lies beside them.
// usage: npm run bench:privacy -- [--data FOLDER] [--quality careful,fast] [--model FILE.onnx] [--licence permissive] [--clip NAME.mp4]... [--keep FOLDER]
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { collect } from '../../native/ffmpeg/run.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/footage' },
    quality: { type: 'string', default: 'careful' },
    model: { type: 'string' },
    licence: { type: 'string', default: 'any' },
    keep: { type: 'string' },
    clip: { type: 'string', multiple: true },
  },
});
const scorer = join(values.data, 'score.mjs');
const clips = existsSync(scorer)
  ? readdirSync(values.data).filter(
      (name) => name.endsWith('.mp4') && existsSync(join(values.data, name.replace('.mp4', '.gt.json'))),
    )
  : [];
if (clips.length === 0) console.log(`no annotated clips in ${values.data}: name a folder with --data`);
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'onherkenbaar-bench-'));
mkdirSync(folder, { recursive: true });
for (const quality of values.quality.split(',')) {
  for (const clip of values.clip ?? clips) {
    const original = join(values.data, clip);
    const result = join(folder, `${basename(clip, '.mp4')}-${quality}.mp4`);
    const start = performance.now();
    const job = await collect(
      process.execPath,
      [
        ...['dist/cli.mjs', 'anonymise', original, '-o', result, '--quality', quality, '--overwrite', '--json'],
        ...['--accept-findings', '--licence', values.licence, ...(values.model ? ['--model', values.model] : [])],
      ],
      { timeoutMs: 3_600_000 },
    );
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    if (job.code !== 0) {
      console.log(`${clip} ${quality}: exit ${job.code}: ${job.stdout.toString('utf8').trim().split('\n').pop()}`);
      continue;
    }
    const truth = original.replace('.mp4', '.gt.json');
    const score = await collect(process.execPath, [scorer, original, result, truth], { timeoutMs: 600_000 });
    console.log(`${clip} ${quality} (${seconds} s): ${score.stdout.toString('utf8').trim()}`);
  }
}
if (!values.keep) rmSync(folder, { recursive: true, force: true });
