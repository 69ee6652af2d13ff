import { createHash } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { AppFailure, fail } from '../../core/errors.ts';
import { flushFolder } from '../store/files.ts';
import type { Committed, ShelfFile, ShelfWriter } from '../store/shelf.ts';
import { BLOCK_BYTES, BlockCipher, HEADER_BYTES, isHeader, newHeader, TAG_BYTES } from './block-cipher.ts';

/** Writes a sealed file from front to back; no byte of it is ever on the disk in the clear. */
export class SealedWriter implements ShelfWriter {
  private readonly hash = createHash('sha256');
  private readonly pending = Buffer.alloc(BLOCK_BYTES);
  private filled = 0;
  private index = 0;
  private size = 0;

  private constructor(
    private readonly path: string,
    private readonly part: string,
    private readonly file: FileHandle,
    private readonly cipher: BlockCipher,
  ) {}

  /** @param path final name; until `commit` the file is `path.part` */
  static async create(path: string, secret: Uint8Array, purpose: string): Promise<SealedWriter> {
    const part = `${path}.part`;
    const file = await open(part, 'w', 0o600);
    try {
      const header = newHeader();
      await writeWhole(file, header);
      return new SealedWriter(path, part, file, new BlockCipher(secret, header, purpose));
    } catch (error) {
      await file.close();
      await rm(part, { force: true });
      throw error;
    }
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.hash.update(bytes);
    this.size += bytes.length;
    for (let at = 0; at < bytes.length;) {
      // A full block waits until it is known whether it is the last one.
      if (this.filled === BLOCK_BYTES) await this.put(false);
      const count = Math.min(BLOCK_BYTES - this.filled, bytes.length - at);
      this.pending.set(bytes.subarray(at, at + count), this.filled);
      this.filled += count;
      at += count;
    }
  }

  private async put(last: boolean): Promise<void> {
    await writeWhole(this.file, this.cipher.seal(this.index++, last, this.pending.subarray(0, this.filled)));
    this.filled = 0;
  }

  /** Digest and size are those of the plaintext. */
  async commit(): Promise<Committed> {
    await this.put(true);
    await this.file.sync();
    await this.end();
    await rename(this.part, this.path);
    flushFolder(this.path);
    return { sha256: this.hash.digest('hex'), size: this.size };
  }

  async abandon(): Promise<void> {
    await this.end();
    await rm(this.part, { force: true });
  }

  private async end(): Promise<void> {
    this.cipher.forget();
    this.pending.fill(0);
    await this.file.close();
  }
}

/** On a disk that is nearly full a single call writes a part, and says so only in its result. */
async function writeWhole(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten;
}

/** Reads a sealed file at any place; a read costs the blocks it touches, not the file. */
export class SealedFile implements ShelfFile {
  private cached: { index: number; plain: Buffer } | undefined;
  private closing = false;
  private reading: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly size: number,
    private readonly blocks: number,
    private readonly purpose: string,
    private readonly file: FileHandle,
    private readonly cipher: BlockCipher,
  ) {}

  /**
   * Opens and verifies header and last block, so that a file cut short is known at once.
   * @throws AppFailure `vault-item-missing`, `vault-item-damaged`
   */
  static async open(path: string, secret: Uint8Array, purpose: string): Promise<SealedFile> {
    const file = await open(path, 'r').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
        throw new AppFailure({ code: 'vault-item-missing', item: purpose });
      throw error;
    });
    try {
      const header = Buffer.alloc(HEADER_BYTES);
      const { bytesRead } = await file.read(header, 0, HEADER_BYTES, 0);
      const sealed = (await file.stat()).size - HEADER_BYTES;
      if (bytesRead < HEADER_BYTES || !isHeader(header) || sealed < TAG_BYTES) damaged(purpose, 0);
      const blocks = Math.ceil(sealed / (BLOCK_BYTES + TAG_BYTES));
      const size = sealed - blocks * TAG_BYTES;
      // Less than a tag in the last block, or an empty one behind others: cut.
      if (size < (blocks - 1) * BLOCK_BYTES + (blocks > 1 ? 1 : 0)) damaged(purpose, blocks - 1);
      const opened = new SealedFile(size, blocks, purpose, file, new BlockCipher(secret, header, purpose));
      await opened.block(blocks - 1);
      return opened;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  private async block(index: number): Promise<Buffer> {
    if (this.cached?.index === index) return this.cached.plain;
    const last = index === this.blocks - 1;
    const length = last ? this.size - index * BLOCK_BYTES : BLOCK_BYTES;
    const sealed = Buffer.alloc(length + TAG_BYTES);
    const { bytesRead } = await this.file.read(
      sealed,
      0,
      sealed.length,
      HEADER_BYTES + index * (BLOCK_BYTES + TAG_BYTES),
    );
    const plain = bytesRead === sealed.length ? this.cipher.open(index, last, sealed) : undefined;
    if (!plain) return damaged(this.purpose, index);
    this.cached = { index, plain };
    return plain;
  }

  /** @throws AppFailure `vault-item-damaged` @throws RangeError past the end, or when it is being closed */
  read(position: number, length: number): Promise<Buffer> {
    if (this.closing || position < 0 || length < 0 || position + length > this.size)
      return Promise.reject(new RangeError('beyond the end'));
    const found = this.pieces(position, length);
    const before = this.reading;
    // Remembered, so that the key is not forgotten under a block that is being opened.
    // Without what was read: one would hold on to the next.
    this.reading = Promise.allSettled([before, found]).then(() => {});
    return found;
  }

  private async pieces(position: number, length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let at = position; at < position + length;) {
      const index = Math.floor(at / BLOCK_BYTES);
      const from = at - index * BLOCK_BYTES;
      const piece = (await this.block(index)).subarray(from, from + position + length - at);
      parts.push(piece);
      at += piece.length;
    }
    // A copy: the cached block is wiped on close.
    return Buffer.concat(parts);
  }

  async close(): Promise<void> {
    this.closing = true;
    await this.reading;
    this.cipher.forget();
    this.cached?.plain.fill(0);
    this.cached = undefined;
    await this.file.close();
  }
}

function damaged(item: string, block: number): never {
  return fail({ code: 'vault-item-damaged', item, block });
}
