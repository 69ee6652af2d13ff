import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepingFacts } from '../../core/retention/terms.ts';
import { changeAccess } from '../../native/vault/access.ts';
import { BLOCK_BYTES } from '../../native/vault/block-cipher.ts';
import { Keyring } from '../../native/vault/keyring.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import { wipeDossier } from '../../native/wipe/dossier-wipe.ts';
import { recover } from '../../native/wipe/recover.ts';
import {
  emptyFolder,
  filesBelow,
  importLesson,
  inVault,
  makeVault,
  PASSPHRASE,
  runInVault,
  sha256Of,
  vaultFolder,
  writeMarkedLesson,
  type MadeVault,
} from '../fixtures/vault.ts';
import { startProduct } from '../fixtures/product.ts';

const folder = vaultFolder();
afterAll(() => folder.remove());

const template = join(folder.path, 'kluis');
const root = join(folder.path, 'werk');
const lesson = join(folder.path, 'les.mp4');
let made: MadeVault;
let dossier = '';

beforeAll(async () => {
  await writeMarkedLesson(lesson, 1);
  made = await makeVault(template);
  dossier = await importLesson(made.trainee, lesson);
});
beforeEach(() => cpSync(template, emptyFolder(root), { recursive: true }));

const session = (keys = made.trainee.keys) => new Session(Vault.open(root), keys);
const stateOf = (at: string) => filesBelow(at).map((name) => `${name} ${sha256Of(readFileSync(join(at, name)))}`);

describe('what somebody laid beside the vault', () => {
  it('is left alone: folders of other names, links, files of the system', async () => {
    const victim = join(folder.path, 'andermans map');
    mkdirSync(victim, { recursive: true });
    writeFileSync(join(victim, 'werkstuk.txt'), 'niet van ons');
    mkdirSync(join(root, 'dossiers', 'oud bewaard'));
    writeFileSync(join(root, 'dossiers', 'oud bewaard', 'a.txt'), 'ook niet');
    writeFileSync(join(root, 'dossiers', '.DS_Store'), 'x');
    symlinkSync(victim, join(root, 'dossiers', '0123456789abcdef'));
    mkdirSync(join(root, 'wipes'));
    writeFileSync(
      join(root, 'wipes', 'x.json'),
      JSON.stringify({ dossier: '../../andermans map', rule: 'R4', steps: [] }),
    );
    expect((await runInVault(root, 'Dio', 'case', 'list')).code).toBe(0);
    expect(readFileSync(join(victim, 'werkstuk.txt'), 'utf8')).toBe('niet van ons');
    expect(readFileSync(join(root, 'dossiers', 'oud bewaard', 'a.txt'), 'utf8')).toBe('ook niet');
    expect(session().keyring.has(dossier)).toBe(true);
  });

  it('never costs the last keys: a keyring that is missing stops the sweep', async () => {
    await session().exclusively(() => Promise.resolve());
    const keys = join(root, 'keys');
    cpSync(join(keys, 'epoch-000001.json'), join(keys, 'epoch-000002.json'));
    const before = stateOf(keys);
    const ran = await runInVault(root, 'Dio', 'case', 'list');
    expect(ran.events.at(-1)).toMatchObject({ event: 'error', code: 'vault-damaged' });
    expect(stateOf(keys)).toEqual(before);
    rmSync(join(keys, 'epoch-000002.json'));
    expect((await runInVault(root, 'Dio', 'case', 'list')).code).toBe(0);
  });
});

describe('what can not be read again', () => {
  it.each([
    ['a date in words', () => ['case', 'assess', dossier, '--on', 'gisteren']],
    ['a date the other way round', () => ['import', lesson, '--recorded-on', '12-11-2026']],
    ['a label that is too long', () => ['import', lesson, '--label', 'x'.repeat(81), '--wipe-source']],
    ['a name in place of a number', () => ['case', 'revoke', dossier, 'Jan Jansen']],
  ])('is not written: %s', async (_name, args) => {
    const log = readFileSync(join(root, 'log', 'audit.jsonl'), 'utf8');
    const ran = await runInVault(root, 'Dio', ...args());
    expect(ran.code).toBe(8);
    expect(ran.events.at(-1)?.['code']).toMatch(/^(value-invalid|person-unknown)$/);
    expect(readFileSync(join(root, 'log', 'audit.jsonl'), 'utf8')).toBe(log);
    expect(existsSync(lesson)).toBe(true);
    expect(readdirSync(join(root, 'dossiers'))).toEqual([dossier]);
  });
});

