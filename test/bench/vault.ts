// What the vault costs: sealing and opening against plain writing and reading, and the whole job inside a
// vault against the same job on plain files, all in one run.
// usage: npm run bench:vault -- FILE.mp4 [--quality fast] [--runs 3] [--megabytes 512]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { PlainShelf } from '../../native/store/plain-shelf.ts';
import { readAll, type Shelf } from '../../native/store/shelf.ts';
import { importRecording } from '../../native/vault/import.ts';
import { Loopback } from '../../native/vault/loopback.ts';
import { SealedShelf } from '../../native/vault/sealed-shelf.ts';
import { newKey } from '../../native/vault/seal.ts';
import { Session, Vault } from '../../native/vault/vault.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quality: { type: 'string', default: 'fast' },
    runs: { type: 'string', default: '3' },
    megabytes: { type: 'string', default: '512' },
  },
});
const clip = positionals[0];
if (clip === undefined) throw new Error('usage: npm run bench:vault -- FILE.mp4');

const PASSPHRASE = 'vier woorden zijn genoeg';
const PIECE = new Uint8Array(1 << 20).map((_, index) => (index * 2654435761) >>> 24);
const RANDOM_READS = 400;

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function fill(shelf: Shelf): Promise<void> {
  const writer = await shelf.create('proef');
  for (let piece = 0; piece < Number(values.megabytes); piece++) await writer.write(PIECE);
  await writer.commit();
}

async function readWhole(shelf: Shelf): Promise<void> {
  const file = await shelf.open('proef');
  for await (const piece of readAll(file)) void piece.length;
  await file.close();
}

async function readHereAndThere(shelf: Shelf): Promise<void> {
  const file = await shelf.open('proef');
  for (let read = 0; read < RANDOM_READS; read++)
    await file.read(Math.floor((file.size - 1024) * ((read * 0.618034) % 1)), 1024);
  await file.close();
}

function median(all: readonly number[]): number {
  return [...all].sort((a, b) => a - b)[all.length >> 1] ?? 0;
}

/** Temporary folders may hold no vault. */
const folder = mkdtempSync(join(homedir(), '.onherkenbaar-bench-'));

async function throughput(): Promise<void> {
  const loopback = await Loopback.start();
  const shelves: Record<string, Shelf> = {
    plain: new PlainShelf(emptyFolder('plain')),
    sealed: new SealedShelf(emptyFolder('sealed'), newKey(), loopback),
  };
  for (const [name, shelf] of Object.entries(shelves)) {
    const rate = (time: number) => `${(Number(values.megabytes) / time).toFixed(0)} MB/s`;
    const write = rate(await seconds(() => fill(shelf)));
    const read = rate(await seconds(() => readWhole(shelf)));
    const each = ((await seconds(() => readHereAndThere(shelf))) / RANDOM_READS) * 1000;
    console.log(`${name}: write with digest ${write}, read ${read}, a random read of 1 kB ${each.toFixed(2)} ms`);
  }
  await loopback.close();
}

function emptyFolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

/** Spawned directly: what the product starts itself gets no passphrase in its environment. */
function product(args: readonly string[]): number {
  const start = performance.now();
  const env = { ...process.env, ONHERKENBAAR_PASSPHRASE: PASSPHRASE };
  const options = ['--quality', values.quality, '--accept-findings'];
  const { status } = spawnSync(process.execPath, ['dist/cli.mjs', ...args, ...options], { env, stdio: 'ignore' });
  if (status !== 0) throw new Error(`${args[0]} ended with ${status}`);
  return (performance.now() - start) / 1000;
}

async function jobs(lesson: string): Promise<void> {
  const root = join(folder, 'kluis');
  const person = { passphrase: PASSPHRASE, recovery: false };
  const { session } = await Vault.init(root, { ...person, name: 'Beheer' }, { allowLocal: true, now: new Date() });
  const { keys } = await session.addPerson({ ...person, role: 'trainee', name: 'Dio' });
  const wish = { source: lesson, kind: 'lesson', recordedOn: undefined, label: '', access: [] } as const;
  const { dossier } = await importRecording(new Session(session.vault, keys), { ...wish, tools: await locateFfmpeg() });
  const ratios: number[] = [];
  for (let round = 0; round < Number(values.runs); round++) {
    const plain = product(['anonymise', lesson, '-o', join(folder, 'clip.mp4'), '--overwrite']);
    const sealed = product(['case', 'run', dossier, '--vault', root, '--as', 'Dio']);
    ratios.push(sealed / plain);
    console.log(
      `${values.quality}: plain files ${plain.toFixed(1)} s, in the vault ${sealed.toFixed(1)} s = ${(sealed / plain).toFixed(3)}`,
    );
  }
  console.log(`median of ${ratios.length}: ${median(ratios).toFixed(3)}`);
}

try {
  await throughput();
  await jobs(clip);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
