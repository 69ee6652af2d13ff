import { createCipheriv, randomBytes } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { constants, lstat, open, readdir, rename, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export type WipeStep = 'overwrite' | 'flush' | 'truncate' | 'rename' | 'unlink' | 'flush-folder';

/**
 * What is never overwritten: other names of the same bytes would be destroyed with it, or there are no
 * bytes of its own. `changed`: in the middle of the wipe another file took its name.
 */
export type WipeRefusal = 'hard-linked' | 'symlink' | 'folder' | 'fifo' | 'socket' | 'device' | 'changed';

export interface WipeStepResult {
  readonly step: WipeStep;
  readonly done: boolean;
  /** A {@link WipeRefusal}, `cancelled`, `not-supported`, or an errno code such as EACCES; never a path. */
  readonly reason?: string;
}

export interface FileWipe {
  /** In the order they were tried; a step that is not listed was not tried. */
  readonly steps: readonly WipeStepResult[];
  readonly gone: boolean;
  /** Gone, and every step done; a folder that cannot be flushed on this system does not count. */
  readonly complete: boolean;
  /** How many bytes were overwritten by this call. */
  readonly bytes: number;
}

export interface WipeOptions {
  readonly signal?: AbortSignal;
  onProgress?(done: number, total: number): void;
}

const CHUNK = 1 << 20;
const LEFTOVER = /^\.[0-9a-f]{32}\.wis$/;
/** What fsync of a folder says where the system has no such thing: fsync(2) EINVAL, SMB and FUSE the others. */
const NO_FOLDER_FLUSH = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);
/** Windows opens no folder for writing and flushes no other handle (FlushFileBuffers wants GENERIC_WRITE). */
const NO_FOLDER_FLUSH_WINDOWS = new Set([...NO_FOLDER_FLUSH, 'EPERM', 'EISDIR', 'EACCES', 'EBADF']);

/**
 * Overwrites with random bytes, fsync, truncate to 0, rename to a random name, unlink, fsync of the
 * folder. Never throws for I/O failures: they are in the result. A file that could not be overwritten
 * and flushed keeps its name, so that it can be done right later. When the file is absent, what an
 * interrupted wipe left in its folder is finished; killed at any moment, a second call thus ends the work.
 */
export async function wipeFile(path: string, options: WipeOptions = {}): Promise<FileWipe> {
  let found: BigIntStats;
  try {
    found = await lstat(path, { bigint: true });
  } catch (error) {
    return isAbsence(error) ? finish(dirname(path), options) : new Account().failed('overwrite', error).result(false);
  }
  return wipePresent(path, found, options);
}

/** Names of the files in a folder that an interrupted wipe had overwritten already, but not yet removed. */
export async function leftovers(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => LEFTOVER.test(name)).sort();
}

/** The steps of one wipe as they go. */
class Account {
  readonly steps: WipeStepResult[] = [];
  bytes = 0;

  done(step: WipeStep): this {
    this.steps.push({ step, done: true });
    return this;
  }

  refused(step: WipeStep, reason: string): this {
    this.steps.push({ step, done: false, reason });
    return this;
  }

  failed(step: WipeStep, error: unknown): this {
    return this.refused(step, codeOf(error));
  }

  /** @returns whether it succeeded */
  async attempt(step: WipeStep, work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      this.done(step);
      return true;
    } catch (error) {
      this.failed(step, error);
      return false;
    }
  }

  result(gone: boolean): FileWipe {
    const complete = gone && this.steps.every(({ done, reason }) => done || reason === 'not-supported');
    return { steps: this.steps, gone, complete, bytes: this.bytes };
  }
}

async function finish(folder: string, options: WipeOptions): Promise<FileWipe> {
  const account = new Account();
  let gone = true;
  try {
    for (const name of await leftovers(folder)) {
      const path = join(folder, name);
      const wiped = await wipePresent(path, await lstat(path, { bigint: true }), options);
      account.steps.push(...wiped.steps);
      account.bytes += wiped.bytes;
      gone &&= wiped.gone;
    }
  } catch (error) {
    // The file is gone, and so is its folder; or nobody can tell what else lies there.
    return isAbsence(error) ? account.result(gone) : account.failed('flush-folder', error).result(gone);
  }
  // The call before this one may have been killed between unlink and this.
  await flushFolder(folder, account);
  return account.result(gone);
}