describe('what comes back after a wipe', () => {
  it('is wiped again, keys and ciphertext, by whoever opens the vault', async () => {
    const old = emptyFolder(join(folder.path, 'oud'));
    cpSync(root, old, { recursive: true });
    expect(await wipeDossier(session(), dossier, 'request')).toMatchObject({ complete: true });
    for (const name of ['keys', 'dossiers']) {
      rmSync(join(root, name), { recursive: true });
      cpSync(join(old, name), join(root, name), { recursive: true });
    }
    expect(session().keyring.has(dossier)).toBe(true);
    expect((await recover(session(made.admin.keys))).wipes).toMatchObject([{ dossier, complete: true }]);
    expect(session().keyring.has(dossier)).toBe(false);
    expect(existsSync(join(root, 'dossiers', dossier))).toBe(false);
  });

  it('or was taken away by hand before it was overwritten, is not certified as overwritten', async () => {
    rmSync(join(root, 'dossiers', dossier), { recursive: true });
    const outcome = await wipeDossier(session(), dossier, 'request');
    expect(outcome.complete).toBe(false);
    expect(outcome.certificate.body.steps).toContainEqual(
      expect.objectContaining({ step: 'ciphertext', done: false, reason: 'absent' }),
    );
    expect(session().keyring.has(dossier)).toBe(false);
    // Nothing is left that could be tried again, so nothing is.
    expect((await recover(session())).wipes).toEqual([]);
  });
});

describe('who takes what is not theirs', () => {
  it('is refused a line in the log, a wipe on request and an assessment of what they may not see', async () => {
    const keys = await made.admin.addPerson({
      role: 'trainee',
      name: 'Ander',
      passphrase: PASSPHRASE,
      recovery: false,
    });
    cpSync(template, emptyFolder(root), { recursive: true });
    const other = session(keys.keys);
    await expect(other.noteAlone({ event: 'hold-lifted', dossier })).rejects.toMatchObject({
      error: { code: 'act-not-allowed' },
    });
    await expect(wipeDossier(other, dossier, 'request')).rejects.toMatchObject({ error: { code: 'access-denied' } });
    expect(keepingFacts(session().entries()).get(dossier)?.wipe).toBe('none');
  });

  it('and was taken off a list, opens nothing with a keyring of the day before', async () => {
    const { keys } = await made.admin.addPerson({
      role: 'school-trainer',
      name: 'So',
      passphrase: PASSPHRASE,
      recovery: false,
    });
    cpSync(template, emptyFolder(root), { recursive: true });
    await changeAccess(session(), dossier, keys.person.id, true);
    const yesterday = emptyFolder(join(folder.path, 'gisteren'));
    cpSync(join(root, 'keys'), yesterday, { recursive: true });
    expect((await new Keyring(yesterday, keys.identity, () => {}).keyOf(dossier)).length).toBe(32);
    await changeAccess(session(), dossier, keys.person.id, false);
    // The keyring alone, as it lies in an older version of that file; the epoch's key is gone.
    rmSync(join(yesterday, 'epoch-000001.json'));
    const epoch = readdirSync(join(root, 'keys')).find((name) => name.startsWith('epoch'))!;
    cpSync(join(root, 'keys', epoch), join(yesterday, epoch));
    const before = JSON.parse(readFileSync(join(yesterday, 'keyring-000001.json'), 'utf8'));
    writeFileSync(
      join(yesterday, epoch.replace('epoch', 'keyring')),
      JSON.stringify({ ...before, epoch: Number(epoch.slice(6, 12)) }),
    );
    await expect(new Keyring(yesterday, keys.identity, () => {}).keyOf(dossier)).rejects.toMatchObject({
      error: { code: 'vault-damaged' },
    });
  });
});

describe('the surroundings of a job', () => {
  it('do not reach ffmpeg: a proxy is not asked for the recording, no report is written', async () => {
    const report = join(folder.path, 'ffreport.log');
    const env = {
      ONHERKENBAAR_PASSPHRASE: PASSPHRASE,
      http_proxy: 'http://127.0.0.1:9',
      FFREPORT: `file=${report}`,
    };
    const ran = await startProduct(
      ['case', 'run', dossier, '--quality', 'fast', '--vault', root, '--as', 'Dio', '--json'],
      env,
    ).done;
    expect(ran.code).toBe(0);
    expect(existsSync(report)).toBe(false);
  });

  it('a block that was damaged in the middle stops the job, and never makes a shorter clip', async () => {
    const long = join(folder.path, 'lang.mp4');
    await writeMarkedLesson(long, 45);
    const damaged = await importLesson(session(), long);
    const path = join(root, 'dossiers', damaged, 'original');
    const bytes = readFileSync(path);
    expect(bytes.length).toBeGreaterThan(3 * BLOCK_BYTES);
    bytes[1.5 * BLOCK_BYTES]! ^= 1;
    writeFileSync(path, bytes);
    const ran = await runInVault(root, 'Dio', 'case', 'run', damaged, '--quality', 'fast');
    expect(ran.events.at(-1)).toMatchObject({ event: 'error', code: 'vault-item-damaged', item: 'original' });
    expect(existsSync(join(root, 'dossiers', damaged, 'clip.mp4'))).toBe(false);
  });

  it('a folder of a job that a crash removed half way does not block the next one', async () => {
    const job = join(root, 'dossiers', dossier, 'job');
    for (const left of [[], ['lock']]) {
      rmSync(job, { recursive: true, force: true });
      mkdirSync(job);
      for (const name of left) writeFileSync(join(job, name), JSON.stringify({ token: 'x', host: 'elders', pid: 1 }));
      const started = inVault(root, 'Dio', 'case', 'run', dossier, '--quality', 'fast');
      const ran = await started.done;
      if (left.length > 0) expect(ran.events.at(-1)).toMatchObject({ code: 'job-in-use' });
      else expect(ran.code).toBe(0);
    }
  });
});
