import { closeSync, fsyncSync, lstatSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { fail } from '../../core/errors.ts';
import { Id } from '../../core/vault/person.ts';
import { flushFolder, writeAll } from '../store/files.ts';
import { pathsOf, realFolder, thisMachine } from './machine.ts';
import { refusalOf } from './root-rules.ts';

/** What a machine needs to come in without anybody typing. */
export const KeyFile = z.strictObject({
  version: z.literal(1),
  vault: Id,
  person: Id,
  passphrase: z.string().min(40),
});
export type KeyFile = z.infer<typeof KeyFile>;

/** Readable or writable by anybody but its owner. */
const LOOSE = 0o077;

/**
 * Makes sure that a key may lie there: not beside its own lock, and not where bytes leave the school or lie about.
 * @throws AppFailure `key-file-refused`, `key-file-exists`, `output-folder-missing`
 */
export async function requireKeyPlace(path: string, root: string): Promise<void> {
  const folder = dirname(resolve(path));
  if (!isFolder(folder)) fail({ code: 'output-folder-missing' });
  const machine = thisMachine();
  const { segments } = pathsOf(machine.platform);
  const [at, vault] = [segments(await realFolder(folder, machine)), segments(await realFolder(root, machine))];
  if (vault.every((name, index) => name === at[index])) fail({ code: 'key-file-refused', reason: 'inside-vault' });
  const refusal = await refusalOf(folder, { allowLocal: true }, machine);
  if (refusal !== undefined) fail({ code: 'key-file-refused', reason: refusal });
  // A link that leads nowhere yet would be written through.
  if (lstatSync(path, { throwIfNoEntry: false })) fail({ code: 'key-file-exists' });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Only its owner can read it from the first byte on; never over another file. @throws AppFailure `key-file-exists` */
export function writeKeyFile(path: string, key: KeyFile): void {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') fail({ code: 'key-file-exists' });
    throw error;
  }
  try {
    writeAll(file, `${JSON.stringify(key, undefined, 2)}\n`);
    fsyncSync(file);
    flushFolder(path);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

/**
 * @throws AppFailure `key-file-missing`, `key-file-invalid`, `key-file-loose` where the system tells who may
 *   read it; Windows does not, in the modes of files
 */
export function readKeyFile(path: string): KeyFile {
  const found = statSync(path, { throwIfNoEntry: false }) ?? fail({ code: 'key-file-missing' });
  if (!found.isFile()) fail({ code: 'key-file-invalid' });
  const strangers = process.platform !== 'win32' && (found.mode & LOOSE) !== 0;
  if (strangers) fail({ code: 'key-file-loose', mode: (found.mode & 0o777).toString(8) });
  return parsed(readFileSync(path, 'utf8')) ?? fail({ code: 'key-file-invalid' });
}

function parsed(text: string): KeyFile | undefined {
  try {
    return KeyFile.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
