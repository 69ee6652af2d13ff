import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileAddress } from '../ffmpeg/address.ts';
import { flushFolder, writeAll } from './files.ts';
import type { LineList, Shelf, ShelfFile, ShelfWriter } from './shelf.ts';

/** A folder of ordinary files. */
export class PlainShelf implements Shelf {
  constructor(readonly path: string) {}

  private at(name: string): string {
    return join(this.path, name);
  }

  async create(name: string): Promise<ShelfWriter> {
    const path = this.at(name);
    const part = `${path}.part`;
    const file = await open(part, 'w');
    const hash = createHash('sha256');
    let size = 0;
    return {
      async write(bytes) {
        hash.update(bytes);
        size += bytes.length;
        for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten;
      },
      async commit() {
        await file.sync();
        await file.close();
        await rename(part, path);
        flushFolder(path);
        return { sha256: hash.digest('hex'), size };
      },
      async abandon() {
        await file.close();
        await rm(part, { force: true });
      },
    };
  }

  async open(name: string): Promise<ShelfFile> {
    const file = await open(this.at(name), 'r');
    const { size } = await file.stat();
    return {
      size,
      async read(position, length) {
        const bytes = Buffer.alloc(length);
        const { bytesRead } = await file.read(bytes, 0, length, position);
        if (bytesRead < length) throw new RangeError('beyond the end');
        return bytes;
      },
      close: () => file.close(),
    };
  }

  lines(name: string): { readonly lines: readonly string[]; readonly list: LineList } {
    const path = this.at(name);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    // Half a line that a crash left would take the next one with it.
    if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
    const file = openSync(path, 'a');
    let size = Buffer.byteLength(whole);
    const list: LineList = {
      append(line, durable) {
        try {
          writeAll(file, `${line}\n`);
          if (durable) fsyncSync(file);
        } catch (error) {
          // Half a line in the middle would spoil the next one.
          ftruncateSync(file, size);
          throw error;
        }
        size += Buffer.byteLength(line) + 1;
      },
      close: () => closeSync(file),
    };
    return { lines: whole.split('\n').slice(0, -1), list };
  }

  has(name: string): boolean {
    return existsSync(this.at(name));
  }

  remove(name: string): void {
    rmSync(this.at(name), { force: true });
  }

  address(name: string) {
    return fileAddress(this.at(name));
  }
}
