import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RegisterEntry } from '../../core/register/entry.ts';
import { COMPLETE } from '../fixtures/intake.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { signStatement } from '../../native/vault/conduct.ts';
import { importRecording } from '../../native/vault/import.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import { runProduct } from '../fixtures/product.ts';
import { makeVault, PASSPHRASE, runInVault, vaultFolder, writeMarkedLesson } from '../fixtures/vault.ts';

const folder = vaultFolder();
afterAll(() => folder.remove());

const root = join(folder.path, 'kluis');
const list = join(folder.path, 'lijst.csv');
const fields = join(folder.path, 'school.json');
const pdf = join(folder.path, 'brief.pdf');
let dossier = '';

beforeAll(async () => {
  const made = await makeVault(root);
  const wish = { role: 'school-trainer', name: 'So', passphrase: PASSPHRASE, recovery: false } as const;
  const { keys } = await made.admin.addPerson(wish);
  const trainer = new Session(Vault.open(root), keys);
  await signStatement(trainer, new Date().toISOString().slice(0, 10));
  const source = join(folder.path, 'les.mp4');
  await writeMarkedLesson(source, 1);
  const tools = await locateFfmpeg();
  const facts = { source, kind: 'lesson', recordedOn: COMPLETE.recordedOn, label: 'les', access: [], tools } as const;
  const intake = { ...COMPLETE, group: '2v' };
  dossier = (await importRecording(trainer, { ...facts, intake })).dossier;
  const example = /```json\n(\{[^`]*\})\n```/.exec(readFileSync('docs/register.md', 'utf8'))?.[1] ?? '';
  writeFileSync(fields, example);
});

const register = (who: string, ...args: string[]) => runInVault(root, who, 'register', ...args);
const OBJECTION = ['--group', '2V', '--kind', 'objection', '--by', 'parent', '--band', '<16'];

describe('register, on the command line', () => {
  it('adds, names the dossiers to look at again, moves, lists and withdraws', async () => {
    const made = await register('So', 'add', ...OBJECTION, '--seat', 'rij 2', '--deadline', '2020-01-01');
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.events).toMatchObject([
      { event: 'added', entry: { pupil: 'Leerling 1', late: true } },
      { event: 'effects', reopen: [{ dossier, rule: 'B2' }], recall: [], unseen: 0 },
    ]);
    const { id } = RegisterEntry.parse(made.events[0]?.['entry']);
    const to = (step: string, ...more: string[]) => register('So', 'move', id, '--to', step, ...more);
    expect((await to('consulting')).code).toBe(0);
    expect((await to('resolved')).events.at(-1)).toMatchObject({ code: 'value-invalid', field: 'dossier' });
    const choice = ['--dossier', dossier, '--resolution', 'out-of-view'];
    expect(await to('resolved', ...choice)).toMatchObject({ code: 8, stderr: expect.stringContaining('B7') });
    expect((await to('resolved', ...choice, '--reason', 'zit achter de camera')).code).toBe(0);
    const [entry] = (await register('Beheer', 'list', '--group', '2v')).events;
    expect(entry).toMatchObject({ id, standing: 'in-force', position: 'objection' });
    expect(entry?.['moves']).toMatchObject([{ to: 'consulting' }, { to: 'resolved', by: 'school-trainer', dossier }]);
    expect((await register('So', 'withdraw', id)).events[1]).toMatchObject({ event: 'effects', reopen: [] });
  });

  it.each([
    { name: 'a trainee', who: 'Dio', args: ['list'], code: 'act-not-allowed' },
    {
      name: 'a name for a pupil',
      who: 'So',
      args: ['add', ...OBJECTION, '--pupil', 'Jan'],
      code: 'register-pupil-named',
    },
    {
      name: 'a day that is none',
      who: 'So',
      args: ['add', ...OBJECTION, '--received', 'gisteren'],
      code: 'value-invalid',
    },
    {
      name: 'a day to come',
      who: 'So',
      args: ['add', ...OBJECTION, '--received', '2099-01-01'],
      code: 'register-entry-refused',
    },
    {
      name: 'an entry that is not there',
      who: 'So',
      args: ['withdraw', '0123456789abcdef'],
      code: 'register-entry-unknown',
    },
    { name: 'a list that is not there', who: 'So', args: ['import', 'weg.csv'], code: 'register-file-missing' },
  ])('refuses $name, with exit code 8 and one sentence', async ({ who, args, code }) => {
    const ran = await register(who, ...args);
    expect(ran.code).toBe(8);
    expect(ran.events.at(-1)).toMatchObject({ event: 'error', code });
    expect(ran.stderr.trim().split('\n')).toHaveLength(1);
  });

  it('shows what an import would do, names bad rows, and takes in what is good', async () => {
    writeFileSync(list, 'naam;interne_training;publieke_communicatie\nJan;nee;ja\nPiet;misschien;ja\n');
    const bad = await register('So', 'import', list, '--group', '3H');
    expect(bad.events).toMatchObject([
      { event: 'row', line: 3, problem: 'answer-unknown' },
      { code: 'register-file-rows', rows: 1 },
    ]);
    writeFileSync(list, 'naam;interne_training;publieke_communicatie\nJan;nee;ja\nPiet;ja;ja\n');
    const shown = await register('So', 'import', list, '--group', '3H', '--dry-run');
    const wanted = { objections: 1, consents: 1, renamed: [{ line: 2, pupil: 'Leerling 1' }, { line: 3 }] };
    const dropped = { columns: 1, purposes: ['publieke_communicatie'] };
    expect(shown.events).toMatchObject([{ event: 'would-import', ...wanted, dropped }]);
    expect((await register('So', 'list', '--group', '3H')).events).toEqual([]);
    expect((await register('So', 'import', list, '--group', '3H')).events[0]).toMatchObject({
      event: 'imported',
      ...wanted,
    });
    const listed = await register('So', 'list', '--group', '3H');
    expect(listed.events).toHaveLength(2);
    expect(listed.stdout + shown.stdout).not.toMatch(/Jan|Piet/);
  });

  it('makes letters, and writes over nothing unasked', async () => {
    const letter = (...more: string[]) => runProduct(['register', 'letter', fields, '--out', pdf, '--json', ...more]);
    const first = await letter();
    expect(first.events).toMatchObject([
      { event: 'letter', kind: 'parents', version: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect(existsSync(pdf)).toBe(true);
    expect((await letter()).events.at(-1)).toMatchObject({ code: 'output-exists' });
    expect(await letter('--overwrite', '--kind', 'door')).toMatchObject({ code: 0 });
    writeFileSync(fields, '{}');
    expect((await letter('--overwrite')).events.at(-1)).toMatchObject({ code: 'letter-invalid', field: 'school' });
  });
});
