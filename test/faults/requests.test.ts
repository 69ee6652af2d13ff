import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DataRequest } from '../../core/requests/request.ts';
import { requestKeptUntil } from '../../core/requests/keep.ts';
import { answerByOf } from '../../core/requests/states.ts';
import { addDays } from '../../core/retention/terms.ts';
import { withRegisters } from '../../native/register/registers.ts';
import {
  answerRequest,
  extendRequest,
  handleRequest,
  listRequests,
  showRequest,
  takeRequest,
} from '../../native/requests/request-desk.ts';
import { letterFor } from '../../native/requests/request-letter.ts';
import { signProfile } from '../../native/vault/profile.ts';
import { newId } from '../../native/vault/seal.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import { dailyRound } from '../../native/wipe/daily.ts';
import { wipeDossier } from '../../native/wipe/dossier-wipe.ts';
import { makeDeskVault, type DeskVault, type Keys } from '../fixtures/desk-vault.ts';
import { COMPLETE } from '../fixtures/intake.ts';
import { entryOf } from '../fixtures/register.ts';
import { emptyFolder, filesBelow, PASSPHRASE, searchFiles, vaultFolder } from '../fixtures/vault.ts';

const folder = vaultFolder();
afterAll(() => folder.remove());

const template = join(folder.path, 'kluis');
const root = join(folder.path, 'werk');
const today = new Date().toISOString().slice(0, 10);
const NOBODY = { concerned: [], cleared: [] };
let made: DeskVault;

beforeAll(async () => {
  made = await makeDeskVault(folder.path, template);
});
beforeEach(() => cpSync(template, emptyFolder(root), { recursive: true }));

const as = (keys: Keys) => new Session(Vault.open(root), keys);
const code = (wanted: string, more = {}) =>
  expect.objectContaining({ error: expect.objectContaining({ code: wanted, ...more }) });
const days = { from: COMPLETE.recordedOn, to: COMPLETE.recordedOn };
const wish = (part: Partial<DataRequest> = {}): DataRequest => ({
  ...{ id: newId(), kind: 'erasure', group: '2V', ...days, pupil: 'Leerling 3', by: 'parent', received: today },
  ...part,
});
const take = async (keys: Keys, part: Partial<DataRequest> = {}) =>
  (await takeRequest(as(keys), wish(part))).request.id;
const logged = () =>
  as(made.officer)
    .entries()
    .flatMap(({ what }) => (what.event.startsWith('request') ? [what] : []));

