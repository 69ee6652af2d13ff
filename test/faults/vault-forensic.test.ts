import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDossier } from '../../native/vault/case-job.ts';
import { CLIP } from '../../native/vault/dossier.ts';
import { Keyring } from '../../native/vault/keyring.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import { makeDisk, type Disk } from '../fixtures/disk.ts';
import { decodeLuma } from '../fixtures/indexed-clip.ts';
import { startProduct, type Ran, type Started } from '../fixtures/product.ts';
import { makeVault, PASSPHRASE, traces, vaultFolder, writeMarkedLesson, type MadeVault } from '../fixtures/vault.ts';

const folder = vaultFolder();
const lesson = join(folder.path, 'les.mp4');
const old = join(folder.path, 'oud');
let disk: Disk;
let root: string;
let made: MadeVault;
let wanted: Buffer[];
let dossier = '';

/** Stretches of pictures as they are between decoder and painter. */
async function pictureTraces(file: string): Promise<Buffer[]> {
  const frames = await decodeLuma(file, 320, 240);
  return [0, 10, 20].flatMap((frame) =>
    Array.from({ length: 24 }, (_, row) => {
      const at = (70 + row * 3) * 320 + 120;
      return Buffer.from(frames[frame]!.subarray(at, at + 32));
    }).filter((bytes) => new Set(bytes).size > 14),
  );
}

beforeAll(async () => {
  disk = makeDisk(folder.path, 96);
  root = join(disk.path, 'kluis');
  if (!disk.raw) process.stderr.write('No disk can be mounted here: every file is searched, not the disk below.\n');
  // Temporary files and the user's own folder are on the same disk, so that nothing can hide there.
  for (const name of ['tmp', 'thuis']) mkdirSync(join(disk.path, name));
  await writeMarkedLesson(lesson, 3);
  wanted = [...traces(readFileSync(lesson)), ...(await pictureTraces(lesson))];
  expect(wanted.length).toBeGreaterThan(80);
  made = await makeVault(root);
});
/** What must not outlive the test, even when it fails. */
const running: Started[] = [];
afterAll(() => {
  for (const { child } of running) child.kill('SIGKILL');
  disk.remove();
  folder.remove();
});

function start(...args: string[]): Started {
  const env = { ONHERKENBAAR_PASSPHRASE: PASSPHRASE, TMPDIR: join(disk.path, 'tmp'), HOME: join(disk.path, 'thuis') };
  return startProduct([...args, '--vault', root, '--as', 'Dio', '--json'], env);
}

async function run(...args: string[]): Promise<Ran> {
  const ran = await start(...args).done;
  expect(ran.stderr).toBe('');
  expect(ran.code).toBe(0);
  return ran;
}

function expectNoTrace(moment: string): void {
  const bytes = disk.bytes();
  const found = wanted.filter((trace) => bytes.includes(trace)).map((trace) => trace.toString('latin1'));
  expect(found, moment).toEqual([]);
}

async function killedAt(moment: string, wish: (event: Record<string, unknown>) => boolean, ...args: string[]) {
  const started = start(...args);
  await started.said(wish);
  started.child.kill('SIGKILL');
  await started.done;
  expectNoTrace(moment);
}

const stage = (name: string) => (event: Record<string, unknown>) => event['stage'] === name;

