import { createHash } from 'node:crypto';
import type { MediaAddress } from '../ffmpeg/address.ts';
import type { ByteSource } from './byte-source.ts';

export interface Committed {
  /** Of what was written, hex. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
}

export interface ShelfWriter {
  write(bytes: Uint8Array): Promise<void>;
  /** Flushed to the disk, and only then under its name. */
  commit(): Promise<Committed>;
  abandon(): Promise<void>;
}

export interface ShelfFile extends ByteSource {
  close(): Promise<void>;
}

export interface LineList {
  /** @param durable on the disk before this returns */
  append(line: string, durable: boolean): void;
  close(): void;
}

/**
 * Where a job keeps what it makes: plainly beside the clip that the user asked for, or sealed in a
 * vault. The engine does not know which.
 */
export interface Shelf {
  /** The folder, for leases and for removing it whole. */
  readonly path: string;
  create(name: string): Promise<ShelfWriter>;
  open(name: string): Promise<ShelfFile>;
  /** What was committed to a list so far, and the list to go on with. */
  lines(name: string): { readonly lines: readonly string[]; readonly list: LineList };
  has(name: string): boolean;
  /** What is not there is removed already. */
  remove(name: string): void;
  /** What ffmpeg reads it by, while the shelf is open. */
  address(name: string): MediaAddress;
}

const PIECE = 1 << 20;

export async function* readAll(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < source.size; at += PIECE) yield source.read(at, Math.min(PIECE, source.size - at));
}

/** SHA-256 of what stands under a name, as read back. */
export async function hashOf(shelf: Shelf, name: string): Promise<string> {
  const file = await shelf.open(name);
  try {
    const hash = createHash('sha256');
    for await (const piece of readAll(file)) hash.update(piece);
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}