async function wipePresent(path: string, found: BigIntStats, options: WipeOptions): Promise<FileWipe> {
  const account = new Account();
  // Before it is opened: opening a device or a pipe can already do something.
  const refusal = refusalOf(found);
  if (refusal) return account.refused('overwrite', refusal).result(false);
  const wiped = await destroyContent(path, account, options);
  if (!wiped) return account.result(false);
  if (!(await stillIs(path, wiped))) return account.refused('rename', 'changed').result(false);
  const folder = dirname(path);
  const nameless = join(folder, `.${randomBytes(16).toString('hex')}.wis`);
  const renamed = await account.attempt('rename', () => rename(path, nameless));
  const gone = await account.attempt('unlink', () => unlinkIfThere(renamed ? nameless : path));
  await flushFolder(folder, account);
  return account.result(gone);
}

/** @returns the file whose bytes are gone for good, or undefined when that failed and it must stay */
async function destroyContent(path: string, account: Account, options: WipeOptions): Promise<BigIntStats | undefined> {
  let handle: FileHandle;
  try {
    // Windows has neither flag. NONBLOCK: a pipe that took the file's place just now must not hang us.
    const careful = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    handle = await open(path, constants.O_WRONLY | careful);
  } catch (error) {
    account.failed('overwrite', error);
    return undefined;
  }
  try {
    const opened = await handle.stat({ bigint: true });
    const refusal = refusalOf(opened);
    if (refusal) {
      account.refused('overwrite', refusal);
      return undefined;
    }
    if (!(await overwrite(handle, account, options))) return undefined;
    if (!(await account.attempt('flush', () => handle.sync()))) return undefined;
    await account.attempt('truncate', () => handle.truncate(0));
    return opened;
  } catch (error) {
    account.failed('overwrite', error);
    return undefined;
  } finally {
    // Whether the bytes arrived was told by the flush; closing has nothing to add.
    await handle.close().catch(() => undefined);
  }
}

/** @returns whether every byte was written */
async function overwrite(handle: FileHandle, account: Account, options: WipeOptions): Promise<boolean> {
  const fresh = randomness();
  const size = async () => Number((await handle.stat({ bigint: true })).size);
  let total = 0;
  try {
    total = await size();
    while (account.bytes < total) {
      if (options.signal?.aborted) {
        account.refused('overwrite', 'cancelled');
        return false;
      }
      const chunk = fresh(Math.min(CHUNK, total - account.bytes));
      account.bytes += (await handle.write(chunk, 0, chunk.length, account.bytes)).bytesWritten;
      // Another process may still have been writing at its end.
      if (account.bytes >= total) total = await size();
      options.onProgress?.(account.bytes, total);
    }
  } catch (error) {
    account.failed('overwrite', error);
    return false;
  }
  account.done('overwrite');
  return true;
}

/** The key stream of AES-256-CTR under a key nobody keeps: as unpredictable as the key. */
function randomness(): (length: number) => Buffer {
  const cipher = createCipheriv('aes-256-ctr', randomBytes(32), randomBytes(16));
  const zeros = Buffer.alloc(CHUNK);
  return (length) => cipher.update(zeros.subarray(0, length));
}

function refusalOf(found: BigIntStats): WipeRefusal | undefined {
  if (found.isSymbolicLink()) return 'symlink';
  if (found.isDirectory()) return 'folder';
  if (found.isFIFO()) return 'fifo';
  if (found.isSocket()) return 'socket';
  if (!found.isFile()) return 'device';
  return found.nlink > 1n ? 'hard-linked' : undefined;
}

/** Removing by name must not take a file that was put in its place and never overwritten. */
async function stillIs(path: string, wiped: BigIntStats): Promise<boolean> {
  try {
    const now = await lstat(path, { bigint: true });
    // On Windows a path and a handle may name the volume differently.
    return now.ino === wiped.ino && (now.dev === wiped.dev || process.platform === 'win32');
  } catch (error) {
    // Absent: there is nothing to take, and the steps that follow say so.
    return isAbsence(error);
  }
}

async function unlinkIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (!isAbsence(error)) throw error;
  }
}

async function flushFolder(folder: string, account: Account): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    account.done('flush-folder');
  } catch (error) {
    const none = process.platform === 'win32' ? NO_FOLDER_FLUSH_WINDOWS : NO_FOLDER_FLUSH;
    account.refused('flush-folder', none.has(codeOf(error)) ? 'not-supported' : codeOf(error));
  }
}

function isAbsence(error: unknown): boolean {
  return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
