import { createHash } from 'node:crypto';
import { ExportManifest, PAPERS } from '../../core/delivery/manifest.ts';
import type { DeliveryPlan } from '../../core/delivery/journal.ts';
import {
  DeliveryFailure,
  type Earlier,
  type Found,
  type Parcel,
  type Portal,
  type ReadBack,
  type Sending,
} from '../../core/delivery/portal.ts';
import { Slices } from '../net/slices.ts';
import type { RemoteFolder } from './remote-folder.ts';

/** What is not finished ends like this: no program takes it for a clip. Nextcloud forbids `.part`. */
const UNFINISHED = '.onaf';

/**
 * A delivery laid on another machine: a folder of its own with clip and papers, which gets its name only when all
 * of it is there, in one step; what has that name already is left alone.
 * @param root folder below which it is laid
 */
export function laidPortal(far: RemoteFolder, root: string): Portal {
  return {
    async prepare(parcel, signal) {
      const { part, unfinished, folder } = pathsOf(root, parcel);
      // Its clip is not there, and it is not ours to fill.
      if ((await far.namesIn(folder, signal)) !== undefined) throw new DeliveryFailure('refused', false);
      await far.clear(part, signal);
      await far.makeFolder(part, signal);
      return far.begin(unfinished, parcel, signal);
    },
    find: (plan, earlier, signal) => find(far, root, plan, earlier, signal),
    send: (parcel, sending) => send(far, root, parcel, sending),
    readBack: (plan, _receipt, signal) => readBack(far, pathsOf(root, plan), plan, signal),
    async takeBack(plan) {
      const paths = pathsOf(root, plan);
      await far.clear(paths.part, undefined);
      return takeBack(far, paths, plan);
    },
  };
}

interface Paths {
  readonly folder: string;
  readonly clip: string;
  /** Until it has its name. */
  readonly part: string;
  readonly unfinished: string;
  readonly ready: string;
}

function pathsOf(root: string, { delivery, name }: DeliveryPlan): Paths {
  const folder = `${root.replace(/\/+$/, '')}/${delivery}`;
  const part = `${folder}${UNFINISHED}`;
  const ready = `${part}/${name}`;
  return { folder, part, clip: `${folder}/${name}`, ready, unfinished: `${ready}${UNFINISHED}` };
}

async function find(
  far: RemoteFolder,
  root: string,
  plan: DeliveryPlan,
  { session }: Earlier,
  signal: AbortSignal | undefined,
): Promise<Found> {
  const { clip, unfinished, ready } = pathsOf(root, plan);
  if ((await far.sizeOf(clip, signal)) !== undefined) return { there: 'whole', receipt: plan.delivery };
  if (session === undefined) return { there: 'nothing' };
  const bytes =
    (await far.sizeOf(ready, signal)) === plan.size ? plan.size : await far.partOf(session, unfinished, plan, signal);
  return bytes === undefined ? { there: 'nothing' } : { there: 'part', session, bytes };
}

async function send(far: RemoteFolder, root: string, parcel: Parcel, sending: Sending): Promise<string> {
  const { folder, part, unfinished, ready } = pathsOf(root, parcel);
  const { signal, from } = sending;
  const content = new Slices(parcel.content(from));
  try {
    if (from === parcel.size && (await far.sizeOf(ready, signal)) === parcel.size) await content.finish();
    else await far.upload(unfinished, content, { ...sending, plan: parcel });
  } finally {
    await content.close();
  }
  for (const { name, bytes } of await parcel.papers()) await far.write(`${part}/${name}`, bytes, signal);
  // Only now does anything look like a clip.
  const named = await far.move(unfinished, ready, 'file', signal);
  if (named === 'missing' && (await far.sizeOf(ready, signal)) !== parcel.size)
    throw new DeliveryFailure('unreachable', true);
  // Found by the next try, and held against what it has to be.
  if ((await far.move(part, folder, 'folder', signal)) !== 'moved') throw new DeliveryFailure('refused', true);
  return parcel.delivery;
}

interface Read {
  readonly size: number;
  readonly sha256: string;
}

async function digestOf(far: RemoteFolder, path: string, signal: AbortSignal | undefined): Promise<Read | undefined> {
  const pieces = await far.read(path, signal);
  if (!pieces) return undefined;
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of pieces) {
    hash.update(piece);
    size += piece.length;
  }
  return { size, sha256: hash.digest('hex') };
}

async function textOf(far: RemoteFolder, path: string, signal: AbortSignal | undefined): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of (await far.read(path, signal)) ?? []) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

/** Clip and papers as they lie there, held against SHA256SUMS; size 0 when something of them is not right. */
async function readBack(
  far: RemoteFolder,
  { folder, clip }: Paths,
  { name }: DeliveryPlan,
  signal: AbortSignal | undefined,
): Promise<ReadBack> {
  const lines = (await textOf(far, `${folder}/${PAPERS.sums}`, signal)).split('\n');
  const sums = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
  for (const paper of [PAPERS.manifest, PAPERS.signature])
    if ((await digestOf(far, `${folder}/${paper}`, signal))?.sha256 !== (sums.get(paper) ?? ''))
      return { size: 0, sha256: undefined };
  const read = await digestOf(far, clip, signal);
  return read && sums.get(name) === read.sha256 ? read : { size: 0, sha256: read?.sha256 };
}

/** Only what we laid there ourselves; whatever else lies in the folder is somebody's. */
async function takeBack(far: RemoteFolder, { folder, clip }: Paths, plan: DeliveryPlan) {
  const there = await far.sizeOf(clip, undefined);
  if (there === undefined && (await textOf(far, `${folder}/${PAPERS.manifest}`, undefined)) === '') return 'not-there';
  if (!(await isOurs(far, folder, clip, plan))) return 'cannot';
  // The manifest last: until then what is left can be told for ours.
  for (const name of [plan.name, PAPERS.sums, PAPERS.signature, PAPERS.manifest]) await far.remove(`${folder}/${name}`);
  await far.removeEmpty(folder);
  if ((await far.sizeOf(clip, undefined)) !== undefined) return 'cannot';
  return there === undefined ? 'not-there' : 'gone';
}

/** By its manifest, or, when somebody removed that, by the clip itself. */
async function isOurs(far: RemoteFolder, folder: string, clip: string, { delivery, sha256 }: DeliveryPlan) {
  try {
    const manifest = ExportManifest.parse(JSON.parse(await textOf(far, `${folder}/${PAPERS.manifest}`, undefined)));
    return manifest.delivery === delivery && manifest.clip.sha256 === sha256;
  } catch (error) {
    if (error instanceof DeliveryFailure) throw error;
    return (await digestOf(far, clip, undefined))?.sha256 === sha256;
  }
}
