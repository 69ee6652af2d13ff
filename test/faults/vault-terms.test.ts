import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, clockIsPlausible, keepingFacts } from '../../core/retention/terms.ts';
import { changeAccess } from '../../native/vault/access.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import { wipeDossier } from '../../native/wipe/dossier-wipe.ts';
import { wipeExpired } from '../../native/wipe/recover.ts';
import {
  emptyFolder,
  importLesson,
  makeVault,
  PASSPHRASE,
  vaultFolder,
  writeMarkedLesson,
  type MadeVault,
} from '../fixtures/vault.ts';

const folder = vaultFolder();
afterAll(() => folder.remove());

const template = join(folder.path, 'kluis');
const root = join(folder.path, 'werk');
const today = new Date().toISOString().slice(0, 10);
let made: MadeVault;
let officer: Session['keys'];
let dossier = '';

beforeAll(async () => {
  const lesson = join(folder.path, 'les.mp4');
  await writeMarkedLesson(lesson, 1);
  made = await makeVault(template);
  const wish = { role: 'privacy-officer', name: 'Po', passphrase: PASSPHRASE, recovery: false } as const;
  officer = (await made.admin.addPerson(wish)).keys;
  dossier = await importLesson(made.trainee, lesson);
});
beforeEach(() => cpSync(template, emptyFolder(root), { recursive: true }));

const as = (keys: Session['keys']) => new Session(Vault.open(root), keys);
const state = () => keepingFacts(as(officer).entries()).get(dossier)?.wipe;

describe('the term of a recording', () => {
  it('wipes on the day after it, not before, and not by someone without its key any less', async () => {
    const session = as(officer);
    expect(session.keyring.accessOf(dossier)).not.toContain(officer.person.id);
    expect((await wipeExpired(session, addDays(today, 60))).wipes).toEqual([]);
    const [outcome] = (await wipeExpired(session, addDays(today, 61))).wipes;
    expect(outcome).toMatchObject({ dossier, complete: true, certificate: { body: { rule: 'R4' } } });
    expect(existsSync(session.folder('dossiers', dossier))).toBe(false);
  });

  it('is stopped by a hold, for the wipe on request as well, and goes on when that is lifted', async () => {
    const session = as(officer);
    await session.noteAlone({ event: 'hold-set', dossier, reviewBy: addDays(today, 28) });
    expect((await wipeExpired(session, addDays(today, 300))).wipes).toEqual([]);
    await expect(wipeDossier(as(made.trainee.keys), dossier, 'request')).rejects.toMatchObject({
      error: { code: 'dossier-on-hold' },
    });
    expect(state()).toBe('none');
    await session.noteAlone({ event: 'hold-lifted', dossier });
    expect((await wipeExpired(session, addDays(today, 300))).wipes.length).toBe(1);
    expect(state()).toBe('complete');
  });

  it('is shortened by an assessment', async () => {
    const session = as(made.trainee.keys);
    await session.noteAlone({ event: 'assessed', dossier, on: today });
    expect((await wipeExpired(session, addDays(today, 14))).wipes).toEqual([]);
    expect((await wipeExpired(session, addDays(today, 15))).wipes.length).toBe(1);
  });

  it('is not taken from a clock that runs far ahead of the log', () => {
    expect(clockIsPlausible(as(officer).entries(), addDays(today, 90))).toBe(true);
    expect(clockIsPlausible(as(officer).entries(), addDays(today, 91))).toBe(false);
  });
});

describe('roles', () => {
  it('do what they may, and are refused by the engine otherwise', async () => {
    const refused = (act: string) =>
      expect.objectContaining({ error: expect.objectContaining({ code: 'act-not-allowed', act }) });
    expect(() => as(officer).require('import')).toThrow(refused('import'));
    expect(() => as(made.admin.keys).require('hold')).toThrow(refused('hold'));
    const wish = { role: 'trainee', name: 'Vreemd', passphrase: PASSPHRASE, recovery: false } as const;
    await expect(as(made.trainee.keys).addPerson(wish)).rejects.toEqual(refused('add-person'));
    const lesson = join(folder.path, 'les.mp4');
    await expect(importLesson(as(officer), lesson)).rejects.toEqual(refused('import'));
  });
});

describe('an access list', () => {
  it('decides by keys: who is put on it can open the recording, who is taken off it can not', async () => {
    const trainer = (
      await new Session(Vault.open(root), made.admin.keys).addPerson({
        role: 'school-trainer',
        name: 'So',
        passphrase: PASSPHRASE,
        recovery: false,
      })
    ).keys;
    const denied = { error: { code: 'access-denied' } };
    await expect(as(trainer).keyring.keyOf(dossier)).rejects.toMatchObject(denied);
    await expect(changeAccess(as(trainer), dossier, trainer.person.id, true)).rejects.toMatchObject(denied);
    await changeAccess(as(made.trainee.keys), dossier, trainer.person.id, true);
    expect(await as(trainer).keyring.keyOf(dossier)).toEqual(await as(made.trainee.keys).keyring.keyOf(dossier));
    await changeAccess(as(trainer), dossier, made.trainee.keys.person.id, false);
    await expect(as(made.trainee.keys).keyring.keyOf(dossier)).rejects.toMatchObject(denied);
    await expect(changeAccess(as(trainer), dossier, trainer.person.id, false)).rejects.toMatchObject({
      error: { code: 'access-last' },
    });
    await expect(changeAccess(as(trainer), dossier, officer.person.id, true)).rejects.toMatchObject({
      error: { code: 'act-not-allowed' },
    });
  });
});
