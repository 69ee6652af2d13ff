import { cpSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { positionOf } from '../../core/register/class-register.ts';
import type { Move, RegisterEntry } from '../../core/register/entry.ts';
import { importPreferences } from '../../native/register/preference-file.ts';
import { withRegisters } from '../../native/register/registers.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import { entryOf } from '../fixtures/register.ts';
import { emptyFolder, filesBelow, makeVault, PASSPHRASE, searchFiles, vaultFolder } from '../fixtures/vault.ts';

const folder = vaultFolder();
afterAll(() => folder.remove());

const template = join(folder.path, 'kluis');
const root = join(folder.path, 'werk');
const list = join(folder.path, 'lijst.csv');
let admin: Session['keys'];
let trainee: Session['keys'];
let trainer: Session['keys'];
let officer: Session['keys'];

beforeAll(async () => {
  const made = await makeVault(template);
  [admin, trainee] = [made.admin.keys, made.trainee.keys];
  const add = async (role: 'school-trainer' | 'privacy-officer', name: string) =>
    (await made.admin.addPerson({ role, name, passphrase: PASSPHRASE, recovery: false })).keys;
  trainer = await add('school-trainer', 'So');
  officer = await add('privacy-officer', 'Po');
});
beforeEach(() => cpSync(template, emptyFolder(root), { recursive: true }));

const as = (keys: Session['keys']) => new Session(Vault.open(root), keys);
const code = (wanted: string, more = {}) =>
  expect.objectContaining({ error: expect.objectContaining({ code: wanted, ...more }) });
let number = 0;
const fresh = (part: Partial<RegisterEntry> = {}) =>
  entryOf({ id: (++number).toString(16).padStart(16, '0'), received: '2026-10-01', ...part });
const add = (keys: Session['keys'], ...entries: RegisterEntry[]) =>
  withRegisters(as(keys), (registers) => registers.add(entries.map((entry) => ({ group: '2V', entry }))));
const all = (keys = trainer) => withRegisters(as(keys), (registers) => registers.all());
const logged = () =>
  as(admin)
    .entries()
    .flatMap(({ what }) => (what.event.startsWith('register') ? [what] : []));
const lists = () => readdirSync(join(root, 'registers')).filter((name) => name !== 'keys');
const entriesOf = (id: string) => join(root, 'registers', id, 'entries');

describe('the register in the vault', () => {
  it('comes back as it was written, for school trainer, privacy officer and administrator', async () => {
    const entry = fresh();
    await add(officer, entry);
    for (const keys of [trainer, officer, admin]) expect((await all(keys))[0]?.entries).toEqual([entry]);
    expect(await withRegisters(as(trainer), (registers) => registers.of(' 2v').entries)).toEqual([entry]);
  });

  it('is refused to a trainee, who opens nothing of it with a vault key either', async () => {
    await add(trainer, fresh());
    await expect(all(trainee)).rejects.toEqual(code('act-not-allowed', { act: 'register', role: 'trainee' }));
    const said = { event: 'register-changed', added: 1, moved: 0, withdrawn: 0 } as const;
    await expect(as(trainee).noteAlone(said)).rejects.toEqual(code('act-not-allowed'));
    const [id = ''] = lists();
    const keyring = JSON.parse(readFileSync(join(root, 'registers/keys/keyring-000001.json'), 'utf8'));
    expect(keyring.entries[id].access).not.toContain(trainee.person.id);
  });

  it('is sealed, and the log says counts alone', async () => {
    const entry = fresh({ seat: 'rij 7, bij het raam' });
    const group = '2V wiskunde';
    await withRegisters(as(trainer), (registers) => registers.add([{ group, entry }]));
    await withRegisters(as(trainer), (registers) => registers.withdraw(entry.id, registers.today));
    const words = ['Leerling 3', 'bij het raam', group, entry.id];
    const found = searchFiles(
      root,
      words.map((text) => Buffer.from(text)),
    );
    expect(found).toEqual([]);
    // Elsewhere these may stand: the profile says whether pupils object, the log who promised the rules for which year.
    const kinds = ['2026-2027', 'objection'].map((text) => Buffer.from(text));
    expect(searchFiles(join(root, 'registers'), kinds)).toEqual([]);
    expect(logged()).toEqual([
      { event: 'register-changed', added: 1, moved: 0, withdrawn: 0 },
      { event: 'register-changed', added: 0, moved: 0, withdrawn: 1 },
    ]);
  });

  it('takes steps and withdrawals in, and refuses those that may not be', async () => {
    const entry = fresh();
    await add(trainer, entry);
    const move = (keys: Session['keys'], to: Move['to'], more = {}) =>
      withRegisters(as(keys), (registers) =>
        registers.move({ entry: entry.id, to, on: registers.today, by: keys.person.role, ...more } as Move),
      );
    const choice = { dossier: '0123456789abcdef', resolution: 'cut', reason: 'komt voor het bord' };
    await expect(move(trainer, 'resolved', choice)).rejects.toEqual(
      code('register-move-refused', { rules: ['B3-order'] }),
    );
    await move(officer, 'consulting');
    await expect(move(officer, 'resolved', choice)).rejects.toEqual(
      code('register-move-refused', { rules: ['B7-role'] }),
    );
    await expect(move(trainer, 'resolved', choice)).rejects.toEqual(code('dossier-unknown'));
    await withRegisters(as(officer), (registers) => registers.withdraw(entry.id, registers.today));
    await expect(
      withRegisters(as(officer), (registers) => registers.withdraw(entry.id, registers.today)),
    ).rejects.toEqual(code('register-withdrawn'));
    await expect(add(trainer, fresh({ kind: 'consent', by: 'pupil' }))).rejects.toEqual(
      code('register-entry-refused', { rules: ['I4-pupil'] }),
    );
    const [register] = await all();
    expect([register?.moves.length, register?.withdrawn.size, register?.entries.length]).toEqual([1, 1, 1]);
  });

  it('opens for a colleague who came later once someone who has the keys came by', { timeout: 60_000 }, async () => {
    await add(trainer, fresh());
    const wish = { role: 'school-trainer', name: 'Nieuw', passphrase: PASSPHRASE, recovery: false } as const;
    const late = (await as(admin).addPerson(wish)).keys;
    await expect(all(late)).rejects.toEqual(code('register-not-admitted'));
    await all(officer);
    expect((await all(late))[0]?.entries).toHaveLength(1);
  });

  it('removes what is two years past its school year, with key and all, and says so (R10)', async () => {
    const year = Number(new Date().toISOString().slice(0, 4)) - (new Date().getUTCMonth() < 7 ? 1 : 0);
    const old = fresh({ received: `${year - 3}-12-01`, schoolYear: `${year - 3}-${year - 2}` });
    await withRegisters(
      as(trainer),
      (registers) => registers.add([{ group: '2V', entry: old }]),
      new Date(`${year}-07-01`),
    );
    const [id = ''] = lists();
    const kept = fresh({ pupil: 'Leerling 4', received: `${year}-08-01`, schoolYear: `${year}-${year + 1}` });
    await add(trainer, kept);
    expect((await all())[0]?.entries).toEqual([kept]);
    expect(lists()).not.toContain(id);
    expect(logged().slice(1)).toEqual([
      { event: 'register-wipe-begun', register: id, added: 1, moved: 0, withdrawn: 0 },
      { event: 'register-wiped', register: id, complete: true },
      { event: 'register-changed', added: 1, moved: 0, withdrawn: 0 },
    ]);
    expect(readdirSync(join(root, 'registers/keys'))).toEqual(['epoch-000002.json', 'keyring-000002.json']);
  });
});

describe('a register that was tampered with is refused', () => {
  beforeEach(async () => {
    await add(trainer, fresh());
    await add(trainer, fresh({ pupil: 'Leerling 4' }));
  });

  it('when any byte of its list was altered', async () => {
    const [id = ''] = lists();
    const bytes = readFileSync(entriesOf(id));
    for (let at = 0; at < bytes.length; at += 37) {
      const wrong = Buffer.from(bytes);
      wrong[at]! ^= 1;
      writeFileSync(entriesOf(id), wrong);
      await expect(all()).rejects.toEqual(
        code(expect.stringMatching(/^(vault-item-damaged|register-shortened)$/) as never),
      );
    }
  });

  it('when its newest line, all of it, or its folder is gone, or an older copy came back', async () => {
    const [id = ''] = lists();
    const whole = join(folder.path, 'heel');
    cpSync(root, emptyFolder(whole), { recursive: true });
    const text = readFileSync(entriesOf(id), 'latin1');
    truncateSync(entriesOf(id), text.lastIndexOf('\n', text.length - 2) + 1);
    await expect(all()).rejects.toEqual(code('register-shortened'));
    for (const gone of [`registers/${id}/entries`, `registers/${id}`, 'registers/keys', 'registers']) {
      cpSync(whole, emptyFolder(root), { recursive: true });
      rmSync(join(root, gone), { recursive: true });
      await expect(all()).rejects.toEqual(code('register-shortened'));
    }
    cpSync(whole, emptyFolder(root), { recursive: true });
    expect((await all())[0]?.entries).toHaveLength(2);
  });

  it('when the keyring was altered', async () => {
    const file = join(root, 'registers/keys/epoch-000001.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"sealed": "(.)/, '"sealed": "_'));
    await expect(all()).rejects.toEqual(code('vault-damaged'));
  });
});

describe('a preference list', () => {
  const rows = (count: number, bad: readonly number[] = []) =>
    Array.from({ length: count }, (_, index) => {
      const answer = bad.includes(index) ? 'misschien' : index % 10 === 0 ? 'nee' : 'ja';
      return `Kind Achternaam${index};${1 + (index % 40)}A;${answer};ja;2015-01-01`;
    });
  const write = (lines: readonly string[], encoding: BufferEncoding = 'utf8') =>
    writeFileSync(
      list,
      Buffer.from(['naam;klas;interne_training;publieke_communicatie;geboren', ...lines].join('\r\n'), encoding),
    );
  const take = (more = {}) =>
    withRegisters(as(trainer), (registers) =>
      importPreferences(registers, {
        ...{ file: list, group: undefined, received: registers.today, deadline: undefined, band: '<16', dryRun: false },
        ...more,
      }),
    );

  it('of 1000 rows with 7 bad ones is named row by row, and nothing of it is taken in', async () => {
    await add(trainer, fresh());
    const before = filesBelow(root).map((name) => [name, statSync(join(root, name)).size]);
    const bad = [3, 99, 100, 512, 700, 998, 999];
    write(rows(1000, bad));
    const problems: unknown[] = [];
    const onProblem = (line: number, problem: string) => problems.push([line, problem]);
    await expect(take({ onProblem })).rejects.toEqual(
      code('register-file-rows', { rows: 7, line: 5, problem: 'answer-unknown' }),
    );
    expect(problems).toEqual(bad.map((index) => [index + 2, 'answer-unknown']));
    expect(filesBelow(root).map((name) => [name, statSync(join(root, name)).size])).toEqual(before);
    expect(logged()).toHaveLength(1);
  });

  it('of 1000 good rows is taken in whole, without a name; first only shown', { timeout: 60_000 }, async () => {
    write(rows(1000));
    const shown = await take({ dryRun: true });
    expect([shown.entries.length, await all()]).toEqual([1000, []]);
    const { entries, dropped, changed } = await take();
    expect([entries.length, changed.length]).toEqual([1000, 40]);
    expect(dropped).toEqual({ columns: 2, purposes: ['publieke_communicatie'] });
    const registers = await all();
    expect(registers.flatMap((register) => register.entries)).toHaveLength(1000);
    expect(/Achternaam|2015-01/.test(JSON.stringify(registers))).toBe(false);
    const today = new Date().toISOString().slice(0, 10);
    expect(positionOf(registers[0]!, 'Leerling 1', today)).toBe('objection');
    expect(logged()).toEqual([{ event: 'register-changed', added: 1000, moved: 0, withdrawn: 0 }]);
  });

  it('is read in UTF-8 with a mark and in Windows-1252, and refused when it is no text', async () => {
    writeFileSync(list, '\uFEFFnaam,groep,interne_training\r\nZoë,2é,nee');
    expect((await take({ dryRun: true })).entries[0]?.group).toBe('2é');
    write(['Zoë;2é;nee;ja;'], 'latin1');
    expect((await take({ dryRun: true })).entries[0]?.group).toBe('2é');
    writeFileSync(list, Buffer.from('naam;interne_training\r\nZoë;nee', 'utf16le'));
    await expect(take()).rejects.toEqual(code('register-file-text'));
    rmSync(list);
    await expect(take()).rejects.toEqual(code('register-file-missing'));
  });
});
