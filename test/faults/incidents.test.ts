import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { IncidentFacts } from '../../core/incidents/incident.ts';
import { reportByOf } from '../../core/incidents/states.ts';
import { keepingFacts } from '../../core/retention/terms.ts';
import {
  closeIncident,
  formFor,
  listIncidents,
  openIncident,
  showIncident,
  updateIncident,
} from '../../native/incidents/incidents.ts';
import { noteShowing } from '../../native/vault/showing.ts';
import { signProfile } from '../../native/vault/profile.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import { wipeDossier } from '../../native/wipe/dossier-wipe.ts';
import { makeDeskVault, type DeskVault, type Keys } from '../fixtures/desk-vault.ts';
import { FACTS } from '../fixtures/incidents.ts';
import { emptyFolder, PASSPHRASE, searchFiles, vaultFolder } from '../fixtures/vault.ts';

const folder = vaultFolder();
afterAll(() => folder.remove());

const template = join(folder.path, 'kluis');
const root = join(folder.path, 'werk');
const today = new Date().toISOString().slice(0, 10);
let made: DeskVault;

beforeAll(async () => {
  made = await makeDeskVault(folder.path, template);
});
beforeEach(() => cpSync(template, emptyFolder(root), { recursive: true }));

const as = (keys: Keys) => new Session(Vault.open(root), keys);
const code = (wanted: string, more = {}) =>
  expect.objectContaining({ error: expect.objectContaining({ code: wanted, ...more }) });
const noticed = () => new Date(Date.now() - 1000).toISOString();
const report = async (keys: Keys, facts: Partial<IncidentFacts> = {}, hold = false) =>
  openIncident(as(keys), { noticedAt: noticed(), facts: { ...FACTS, ...facts }, hold });
const logged = () =>
  as(made.officer)
    .entries()
    .flatMap(({ what }) => (what.event.startsWith('incident') ? [what] : []));
const held = (dossier: string) => keepingFacts(as(made.officer).entries()).get(dossier)?.holdReviewBy;
const closed = { reported: 'not-needed', reason: 'versleuteld, en teruggevonden' } as const;

