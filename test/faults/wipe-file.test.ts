import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { leftovers, wipeFile, type FileWipe, type WipeStep } from '../../native/disk/overwrite.ts';
import { workFolder } from '../fixtures/product.ts';

const calls = vi.hoisted(() => ({ failing: new Map<string, string>() }));
/** Whatever is named in `calls.failing` fails with that code; everything else is the real thing. */
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const failing = (call: string): boolean => calls.failing.has(call);
  const failure = (call: string) =>
    Object.assign(new Error(`${call} of ${folder.path}`), { code: calls.failing.get(call) });
  return {
    ...real,
    rename: async (from: string, to: string) => {
      if (failing('rename')) throw failure('rename');
      return real.rename(from, to);
    },
    unlink: async (path: string) => {
      if (failing('unlink')) throw failure('unlink');
      return real.unlink(path);
    },
    open: async (path: string, flags: string | number) => {
      if (failing('open-folder') && flags === 'r') throw failure('open-folder');
      const handle = await real.open(path, flags);
      for (const call of ['write', 'sync', 'truncate'] as const) {
        if (failing(call) && flags !== 'r') handle[call] = () => Promise.reject(failure(call));
      }
      return handle;
    },
  };
});

const MARKER = 'Dit mag nergens meer te lezen zijn. ';
const SIZE = 3 * 2 ** 20 + 123;
const ALL: readonly WipeStep[] = ['overwrite', 'flush', 'truncate', 'rename', 'unlink', 'flush-folder'];

let folder: ReturnType<typeof workFolder>;
let path: string;
beforeEach(() => {
  folder = workFolder();
  path = join(folder.path, 'les.bin');
});
afterEach(() => {
  calls.failing.clear();
  folder.remove();
});

const marked = (size = SIZE) => Buffer.alloc(size, MARKER);
const write = (size = SIZE) => fs.writeFileSync(path, marked(size));
const holdsMarker = () =>
  fs.readdirSync(folder.path).filter((name) => fs.readFileSync(join(folder.path, name)).includes(MARKER));
const tried = (wiped: FileWipe) => wiped.steps.map(({ step }) => step);
const trouble = (wiped: FileWipe) => wiped.steps.filter(({ done }) => !done);
const tool = (name: string, ...args: string[]) => spawnSync(name, args, { stdio: 'ignore' }).status === 0;

describe('a file that can be wiped', () => {
  it.each([0, 1, 2 ** 20, SIZE])('of %d bytes goes through every step and is gone', async (size) => {
    write(size);
    const told: number[] = [];
    const wiped = await wipeFile(path, { onProgress: (done, total) => told.push(done / total) });
    expect(wiped).toEqual({
      steps: ALL.map((step) => ({ step, done: true })),
      gone: true,
      complete: true,
      bytes: size,
    });
    expect(fs.readdirSync(folder.path)).toEqual([]);
    expect(told.at(-1) ?? 1).toBe(1);
  });

  it('is overwritten in its own place, with bytes that have no pattern and are new each time', async () => {
    const seen: Buffer[] = [];
    for (const name of ['een', 'twee']) {
      path = join(folder.path, name);
      write();
      // Whoever has it open keeps seeing what is in its place; with truncate failing, all of it.
      const held = fs.openSync(path, 'r');
      calls.failing.set('truncate', 'EIO');
      expect((await wipeFile(path)).gone).toBe(true);
      const left = Buffer.alloc(SIZE);
      expect(fs.readSync(held, left, 0, SIZE, 0)).toBe(SIZE);
      fs.closeSync(held);
      expect(left.includes(MARKER.slice(0, 8))).toBe(false);
      seen.push(left);
    }
    const counts = Array.from({ length: 256 }, () => 0);
    for (const byte of seen[0] ?? []) counts[byte] = (counts[byte] ?? 0) + 1;
    // Each value 12289 times on average, deviation 111: six of those is one run in a million.
    for (const count of counts) expect(Math.abs(count - SIZE / 256)).toBeLessThan(6 * 111);
    const blocks = seen.flatMap((bytes) => [0, 16, 2 ** 20, 2 ** 21].map((at) => bytes.toString('hex', at, at + 16)));
    expect(new Set(blocks).size).toBe(blocks.length);
  });

  it('that is absent already is complete at once', async () => {
    expect(await wipeFile(path)).toMatchObject({ gone: true, complete: true, bytes: 0 });
    const nowhere = await wipeFile(join(folder.path, 'geen', 'map'));
    expect(nowhere).toEqual({ steps: [], gone: true, complete: true, bytes: 0 });
  });
});

