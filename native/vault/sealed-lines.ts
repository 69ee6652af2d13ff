import { hkdfSync } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { fail } from '../../core/errors.ts';
import { writeAll } from '../store/files.ts';
import { KEY_BYTES } from './block-cipher.ts';
import { seal, unseal } from './seal.ts';

/**
 * A list that only grows, one sealed line each. A line is bound to its place, so none can be altered,
 * moved or left out; a last one that a crash cut short never counted and is cut off.
 */
export class SealedLines {
  private constructor(
    private readonly file: number,
    private readonly key: Uint8Array,
    private readonly purpose: string,
    private count: number,
    private size: number,
  ) {}

  /** @param secret key of the recording @throws AppFailure `vault-item-damaged` */
  static open(path: string, secret: Uint8Array, purpose: string): { lines: string[]; list: SealedLines } {
    const key = Buffer.from(hkdfSync('sha256', secret, '', `onherkenbaar/lines/1/${purpose}`, KEY_BYTES));
    const text = existsSync(path) ? readFileSync(path, 'latin1') : '';
    const size = text.lastIndexOf('\n') + 1;
    const rows = text.slice(0, size).split('\n').slice(0, -1);
    const lines = rows.map((row, index) => {
      const plain = unseal(key, Buffer.from(row, 'base64'), `${purpose}/${index}`);
      return plain?.toString('utf8') ?? fail({ code: 'vault-item-damaged', item: purpose, block: index });
    });
    if (size < text.length) truncateSync(path, size);
    return { lines, list: new SealedLines(openSync(path, 'a', 0o600), key, purpose, lines.length, size) };
  }

  /** @param durable on the disk before this returns */
  append(line: string, durable: boolean): void {
    const row = `${seal(this.key, Buffer.from(line, 'utf8'), `${this.purpose}/${this.count}`).toString('base64')}\n`;
    try {
      writeAll(this.file, row);
      if (durable) fsyncSync(this.file);
    } catch (error) {
      // Half a line in the middle would take all that follow with it.
      ftruncateSync(this.file, this.size);
      throw error;
    }
    this.count++;
    this.size += row.length;
  }

  close(): void {
    this.key.fill(0);
    closeSync(this.file);
  }
}