describe('a data breach', () => {
  it('is reported by every role, and read by who reported it, privacy officer and administrator alone', async () => {
    const all: { keys: Keys; incident: string }[] = [];
    for (const keys of [made.trainee.keys, made.trainer, made.officer, made.admin.keys])
      all.push({ keys, incident: (await report(keys)).known.incident });
    const seen = async (keys: Keys) =>
      (await listIncidents(as(keys))).flatMap((each) => (each.form === 'readable' ? [each.known.incident] : []));
    const numbers = all.map(({ incident }) => incident);
    expect(await seen(made.officer)).toEqual(numbers);
    expect(await seen(made.admin.keys)).toEqual(numbers);
    expect(await seen(made.trainee.keys)).toEqual(numbers.slice(0, 1));
    expect(await seen(made.trainer)).toEqual(numbers.slice(1, 2));
    await expect(showIncident(as(made.trainer), numbers[0] ?? '')).rejects.toEqual(code('incident-sealed'));
    await expect(formFor(as(made.trainee.keys), numbers[1] ?? '')).rejects.toEqual(code('incident-sealed'));
    await expect(showIncident(as(made.officer), '0123456789abcdef')).rejects.toEqual(code('incident-unknown'));
    // That there is one, and until when, everyone sees.
    expect((await listIncidents(as(made.trainer)))[0]).toMatchObject({ form: 'sealed', logged: { closed: false } });
  });

  it('can be reported by who came a moment ago, and is read by a privacy officer who came later', async () => {
    const { incident } = (await report(made.trainee.keys)).known;
    const add = async (role: 'trainee' | 'privacy-officer', name: string) =>
      (await as(made.admin.keys).addPerson({ role, name, passphrase: PASSPHRASE, recovery: false })).keys;
    const fresh = await report(await add('trainee', 'Net'));
    const officer = await add('privacy-officer', 'Later');
    await expect(showIncident(as(officer), incident)).rejects.toEqual(code('incident-sealed'));
    await listIncidents(as(made.officer));
    expect((await showIncident(as(officer), incident)).known.incident).toBe(incident);
    expect((await showIncident(as(officer), fresh.known.incident)).known.facts).toEqual(FACTS);
  });

  it('notes the log as it was; what is written later changes nothing of that', async () => {
    const last = as(made.trainee.keys).entries().at(-1);
    const { known } = await report(made.trainee.keys);
    expect(known.frozen).toMatchObject({ seq: last?.seq, hash: last?.hash, vault: made.vault.id });
    expect(logged()).toEqual([
      {
        ...{ event: 'incident-opened', incident: known.incident, frozen: last?.seq },
        ...{ noticedAt: known.noticedAt, reportBy: reportByOf(known.noticedAt) },
      },
    ]);
    await report(made.officer);
    expect((await showIncident(as(made.trainee.keys), known.incident)).logUnchanged).toBe(true);
  });

  it('shows it when the log was written anew', async () => {
    const { incident } = (await report(made.trainee.keys)).known;
    // Two lines taken off and another one put there: whole in itself, and written by one of its people.
    const path = join(root, 'log', 'audit.jsonl');
    const lines = readFileSync(path, 'utf8').split('\n').slice(0, -3);
    writeFileSync(path, `${lines.join('\n')}\n`);
    await as(made.trainee.keys).noteAlone({ event: 'assessed', dossier: made.others, on: today });
    expect((await showIncident(as(made.officer), incident)).logUnchanged).toBe(false);
  });

  it('has nothing of the form in the clear, and the log knows no words', async () => {
    const what = 'Marieke uit 2V stond herkenbaar in de clip';
    const { incident } = (await report(made.trainee.keys, { what, causes: ['recognisable'] })).known;
    await updateIncident(as(made.trainee.keys), incident, { ...FACTS, what: `${what}, en Noor ook` });
    const reason = 'de opleiding heeft de clip verwijderd';
    await closeIncident(as(made.officer), incident, { reported: 'not-needed', reason });
    expect((await showIncident(as(made.officer), incident)).known).toMatchObject({ closing: { reason } });
    const wanted = ['Marieke', 'Noor', 'herkenbaar', 'recognisable', '11-30', reason].map((text) => Buffer.from(text));
    writeFileSync(join(root, 'proef'), Buffer.concat(wanted));
    expect(searchFiles(root, wanted).length).toBeGreaterThanOrEqual(wanted.length);
    rmSync(join(root, 'proef'));
    expect(searchFiles(root, wanted)).toEqual([]);
    expect(logged().map(({ event }) => event)).toEqual(['incident-opened', 'incident-closed']);
  });

  it('is closed by the privacy officer alone, once, with an outcome', async () => {
    const { incident } = (await report(made.trainee.keys)).known;
    for (const keys of [made.trainee.keys, made.trainer, made.admin.keys])
      await expect(async () => closeIncident(as(keys), incident, closed)).rejects.toEqual(
        code('act-not-allowed', { act: 'close-incident' }),
      );
    const reported = { ...closed, reported: 'authority' } as const;
    await expect(closeIncident(as(made.officer), incident, reported)).rejects.toEqual(
      code('incident-refused', { rules: ['art-33-when'] }),
    );
    await closeIncident(as(made.officer), incident, closed);
    await expect(closeIncident(as(made.officer), incident, closed)).rejects.toEqual(
      code('incident-refused', { rules: ['V2-order'] }),
    );
    await expect(updateIncident(as(made.trainee.keys), incident, FACTS)).rejects.toEqual(
      code('incident-refused', { rules: ['V2-order'] }),
    );
    expect(logged().at(-1)).toEqual({ event: 'incident-closed', incident, reported: 'not-needed' });
  });

  it('holds the dossiers that it names where the privacy officer says so, and no other time', async () => {
    const dossiers = [made.own];
    await expect(report(made.trainee.keys, { dossiers }, true)).rejects.toEqual(
      code('act-not-allowed', { act: 'hold' }),
    );
    expect(logged()).toEqual([]);
    expect((await report(made.trainee.keys, { dossiers })).held).toEqual([]);
    expect((await report(made.officer, { dossiers })).held).toEqual([]);
    expect(held(made.own)).toBeUndefined();
    await wipeDossier(as(made.trainee.keys), made.others, 'request');
    const both = { dossiers: [made.others, made.own] };
    expect((await report(made.officer, both, true)).held).toEqual([made.own]);
    expect(held(made.own)).toBeDefined();
    await expect(report(made.trainer, { dossiers: ['0123456789abcdef'] })).rejects.toEqual(code('dossier-unknown'));
  });

  it('that is damaged, or gone, is named as such and hides none of the others', async () => {
    const [gone, spoilt, whole] = [
      (await report(made.trainee.keys)).known.incident,
      (await report(made.trainee.keys)).known.incident,
      (await report(made.trainee.keys)).known.incident,
    ];
    rmSync(join(root, 'incidents', gone), { recursive: true });
    // The form of another one in its place opens with neither key.
    cpSync(join(root, 'incidents', whole), join(root, 'incidents', spoilt), { recursive: true });
    const forms = (await listIncidents(as(made.officer))).map(({ form }) => form);
    expect(forms).toEqual(['missing', 'damaged', 'readable']);
    await expect(showIncident(as(made.officer), gone)).rejects.toEqual(code('incident-missing'));
    await expect(showIncident(as(made.officer), spoilt)).rejects.toEqual(code('vault-item-damaged'));
    expect((await showIncident(as(made.officer), whole)).known.incident).toBe(whole);
    // What was never kept is swept out.
    cpSync(join(root, 'incidents', whole, 'entries'), join(root, 'incidents', 'fedcba9876543210', 'entries'));
    await listIncidents(as(made.trainee.keys));
    expect(readdirSync(join(root, 'incidents'))).not.toContain('fedcba9876543210');
  });
});

