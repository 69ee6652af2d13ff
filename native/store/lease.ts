import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  linkSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

/** How often a holder shows that it is alive, and after how long without that it counts as gone. */
const BEAT_MS = 5_000;
const STALE_MS = 60_000;
/** More tries mean only that others are quick. */
const TRIES = 4;

const Holder = z.object({ token: z.string(), host: z.string(), pid: z.number().int().positive() });
type Holder = z.infer<typeof Holder>;

/**
 * The right to change a folder, held by one process at a time, on this machine or another one that
 * sees the same folder. A holder that died gives way at once on its own machine, elsewhere (or when
 * its process number was given away) after a minute without a sign of life.
 *
 * A machine that slept longer than that has lost it without knowing: ask {@link holds} before a write.
 */
export class Lease {
  /** Tokens of those that this process holds now. */
  private static readonly held = new Set<string>();
  private readonly beat: NodeJS.Timeout;

  private constructor(
    private readonly path: string,
    private readonly text: string,
    private readonly token: string,
  ) {
    this.beat = setInterval(() => showLife(path, text), BEAT_MS);
    this.beat.unref();
  }

  /** @returns undefined when someone else holds it @throws where the folder can't be written to */
  static take(path: string): Lease | undefined {
    const token = randomUUID();
    const text = JSON.stringify({ token, host: hostname(), pid: process.pid } satisfies Holder);
    for (let tries = 0; tries < TRIES; tries++) {
      if (create(path, token, text)) {
        Lease.held.add(token);
        return new Lease(path, text, token);
      }
      const judged = judge(path, token, (other) => Lease.held.has(other));
      if (judged === 'held') return undefined;
      if (judged !== 'gone') remove(path, token, judged.text);
    }
    return undefined;
  }

  /** False once someone else took over: then nothing may be written. */
  holds(): boolean {
    return read(this.path) === this.text;
  }

  release(): void {
    clearInterval(this.beat);
    Lease.held.delete(this.token);
    if (this.holds()) rmSync(this.path, { force: true });
  }
}

/**
 * Puts the words there whole: a process that dies halfway leaves no lease without a holder, which would be
 * honoured for a minute. @returns false when one stands there @throws where the folder can't be written to
 */
function create(path: string, token: string, text: string): boolean {
  if (existsSync(path)) return false;
  const whole = `${path}.${token}`;
  try {
    writeFileSync(whole, text);
    linkSync(whole, path);
    return true;
  } catch (error) {
    // FAT and some shares know no second names, and each says so with a code of its own.
    return isThere(error) ? false : createInSteps(path, text);
  } finally {
    rmSync(whole, { force: true });
  }
}

function createInSteps(path: string, text: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx');
  } catch (error) {
    if (isThere(error)) return false;
    throw error;
  }
  try {
    writeFileSync(file, text);
    closeSync(file);
    return true;
  } catch (error) {
    // A full disk lets the name be made and the words not.
    closeSync(file);
    rmSync(path, { force: true });
    throw error;
  }
}

function isThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

/**
 * Writes the same words anew, so that the system that keeps the file stamps the time: our clock may
 * differ from it. Through one handle, so that a lease that another process put there is not touched.
 */
function showLife(path: string, text: string): void {
  try {
    const file = openSync(path, 'r+');
    try {
      const bytes = Buffer.alloc(Buffer.byteLength(text) + 1);
      const count = readSync(file, bytes, 0, bytes.length, 0);
      if (bytes.toString('utf8', 0, count) === text) writeSync(file, text, 0);
    } finally {
      closeSync(file);
    }
  } catch {
    // The share is away for a moment; `holds` tells when the lease went with it.
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function holderOf(text: string): Holder | undefined {
  try {
    return Holder.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * @param isOurs whether this process holds that lease; one of ours that it does not hold was given up while
 *   the share was away, or by a process that had this number before
 * @returns what stood there when it was found stale
 */
function judge(
  path: string,
  token: string,
  isOurs: (token: string) => boolean,
): 'held' | 'gone' | { readonly text: string } {
  const text = read(path);
  if (text === undefined) return 'gone';
  const holder = holderOf(text);
  const here = holder?.host === hostname();
  if (here && (holder.pid === process.pid ? !isOurs(holder.token) : !alive(holder.pid))) return { text };
  try {
    return clockOf(path, token) - statSync(path).mtimeMs > STALE_MS ? { text } : 'held';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'gone';
    throw error;
  }
}

/** The time in milliseconds by the clock that stamps files there: a share's may differ from ours. */
function clockOf(path: string, token: string): number {
  const probe = `${path}.${token}`;
  try {
    writeFileSync(probe, '');
    return statSync(probe).mtimeMs;
  } finally {
    rmSync(probe, { force: true });
  }
}

/** Takes away the very lease that was judged; one that another process took meanwhile is put back. */
function remove(path: string, token: string, judged: string): void {
  const away = `${path}.${token}`;
  try {
    renameSync(path, away);
  } catch {
    return;
  }
  if (read(away) === judged) rmSync(away, { force: true });
  else restore(away, path);
}

/** Never over a third one: then the one that was moved has lost, and its holder is told by `holds`. */
function restore(away: string, path: string): void {
  const text = read(away);
  try {
    writeFileSync(path, text ?? '', { flag: 'wx' });
  } catch {
    // Someone holds it by now.
  }
  rmSync(away, { force: true });
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Dead, but not yet taken note of by its parent: such a process answers to signals all the same. */
function isZombie(pid: number): boolean {
  try {
    // proc(5): the state follows the name, which stands in brackets and may hold any of them.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return /^\) [ZX]/.test(stat.slice(stat.lastIndexOf(')')));
  } catch {
    return false;
  }
}