describe('never a plain delete', () => {
  const stays = (wiped: FileWipe, step: WipeStep, reason: string) => {
    expect(wiped).toMatchObject({ gone: false, complete: false });
    expect(wiped.steps.at(-1)).toEqual({ step, done: false, reason });
    expect(fs.statSync(path).size).toBe(SIZE);
    expect(JSON.stringify(wiped)).not.toContain(folder.path);
  };

  it.each([
    ['write', 'overwrite', 'ENOSPC'],
    ['sync', 'flush', 'EIO'],
  ] as const)('a failed %s leaves the file, and a second call does it right', async (call, step, code) => {
    write();
    calls.failing.set(call, code);
    stays(await wipeFile(path), step, code);
    calls.failing.clear();
    expect(await wipeFile(path)).toMatchObject({ gone: true, complete: true, bytes: SIZE });
  });

  it('a cancelled wipe leaves the file', async () => {
    write();
    const stop = new AbortController();
    const wiped = await wipeFile(path, { signal: stop.signal, onProgress: () => stop.abort() });
    stays(wiped, 'overwrite', 'cancelled');
    expect(wiped.bytes).toBe(2 ** 20);
  });

  it('a file that took its place in the meantime is not removed', async () => {
    write();
    const wiped = await wipeFile(path, {
      onProgress: () => {
        fs.rmSync(path);
        write();
      },
    });
    stays(wiped, 'rename', 'changed');
    expect(fs.readFileSync(path).equals(marked())).toBe(true);
  });

  it('a file the system protects stays', async (context) => {
    write();
    if (!tool('chattr', '+i', path)) context.skip('needs chattr, and the right to use it');
    const wiped = await wipeFile(path);
    tool('chattr', '-i', path);
    stays(wiped, 'overwrite', 'EPERM');
    expect(fs.readFileSync(path).equals(marked())).toBe(true);
  });

  it('a file with holes on a full disk stays', async (context) => {
    if (!tool('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder.path)) context.skip('needs the right to mount');
    try {
      fs.writeFileSync(path, '');
      fs.truncateSync(path, SIZE);
      stays(await wipeFile(path), 'overwrite', 'ENOSPC');
    } finally {
      tool('umount', folder.path);
    }
  });
});

describe('what fails after a good overwrite is told, and the rest is done', () => {
  it.each(['truncate', 'rename'] as const)('%s', async (step) => {
    write();
    calls.failing.set(step, 'EBUSY');
    const wiped = await wipeFile(path);
    expect(tried(wiped)).toEqual(ALL);
    expect(trouble(wiped)).toEqual([{ step, done: false, reason: 'EBUSY' }]);
    expect(wiped).toMatchObject({ gone: true, complete: false });
    expect(fs.readdirSync(folder.path)).toEqual([]);
    expect(JSON.stringify(wiped)).not.toContain(folder.path);
  });

  it('unlink: only nameless bytes are left, and a second call finishes', async () => {
    write();
    calls.failing.set('unlink', 'EBUSY');
    calls.failing.set('truncate', 'EBUSY');
    expect(await wipeFile(path)).toMatchObject({ gone: false, complete: false });
    expect(holdsMarker()).toEqual([]);
    expect(fs.readdirSync(folder.path)).toEqual(await leftovers(folder.path));
    expect(await leftovers(folder.path)).toHaveLength(1);
    expect(await wipeFile(path)).toMatchObject({ gone: false, complete: false });
    calls.failing.clear();
    expect(await wipeFile(path)).toMatchObject({ gone: true, complete: true });
    expect(fs.readdirSync(folder.path)).toEqual([]);
  });

  it('a folder the system protects: overwritten under its own name', async (context) => {
    write();
    if (!tool('chattr', '+i', folder.path)) context.skip('needs chattr, and the right to use it');
    const wiped = await wipeFile(path);
    tool('chattr', '-i', folder.path);
    expect(trouble(wiped)).toEqual([
      { step: 'rename', done: false, reason: 'EPERM' },
      { step: 'unlink', done: false, reason: 'EPERM' },
    ]);
    expect(wiped.gone).toBe(false);
    expect(fs.statSync(path).size).toBe(0);
  });

  it.each([
    ['linux', 'EIO', 'EIO', false],
    ['linux', 'EPERM', 'EPERM', false],
    ['linux', 'EINVAL', 'not-supported', true],
    ['win32', 'EPERM', 'not-supported', true],
    ['win32', 'EISDIR', 'not-supported', true],
    ['win32', 'EIO', 'EIO', false],
  ] as const)('the folder not flushed on %s by %s is %s', async (platform, code, reason, complete) => {
    write();
    calls.failing.set('open-folder', code);
    const real = Object.getOwnPropertyDescriptor(process, 'platform')!;
    Object.defineProperty(process, 'platform', { ...real, value: platform });
    const wiped = await wipeFile(path).finally(() => Object.defineProperty(process, 'platform', real));
    expect(trouble(wiped)).toEqual([{ step: 'flush-folder', done: false, reason }]);
    expect(wiped).toMatchObject({ gone: true, complete });
  });
});

describe('refused, and left as it is', () => {
  const target = () => join(folder.path, 'ander.bin');
  it.each<[string, () => unknown]>([
    ['hard-linked', () => (write(), fs.linkSync(path, target()))],
    ['symlink', () => (fs.writeFileSync(target(), marked()), fs.symlinkSync(target(), path))],
    ['folder', () => fs.mkdirSync(path)],
    ['fifo', () => execFileSync('mkfifo', [path])],
    [
      'socket',
      () =>
        new Promise(
          (resolve) =>
            void createServer()
              .listen(path, () => resolve(undefined))
              .unref(),
        ),
    ],
  ])('%s', async (reason, make) => {
    await make();
    const before = holdsMarkerSafely();
    expect(await wipeFile(path)).toEqual({
      steps: [{ step: 'overwrite', done: false, reason }],
      gone: false,
      complete: false,
      bytes: 0,
    });
    expect(fs.lstatSync(path)).toBeDefined();
    expect(holdsMarkerSafely()).toEqual(before);
  });

  /** Regular files only: reading a pipe waits for ever. */
  function holdsMarkerSafely(): string[] {
    const names = fs.readdirSync(folder.path).filter((name) => fs.lstatSync(join(folder.path, name)).isFile());
    return names.filter((name) => fs.readFileSync(join(folder.path, name)).equals(marked()));
  }

  it('a device', async () => {
    expect(trouble(await wipeFile('/dev/null'))).toEqual([{ step: 'overwrite', done: false, reason: 'device' }]);
    expect(fs.statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});
