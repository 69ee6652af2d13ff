import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Intake } from '../../core/dossier/intake.ts';
import { Sheets } from '../../core/register/sheet.ts';
import type { RegisterEntry } from '../../core/register/entry.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { withRegisters } from '../../native/register/registers.ts';
import { readSheets } from '../../native/register/sheets.ts';
import { signStatement, statementSigned } from '../../native/vault/conduct.ts';
import { importRecording } from '../../native/vault/import.ts';
import { signProfile } from '../../native/vault/profile.ts';
import { wrapFor } from '../../native/vault/recipients.ts';
import { schoolRules } from '../../native/vault/school-rules.ts';
import { newId } from '../../native/vault/seal.ts';
import { canonical, signText } from '../../native/vault/signing.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import { COMPLETE } from '../fixtures/intake.ts';
import { entryOf } from '../fixtures/register.ts';
import {
  emptyFolder,
  filesBelow,
  makeVault,
  PASSPHRASE,
  runInVault,
  SCHOOL,
  vaultFolder,
  writeMarkedLesson,
  type MadeVault,
} from '../fixtures/vault.ts';

const folder = vaultFolder();
afterAll(() => folder.remove());

const template = join(folder.path, 'kluis');
const root = join(folder.path, 'werk');
const lesson = join(folder.path, 'les.mp4');
const sheetFile = join(root, 'registers', 'sheets.age');
const today = new Date().toISOString().slice(0, 10);
let made: MadeVault;
let trainer: Session['keys'];

beforeAll(async () => {
  await writeMarkedLesson(lesson, 1);
  made = await makeVault(template);
  const wish = { role: 'school-trainer', name: 'Sara', passphrase: PASSPHRASE, recovery: false } as const;
  trainer = (await made.admin.addPerson(wish)).keys;
});
beforeEach(() => cpSync(template, emptyFolder(root), { recursive: true }));

const as = (keys: Session['keys']) => new Session(Vault.open(root), keys);
const trainee = () => as(made.trainee.keys);
const refused = (code: string, more: object = {}) =>
  expect.objectContaining({ error: expect.objectContaining({ code, ...more }) });

async function object(part: Partial<RegisterEntry> = {}, group = '2V'): Promise<void> {
  const entry = entryOf({ id: newId(), ...part });
  await withRegisters(as(trainer), (registers) => registers.add([{ group, entry }]));
}

async function take(change: Partial<Intake> = {}, session = trainee()): Promise<string> {
  const intake = { ...COMPLETE, ...change };
  const facts = { source: lesson, kind: 'lesson', recordedOn: intake.recordedOn, label: 'les', access: [] } as const;
  return (await importRecording(session, { ...facts, intake, tools: await locateFfmpeg() })).dossier;
}

