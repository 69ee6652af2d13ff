import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepingFacts } from '../../core/retention/terms.ts';
import { withDossier } from '../../native/vault/case-job.ts';
import { CLIP, ORIGINAL } from '../../native/vault/dossier.ts';
import { hashOf } from '../../native/store/shelf.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import {
  emptyFolder,
  importLesson,
  inVault,
  makeVault,
  runInVault,
  searchFiles,
  seeded,
  sha256Of,
  traces,
  vaultFolder,
  writeMarkedLesson,
  type MadeVault,
} from '../fixtures/vault.ts';

/** A sample belongs to every test run; `npm run test:faults` asks for all. */
const KILLS = Number(process.env['ONHERKENBAAR_KILLS'] ?? 15);
const EACH = Math.ceil(KILLS / 3);
const SEED = 20261122;

const folder = vaultFolder();
afterAll(() => folder.remove());

const lesson = join(folder.path, 'les.mp4');
const empty = join(folder.path, 'leeg');
const full = join(folder.path, 'vol');
const done = join(folder.path, 'klaar');
const work = join(folder.path, 'werk');
let made: MadeVault;
let dossier = '';
let clip = '';
let wanted: Buffer[];

beforeAll(async () => {
  await writeMarkedLesson(lesson, 2);
  wanted = traces(readFileSync(lesson));
  expect(searchFiles(folder.path, wanted).length).toBeGreaterThan(10);
  made = await makeVault(empty);
  cpSync(empty, full, { recursive: true });
  dossier = await importLesson(sessionOn(full), lesson);
  cpSync(full, done, { recursive: true });
  expect((await runInVault(done, 'Dio', 'case', 'run', dossier, '--quality', 'fast')).code).toBe(0);
  clip = await digestOf(done, dossier, CLIP);
});

const sessionOn = (root: string) => new Session(Vault.open(root), made.trainee.keys);
const digestOf = (root: string, id: string, name: string) =>
  withDossier(sessionOn(root), id, undefined, ({ shelf }) => hashOf(shelf, name));
const fresh = (template: string) => {
  cpSync(template, emptyFolder(work), { recursive: true });
  return work;
};

/** Kills the same command at seeded moments of its course, and looks at what it left each time. */
async function killed(template: string, args: readonly string[], look: () => Promise<void>): Promise<void> {
  let lasts = Infinity;
  for (let run = 0; run < 2; run++) {
    const start = performance.now();
    expect((await runInVault(fresh(template), 'Dio', ...args)).code).toBe(0);
    // The faster one: a first run can be slow for reasons of the machine.
    lasts = Math.min(lasts, performance.now() - start);
  }
  const random = seeded(SEED + args.length);
  let hits = 0;
  for (let kill = 0; kill < EACH; kill++) {
    const started = inVault(fresh(template), 'Dio', ...args);
    // The program itself takes a while to start; nothing is at stake there.
    await new Promise((resolve) => setTimeout(resolve, lasts * (0.1 + 0.85 * random())));
    started.child.kill('SIGKILL');
    if ((await started.done).signal === 'SIGKILL') hits++;
    expect(searchFiles(work, wanted)).toEqual([]);
    await look();
    expect(searchFiles(work, wanted)).toEqual([]);
    expect((await runInVault(work, 'Dio', 'case', 'list')).code).toBe(0);
  }
  expect(hits).toBeGreaterThan(EACH / 3);
}

describe('kill -9 in the vault', () => {
  it(`while a recording is taken in, ${EACH} times: it is there whole, or not at all`, { timeout: 1_800_000 }, () =>
    killed(empty, ['import', lesson, '--label', 'les'], async () => {
      expect((await runInVault(work, 'Dio', 'case', 'list')).code).toBe(0);
      const session = sessionOn(work);
      const logged = [...keepingFacts(session.entries()).keys()];
      expect(session.keyring.all()).toEqual(logged);
      expect(readdirSync(session.folder('dossiers'))).toEqual(logged);
      for (const id of logged) expect(await digestOf(work, id, ORIGINAL)).toBe(sha256Of(readFileSync(lesson)));
    }),
  );

  it(`while the clip is made, ${EACH} times: it goes on to the very same bytes`, { timeout: 1_800_000 }, () =>
    killed(full, ['case', 'run', dossier, '--quality', 'fast'], async () => {
      const resume = existsSync(join(work, 'dossiers', dossier, 'job', 'journal.jsonl')) ? ['--resume'] : [];
      const again = await runInVault(work, 'Dio', 'case', 'run', dossier, '--quality', 'fast', ...resume);
      expect(again.stderr).toBe('');
      expect(again.code).toBe(0);
      expect(await digestOf(work, dossier, CLIP)).toBe(clip);
      expect(existsSync(join(work, 'dossiers', dossier, 'job'))).toBe(false);
    }),
  );

  it(`while it is wiped, ${EACH} times: untouched, or gone when the vault is opened next`, { timeout: 1_800_000 }, () =>
    killed(done, ['wipe', dossier], async () => {
      const begun = keepingFacts(sessionOn(work).entries()).get(dossier)?.wipe !== 'none';
      expect((await runInVault(work, 'Dio', 'case', 'list')).code).toBe(0);
      const session = sessionOn(work);
      if (!begun) {
        expect(await digestOf(work, dossier, CLIP)).toBe(clip);
        return;
      }
      expect(keepingFacts(session.entries()).get(dossier)?.wipe).toBe('complete');
      expect(session.keyring.has(dossier)).toBe(false);
      expect(existsSync(join(work, 'dossiers', dossier))).toBe(false);
      expect(readdirSync(join(work, 'keys')).length).toBe(2);
      expect(existsSync(join(work, 'certificates', `${dossier}.pdf`))).toBe(true);
      const verified = await runInVault(work, 'Dio', 'case', 'run', dossier);
      expect(verified.events.at(-1)).toMatchObject({ code: 'dossier-wiped' });
    }),
  );
});
