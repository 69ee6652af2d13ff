import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Lease } from '../../native/store/lease.ts';
import { workFolder } from '../fixtures/product.ts';

const folder = workFolder();
afterAll(() => folder.remove());
const CHILD = 'dist/lease-child/lease-child.mjs';

it('who dies while a lease is taken, before any call to the disk, is in nobody’s way', () => {
  const bundle = "import('./scripts/run.mjs').then((run) => run.bundle('test/fixtures/lease-child.ts'))";
  execFileSync(process.execPath, ['-e', bundle], { stdio: 'inherit' });
  let deadly = 1;
  for (; ; deadly++) {
    const path = join(folder.path, `lock-${deadly}`);
    const ran = spawnSync(process.execPath, [CHILD, path, String(deadly)], { encoding: 'utf8' });
    expect({ deadly, stderr: ran.stderr, signal: ran.signal }).toEqual({ deadly, stderr: '', signal: 'SIGKILL' });
    const lease = Lease.take(path);
    expect({ deadly, holds: lease?.holds() }).toEqual({ deadly, holds: true });
    lease?.release();
    if (ran.stdout === 'held') break;
  }
  // Write, link and remove at the least.
  expect(deadly).toBeGreaterThan(3);
});
