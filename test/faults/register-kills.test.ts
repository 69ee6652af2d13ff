import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importPreferences } from '../../native/register/preference-file.ts';
import { withRegisters } from '../../native/register/registers.ts';
import { exportPrivate } from '../../native/vault/signing.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import { entryOf } from '../fixtures/register.ts';
import { emptyFolder, makeVault, PASSPHRASE, vaultFolder } from '../fixtures/vault.ts';

/** A sample belongs to every test run; `npm run test:faults` asks for all. */
const STRIDE = process.env['ONHERKENBAAR_KILLS'] === undefined ? 3 : 1;

const folder = vaultFolder();
afterAll(() => folder.remove());

const empty = join(folder.path, 'leeg');
const begun = join(folder.path, 'begonnen');
const old = join(folder.path, 'oud');
const root = join(folder.path, 'werk');
const keysFile = join(folder.path, 'sleutels.json');
const list = join(folder.path, 'lijst.csv');
const child = 'dist/register-child/register-child.mjs';
let trainer: Session['keys'];

const on = (path: string) => new Session(Vault.open(path), trainer);
/** The first day of the school year that it is now. */
const year = new Date().getUTCFullYear() - (new Date().getUTCMonth() < 7 ? 1 : 0);

beforeAll(async () => {
  const bundle = "import('./scripts/run.mjs').then((run) => run.bundle('test/fixtures/register-child.ts'))";
  execFileSync(process.execPath, ['-e', bundle], { stdio: 'inherit' });
  const made = await makeVault(empty);
  const wish = { role: 'school-trainer', name: 'So', passphrase: PASSPHRASE, recovery: false } as const;
  trainer = (await made.admin.addPerson(wish)).keys;
  const { person, identity, signingKey } = trainer;
  writeFileSync(keysFile, JSON.stringify({ person, identity, signing: exportPrivate(signingKey) }));
  writeFileSync(list, 'leerling;klas;interne_training\n11;2V;nee\n12;2V;ja\n13;3H;nee\n');
  cpSync(empty, begun, { recursive: true });
  const known = entryOf({ received: `${year}-08-01`, schoolYear: `${year}-${year + 1}` });
  await withRegisters(on(begun), (registers) => registers.add([{ group: '2V', entry: known }]));
  cpSync(begun, old, { recursive: true });
  const past = entryOf({
    id: '00000000000000e9',
    received: `${year - 3}-12-01`,
    schoolYear: `${year - 3}-${year - 2}`,
  });
  await withRegisters(on(old), (registers) => registers.add([{ group: '2V', entry: past }]), new Date(`${year}-07-01`));
});

/** What the registers hold, and whether the log says the same; opens them as anybody would after a crash. */
async function look(): Promise<{ pupils: string[]; logged: number }> {
  const registers = await withRegisters(on(root), (opened) => opened.all());
  let logged = 0;
  for (const { what } of on(root).entries()) {
    if (what.event === 'register-changed') logged += what.added;
    if (what.event === 'register-wipe-begun') logged -= what.added;
  }
  return { pupils: registers.flatMap(({ entries }) => entries.map(({ pupil }) => pupil)).sort(), logged };
}

const NEW = ['Leerling 11', 'Leerling 12', 'Leerling 13'];

describe('killed with -9 before any single write', () => {
  it.each([
    { name: 'in a vault without registers', template: () => empty, known: [] as string[] },
    { name: 'where one of the classes has a register', template: () => begun, known: ['Leerling 3'] },
    {
      name: 'while the lists of a school year long past are removed',
      template: () => old,
      known: ['Leerling 3'],
    },
  ])('an import for two classes $name is there whole or not at all', { timeout: 600_000 }, async (given) => {
    const outcomes = new Set<number>();
    let deadly = 1;
    for (; ; deadly += STRIDE) {
      cpSync(given.template(), emptyFolder(root), { recursive: true });
      const ran = spawnSync(process.execPath, [child, root, keysFile, list, String(deadly)], { encoding: 'utf8' });
      expect(ran.stderr).toBe('');
      const { pupils, logged } = await look();
      expect(pupils).toEqual(pupils.length > given.known.length ? [...NEW, ...given.known].sort() : given.known);
      expect(logged).toBe(pupils.length);
      if (ran.stdout === 'done') break;
      expect(ran.signal).toBe('SIGKILL');
      outcomes.add(pupils.length);
      // The same again comes to the same, whatever was left.
      await withRegisters(on(root), (registers) =>
        importPreferences(registers, {
          ...{ file: list, group: undefined, received: registers.today, deadline: undefined },
          ...{ band: '<16', dryRun: false },
        }),
      );
      expect(await look()).toEqual({
        pupils: [...NEW, ...given.known].sort(),
        logged: NEW.length + given.known.length,
      });
      // Two lists, their keys, and the sheets for those who film.
      expect(readdirSync(join(root, 'registers')).length).toBe(4);
    }
    expect(deadly).toBeGreaterThan(10);
    if (STRIDE === 1) expect([...outcomes].sort()).toEqual([given.known.length, given.known.length + NEW.length]);
  });
});
