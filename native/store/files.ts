import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** SHA-256 of a file, read in pieces. */
export function hashFile(path: string): string {
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(1 << 20);
    for (let count = readSync(file, chunk); count > 0; count = readSync(file, chunk)) {
      hash.update(chunk.subarray(0, count));
    }
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

/**
 * Writes every byte, or throws: on a disk that is nearly full a single call writes a part of them and
 * says so only in its result.
 */
export function writeAll(file: number, content: string | Uint8Array, position: number | null = null): void {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  for (let at = 0; at < bytes.length;) {
    at += writeSync(file, bytes, at, bytes.length - at, position === null ? null : position + at);
  }
}

/** Forces a written file to the disk. */
export function flush(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** What fsync of a folder says where there is no such thing: fsync(2) EINVAL, SMB and FUSE the others. */
const NO_FOLDER_FLUSH = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Forces names in the folder of `path` to the disk, where a system can do that; Windows can not. */
export function flushFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && NO_FOLDER_FLUSH.has(String(error.code)))) throw error;
  } finally {
    closeSync(folder);
  }
}

/** Gives a finished file its final name, flushed first, so that a name never stands for half a file. */
export function commitFile(written: string, name: string): void {
  flush(written);
  renameSync(written, name);
  flushFolder(name);
}

const EDGE = 1 << 20;

/** Tells one recording from another without reading all of it: size, time of change, both ends. */
export function fingerprint(path: string): string {
  const { size, mtimeMs } = statSync(path);
  const hash = createHash('sha256').update(`${size} ${mtimeMs}`);
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(EDGE);
    hash.update(chunk.subarray(0, readSync(file, chunk, 0, EDGE, 0)));
    hash.update(chunk.subarray(0, readSync(file, chunk, 0, EDGE, Math.max(0, size - EDGE))));
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}
