import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../native/ffmpeg/run.ts';
import { runProduct, startProduct, workFolder, type Started } from '../fixtures/product.ts';
import { writeTalkingHead } from '../fixtures/talking-head.ts';

const folder = workFolder();
afterAll(() => folder.remove());

const input = join(folder.path, 'les.mp4');
const decisions = join(folder.path, 'beslissingen.json');
const SEED = 20261122;

const jobArgs = (output: string, ...extra: string[]) => [
  ...[
    'anonymise',
    input,
    '-o',
    output,
    '--quality',
    'fast',
    '--sound',
    'kept',
    '--decisions',
    decisions,
    '--json',
    ...extra,
  ],
];
const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** mulberry32: a small generator, so that the moments are the same at every run. */
function* seeded(): Generator<number, never> {
  let state = SEED;
  for (;;) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    yield ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
}

/**
 * A moment to kill at, by what the job itself says of its progress: a clock would hit other stages on
 * a faster machine. `share` of a stage's frames; before the first stage a share of `STARTING_MS`.
 */
interface Moment {
  readonly stage: 'start' | 'analyse' | 'render' | 'verify';
  readonly share: number;
}

const STARTING_MS = 500;
/** Of each so many; all of `npm run test:faults`, and half of them each time that everything is tried. */
const SHARE = process.env['ONHERKENBAAR_KILLS'] ? 1 : 0.5;
const STAGES = { start: 2, analyse: 6, render: 8, verify: 4 } as const;

function moments(): Moment[] {
  const random = seeded();
  const stages = (['start', 'analyse', 'render', 'verify'] as const).flatMap((stage) =>
    Array.from({ length: STAGES[stage] * SHARE }, () => stage),
  );
  return stages.map((stage) => ({ stage, share: random.next().value * 0.9 }));
}

async function reached({ stage, share }: Moment, started: Started): Promise<void> {
  if (stage === 'start') return new Promise((resolve) => setTimeout(resolve, share * STARTING_MS));
  await started.said((event) => event['stage'] === stage && Number(event['done']) >= share * Number(event['total']));
}

/** Processes below `pid`, by walking /proc or ps. */
async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await collect('ps', ['-eo', 'pid=,ppid=']);
  const rows = stdout
    .toString('utf8')
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number));
  return rows.filter(([, parent]) => parent === pid).map(([child = 0]) => child);
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

let wanted = '';

beforeAll(async () => {
  // Three segments of at most eight seconds; thirty jobs are made of it.
  await writeTalkingHead(input, { seconds: 17, width: 320, height: 240, sound: true });
  writeFileSync(decisions, JSON.stringify({ version: 1, sound: { kept: [{ from: 3, to: 14.5 }] } }));
  const output = join(folder.path, 'whole.mp4');
  const ran = await runProduct(jobArgs(output));
  expect(ran.code).toBe(0);
  wanted = digest(output);
});

