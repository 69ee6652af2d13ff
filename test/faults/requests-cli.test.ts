import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signProfile } from '../../native/vault/profile.ts';
import { makeDeskVault, type DeskVault } from '../fixtures/desk-vault.ts';
import { COMPLETE } from '../fixtures/intake.ts';
import { startProduct } from '../fixtures/product.ts';
import { PASSPHRASE, runInVault, vaultFolder } from '../fixtures/vault.ts';

const folder = vaultFolder();
afterAll(() => folder.remove());

const root = join(folder.path, 'kluis');
const pdf = (name: string) => join(folder.path, name);
const today = new Date().toISOString().slice(0, 10);
let made: DeskVault;

beforeAll(async () => {
  made = await makeDeskVault(folder.path, root);
  const known = made.vault.profile(today);
  if (known.state === 'unsigned') throw new Error('no profile');
  await signProfile(made.admin, {
    ...known.signed.profile,
    ...{ school: 'Voorbeeldcollege', complaints: 'U kunt een klacht indienen bij de directie.' },
    privacyOfficer: { name: 'M. de Boer', mail: 'privacy@voorbeeld.example' },
  });
});

const request = (who: string, ...args: string[]) => runInVault(root, who, 'request', ...args);
const incident = (who: string, ...args: string[]) => runInVault(root, who, 'incident', ...args);
/** For people to read, in a language. */
const said = (lang: 'nl' | 'en', who: string, ...args: string[]) =>
  startProduct([...args, '--vault', root, '--as', who, '--lang', lang], { ONHERKENBAAR_PASSPHRASE: PASSPHRASE }).done;
const ADD = ['--kind', 'erasure', '--by', 'parent', '--group', '2V', '--from', COMPLETE.recordedOn];
const OPEN = ['--cause', 'device-lost', '--kind', 'faces', '--what', 'laptop bleef in de trein'];

describe('requests, on the command line', () => {
  let id = '';

  it('are taken in, handled, listed, answered and put on paper', async () => {
    const added = await request('So', 'add', ...ADD, '--pupil', 'Leerling 3');
    expect(added).toMatchObject({ code: 0, stderr: '' });
    id = String(added.events[0]?.['request'] && Object(added.events[0]['request']).id);
    const told = await request('So', 'handle', id, '--cleared', made.others);
    expect(told.events[0]).toMatchObject({ concerned: [made.own], unseen: [], tasks: { wipe: [made.own] } });
    expect((await request('Po', 'list')).events).toMatchObject([{ state: 'handling', overdue: false }]);
    const refused = await request('So', 'answer', id, '--outcome', 'granted');
    expect(refused).toMatchObject({ code: 8, events: [{ code: 'request-not-grantable' }] });
    expect(refused.stderr).toContain('art. 17');
    expect((await request('So', 'letter', id, '--out', pdf('brief.pdf'))).events).toMatchObject([
      { code: 'request-no-letter' },
    ]);
    const reason = ['--reason', 'de opname is nog nodig bij een klacht'];
    expect((await request('Po', 'answer', id, '--outcome', 'refused', ...reason, '--rule', 'art-17-3')).code).toBe(0);
    const letter = await request('Po', 'letter', id, '--out', pdf('brief.pdf'));
    expect(letter.events).toMatchObject([{ event: 'letter', kind: 'answer' }]);
    expect(readFileSync(pdf('brief.pdf'), 'latin1').startsWith('%PDF-')).toBe(true);
    expect((await request('Po', 'letter', id, '--out', pdf('brief.pdf'))).events.at(-1)).toMatchObject({
      code: 'output-exists',
    });
  });

  it('that are late stand first and say so, in Dutch and English', async () => {
    const late = await request('So', 'add', ...ADD, '--received', '2026-01-31');
    expect(late.events[0]).toMatchObject({ answerBy: '2026-02-28' });
    const [nl, en] = [await said('nl', 'So', 'request', 'list'), await said('en', 'So', 'request', 'list')];
    expect(nl.stdout.split('\n')[0]).toMatch(/verwijdering {2}ontvangen {2}uiterlijk 2026-02-28 {2}TE LAAT/);
    expect(en.stdout.split('\n')[0]).toMatch(/erasure {2}received {2}by 2026-02-28 {2}OVERDUE/);
    expect(nl.stdout.trim().split('\n')).toHaveLength(2);
    const shown = await said('nl', 'So', 'request', 'show', id);
    expect(shown.stdout).toContain('Zoeken op gezicht bestaat hier niet');
    expect(shown.stdout).toContain('de opname is nog nodig bij een klacht');
    expect((await said('en', 'So', 'request', 'show', id)).stdout).toContain('no search by face');
  });

  it.each([
    { name: 'a trainee', who: 'Dio', args: ['list'], code: 'act-not-allowed' },
    {
      name: 'a name for a pupil',
      who: 'So',
      args: ['add', ...ADD, '--pupil', 'Marieke'],
      code: 'register-pupil-named',
    },
    { name: 'a day that is none', who: 'So', args: ['add', ...ADD, '--to', 'morgen'], code: 'value-invalid' },
    { name: 'a day to come', who: 'So', args: ['add', ...ADD, '--received', '2099-01-01'], code: 'request-refused' },
    { name: 'a request that is not there', who: 'So', args: ['show', '0123456789abcdef'], code: 'request-unknown' },
  ])('refuse $name, with exit code 8 and one sentence', async ({ who, args, code }) => {
    const ran = await request(who, ...args);
    expect(ran.code).toBe(8);
    expect(ran.events.at(-1)).toMatchObject({ event: 'error', code });
    expect(ran.stderr.trim().split('\n')).toHaveLength(1);
    expect(ran.stdout + ran.stderr).not.toContain('Marieke');
  });
});

