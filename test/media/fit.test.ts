import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProduct, workFolder } from '../fixtures/product.ts';
import { writeTalkingHead } from '../fixtures/talking-head.ts';

const folder = workFolder();
const input = join(folder.path, 'les.mp4');
afterAll(() => folder.remove());
beforeAll(() => writeTalkingHead(input, { width: 640, height: 360, seconds: 10, sound: false }));

const clip = async (name: string, ...args: string[]) => {
  const output = join(folder.path, name);
  const ran = await runProduct(['anonymise', input, '-o', output, '--quality', 'fast', '--json', ...args]);
  return { ran, output };
};

describe('a clip for a target that takes no more', () => {
  it('is as small as was asked, whole, and checked like any other', async () => {
    const usual = await clip('gewoon.mp4');
    const bytes = statSync(usual.output).size;
    const most = (bytes * 0.8) / 1e6;
    const small = await clip('klein.mp4', '--fit', String(most));
    expect(small.ran.events.at(-1)).toMatchObject({ event: 'done', report: { passed: true } });
    expect(statSync(small.output).size).toBeLessThanOrEqual(most * 1e6);
    expect(statSync(small.output).size).toBeGreaterThan(most * 1e6 * 0.3);
  });

  it('is refused when nothing could be seen on it, and what would do is said', async () => {
    const { ran } = await clip('niets.mp4', '--fit', '0.1');
    expect([ran.code, ran.events.at(-1)]).toMatchObject([7, { code: 'fit-too-small', least: expect.any(Number) }]);
    expect((await clip('leeg.mp4', '--fit', 'nul')).ran.code).toBe(2);
  });
});
