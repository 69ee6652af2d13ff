import { chmodSync, cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AuditEvent } from '../../core/audit/entry.ts';
import { withRegisters } from '../../native/register/registers.ts';
import { viewer } from '../../native/vault/access.ts';
import { addCaretaker, enterAsCaretaker } from '../../native/vault/caretaker.ts';
import { Dossier } from '../../native/vault/dossier.ts';
import { readKeyFile } from '../../native/vault/key-file.ts';
import { Loopback } from '../../native/vault/loopback.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import { wipeDossier } from '../../native/wipe/dossier-wipe.ts';
import { HeardDesk } from '../fixtures/desk.ts';
import { startProduct } from '../fixtures/product.ts';
import { makeVault, runInVault } from '../fixtures/vault.ts';
import { refused, WatchedVault } from '../fixtures/watched-vault.ts';

let at: WatchedVault;
beforeAll(async () => {
  at = await WatchedVault.make();
});
beforeEach(() => at.fresh());
afterAll(() => at.folder.remove());

describe('the caretaker', () => {
  it('can not see a recording, whatever it tries with its key', async () => {
    const session = await at.caretaker();
    await expect(session.keyring.keyOf(at.young)).rejects.toEqual(refused('access-denied'));
    const loopback = await Loopback.start();
    await expect(Dossier.open(session, at.young, loopback)).rejects.toEqual(refused('access-denied'));
    await loopback.close();
    expect(() => viewer(at.as(at.made.trainee.keys), session.keys.person.id)).toThrow(refused('act-not-allowed'));
    await expect(withRegisters(session, () => undefined)).rejects.toEqual(refused('act-not-allowed'));
    await expect(wipeDossier(session, at.young, 'request')).rejects.toEqual(refused('act-not-allowed'));
    await expect(addCaretaker(session, join(at.folder.path, 'tweede.key'), 'Twee')).rejects.toEqual(
      refused('act-not-allowed'),
    );
    const { person, passphrase } = readKeyFile(at.keyFile);
    const heard = await HeardDesk.of(at.root, 'Dio');
    await heard.desk.lock();
    await expect(heard.desk.unlock(person, passphrase)).rejects.toEqual(refused('act-not-allowed'));
  });

  it('can not write what it may not, and a line written by hand is found', async () => {
    const sha256 = 'ab'.repeat(32);
    const forged: AuditEvent[] = [
      { event: 'approved', dossier: at.young, sha256, approval: sha256, seconds: 1 },
      { event: 'exported', dossier: at.young, sha256, approval: sha256, target: 'hva', delivery: at.young },
      { event: 'access-granted', dossier: at.young, person: at.made.trainee.keys.person.id },
      { event: 'clock-confirmed' },
      { event: 'wipe-begun', dossier: at.young, rule: 'request' },
      { event: 'task-done', dossier: at.young, task: at.young },
      { event: 'dossier-closed', dossier: at.young },
    ];
    for (const what of forged) {
      at.fresh();
      const session = await at.caretaker();
      await expect(session.noteAlone(what)).rejects.toEqual(refused('act-not-allowed'));
      session.vault.log().append(what, session.keys, new Date());
      expect(() => session.entries(), what.event).toThrow(refused('log-damaged'));
      const verified = await startProduct(['log', 'verify', join(at.root, 'log', 'audit.jsonl'), '--json']).done;
      expect(verified.events.at(-1)).toMatchObject({ right: false, problem: 'not-allowed' });
    }
  });

  it('has a key that is refused where others can read it, and for another vault', async () => {
    expect(statSync(at.keyFile).mode & 0o777).toBe(0o600);
    const loose = join(at.folder.path, 'los.key');
    cpSync(at.keyFile, loose);
    chmodSync(loose, 0o640);
    const ran = await at.daily({}, loose);
    expect([ran.code, ran.events.at(-1)]).toEqual([8, { event: 'error', code: 'key-file-loose', mode: '640' }]);
    expect(at.wipeOf(at.late)).toBe('none');
    const other = join(at.folder.path, 'andere');
    const { admin } = await makeVault(other);
    const key = join(at.folder.path, 'andere.key');
    await addCaretaker(admin, key, 'Wachter');
    await expect(enterAsCaretaker(at.root, key)).rejects.toEqual(refused('key-file-other-vault'));
  });

  it('is not made where its key would lie in the vault, in a cloud or about, nor over a file', async () => {
    const onRoot = at.as(at.made.admin.keys);
    const people = onRoot.vault.people().size;
    const linked = join(at.folder.path, 'OneDrive - School');
    mkdirSync(linked, { recursive: true });
    // A home that the school redirected to a share.
    const desktop = join(at.folder.path, 'Bureaublad');
    mkdirSync(desktop, { recursive: true });
    vi.stubEnv('HOMESHARE', at.folder.path);
    const places: readonly [path: string, code: string][] = [
      [join(at.root, 'wachter.key'), 'key-file-refused'],
      [join(at.root, 'keys', 'wachter.key'), 'key-file-refused'],
      [join(linked, 'wachter.key'), 'key-file-refused'],
      [join(desktop, 'wachter.key'), 'key-file-refused'],
      [join(tmpdir(), 'wachter.key'), 'key-file-refused'],
      [join(at.folder.path, 'geen-map', 'wachter.key'), 'output-folder-missing'],
      [at.keyFile, 'key-file-exists'],
    ];
    for (const [path, code] of places) {
      const there = existsSync(path);
      await expect(addCaretaker(onRoot, path, 'Nog een'), path).rejects.toEqual(refused(code));
      expect(existsSync(path)).toBe(there);
    }
    vi.unstubAllEnvs();
    expect(onRoot.vault.people().size).toBe(people);
    expect(onRoot.entries().length).toBe(new Session(Vault.open(at.template), at.officer).entries().length);
  });

  it('is made from the command line by the administrator alone', async () => {
    const key = join(at.folder.path, 'regel.key');
    const add = (who: string) => runInVault(at.root, who, 'caretaker', 'add', '--key-file', key, '--name', 'Nacht');
    expect((await add('Dio')).events.at(-1)).toMatchObject({ code: 'act-not-allowed' });
    expect(existsSync(key)).toBe(false);
    expect((await add('Beheer')).events.at(-1)).toMatchObject({ event: 'person', role: 'caretaker' });
    expect((await at.daily({}, key)).code).toBe(0);
    const plain = await runInVault(at.root, 'Beheer', 'person', 'add', '--role', 'caretaker', '--name', 'Mens');
    expect(plain.code).toBe(2);
  });
});