describe('what the register says reaches those who film', () => {
  it('who objects in that class must be in the answers, whatever the class is written like', async () => {
    await take();
    await object();
    await expect(take()).rejects.toEqual(refused('intake-refused', { rules: ['B1-register'] }));
    await expect(take({ group: ' 2v' })).rejects.toEqual(refused('intake-refused', { rules: ['B1-register'] }));
    await take({ group: '3H' });
    expect(await take({ objections: [{ pupil: 'Leerling 3', seat: '' }] })).toMatch(/^[0-9a-f]{16}$/);
  });

  it('where pupils are asked first, whoever did not consent counts as one who objects (P13, I5)', async () => {
    await object({ kind: 'consent', schoolYear: '2024-2025', received: '2024-09-15' });
    await object({ pupil: 'Leerling 4', kind: 'consent' });
    expect((await schoolRules(trainee(), '2V')).toHide).toEqual([]);
    const purposes = [{ purpose: 'teacher-training', ground: 'consent' }] as const;
    await signProfile(as(made.admin.keys), { ...SCHOOL, purposes, regime: { pupils: 'consent', refresh: 'yearly' } });
    expect((await schoolRules(trainee(), '2V')).toHide).toMatchObject([{ pupil: 'Leerling 3' }]);
    await expect(take({ ground: 'consent' })).rejects.toEqual(refused('intake-refused', { rules: ['B1-register'] }));
  });

  it('a consent that was taken back counts as an objection, wherever pupils may object (art. 7(3))', async () => {
    const consent = newId();
    const entry = entryOf({ id: consent, kind: 'consent' });
    await withRegisters(as(trainer), (registers) => registers.add([{ group: '2V', entry }]));
    expect((await schoolRules(trainee(), '2V')).toHide).toEqual([]);
    await withRegisters(as(trainer), (registers) => registers.withdraw(consent, registers.today));
    expect((await schoolRules(trainee(), '2V')).toHide).toMatchObject([{ pupil: 'Leerling 3' }]);
  });

  it('shows pseudonym and place alone, to those who may know, and to nobody who has the folder', async () => {
    await object({ seat: 'bij het raam' });
    const [sheet] = (await readSheets(trainee()))!.classes;
    expect(sheet).toEqual({ group: '2V', pupils: [{ pupil: 'Leerling 3', seat: 'bij het raam', why: 'objection' }] });
    await expect(withRegisters(trainee(), () => {})).rejects.toEqual(refused('act-not-allowed'));
    const all = filesBelow(root).map((name) => readFileSync(join(root, name)));
    for (const text of ['Leerling 3', 'bij het raam']) expect(all.some((bytes) => bytes.includes(text))).toBe(false);
  });

  it('is missed when it is taken away, put back as it was, or written by somebody else', async () => {
    await object();
    const before = readFileSync(sheetFile);
    await object({ pupil: 'Leerling 4' });
    const old = refused('register-sheet-old');
    writeFileSync(sheetFile, before);
    await expect(take()).rejects.toEqual(old);
    rmSync(sheetFile);
    await expect(take()).rejects.toEqual(old);
    const { person, signingKey } = made.trainee.keys;
    const none: Sheets = { version: 1, seq: trainee().entries().length, by: person.id, classes: [] };
    for (const by of [person.id, trainer.person.id]) {
      const sheets = { ...none, by };
      const signature = signText(signingKey, `onherkenbaar sheets v1\n${canonical(sheets)}`);
      const forged = await wrapFor([person.recipient], Buffer.from(canonical({ sheets, signature })));
      writeFileSync(sheetFile, forged);
      await expect(take()).rejects.toEqual(old);
    }
    // Whoever may use the register puts it right by opening it.
    await withRegisters(as(trainer), () => {});
    await expect(take()).rejects.toEqual(refused('intake-refused'));
  });

  it('asks who came later to wait until somebody opened the register', async () => {
    await object();
    const wish = { role: 'trainee', name: 'Nieuw', passphrase: PASSPHRASE, recovery: false } as const;
    const { keys } = await as(made.admin.keys).addPerson(wish);
    await signStatement(as(keys), today);
    const staff = [{ name: 'Nieuw', consentOn: '2026-11-02' }];
    await expect(take({ staff }, as(keys))).rejects.toEqual(refused('register-sheet-old'));
    await withRegisters(as(trainer), () => {});
    await expect(take({ staff }, as(keys))).rejects.toEqual(refused('intake-refused', { rules: ['B1-register'] }));
  });
});

describe('the rules of conduct', () => {
  it('are signed before anything comes in, for this school year (I9, S6)', async () => {
    const session = as(trainer);
    await expect(take({}, session)).rejects.toEqual(refused('rules-unsigned'));
    await signStatement(session, '2025-09-01');
    expect(statementSigned(session, '2025-09-01')).toBe(true);
    await expect(take({}, session)).rejects.toEqual(refused('rules-unsigned'));
    await signStatement(session, today);
    await take({}, session);
    const lines = session.entries().filter(({ what }) => what.event === 'rules-signed');
    expect(lines.map(({ by }) => by)).toEqual([made.trainee.keys.person.id, trainer.person.id, trainer.person.id]);
  });

  it('are shown and signed on the command line, once a year', async () => {
    const shown = await runInVault(root, 'Sara', 'rules', 'show');
    expect(shown.events).toMatchObject([{ event: 'rules', signed: false }]);
    expect((await runInVault(root, 'Sara', 'rules', 'sign')).events).toMatchObject([{ event: 'rules-signed' }]);
    expect((await runInVault(root, 'Sara', 'rules', 'show')).events).toMatchObject([{ signed: true }]);
    const lines = as(trainer).entries().length;
    expect((await runInVault(root, 'Sara', 'rules', 'sign')).code).toBe(0);
    expect(as(trainer).entries().length).toBe(lines);
  });
});
