import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

/** How often a holder shows that it is alive, and after how long without that it counts as gone. */
const BEAT_MS = 5_000;
const STALE_MS = 60_000;

const Holder = z.object({ token: z.string(), host: z.string(), pid: z.number().int().positive() });
type Holder = z.infer<typeof Holder>;

/**
 * The right to change a folder, held by one process at a time, on this machine or another one that
 * sees the same folder. A holder that died gives way at once on its own machine, elsewhere (or when
 * its process number was given away) after a minute without a sign of life.
 */
export class Lease {
  private readonly beat: NodeJS.Timeout;

  private constructor(
    private readonly path: string,
    private readonly token: string,
  ) {
    this.beat = setInterval(() => this.show(), BEAT_MS);
    this.beat.unref();
  }

  /** @returns undefined when someone else holds it */
  static take(path: string): Lease | undefined {
    const token = randomUUID();
    const holder = JSON.stringify({ token, host: hostname(), pid: process.pid } satisfies Holder);
    if (create(path, holder)) return new Lease(path, token);
    if (!isStale(path, token) || !remove(path, token)) return undefined;
    return create(path, holder) ? new Lease(path, token) : undefined;
  }

  /** False once someone else took over, as after a long sleep of the machine: then nothing may be written. */
  holds(): boolean {
    return readHolder(this.path)?.token === this.token;
  }

  private show(): void {
    if (!this.holds()) return;
    const now = new Date();
    try {
      utimesSync(this.path, now, now);
    } catch {
      // The share is away for a moment; `holds` tells when the lease went with it.
    }
  }

  release(): void {
    clearInterval(this.beat);
    if (this.holds()) rmSync(this.path, { force: true });
  }
}

function create(path: string, holder: string): boolean {
  try {
    writeFileSync(path, holder, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    // A full disk lets the name be made and the words not.
    rmSync(path, { force: true });
    throw error;
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return Holder.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

function isStale(path: string, token: string): boolean {
  const holder = readHolder(path);
  if (holder && holder.host === hostname() && !alive(holder.pid)) return true;
  try {
    return clockOf(path, token) - statSync(path).mtimeMs > STALE_MS;
  } catch {
    // It was released between two looks.
    return !existsSync(path);
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

/** Takes a stale lease away, unless another process was faster and holds a fresh one by now. */
function remove(path: string, token: string): boolean {
  const seen = readHolder(path)?.token;
  const away = `${path}.${token}`;
  try {
    renameSync(path, away);
  } catch {
    return true;
  }
  const taken = readHolder(away)?.token;
  if (taken === seen) {
    rmSync(away, { force: true });
    return true;
  }
  if (!existsSync(path)) renameSync(away, path);
  return false;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