describe('a showing', () => {
  const show = (keys: Keys, dossier: string, kind: 'group' | 'supervised', people: number) =>
    noteShowing(as(keys), dossier, { kind, on: today, people }, new Date());
  const shown = () =>
    as(made.officer)
      .entries()
      .flatMap(({ what }) => (what.event === 'shown' ? [what] : []));
  const allow = async () => {
    const known = Vault.open(root).profile(today);
    if (known.state === 'unsigned') throw new Error('no profile');
    await signProfile(as(made.admin.keys), { ...known.signed.profile, supervisedLook: true });
  };

  it('is noted by number, by who has its key and no other (M7)', async () => {
    await show(made.trainer, made.own, 'group', 14);
    expect(shown()).toEqual([{ event: 'shown', dossier: made.own, on: today, kind: 'group', people: 14 }]);
    await expect(show(made.trainee.keys, made.own, 'group', 14)).rejects.toEqual(code('access-denied'));
    await expect(show(made.trainer, made.others, 'group', 14)).rejects.toEqual(code('access-denied'));
    await expect(show(made.officer, made.own, 'group', 14)).rejects.toEqual(code('act-not-allowed', { act: 'show' }));
    await expect(show(made.trainer, '0123456789abcdef', 'group', 14)).rejects.toEqual(code('dossier-unknown'));
    await wipeDossier(as(made.trainer), made.own, 'request');
    await expect(show(made.trainer, made.own, 'group', 14)).rejects.toEqual(code('dossier-wiped'));
    expect(shown()).toHaveLength(1);
  });

  it('under supervision needs the signed profile and a school trainer (S7)', async () => {
    const refused = (...rules: string[]) => code('showing-refused', { rules });
    await expect(show(made.trainer, made.own, 'supervised', 1)).rejects.toEqual(refused('S7-profile'));
    await expect(show(made.trainee.keys, made.others, 'supervised', 1)).rejects.toEqual(
      refused('S7-profile', 'S7-role'),
    );
    await allow();
    await expect(show(made.trainee.keys, made.others, 'supervised', 1)).rejects.toEqual(refused('S7-role'));
    await expect(show(made.trainer, made.own, 'supervised', 2)).rejects.toEqual(refused('S7-people'));
    await show(made.trainer, made.own, 'supervised', 1);
    expect(shown()).toEqual([{ event: 'shown', dossier: made.own, on: today, kind: 'supervised', people: 1 }]);
    // A profile that does not stand allows nothing.
    rmSync(join(root, 'profile.json'));
    await expect(show(made.trainer, made.own, 'supervised', 1)).rejects.toEqual(refused('S7-profile'));
    await show(made.trainer, made.own, 'group', 3);
  });
});
