import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { leftovers, wipeFile } from '../../native/disk/overwrite.ts';
import { workFolder } from '../fixtures/product.ts';

const MARKER = 'Dit mag nergens meer te lezen zijn. ';

let folder: ReturnType<typeof workFolder>;
let path: string;
beforeEach(() => {
  folder = workFolder();
  path = join(folder.path, 'les.bin');
});
afterEach(() => folder.remove());

const write = (size: number) => fs.writeFileSync(path, Buffer.alloc(size, MARKER));
const holdsMarker = () =>
  fs.readdirSync(folder.path).filter((name) => fs.readFileSync(join(folder.path, name)).includes(MARKER));
const tool = (name: string, ...args: string[]) => spawnSync(name, args, { stdio: 'ignore' }).status === 0;

describe('killed with -9, a second call finishes', () => {
  let child: string;
  beforeAll(() => {
    const bundle = "import('./scripts/run.mjs').then((run) => run.bundle('test/fixtures/wipe-child.ts'))";
    execFileSync(process.execPath, ['-e', bundle], { stdio: 'inherit' });
    child = 'dist/wipe-child/wipe-child.mjs';
  });

  const LARGE = 48 * 2 ** 20;
  it.each([
    { moment: 'half', named: true, marker: true },
    { moment: 'before-sync', named: true, marker: false },
    { moment: 'before-truncate', named: true, marker: false },
    { moment: 'after-truncate', named: true, marker: false },
    { moment: 'before-rename', named: true, marker: false },
    { moment: 'after-rename', named: false, marker: false },
    { moment: 'before-unlink', named: false, marker: false },
    { moment: 'after-unlink', named: false, marker: false, empty: true },
  ])('$moment', async ({ moment, named, marker, empty = false }) => {
    write(LARGE);
    const killed = spawnSync(process.execPath, [child, path, moment], { encoding: 'utf8' });
    expect(killed).toMatchObject({ signal: 'SIGKILL', stderr: '' });
    expect(fs.existsSync(path)).toBe(named);
    expect(await leftovers(folder.path)).toHaveLength(named || empty ? 0 : 1);
    // Until every byte is overwritten nothing may be cut off or renamed.
    if (marker) expect(fs.statSync(path).size).toBe(LARGE);
    expect(holdsMarker()).toEqual(marker ? ['les.bin'] : []);
    expect(await wipeFile(path)).toMatchObject({ gone: true, complete: true });
    expect(fs.readdirSync(folder.path)).toEqual([]);
  });
});

describe('on the medium itself', () => {
  it('an ext4 disk image holds the marker before and not after', async (context) => {
    const image = join(folder.path, 'schijf.img');
    const disk = join(folder.path, 'schijf');
    fs.mkdirSync(disk);
    fs.writeFileSync(image, '');
    fs.truncateSync(image, 32 * 2 ** 20);
    const mounted = tool('mkfs.ext4', '-q', image) && tool('mount', '-o', 'loop', image, disk);
    if (!mounted) context.skip('needs mkfs.ext4 and the right to mount');
    try {
      path = join(disk, 'les.bin');
      write(3 * 2 ** 20 + 123);
      execFileSync('sync', ['-f', disk]);
      expect(fs.readFileSync(image).includes(MARKER)).toBe(true);
      expect((await wipeFile(path)).complete).toBe(true);
    } finally {
      tool('umount', disk);
    }
    expect(fs.readFileSync(image).includes(MARKER)).toBe(false);
  });
});