describe('the disk holds no picture, no index and no marker of the recording', () => {
  it('the search itself finds them where they are', () => {
    const plain = join(disk.path, 'onversleuteld.mp4');
    cpSync(lesson, plain);
    const bytes = disk.bytes();
    expect(wanted.filter((trace) => bytes.includes(trace)).length).toBeGreaterThan(40);
    // Overwritten, so that what follows starts on a clean disk.
    writeFileSync(plain, Buffer.alloc(readFileSync(plain).length, 7), { flag: 'r+' });
    expectNoTrace('after it was overwritten');
  });

  it('while it is taken in, killed at each step and done again', async () => {
    await killedAt('copying', stage('copy'), 'import', lesson);
    await killedAt('reading back', stage('read-back'), 'import', lesson);
    await run('case', 'list');
    expectNoTrace('put right');
    const imported = (await run('import', lesson, '--label', 'les')).events.at(-1);
    dossier = String(imported?.['dossier']);
    expectNoTrace('taken in');
  });

  it('while the clip is made, killed at each step and gone on with', async () => {
    const job = ['case', 'run', dossier, '--quality', 'fast'];
    const resume = () => (existsSync(join(root, 'dossiers', dossier, 'job')) ? ['--resume'] : []);
    for (const name of ['analyse', 'render', 'verify']) await killedAt(name, stage(name), ...job, ...resume());
    // Of the last one on a slow machine no more than its end was left: then it is made once more.
    await run(...job, ...resume());
    expectNoTrace('made');
    const clip = await withDossier(sessionOn(root), dossier, undefined, async ({ shelf }) => {
      const file = await shelf.open(CLIP);
      const bytes = await file.read(0, file.size);
      await file.close();
      return Buffer.from(bytes);
    });
    // From here on the masked clip is looked for as well.
    wanted.push(...traces(clip).slice(7));
    expectNoTrace('made, with the clip itself');
  });

  it('while it is played in ranges, and killed then', async () => {
    const started = start('case', 'play', dossier, '--original');
    let address = '';
    running.push(started);
    await started.said((event) => (address = String(event['address'] ?? '')) !== '');
    const original = readFileSync(lesson);
    const { length } = original;
    for (const [from, to] of [
      [0, 99],
      [length >> 2, length >> 1],
      [length - 100, length - 1],
    ] as const) {
      const answer = await fetch(address, { headers: { Range: `bytes=${from}-${to}` } });
      expect(answer.status).toBe(206);
      expect(Buffer.from(await answer.arrayBuffer()).equals(original.subarray(from, to + 1))).toBe(true);
    }
    expect((await fetch(`${address.slice(0, -1)}${address.endsWith('0') ? '1' : '0'}`)).status).toBe(404);
    expectNoTrace('playing');
    started.child.kill('SIGKILL');
    await started.done;
    await expect(fetch(address)).rejects.toThrow();
    expectNoTrace('killed while playing');
  });

  it('while it is wiped, killed after each step and finished', async () => {
    cpSync(root, old, { recursive: true });
    const log = join(root, 'log', 'audit.jsonl');
    const begun = readFileSync(log, 'utf8').split('\n').length;
    const started = start('wipe', dossier);
    await expect
      .poll(() => readFileSync(log, 'utf8').split('\n').length, { timeout: 20_000, interval: 1 })
      .toBeGreaterThan(begun);
    started.child.kill('SIGKILL');
    await started.done;
    expectNoTrace('killed in the middle of the wipe');
    expect((await start('case', 'list').done).code).toBe(0);
    expectNoTrace('wiped');
    expect(existsSync(join(root, 'dossiers', dossier))).toBe(false);
    const certificate = join(root, 'certificates', `${dossier}.json`);
    expect(JSON.parse(readFileSync(certificate, 'utf8'))).toMatchObject({ body: { complete: true } });
    const verified = await startProduct(['log', 'verify', log, certificate, '--json']).done;
    expect(verified.events).toEqual([expect.objectContaining({ right: true })]);
  });
});

const sessionOn = (at: string) => new Session(Vault.open(at), made.trainee.keys);

describe('after the wipe, ciphertext and key file from before it', () => {
  it('open nothing, for nobody, also when they are put back', async () => {
    cpSync(join(old, 'dossiers', dossier), join(root, 'dossiers', dossier), { recursive: true });
    cpSync(join(old, 'keys', 'keyring-000001.json'), join(root, 'keys', 'keyring-000001.json'));
    const ran = await start('case', 'run', dossier).done;
    expect(ran.events.at(-1)).toMatchObject({ event: 'error', code: 'dossier-wiped' });
    // Whoever opens the vault sweeps out what was put back.
    expect(existsSync(join(root, 'dossiers', dossier))).toBe(false);
    expect(existsSync(join(root, 'keys', 'keyring-000001.json'))).toBe(false);
    // The old keyring in the place of the present one, and told that it belongs to the present epoch.
    const keys = join(folder.path, 'sleutels');
    cpSync(join(root, 'keys'), keys, { recursive: true });
    const present = readdirSync(keys)
      .find((name) => name.startsWith('epoch'))!
      .slice(6, 12);
    const before = JSON.parse(readFileSync(join(old, 'keys', 'keyring-000001.json'), 'utf8'));
    writeFileSync(join(keys, `keyring-${present}.json`), JSON.stringify({ ...before, epoch: Number(present) }));
    for (const { keys: person } of [made.admin, made.trainee])
      await expect(new Keyring(keys, person.identity, () => {}).keyOf(dossier)).rejects.toMatchObject({
        error: { code: 'vault-damaged' },
      });
  });
});
