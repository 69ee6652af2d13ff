import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../native/ffmpeg/run.ts';
import { runProduct, startProduct, workFolder } from '../fixtures/product.ts';
import { writeTalkingHead } from '../fixtures/talking-head.ts';

const folder = workFolder();
afterAll(() => folder.remove());

const input = join(folder.path, 'les.mp4');
const KILLS = 20;
const SEED = 20261122;

const jobArgs = (output: string, ...extra: string[]) => [
  ...['anonymise', input, '-o', output, '--quality', 'fast', '--sound', 'keep', '--json', ...extra],
];
const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** mulberry32: a small generator, so that the moments are the same at every run. */
function moments(count: number, longest: number): number[] {
  let state = SEED;
  return Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * longest;
  });
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
let lasts = 0;

beforeAll(async () => {
  await writeTalkingHead(input, { seconds: 18, width: 640, height: 360, sound: true });
  const output = join(folder.path, 'whole.mp4');
  const start = performance.now();
  const ran = await runProduct(jobArgs(output));
  lasts = performance.now() - start;
  expect(ran.code).toBe(0);
  wanted = digest(output);
});

describe('law 9: kill -9 loses nothing and leaves nothing that looks finished', () => {
  it('the same job twice writes the same bytes', async () => {
    const output = join(folder.path, 'again.mp4');
    expect((await runProduct(jobArgs(output))).code).toBe(0);
    expect(digest(output)).toBe(wanted);
  });

  it(`killed at ${KILLS} seeded moments, each resumed to the very same bytes`, { timeout: 900_000 }, async () => {
    let resumed = 0;
    for (const [index, wait] of moments(KILLS, lasts).entries()) {
      const output = join(folder.path, `killed-${index}.mp4`);
      const { child, done } = startProduct(jobArgs(output));
      await new Promise((resolve) => setTimeout(resolve, wait));
      const children = child.pid === undefined ? [] : await childrenOf(child.pid);
      child.kill('SIGKILL');
      const ran = await done;
      if (ran.code === 0) {
        expect(digest(output)).toBe(wanted);
        continue;
      }
      expect(existsSync(output)).toBe(false);
      await expect.poll(() => children.filter(alive), { timeout: 5000 }).toEqual([]);
      const started = existsSync(join(`${output}.werk`, 'journal.jsonl'));
      const again = await runProduct(jobArgs(output, ...(started ? ['--resume'] : [])));
      expect(again.stderr).toBe('');
      expect(again.code).toBe(0);
      expect(digest(output)).toBe(wanted);
      expect(existsSync(`${output}.werk`)).toBe(false);
      if (started) resumed++;
    }
    expect(resumed).toBeGreaterThan(KILLS / 2);
  });

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

describe('Ctrl-C', () => {
  it.each([400, 1500, 2500, 4000])('after %d ms leaves no file and no process', async (wait) => {
    const output = join(folder.path, `stopped-${wait}.mp4`);
    const { child, done } = startProduct(jobArgs(output));
    await new Promise((resolve) => setTimeout(resolve, wait));
    const children = child.pid === undefined ? [] : await childrenOf(child.pid);
    child.kill('SIGINT');
    const ran = await done;
    // Stopped before it could listen, it dies of the signal itself; either way nothing may be left.
    expect(ran.code ?? 130).toBe(130);
    expect(readdirSync(folder.path).filter((name) => name.startsWith(`stopped-${wait}`))).toEqual([]);
    await expect.poll(() => children.filter(alive), { timeout: 5000 }).toEqual([]);
  });
});
