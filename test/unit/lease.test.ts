import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Lease } from '../../native/store/lease.ts';
import { workFolder } from '../fixtures/product.ts';

let folder: ReturnType<typeof workFolder>;
let path: string;
beforeEach(() => {
  folder = workFolder();
  path = join(folder.path, 'lock');
});
afterEach(() => folder.remove());

/** A process number that is never given out. */
const NOBODY = 2 ** 22 + 1;
const left = (host: string, pid: number) => writeFileSync(path, JSON.stringify({ token: 'other', host, pid }));
const untouchedFor = (seconds: number) => {
  const then = new Date(Date.now() - seconds * 1000);
  utimesSync(path, then, then);
};

describe('a lease', () => {
  it('is held by one at a time, and free again after release', () => {
    const first = Lease.take(path);
    expect(first?.holds()).toBe(true);
    expect(Lease.take(path)).toBeUndefined();
    first?.release();
    expect(existsSync(path)).toBe(false);
    const second = Lease.take(path);
    expect(second?.holds()).toBe(true);
    second?.release();
  });

  it('passes on at once when its holder died on this machine', () => {
    left(hostname(), NOBODY);
    const lease = Lease.take(path);
    expect(lease?.holds()).toBe(true);
    lease?.release();
  });

  it('of a process number that was given away passes on after a minute without a sign of life', () => {
    left(hostname(), process.ppid);
    expect(Lease.take(path)).toBeUndefined();
    untouchedFor(90);
    const lease = Lease.take(path);
    expect(lease?.holds()).toBe(true);
    lease?.release();
  });

  it('under our own number that we do not hold passes on at once: it was given up while the share was away', () => {
    left(hostname(), process.pid);
    const lease = Lease.take(path);
    expect(lease?.holds()).toBe(true);
    expect(Lease.take(path)).toBeUndefined();
    lease?.release();
  });

  it.runIf(process.platform === 'linux')(
    'of a process that died and was not yet buried passes on at once',
    async () => {
      // A parent that never asks after its child.
      const script =
        'const { spawn } = require("node:child_process"); const c = spawn("sleep", ["60"], { detached: true });';
      const parent = spawn(process.execPath, [
        '-e',
        `${script} console.log(c.pid); process.kill(process.pid, "SIGSTOP")`,
      ]);
      const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (text) => resolve(Number(text))));
      try {
        left(hostname(), pid);
        expect(Lease.take(path)).toBeUndefined();
        process.kill(pid, 'SIGKILL');
        await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'latin1')).toContain(') Z');
        const lease = Lease.take(path);
        expect(lease?.holds()).toBe(true);
        lease?.release();
      } finally {
        parent.kill('SIGKILL');
      }
    },
  );

  it('of another machine is honoured, whatever its process number means here', () => {
    left('elders', NOBODY);
    expect(Lease.take(path)).toBeUndefined();
    untouchedFor(90);
    const lease = Lease.take(path);
    expect(lease?.holds()).toBe(true);
    lease?.release();
  });

  it('that was torn while it was written counts only until it is old', () => {
    writeFileSync(path, '{"tok');
    expect(Lease.take(path)).toBeUndefined();
    untouchedFor(90);
    expect(Lease.take(path)?.holds()).toBe(true);
  });

  it('tells its holder when it was taken over, and then leaves the new one alone', () => {
    const first = Lease.take(path);
    left('elders', NOBODY);
    expect(first?.holds()).toBe(false);
    first?.release();
    expect(existsSync(path)).toBe(true);
    expect(readdirSync(folder.path)).toEqual(['lock']);
  });
});