describe('a data breach, on the command line', () => {
  it('is opened by a trainee, read by the privacy officer, printed and closed', async () => {
    const opened = await incident('Dio', 'open', ...OPEN, '--dossier', made.others, '--noticed', '2026-11-20 14:30');
    expect(opened).toMatchObject({ code: 0, stderr: '', events: [{ event: 'incident', held: [] }] });
    const id = String(opened.events[0]?.['incident']);
    expect(Date.parse(String(opened.events[0]?.['noticedAt']))).toBe(new Date('2026-11-20T14:30').getTime());
    expect((await incident('So', 'list')).events).toMatchObject([{ incident: id, form: 'sealed', closed: false }]);
    expect((await incident('So', 'show', id)).events).toMatchObject([{ code: 'incident-sealed' }]);
    expect((await incident('Po', 'show', id)).events).toMatchObject([{ logUnchanged: true }]);
    expect((await incident('Dio', 'update', id, ...OPEN, '--affected', '2-10')).code).toBe(0);
    expect((await incident('Po', 'form', id, '--out', pdf('melding.pdf'))).events).toMatchObject([{ kind: 'form' }]);
    expect(existsSync(pdf('melding.pdf'))).toBe(true);
    const close = ['close', id, '--reported', 'not-needed', '--reason', 'de laptop was versleuteld'];
    expect(await incident('Dio', ...close)).toMatchObject({ code: 8, events: [{ code: 'act-not-allowed' }] });
    expect((await incident('Po', ...close)).code).toBe(0);
    expect((await said('nl', 'Dio', 'incident', 'list')).stdout).toContain('afgesloten');
    expect((await said('en', 'Dio', 'incident', 'show', id)).stdout).toContain('not reported; there was no need');
  });

  it('says that nothing was sent, and until when to report', async () => {
    const nl = await said('nl', 'Dio', 'incident', 'open', ...OPEN);
    expect(nl.stdout).toContain('Er is niets verstuurd');
    const en = await said('en', 'Dio', 'incident', 'open', ...OPEN);
    expect(en.stdout).toContain('Nothing was sent');
    expect((await said('nl', 'Po', 'incident', 'list')).stdout).toContain('nog 71 uur om te melden');
  });

  it.each([
    {
      name: 'too few words',
      args: ['open', '--cause', 'other', '--kind', 'other', '--what', 'lek'],
      code: 'incident-refused',
    },
    { name: 'a moment that is none', args: ['open', ...OPEN, '--noticed', 'gisteren'], code: 'value-invalid' },
    { name: 'a moment to come', args: ['open', ...OPEN, '--noticed', '2099-01-01T10:00'], code: 'incident-refused' },
    { name: 'a hold by a trainee', args: ['open', ...OPEN, '--hold'], code: 'act-not-allowed' },
  ])('refuses $name, with exit code 8', async ({ args, code }) => {
    const ran = await incident('Dio', ...args);
    expect(ran).toMatchObject({ code: 8, events: [{ event: 'error', code }] });
    expect(ran.stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('case shown', () => {
  it('notes a number, and refuses what the profile does not allow', async () => {
    const shown = (...args: string[]) => runInVault(root, 'So', 'case', 'shown', made.own, ...args);
    expect((await shown('--people', '14', '--on', today)).events).toMatchObject([{ kind: 'group', people: 14 }]);
    expect((await shown('--supervised')).events).toMatchObject([{ code: 'showing-refused', rules: ['S7-profile'] }]);
    expect((await shown('--people', 'Jan')).events).toMatchObject([{ code: 'value-invalid', field: 'people' }]);
  });
});