describe('the request desk', () => {
  it('keeps a request for all who deal with them, and tells the log kind and day alone', async () => {
    const request = wish();
    const { answerBy } = await takeRequest(as(made.trainer), request);
    expect(answerBy).toBe(answerByOf(today, false));
    for (const keys of [made.trainer, made.officer, made.admin.keys])
      expect((await listRequests(as(keys))).map((known) => known.request)).toEqual([request]);
    expect(logged()).toEqual([{ event: 'request-received', request: request.id, kind: 'erasure', answerBy }]);
  });

  it('is refused to a trainee, in the engine and in the log', async () => {
    const id = await take(made.officer);
    const trainee = as(made.trainee.keys);
    const refused = code('act-not-allowed', { act: 'requests', role: 'trainee' });
    expect(() => takeRequest(trainee, wish())).toThrow(refused);
    await expect(listRequests(trainee)).rejects.toEqual(refused);
    await expect(showRequest(trainee, id)).rejects.toEqual(refused);
    await expect(handleRequest(trainee, id, NOBODY)).rejects.toEqual(refused);
    await expect(extendRequest(trainee, id, 'het is erg druk')).rejects.toEqual(refused);
    await expect(answerRequest(trainee, id, { outcome: 'granted', reason: '' })).rejects.toEqual(refused);
    await expect(trainee.noteAlone({ event: 'request-answered', request: id, outcome: 'granted' })).rejects.toEqual(
      refused,
    );
    expect(logged()).toHaveLength(1);
  });

  it('has nothing of what was asked and answered in the clear', async () => {
    const id = await take(made.trainer, { group: '2V gymnasium', pupil: 'Leerling 37' });
    await handleRequest(as(made.trainer), id, NOBODY);
    const reason = 'de opnames van Marieke zijn al weg';
    await extendRequest(as(made.trainer), id, reason);
    await answerRequest(as(made.trainer), id, { outcome: 'refused', reason: `${reason}!`, rule: 'art-17-3' });
    expect((await showRequest(as(made.officer), id)).known.answer?.reason).toBe(`${reason}!`);
    const words = ['Leerling 37', 'Marieke', 'gymnasium', reason, 'art-17-3', 'parent'];
    // The same words, where they are in the clear, are found: else this would prove nothing.
    writeFileSync(join(root, 'proef'), words.join(' '));
    const wanted = words.map((text) => Buffer.from(text));
    expect(searchFiles(root, wanted)).toHaveLength(words.length);
    rmSync(join(root, 'proef'));
    expect(searchFiles(root, wanted)).toEqual([]);
    expect(logged().map(({ event }) => event)).toEqual(['request-received', 'request-extended', 'request-answered']);
  });

  it('gives the keys to who came to the school since, once someone comes by', async () => {
    await take(made.trainer);
    const { keys } = await as(made.admin.keys).addPerson({
      ...{ role: 'privacy-officer', name: 'Nieuw', passphrase: PASSPHRASE, recovery: false },
    });
    await expect(listRequests(as(keys))).rejects.toEqual(code('request-not-admitted'));
    await listRequests(as(made.trainer));
    expect(await listRequests(as(keys))).toHaveLength(1);
  });

  it('notices a request that is gone, and one that was put back without its answer', async () => {
    const id = await take(made.trainer);
    await handleRequest(as(made.trainer), id, NOBODY);
    const before = join(folder.path, 'eerder');
    cpSync(join(root, 'requests'), emptyFolder(before), { recursive: true });
    await answerRequest(as(made.trainer), id, { outcome: 'refused', reason: 'kennelijk te vaak', rule: 'art-12-5' });
    cpSync(before, emptyFolder(join(root, 'requests')), { recursive: true });
    await expect(listRequests(as(made.trainer))).rejects.toEqual(code('request-shortened'));
    rmSync(join(root, 'requests'), { recursive: true });
    await expect(listRequests(as(made.trainer))).rejects.toEqual(code('request-shortened'));
    expect(filesBelow(root).filter((name) => name.startsWith('requests'))).toEqual([]);
  });

  it('tells the log of more time, also after a crash, and notices when that is put back', async () => {
    const id = await take(made.trainer);
    await handleRequest(as(made.trainer), id, NOBODY);
    const before = join(folder.path, 'eerder');
    cpSync(root, emptyFolder(before), { recursive: true });
    const { answerBy } = await extendRequest(as(made.trainer), id, 'het is erg druk');
    const line = { event: 'request-extended', request: id, answerBy };
    expect(logged().at(-1)).toEqual(line);
    // As after a crash between the record and the log.
    cpSync(join(before, 'log'), emptyFolder(join(root, 'log')), { recursive: true });
    await listRequests(as(made.officer));
    expect(logged().at(-1)).toEqual(line);
    cpSync(join(before, 'requests'), emptyFolder(join(root, 'requests')), { recursive: true });
    await expect(listRequests(as(made.trainer))).rejects.toEqual(code('request-shortened'));
  });

  it('goes two years after the school year of its answer, by the round of a machine that has no keys', async () => {
    const open = await take(made.trainer);
    const id = await take(made.trainer);
    await handleRequest(as(made.trainer), id, NOBODY);
    await answerRequest(as(made.trainer), id, { outcome: 'refused', reason: 'kennelijk te vaak', rule: 'art-12-5' });
    const last = requestKeptUntil(today);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(`${last}T12:00:00Z`) });
    try {
      const round = async () => {
        // Someone looked at the clock: three years without a line is more than a machine may believe by itself.
        await as(made.officer).noteAlone({ event: 'clock-confirmed' });
        return dailyRound(as(made.trainee.keys), new Date());
      };
      expect((await round())?.requests).toEqual([]);
      vi.setSystemTime(Date.parse(`${addDays(last, 1)}T12:00:00Z`));
      expect((await round())?.requests).toEqual([{ request: id, complete: true }]);
      expect((await round())?.requests).toEqual([]);
      expect(filesBelow(root).filter((name) => name.startsWith(`requests/${id}`))).toEqual([]);
      // Its key goes once somebody comes by who has keys; what was not answered stays.
      expect((await listRequests(as(made.trainer))).map(({ request }) => request.id)).toEqual([open]);
      expect(filesBelow(join(root, 'requests')).some((name) => name.includes(id))).toBe(false);
      expect(logged().slice(-2)).toEqual([
        { event: 'request-wipe-begun', request: id },
        { event: 'request-wiped', request: id, complete: true },
      ]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('does not go before that, whatever somebody writes into the log', async () => {
    const id = await take(made.trainer);
    await handleRequest(as(made.trainer), id, NOBODY);
    await answerRequest(as(made.trainer), id, { outcome: 'refused', reason: 'kennelijk te vaak', rule: 'art-12-5' });
    await as(made.trainer).noteAlone({ event: 'request-wipe-begun', request: id });
    await as(made.trainer).noteAlone({ event: 'request-wiped', request: id, complete: true });
    expect(await listRequests(as(made.officer))).toHaveLength(1);
    rmSync(join(root, 'requests', id), { recursive: true });
    await expect(listRequests(as(made.officer))).rejects.toEqual(code('request-shortened'));
  });

  it('takes no line that none of its people wrote', async () => {
    await take(made.trainer);
    const stranger = { ...made.trainer, signingKey: made.officer.signingKey };
    // Someone who has the trainer's key to read with, and not the one to sign with.
    const [known] = await listRequests(as(stranger));
    await handleRequest(as(stranger), known?.request.id ?? '', NOBODY);
    await expect(listRequests(as(made.officer))).rejects.toEqual(code('vault-item-damaged', { item: 'request' }));
  });
});

describe('what a request is about', () => {
  it('is found by class and day with the keys at hand; what could not be read is counted, or told by hand', async () => {
    const id = await take(made.trainer);
    const { known } = await handleRequest(as(made.trainer), id, NOBODY);
    expect(known).toMatchObject({ state: 'handling', concerned: [made.own], unseen: [made.others] });
    // Who has no keys takes nothing away from what others saw.
    expect((await handleRequest(as(made.officer), id, NOBODY)).known).toMatchObject({
      concerned: [made.own],
      unseen: [made.others],
    });
    const told = await handleRequest(as(made.officer), id, { concerned: [], cleared: [made.others] });
    expect(told.known).toMatchObject({ concerned: [made.own], unseen: [] });
    const other = await take(made.trainer, { from: '2026-01-01', to: '2026-01-02' });
    expect((await handleRequest(as(made.trainer), other, NOBODY)).known).toMatchObject({ concerned: [], unseen: [] });
    await expect(handleRequest(as(made.trainer), other, { concerned: [made.own], cleared: [] })).rejects.toEqual(
      code('request-other-days', { dossier: made.own }),
    );
  });

  it('erasure is granted once all of it was wiped, and not before', async () => {
    const id = await take(made.trainer);
    const cleared = { concerned: [], cleared: [made.others] };
    const grant = () => answerRequest(as(made.trainer), id, { outcome: 'granted', reason: '' });
    await expect(grant()).rejects.toEqual(code('request-refused', { rules: ['V1-order'] }));
    await handleRequest(as(made.trainer), id, NOBODY);
    await expect(grant()).rejects.toEqual(code('request-not-grantable', { rules: ['V1-unseen', 'art-17-not-wiped'] }));
    const { tasks } = await handleRequest(as(made.officer), id, cleared);
    expect(tasks.wipe).toEqual([made.own]);
    await expect(grant()).rejects.toEqual(code('request-not-grantable', { rules: ['art-17-not-wiped'] }));
    await wipeDossier(as(made.trainer), made.own, 'request');
    expect(await grant()).toMatchObject({ state: 'answered', answer: { outcome: 'granted' } });
    await expect(grant()).rejects.toEqual(code('request-refused', { rules: ['V1-order'] }));
    expect(logged().at(-1)).toEqual({ event: 'request-answered', request: id, outcome: 'granted' });
  });

  it('a restriction is put into effect by the privacy officer, on what the school trainer found', async () => {
    const id = await take(made.trainer, { kind: 'restriction' });
    const first = await handleRequest(as(made.trainer), id, { concerned: [], cleared: [made.others] });
    expect(first).toMatchObject({ held: [], tasks: { hold: [made.own] } });
    const grant = () => answerRequest(as(made.trainer), id, { outcome: 'granted', reason: '' });
    await expect(grant()).rejects.toEqual(code('request-not-grantable', { rules: ['art-18-not-held'] }));
    const second = await handleRequest(as(made.officer), id, NOBODY);
    expect(second).toMatchObject({ held: [made.own], tasks: { hold: [] } });
    await expect(wipeDossier(as(made.trainer), made.own, 'request')).rejects.toEqual(code('dossier-on-hold'));
    expect((await grant()).state).toBe('answered');
  });

  it('access is not granted with a copy that can not be made', async () => {
    const id = await take(made.trainer, { kind: 'access' });
    await handleRequest(as(made.trainer), id, { concerned: [], cleared: [made.others] });
    const answer = (outcome: 'granted' | 'partly', rule?: 'art-15-4') =>
      answerRequest(as(made.trainer), id, {
        ...{ outcome, reason: outcome === 'partly' ? 'u hoort waar en wanneer, zonder beeld' : '' },
        ...(rule ? { rule } : {}),
      });
    await expect(answer('granted')).rejects.toEqual(code('request-not-grantable', { rules: ['V1-copy'] }));
    await expect(answer('partly')).rejects.toEqual(code('request-refused', { rules: ['V1-rule'] }));
    expect((await answer('partly', 'art-15-4')).state).toBe('answered');
  });

  it('an objection is granted once it stands in the register', async () => {
    const id = await take(made.trainer, { kind: 'objection' });
    const told = { concerned: [], cleared: [made.others] };
    expect((await handleRequest(as(made.trainer), id, told)).tasks.register).toBe(true);
    const grant = () => answerRequest(as(made.trainer), id, { outcome: 'granted', reason: '' });
    await expect(grant()).rejects.toEqual(code('request-not-grantable', { rules: ['art-21-not-registered'] }));
    const year = Number(today.slice(0, 4)) - (today.slice(5) <= '07-31' ? 1 : 0);
    const entry = entryOf({ received: today, schoolYear: `${year}-${year + 1}` });
    await withRegisters(as(made.trainer), (registers) => registers.add([{ group: '2v', entry }]));
    expect((await grant()).state).toBe('answered');
  });
});

describe('the letter', () => {
  it('waits for an answer and for a complaint route, and then says both', async () => {
    const id = await take(made.trainer);
    await expect(letterFor(as(made.trainer), id)).rejects.toEqual(
      code('request-letter-gap', { field: 'privacyOfficer' }),
    );
    const known = Vault.open(root).profile(today);
    if (known.state === 'unsigned') throw new Error('no profile');
    await signProfile(as(made.admin.keys), {
      ...known.signed.profile,
      ...{ school: 'Voorbeeldcollege', complaints: 'U kunt een klacht indienen bij de directie.' },
      privacyOfficer: { name: 'M. de Boer', mail: 'privacy@voorbeeld.example' },
    });
    await expect(letterFor(as(made.trainer), id)).rejects.toEqual(code('request-no-letter'));
    await handleRequest(as(made.trainer), id, NOBODY);
    await extendRequest(as(made.trainer), id, 'er zijn veel opnames van die dag');
    expect(JSON.stringify(await letterFor(as(made.officer), id))).toContain('er zijn veel opnames van die dag');
    await answerRequest(as(made.officer), id, { outcome: 'refused', reason: 'al eerder gevraagd', rule: 'art-12-5' });
    const letter = JSON.stringify(await letterFor(as(made.officer), id));
    for (const part of ['al eerder gevraagd', 'klacht indienen bij de directie', 'artikel 12, lid 5'])
      expect(letter).toContain(part);
  });
});

it('a later day than today is refused, and nothing is left', async () => {
  const late = wish({ received: addDays(today, 1) });
  expect(() => takeRequest(as(made.trainer), late)).toThrow(code('request-refused', { rules: ['V1-date'] }));
  expect(readdirSync(root)).not.toContain('requests');
});
