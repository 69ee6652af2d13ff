import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { BLOCK_BYTES, BlockCipher, newHeader, TAG_BYTES } from '../../native/vault/block-cipher.ts';
import { SealedFile, SealedWriter } from '../../native/vault/sealed-file.ts';
import { SealedLines } from '../../native/vault/sealed-lines.ts';
import { newKey } from '../../native/vault/seal.ts';
import { workFolder } from '../fixtures/product.ts';

const folder = workFolder();
afterAll(() => folder.remove());
const path = join(folder.path, 'bestand');
const key = newKey();

async function write(data: Uint8Array, pieces: readonly number[]): Promise<void> {
  const writer = await SealedWriter.create(path, key, 'proef');
  let at = 0;
  for (const piece of [...pieces, data.length]) {
    await writer.write(data.subarray(at, at + piece));
    at = Math.min(data.length, at + piece);
  }
  expect((await writer.commit()).size).toBe(data.length);
}

describe('a sealed file', () => {
  it('gives back any stretch of what was written, in whatever pieces it was written', async () => {
    const size = fc.oneof(
      fc.nat(400_000),
      fc.constantFrom(0, 1, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 2 * BLOCK_BYTES),
    );
    await fc.assert(
      fc.asyncProperty(
        size,
        fc.array(fc.integer({ min: 1, max: 200_000 }), { maxLength: 4 }),
        fc.nat(),
        fc.nat(),
        async (length, pieces, a, b) => {
          const data = Buffer.alloc(length, 'een les met gezichten ');
          await write(data, pieces);
          const file = await SealedFile.open(path, key, 'proef');
          try {
            const from = length ? a % length : 0;
            const count = b % (length - from + 1);
            expect(Buffer.from(await file.read(from, count)).equals(data.subarray(from, from + count))).toBe(true);
            await expect(file.read(length, 1)).rejects.toThrow(RangeError);
          } finally {
            await file.close();
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('opens with its own key and for its own purpose only', async () => {
    await write(Buffer.alloc(1000, 1), []);
    const damaged = { error: { code: 'vault-item-damaged' } };
    await expect(SealedFile.open(path, newKey(), 'proef')).rejects.toMatchObject(damaged);
    await expect(SealedFile.open(path, key, 'ander doel')).rejects.toMatchObject(damaged);
    await expect(SealedFile.open(join(folder.path, 'weg'), key, 'proef')).rejects.toMatchObject({
      error: { code: 'vault-item-missing' },
    });
  });

  it('of ten gigabytes costs one block a read', async () => {
    const header = newHeader();
    const cipher = new BlockCipher(key, header, 'groot');
    const size = 10 * 2 ** 30 + 12_345;
    const last = Math.floor(size / BLOCK_BYTES);
    const file = openSync(path, 'w');
    writeSync(file, header);
    // Two blocks of it are there, the rest is a hole.
    for (const index of [70_000, last]) {
      const plain = Buffer.alloc(index === last ? size - last * BLOCK_BYTES : BLOCK_BYTES, index % 251);
      writeSync(
        file,
        cipher.seal(index, index === last, plain),
        0,
        plain.length + TAG_BYTES,
        header.length + index * (BLOCK_BYTES + TAG_BYTES),
      );
    }
    closeSync(file);
    const sealed = await SealedFile.open(path, key, 'groot');
    expect(sealed.size).toBe(size);
    const before = bytesRead();
    expect(await sealed.read(70_000 * BLOCK_BYTES + 100, 1000)).toEqual(Buffer.alloc(1000, 70_000 % 251));
    if (before !== undefined) expect(bytesRead()! - before).toBeLessThan(BLOCK_BYTES + 10_000);
    await expect(sealed.read(5000, 10)).rejects.toMatchObject({ error: { code: 'vault-item-damaged', block: 0 } });
    await sealed.close();
  });
});

/** Bytes this process has asked the system for; undefined where the system does not tell. */
function bytesRead(): number | undefined {
  try {
    return Number(/^rchar: (\d+)/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

describe('a sealed list', () => {
  it('grows by lines, cuts off what a crash left of the last, and takes no line from another place', () => {
    const file = join(folder.path, 'lijst');
    const first = SealedLines.open(file, key, 'lijst');
    for (const line of ['een', 'twee', 'drie']) first.list.append(line, true);
    first.list.close();
    const rows = readFileSync(file, 'latin1').split('\n');
    const put = (text: string) => {
      const handle = openSync(file, 'w');
      writeSync(handle, text);
      closeSync(handle);
    };
    put(`${rows[0]}\n${rows[1]}\n${rows[2]!.slice(0, 9)}`);
    const torn = SealedLines.open(file, key, 'lijst');
    expect(torn.lines).toEqual(['een', 'twee']);
    torn.list.append('vier', true);
    torn.list.close();
    const again = SealedLines.open(file, key, 'lijst');
    expect(again.lines).toEqual(['een', 'twee', 'vier']);
    again.list.close();
    for (const wrong of [`${rows[1]}\n${rows[0]}\n`, `${rows[1]}\n`, `${rows[0]}\n${rows[0]}\n`]) {
      put(wrong);
      expect(() => SealedLines.open(file, key, 'lijst')).toThrow('vault-item-damaged');
    }
  });
});
