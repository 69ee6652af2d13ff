import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PersonFile } from '../../core/vault/person.ts';
import { readJson, writeJson } from '../../native/store/atomic.ts';
import { createPerson, unlockPerson } from '../../native/vault/people.ts';
import { Vault } from '../../native/vault/vault.ts';
import { startProduct, type Ran } from '../fixtures/product.ts';
import {
  emptyFolder,
  makeVault,
  PASSPHRASE,
  runInVault,
  vaultFolder,
  writeMarkedLesson,
  type MadeVault,
} from '../fixtures/vault.ts';

const folder = vaultFolder();
afterAll(() => folder.remove());

const root = join(folder.path, 'kluis');
const lesson = join(folder.path, 'les.mp4');
let made: MadeVault;
/** Lines of the log before anything was tried. */
let begun = 0;

beforeAll(async () => {
  made = await makeVault(root);
  begun = made.admin.entries().length;
  await writeMarkedLesson(lesson, 1);
});

const NO_SUCH = '0123456789abcdef';

function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  return startProduct(args, { ONHERKENBAAR_PASSPHRASE: PASSPHRASE, ONHERKENBAAR_NEW_PASSPHRASE: PASSPHRASE, ...env })
    .done;
}

interface Refusal {
  readonly name: string;
  readonly args: () => string[];
  readonly env?: Record<string, string>;
  readonly code: string;
}

const as = (who: string, ...args: string[]) => [...args, '--vault', root, '--as', who, '--json'];
const init = (path: string, ...more: string[]) => ['vault', 'init', path, '--name', 'B', '--json', ...more];

const REFUSALS: readonly Refusal[] = [
  {
    name: 'a vault on the desktop',
    args: () => init(join(homedir(), 'Desktop', 'kluis'), '--allow-local'),
    code: 'vault-root-refused',
  },
  {
    name: 'a vault in OneDrive',
    args: () => init(join(folder.path, 'OneDrive - School', 'k'), '--allow-local'),
    code: 'vault-root-refused',
  },
  {
    name: 'a vault in a temporary folder',
    args: () => init(join(tmpdir(), 'kluis'), '--allow-local'),
    code: 'vault-root-refused',
  },
  {
    name: 'a local vault that the school did not allow',
    args: () => init(join(folder.path, 'k')),
    code: 'vault-root-refused',
  },
  { name: 'a vault in a folder that is not empty', args: () => init(root, '--allow-local'), code: 'vault-exists' },
  {
    name: 'a passphrase that is too short',
    args: () => init(join(folder.path, 'k'), '--allow-local'),
    env: { ONHERKENBAAR_NEW_PASSPHRASE: 'kort' },
    code: 'passphrase-weak',
  },
  {
    name: 'no vault',
    args: () => ['case', 'list', '--vault', folder.path, '--as', 'Dio', '--json'],
    code: 'vault-missing',
  },
  {
    name: 'a wrong passphrase',
    args: () => as('Dio', 'case', 'list'),
    env: { ONHERKENBAAR_PASSPHRASE: 'een heel andere wachtzin' },
    code: 'passphrase-wrong',
  },
  { name: 'someone unknown', args: () => as('Niemand', 'case', 'list'), code: 'person-unknown' },
  { name: 'an import by the administrator', args: () => as('Beheer', 'import', lesson), code: 'act-not-allowed' },
  {
    name: 'a person added by a trainee',
    args: () => as('Dio', 'person', 'add', '--role', 'trainee', '--name', 'X'),
    code: 'act-not-allowed',
  },
  { name: 'a hold by a trainee', args: () => as('Dio', 'case', 'hold', NO_SUCH), code: 'act-not-allowed' },
  {
    name: 'access for someone unknown',
    args: () => as('Dio', 'import', lesson, '--access', NO_SUCH),
    code: 'person-unknown',
  },
  {
    name: 'an import of nothing',
    args: () => as('Dio', 'import', join(folder.path, 'weg.mp4')),
    code: 'input-missing',
  },
  { name: 'a job on an unknown dossier', args: () => as('Dio', 'case', 'run', NO_SUCH), code: 'dossier-unknown' },
  {
    name: 'a dossier that is no number',
    args: () => as('Dio', 'case', 'play', '../../people'),
    code: 'dossier-unknown',
  },
  { name: 'a wipe of an unknown dossier', args: () => as('Dio', 'wipe', NO_SUCH), code: 'dossier-unknown' },
  { name: 'a wipe of nothing', args: () => ['wipe', '--json'], code: 'vault-missing' },
  {
    name: 'a wipe of a source that is not there',
    args: () => ['wipe', '--source', join(folder.path, 'weg.mp4'), '--json'],
    code: 'input-missing',
  },
  {
    name: 'a log that is not there',
    args: () => ['log', 'verify', join(folder.path, 'weg'), '--json'],
    code: 'input-missing',
  },
];