describe('law 9: kill -9 loses nothing and leaves nothing that looks finished', () => {
  it('the same job twice writes the same bytes', async () => {
    const output = join(folder.path, 'again.mp4');
    expect((await runProduct(jobArgs(output))).code).toBe(0);
    expect(digest(output)).toBe(wanted);
  });

  it.each(moments().map((moment, index) => ({ ...moment, index })))(
    'killed at $share of $stage and resumed, the bytes are the very same',
    async ({ index, ...moment }) => {
      const output = join(folder.path, `killed-${index}.mp4`);
      const started = startProduct(jobArgs(output));
      const { child, done } = started;
      await reached(moment, started);
      const children = child.pid === undefined ? [] : await childrenOf(child.pid);
      child.kill('SIGKILL');
      const ran = await done;
      // On a slow machine the clip may have its name by the time that its last lines are read.
      if (['render', 'verify'].includes(moment.stage) && ran.code === 0) {
        expect(digest(output)).toBe(wanted);
        return;
      }
      expect(ran.signal).toBe('SIGKILL');
      expect(existsSync(output)).toBe(false);
      await expect.poll(() => children.filter(alive), { timeout: 5000 }).toEqual([]);
      const journalled = existsSync(join(`${output}.werk`, 'journal.jsonl'));
      if (moment.stage !== 'start') expect(journalled).toBe(true);
      const again = await runProduct(jobArgs(output, ...(journalled ? ['--resume'] : [])));
      expect(again.stderr).toBe('');
      expect(again.code).toBe(0);
      expect(digest(output)).toBe(wanted);
      expect(existsSync(`${output}.werk`)).toBe(false);
    },
  );

  it('does not encode again what was finished before the kill', async () => {
    const output = join(folder.path, 'skips.mp4');
    const { child, done } = startProduct(jobArgs(output));
    const journal = join(`${output}.werk`, 'journal.jsonl');
    await expect
      .poll(() => existsSync(journal) && readFileSync(journal, 'utf8').includes('"segment"'), {
        timeout: 60_000,
        interval: 20,
      })
      .toBe(true);
    child.kill('SIGKILL');
    await done;
    const again = await runProduct(jobArgs(output, '--resume'));
    const last = again.events.find((event) => event['event'] === 'done');
    expect(last?.['segmentsWritten']).toBeLessThan(3);
    expect(digest(output)).toBe(wanted);
  });

  it('lets no second job work on the same clip, and is not disturbed by it', async () => {
    const output = join(folder.path, 'twice.mp4');
    const first = startProduct(jobArgs(output));
    await first.said((event) => event['stage'] === 'analyse');
    const second = await runProduct(jobArgs(output, '--overwrite'));
    expect(second.code).not.toBe(0);
    expect(second.events.at(-1)).toMatchObject({ event: 'error', code: 'job-in-use' });
    expect((await first.done).code).toBe(0);
    expect(digest(output)).toBe(wanted);
  });

  it('refuses to resume with other settings, and says so', async () => {
    const output = join(folder.path, 'other.mp4');
    const { child, done } = startProduct(jobArgs(output));
    const journal = join(`${output}.werk`, 'journal.jsonl');
    await expect.poll(() => existsSync(journal), { timeout: 60_000, interval: 20 }).toBe(true);
    child.kill('SIGKILL');
    await done;
    const ran = await runProduct(jobArgs(output, '--resume', '--mask', 'fill'));
    expect(ran.code).toBe(6);
    expect(ran.events.at(-1)).toMatchObject({ event: 'error', code: 'job-other-settings' });
  });
});

describe('Ctrl-C leaves no file and no process', () => {
  async function stop(output: string, { child, done }: Started, stage?: Moment['stage']): Promise<void> {
    const children = child.pid === undefined ? [] : await childrenOf(child.pid);
    child.kill('SIGINT');
    const ran = await done;
    // On a slow machine the check may be over before its word of being half-way is read: then it is done, and whole.
    if ((stage === 'render' || stage === 'verify') && ran.code === 0) {
      expect(ran.events.at(-1)?.['event']).toBe('done');
      expect(digest(output)).toBe(wanted);
      return;
    }
    // Stopped before it could listen, it dies of the signal itself; never of anything else.
    expect(ran.code ?? ran.signal).toBe(ran.code === null ? 'SIGINT' : 130);
    expect(readdirSync(folder.path).filter((name) => name.startsWith(basename(output)))).toEqual([]);
    await expect.poll(() => children.filter(alive), { timeout: 5000 }).toEqual([]);
  }

  const stopped: readonly Moment[] = [
    ...[0.5, 1].map((share) => ({ stage: 'start' as const, share })),
    ...[0, 0.05, 0.5].map((share) => ({ stage: 'analyse' as const, share })),
    { stage: 'render', share: 0.4 },
    ...[0, 0.5].map((share) => ({ stage: 'verify' as const, share })),
  ];
  it.each(stopped.map((moment, index) => ({ ...moment, index })))(
    'at $share of $stage',
    async ({ index, ...moment }) => {
      const output = join(folder.path, `stopped-${index}.mp4`);
      const started = startProduct(jobArgs(output));
      await reached(moment, started);
      await stop(output, started, moment.stage);
    },
  );

  it.each([0, 60, 120, 180])('%d ms after the network began to be prepared', async (wait) => {
    const output = join(folder.path, `preparing-${wait}.mp4`);
    const started = startProduct(jobArgs(output));
    const journal = join(`${output}.werk`, 'journal.jsonl');
    await expect.poll(() => existsSync(journal), { timeout: 60_000, interval: 10 }).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, wait));
    await stop(output, started);
  });
});
