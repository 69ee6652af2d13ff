import { existsSync, lstatSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ExportManifest, PAPERS } from '../../core/delivery/manifest.ts';
import type { DeliveryPlan } from '../../core/delivery/journal.ts';
import { DeliveryFailure, type Parcel, type Portal, type ReadBack, type Sending } from '../../core/delivery/portal.ts';
import { flushFolder, hashFile } from '../../native/store/files.ts';
import { asDeliveryFailure } from './machine-failure.ts';

const SESSION = 'part';

/**
 * Exportmap: a folder on the school's network from which a person brings the clip to a portal. Each delivery
 * is a folder of its own, which gets its name only when all of it is there, in one step; what has that name
 * already is left alone.
 */
export function folderPortal(folder: string): Portal {
  const final = ({ delivery }: DeliveryPlan) => join(folder, delivery);
  const part = ({ delivery }: DeliveryPlan) => join(folder, `.${delivery}.part`);
  return {
    prepare: (parcel) =>
      guarded(async () => {
        requireThere(folder);
        await rm(part(parcel), { recursive: true, force: true });
        await mkdir(part(parcel), { mode: 0o700 });
        return SESSION;
      }),
    // What was begun is begun anew: on a disk that costs less than to trust it.
    find: (plan) =>
      guarded(async () => {
        requireThere(folder);
        return isThere(final(plan)) ? { there: 'whole', receipt: plan.delivery } : { there: 'nothing' };
      }),
    send: (parcel, sending) => guarded(() => send(parcel, sending, part(parcel), final(parcel))),
    readBack: (plan) => guarded(async () => readBack(plan, final(plan))),
    takeBack: (plan) =>
      guarded(async () => {
        requireThere(folder);
        await rm(part(plan), { recursive: true, force: true });
        return takeBack(plan, final(plan));
      }),
  };
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asDeliveryFailure(error);
  }
}

/** Of a share that is away nobody can say what lies on it. */
function requireThere(folder: string): void {
  if (!existsSync(folder)) throw new DeliveryFailure('unreachable', true);
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

async function send(parcel: Parcel, { signal }: Sending, part: string, final: string): Promise<string> {
  try {
    const unfinished = join(part, `${parcel.name}.part`);
    await writeNew(unfinished, untilStopped(parcel.content(0), signal));
    for (const { name, bytes } of await parcel.papers()) await writeNew(join(part, name), [bytes]);
    if (signal?.aborted) throw new DeliveryFailure('cancelled', false);
    // Found by the next try, and held against what it has to be.
    if (isThere(final)) throw new DeliveryFailure('refused', true);
    // Only now does anything look like a clip.
    await rename(unfinished, join(part, parcel.name));
    flushFolder(join(part, parcel.name));
    await rename(part, final);
    flushFolder(final);
    return parcel.delivery;
  } catch (error) {
    // Where even this fails, the next try sweeps; under this name nobody takes it for a clip.
    await rm(part, { recursive: true, force: true }).catch(() => {});
    throw error;
  }
}

async function* untilStopped(pieces: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined) {
  for await (const piece of pieces) {
    if (signal?.aborted) throw new DeliveryFailure('cancelled', false);
    yield piece;
  }
}

/** Never over anything; on the disk when it returns. */
async function writeNew(path: string, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const piece of pieces)
      for (let at = 0; at < piece.length;) at += (await file.write(piece, at)).bytesWritten;
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Clip and papers as they lie there, held against SHA256SUMS; size 0 when something of them is not right. */
function readBack(plan: DeliveryPlan, final: string): ReadBack {
  const clip = join(final, plan.name);
  const sums = sumsIn(final);
  const papers = [PAPERS.manifest, PAPERS.signature];
  const right = papers.every((name) => isFile(join(final, name)) && hashFile(join(final, name)) === sums.get(name));
  if (!right || !isFile(clip)) return { size: 0, sha256: undefined };
  const sha256 = hashFile(clip);
  return { size: sums.get(plan.name) === sha256 ? statSync(clip).size : 0, sha256 };
}

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function sumsIn(final: string): Map<string, string> {
  const path = join(final, PAPERS.sums);
  const lines = isFile(path) ? readFileSync(path, 'utf8').split('\n') : [];
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
}

/** Only what we laid there ourselves; whatever else lies in the folder is somebody's. */
function takeBack(plan: DeliveryPlan, final: string): 'gone' | 'not-there' | 'cannot' {
  if (!isThere(final)) return 'not-there';
  if (!lstatSync(final).isDirectory() || !isOurs(plan, final)) return 'cannot';
  const clip = isFile(join(final, plan.name));
  // The manifest last: until then what is left can be told for ours.
  for (const name of [plan.name, PAPERS.sums, PAPERS.signature, PAPERS.manifest])
    rmSync(join(final, name), { force: true });
  flushFolder(join(final, PAPERS.manifest));
  if (readdirSync(final).length === 0) rmdirSync(final);
  return clip ? 'gone' : 'not-there';
}

/** By its manifest, or, when somebody removed that, by the clip itself. */
function isOurs({ delivery, sha256, name }: DeliveryPlan, final: string): boolean {
  try {
    const manifest = ExportManifest.parse(JSON.parse(readFileSync(join(final, PAPERS.manifest), 'utf8')));
    return manifest.delivery === delivery && manifest.clip.sha256 === sha256;
  } catch {
    return isFile(join(final, name)) && hashFile(join(final, name)) === sha256;
  }
}
