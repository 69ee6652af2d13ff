// Two workers against one, as a ratio of the time that rendering takes from the first segment that is handed out to
// the last that is taken in. Each worker is held to one core of its own where the system can do that (Linux,
// taskset): as if it were a machine of one core. Without that, one worker already uses every core for its encoder.
// usage: npm run bench:worker -- [--runs 3] [--seconds 96] [--free]
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { collect } from '../../native/ffmpeg/run.ts';
import { TestRedis } from '../fixtures/redis.ts';
import { writeTalkingHead } from '../fixtures/talking-head.ts';
import { clipOf, WorkersVault } from '../fixtures/workers.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '96' },
    free: { type: 'boolean', default: false },
  },
});
const STRETCH_SECONDS = 16;
const canPin = !values.free && spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0;

async function startWorker(at: WorkersVault, redis: TestRedis, number: number): Promise<ChildProcess> {
  const args = ['worker', '--vault', at.root, '--key-file', at.keyFile(number), '--queue', redis.address, '--json'];
  const pinned = canPin ? ['taskset', '-c', String(number)] : [];
  const [program = '', ...rest] = [...pinned, process.execPath, 'dist/cli.mjs', ...args];
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  return child;
}

/** @returns seconds that rendering took, and the clip's digest */
async function measure(at: WorkersVault, redis: TestRedis, count: number): Promise<{ seconds: number; clip: string }> {
  at.fresh();
  const workers: ChildProcess[] = [];
  for (let number = 0; number < count; number++) workers.push(await startWorker(at, redis, number));
  const ran = await at.run('--queue', redis.address);
  for (const child of workers) {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }
  const seconds = ran.events.flatMap(({ stage, elapsed }) => (stage === 'render' ? [Number(elapsed)] : []));
  if (clipOf(ran) === '') throw new Error(`no clip: ${ran.stderr}`);
  return { seconds: Math.max(...seconds), clip: clipOf(ran) };
}

/** Half of full HD, a stretch of a quarter of a minute over and over. */
async function writeLesson(file: string, seconds: number): Promise<void> {
  const stretch = `${file}.stretch.mp4`;
  await writeTalkingHead(stretch, { seconds: STRETCH_SECONDS, width: 1280, height: 720, sound: false });
  const times = String(Math.max(0, Math.ceil(seconds / STRETCH_SECONDS) - 1));
  const args = ['-v', 'error', '-stream_loop', times, '-i', stretch, '-t', String(seconds), '-c', 'copy', file];
  if ((await collect('ffmpeg', args)).code !== 0) throw new Error('no lesson');
  rmSync(stretch);
}

const at = await WorkersVault.make(Number(values.seconds), writeLesson);
const redis = await TestRedis.start();
try {
  console.log(`${cpus().length} cores; ${canPin ? 'each worker held to one of them' : 'workers not held to a core'}`);
  const ratios: number[] = [];
  for (let run = 0; run < Number(values.runs); run++) {
    const one = await measure(at, redis, 1);
    const two = await measure(at, redis, 2);
    if (one.clip !== two.clip) throw new Error('the clips differ');
    ratios.push(one.seconds / two.seconds);
    console.log(
      `one ${one.seconds.toFixed(1)} s, two ${two.seconds.toFixed(1)} s: ${ratios.at(-1)!.toFixed(2)} times as fast`,
    );
  }
  const median = ratios.toSorted((a, b) => a - b)[ratios.length >> 1] ?? 0;
  console.log(
    `median of ${ratios.length}: two workers are ${median.toFixed(2)} times as fast as one; the same bytes each time`,
  );
} finally {
  await redis.stop();
  at.folder.remove();
}