describe('what can not be done in a vault', () => {
  it.each(REFUSALS)('$name: one sentence, an exit code, nothing changed', async ({ args, env, code }) => {
    const ran = await run(args(), env);
    expect(ran.events.at(-1)).toMatchObject({ event: 'error', code });
    expect(ran.code).toBeGreaterThan(0);
    const lines = ran.stderr.trim().split('\n');
    expect(lines.length).toBe(1);
    expect(lines[0]).toMatch(/\.$/);
    expect(
      readFileSync(join(root, 'log', 'audit.jsonl'), 'utf8')
        .trim()
        .split('\n').length,
    ).toBe(begun);
  });

  it('asks for a passphrase only where someone can type', async () => {
    const ran = await startProduct(as('Dio', 'case', 'list')).done;
    expect(ran.events.at(-1)).toMatchObject({ code: 'passphrase-missing' });
  });
});

describe('people', () => {
  it('are not believed when their role was changed, or when they were laid into the folder', async () => {
    const forged = emptyFolder(join(folder.path, 'vervalst'));
    cpSync(root, forged, { recursive: true });
    const { id } = made.trainee.keys.person;
    const path = join(forged, 'people', `${id}.json`);
    const file = readJson(path, PersonFile)!;
    writeJson(path, { ...file, person: { ...file.person, role: 'administrator' } });
    const stranger = await createPerson(
      { role: 'administrator', name: 'Vreemd', passphrase: PASSPHRASE, recovery: false },
      undefined,
      new Date(),
    );
    writeJson(join(forged, 'people', `${stranger.keys.person.id}.json`), stranger.file);
    const byTrainee = await createPerson(
      { role: 'administrator', name: 'Ook', passphrase: PASSPHRASE, recovery: false },
      made.trainee.keys,
      new Date(),
    );
    writeJson(join(forged, 'people', `${byTrainee.keys.person.id}.json`), byTrainee.file);
    expect([...Vault.open(forged).people().keys()]).toEqual([made.admin.keys.person.id]);
  });

  it('get in with their recovery code too, however it is typed', async () => {
    const wish = { role: 'administrator', name: 'R', passphrase: PASSPHRASE, recovery: true } as const;
    const { file, recoveryCode = '', keys } = await createPerson(wish, undefined, new Date());
    expect(recoveryCode).toMatch(/^([A-Z2-7]{4}-){7}[A-Z2-7]{4}$/);
    for (const typed of [recoveryCode, ` ${recoveryCode.toLowerCase()} `, PASSPHRASE])
      expect((await unlockPerson(file, typed)).identity).toBe(keys.identity);
    await expect(unlockPerson(file, recoveryCode.slice(1))).rejects.toMatchObject({
      error: { code: 'passphrase-wrong' },
    });
    const text = JSON.stringify(file);
    for (const secret of [keys.identity, PASSPHRASE, recoveryCode]) expect(text).not.toContain(secret);
  });
});

describe('log verify', () => {
  it('tells a log that was altered, without vault or passphrase', async () => {
    const log = join(root, 'log', 'audit.jsonl');
    expect((await startProduct(['log', 'verify', log, '--json']).done).events).toEqual([
      { event: 'log', right: true, lines: begun },
    ]);
    mkdirSync(join(folder.path, 'log'));
    const altered = join(folder.path, 'log', 'audit.jsonl');
    writeFileSync(altered, readFileSync(log, 'utf8').replace('"trainee"', '"administrator"'));
    const at = made.admin.entries().findIndex(({ what }) => what.event === 'person-added') + 1;
    const ran = await startProduct(['log', 'verify', altered, '--json']).done;
    expect(ran.events).toEqual([{ event: 'log', right: false, problem: 'altered', line: at }]);
    expect(ran.code).toBe(4);
    writeFileSync(altered, `${readFileSync(log, 'utf8')}{"seq":5`);
    expect((await startProduct(['log', 'verify', altered, '--json']).done).code).toBe(4);
    expect((await runInVault(root, 'Dio', 'case', 'list')).code).toBe(0);
  });
});
