import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppFailure } from '../../core/errors.ts';
import { BLOCK_BYTES } from '../../native/vault/block-cipher.ts';
import { Loopback } from '../../native/vault/loopback.ts';
import { SealedShelf } from '../../native/vault/sealed-shelf.ts';
import { newKey } from '../../native/vault/seal.ts';
import { workFolder } from '../fixtures/product.ts';

const SIZE = 12 * 2 ** 20;
const folder = workFolder();
const failures: unknown[] = [];
const warnings: Error[] = [];
const noteWarning = (warning: Error) => warnings.push(warning);
let loopback: Loopback;
let shelf: SealedShelf;
let address: string;
const plain = Buffer.alloc(SIZE, 'een lange opname ');

beforeAll(async () => {
  process.on('warning', noteWarning);
  loopback = await Loopback.start((error) => failures.push(error));
  shelf = new SealedShelf(folder.path, newKey(), loopback);
  const writer = await shelf.create('lang');
  await writer.write(plain);
  await writer.commit();
  address = shelf.address('lang');
});
afterAll(async () => {
  await loopback.close();
  process.off('warning', noteWarning);
  folder.remove();
});

const openFiles = () => readdirSync('/proc/self/fd').length;

/** Asks from a place on, takes the first bytes and hangs up, as a reader that seeks does. */
function askAndHangUp(from: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(address, { headers: { Range: `bytes=${from}-` } }, (answer) => {
      answer.once('data', () => answer.destroy());
      answer.once('close', resolve);
    });
    request.on('error', reject);
  });
}

describe('the loopback server', () => {
  it('lets a reader seek to and fro without keeping a file open or a listener behind', async () => {
    await askAndHangUp(0);
    const before = openFiles();
    for (let seek = 0; seek < 60; seek++) await askAndHangUp((seek * 977_351) % (SIZE - 1));
    await expect.poll(openFiles, { timeout: 5000 }).toBeLessThanOrEqual(before + 2);
    expect(failures).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it('answers ranges as they are asked for', async () => {
    const ask = (range: string) => fetch(address, { headers: { Range: range } });
    for (const [range, from, to] of [
      ['bytes=0-9', 0, 10],
      [`bytes=${BLOCK_BYTES - 5}-${BLOCK_BYTES + 5}`, BLOCK_BYTES - 5, BLOCK_BYTES + 6],
      ['bytes=-100', SIZE - 100, SIZE],
      [`bytes=${SIZE - 3}-${SIZE + 100}`, SIZE - 3, SIZE],
    ] as const) {
      const answer = await ask(range);
      expect(answer.status).toBe(206);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(Buffer.from(await answer.arrayBuffer()).equals(plain.subarray(from, to))).toBe(true);
    }
    expect((await ask(`bytes=${SIZE}-`)).status).toBe(416);
    expect(Buffer.from(await (await fetch(address)).arrayBuffer()).equals(plain)).toBe(true);
    expect((await fetch(address, { method: 'POST' })).status).toBe(404);
    expect((await fetch(address.replace(/.{64}$/, '0'.repeat(64)))).status).toBe(404);
  });

  it('breaks off at a damaged block, and says so to whoever waits', async () => {
    const writer = await shelf.create('stuk');
    await writer.write(plain.subarray(0, 3 * BLOCK_BYTES));
    await writer.commit();
    const path = join(folder.path, 'stuk');
    const bytes = readFileSync(path);
    bytes[BLOCK_BYTES + 500]! ^= 1;
    writeFileSync(path, bytes);
    await expect(fetch(shelf.address('stuk')).then((answer) => answer.arrayBuffer())).rejects.toThrow();
    await expect.poll(() => failures.length).toBe(1);
    expect(failures[0]).toBeInstanceOf(AppFailure);
  });
});
