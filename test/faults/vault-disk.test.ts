import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withDossier } from '../../native/vault/case-job.ts';
import { ORIGINAL } from '../../native/vault/dossier.ts';
import { hashOf } from '../../native/store/shelf.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import * as bad from '../fixtures/bad-inputs.ts';
import {
  emptyFolder,
  filesBelow,
  importLesson,
  inVault,
  makeVault,
  runInVault,
  sha256Of,
  vaultFolder,
  writeMarkedLesson,
  type MadeVault,
} from '../fixtures/vault.ts';

const folder = vaultFolder();
const lesson = join(folder.path, 'les.mp4');
const template = join(folder.path, 'vol');
const disk = join(folder.path, 'schijf');
const root = join(disk, 'kluis');
const DISK_KB = 3000;
let made: MadeVault;
let dossier = '';

beforeAll(async () => {
  await writeMarkedLesson(lesson, 2);
  mkdirSync(disk);
  made = await makeVault(template);
  dossier = await importLesson(made.trainee, lesson);
});
afterAll(() => folder.remove());

const sessionOn = (at: string) => new Session(Vault.open(at), made.trainee.keys);
const originalOf = (at: string) =>
  withDossier(sessionOn(at), dossier, undefined, ({ shelf }) => hashOf(shelf, ORIGINAL));

/** Every command that writes, and how far it may get on a disk that is nearly full. */
const COMMANDS: readonly [name: string, args: () => string[]][] = [
  ['import', () => ['import', lesson]],
  ['case run', () => ['case', 'run', dossier, '--quality', 'fast']],
  ['case assess', () => ['case', 'assess', dossier]],
  ['wipe', () => ['wipe', dossier]],
];
/** All of them with `npm run test:faults`. */
const LEFT = process.env['ONHERKENBAAR_KILLS'] ? [0, 4, 8, 16, 28, 48, 80, 140, 220] : [0, 8, 28, 80, 220];

describe.skipIf(!bad.canMount())('a full disk', () => {
  beforeEach(() => bad.mountSmallDisk(disk, DISK_KB));

  it.each(COMMANDS)(
    'during %s, at any write: one clear error, nothing lost, and it works with room again',
    async (name, args) => {
      let refused = 0;
      try {
        for (const kilobytes of LEFT) {
          cpSync(template, emptyFolder(root), { recursive: true });
          const filler = join(disk, 'vulling');
          const { bavail, bsize } = statfsSync(disk);
          writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - kilobytes * 1024)));
          const ran = await runInVault(root, 'Dio', ...args());
          if (ran.code !== 0) {
            // A wipe that got as far as its steps says which of them failed instead.
            const last = ran.events.at(-1);
            expect(last, `${kilobytes} kB`).toMatchObject(
              last?.['event'] === 'wiped' ? { complete: false } : { code: 'disk-full' },
            );
            refused++;
          }
          rmSync(filler);
          expect((await runInVault(root, 'Dio', 'case', 'list')).code).toBe(0);
          const wiped = !existsSync(join(root, 'dossiers', dossier));
          if (!wiped) expect(await originalOf(root)).toBe(sha256Of(readFileSync(lesson)));
          if (ran.code === 0 || (name === 'wipe' && wiped)) continue;
          const journal = existsSync(join(root, 'dossiers', dossier, 'job', 'journal.jsonl'));
          const again = await runInVault(root, 'Dio', ...args(), ...(journal ? ['--resume'] : []));
          expect(again.events.filter(({ event }) => event === 'error')).toEqual([]);
          expect(again.code).toBe(0);
        }
      } finally {
        bad.unmount(disk);
      }
      expect(refused).toBeGreaterThan(0);
    },
  );
});

describe.skipIf(!bad.canMount())('a folder that can not be written to', () => {
  const remount = (mode: 'ro' | 'rw') => execFileSync('mount', ['-o', `remount,${mode}`, disk]);

  it('gives one clear error from every command, and changes nothing', async () => {
    bad.mountSmallDisk(disk, DISK_KB);
    try {
      cpSync(template, root, { recursive: true });
      const before = filesBelow(root).map((name) => [name, sha256Of(readFileSync(join(root, name)))]);
      remount('ro');
      const decisions = join(folder.path, 'beslissingen.json');
      writeFileSync(decisions, JSON.stringify({ version: 1 }));
      for (const args of [...COMMANDS.map(([, each]) => each()), ['case', 'decide', dossier, decisions]]) {
        const ran = await runInVault(root, 'Dio', ...args);
        expect(ran.events.at(-1), args.join(' ')).toMatchObject({ event: 'error', code: 'vault-read-only' });
        expect(ran.code).toBe(8);
        expect(ran.stderr.trim().split('\n').length).toBe(1);
      }
      expect(filesBelow(root).map((name) => [name, sha256Of(readFileSync(join(root, name)))])).toEqual(before);
      remount('rw');
      expect((await runInVault(root, 'Dio', 'case', 'list')).code).toBe(0);
    } finally {
      bad.unmount(disk);
    }
  });
});

describe('two people at two machines in one vault', () => {
  it('who import at the same time lose nothing, and leave one whole log', async () => {
    const shared = join(folder.path, 'gedeeld');
    cpSync(template, shared, { recursive: true });
    const ran = await Promise.all(Array.from({ length: 4 }, () => runInVault(shared, 'Dio', 'import', lesson)));
    expect(ran.map(({ code, stderr }) => [code, stderr])).toEqual(ran.map(() => [0, '']));
    const session = sessionOn(shared);
    expect(session.keyring.all().length).toBe(5);
    expect(session.entries().filter(({ what }) => what.event === 'imported').length).toBe(5);
  });

  it('do not work in one dossier at once; a holder that died gives way', async () => {
    const shared = join(folder.path, 'bezet');
    cpSync(template, shared, { recursive: true });
    // Long enough for the second to come while the first is at it.
    const long = join(folder.path, 'lang.mp4');
    await writeMarkedLesson(long, 20);
    const busy = await importLesson(sessionOn(shared), long);
    const job = ['case', 'run', busy, '--quality', 'careful'];
    const first = inVault(shared, 'Dio', ...job);
    await first.said((event) => event['stage'] === 'analyse');
    const second = await runInVault(shared, 'Dio', ...job);
    expect(second.events.at(-1)).toMatchObject({ event: 'error', code: 'dossier-busy' });
    const wipe = await runInVault(shared, 'Dio', 'wipe', busy);
    expect(wipe.events.at(-1)).toMatchObject({ event: 'error', code: 'dossier-busy' });
    const listed = await runInVault(shared, 'Dio', 'case', 'list');
    expect(listed.code).toBe(0);
    expect(listed.events).toContainEqual(expect.objectContaining({ dossier: busy, state: 'busy' }));
    first.child.kill('SIGKILL');
    await first.done;
    const third = await runInVault(shared, 'Dio', ...job, '--resume');
    expect(third.stderr).toBe('');
    expect(third.code).toBe(0);
  });
});
