import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import type { z } from 'zod';
import { flushFolder, writeAll } from './files.ts';

/** Writes a small file whole or not at all: flushed beside its name, then renamed onto it. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const part = `${path}.new`;
  try {
    const file = openSync(part, 'w', 0o600);
    try {
      writeAll(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  flushFolder(path);
}

export function writeJson(path: string, value: unknown): void {
  writeWhole(path, `${JSON.stringify(value, undefined, 2)}\n`);
}

/** @returns undefined when there is no such file, or not what it has to be */
export function readJson<T>(path: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch (error) {
    // What can't be read now may be there all the same.
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      return undefined;
    throw error;
  }
}
