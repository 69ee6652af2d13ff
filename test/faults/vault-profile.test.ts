import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../core/profile/examples.ts';
import type { SchoolProfile } from '../../core/profile/profile.ts';
import { SignedProfile } from '../../core/profile/signed.ts';
import type { ProfileFlaw } from '../../core/profile/state.ts';
import { addDays } from '../../core/retention/terms.ts';
import { readJson, writeJson } from '../../native/store/atomic.ts';
import { playCase } from '../../native/vault/case-job.ts';
import { confirmedBy, profileText, signedBy } from '../../native/vault/profile-file.ts';
import { confirmProfile, exportProfile, importProfile, readOffered, signProfile } from '../../native/vault/profile.ts';
import { Session, Vault } from '../../native/vault/vault.ts';
import { wipeDossier } from '../../native/wipe/dossier-wipe.ts';
import { recover, wipeExpired } from '../../native/wipe/recover.ts';
import {
  emptyFolder,
  importLesson,
  makeVault,
  PASSPHRASE,
  runInVault,
  seeded,
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
const file = join(root, 'profile.json');
const today = new Date().toISOString().slice(0, 10);
const LOCAL = { place: 'local', daysAfterImport: 60 } as const;
const TRINITAS: SchoolProfile = { ...EXAMPLES.trinitas, vaults: LOCAL, revisionOn: addDays(today, 300) };
const PAST: SchoolProfile = { ...EXAMPLES['ovo-zaanstad'], vaults: LOCAL };
let made: MadeVault;
let officer: Session['keys'];
let dossier = '';

beforeAll(async () => {
  await writeMarkedLesson(lesson, 1);
  made = await makeVault(template, 'as-made');
  const wish = { role: 'privacy-officer', name: 'Po', passphrase: PASSPHRASE, recovery: false } as const;
  officer = (await made.admin.addPerson(wish)).keys;
  dossier = await importLesson(made.trainee, lesson);
});
beforeEach(() => cpSync(template, emptyFolder(root), { recursive: true }));

/** A fresh look at the vault, as on another machine. */
const as = (keys: Session['keys']) => new Session(Vault.open(root), keys);
const admin = () => as(made.admin.keys);
const trainee = () => as(made.trainee.keys);
const state = () => Vault.open(root).profile(today);
const code = (error: object) => expect.objectContaining({ error: expect.objectContaining(error) });
const unsigned = (reason: ProfileFlaw) => code({ code: 'profile-unsigned', reason });
const play = (session: Session) => playCase(session, dossier, true, () => {}, AbortSignal.timeout(50));

describe('a vault', () => {
  it('is made with a profile that its administrator signed, and its log says so', () => {
    expect(state()).toMatchObject({ state: 'valid', signed: { profile: { manager: { name: 'Beheer' } } } });
    const signed = readJson(file, SignedProfile)!;
    expect(trainee().entries()[1]).toMatchObject({
      by: made.admin.keys.person.id,
      what: { event: 'profile-signed', hash: signed.hash, revision: 1 },
    });
  });

  it('takes a new one from its administrator alone', async () => {
    for (const keys of [made.trainee.keys, officer])
      await expect(signProfile(as(keys), TRINITAS)).rejects.toEqual(code({ code: 'act-not-allowed' }));
    expect(readJson(file, SignedProfile)?.profile.school).toBe('');
    await signProfile(admin(), TRINITAS);
    expect(state()).toMatchObject({ state: 'valid', signed: { profile: { school: 'Trinitas College' } } });
    expect(trainee().entries().at(-1)?.what).toMatchObject({ event: 'profile-signed', revision: 2 });
    expect(() => trainee().require('work')).not.toThrow();
  });

  it('takes none that is not one, and none that forbids where it lies', async () => {
    const before = profileText(root);
    await expect(signProfile(admin(), { ...TRINITAS, masking: 'off' })).rejects.toEqual(
      code({ code: 'profile-invalid' }),
    );
    await expect(signProfile(admin(), EXAMPLES.trinitas)).rejects.toEqual(code({ code: 'profile-vault-local' }));
    expect(profileText(root)).toBe(before);
  });

  it('keeps to the terms of its profile from then on, never longer than was promised before', async () => {
    const terms = { ...TRINITAS.terms, lesson: { daysAfterAssessment: 3, daysAfterImport: 20 } };
    await signProfile(admin(), { ...TRINITAS, terms });
    await signProfile(admin(), TRINITAS);
    expect((await wipeExpired(as(officer), addDays(today, 20))).wipes).toEqual([]);
    expect((await wipeExpired(as(officer), addDays(today, 21))).wipes).toMatchObject([{ dossier, complete: true }]);
  });
});

describe('a profile that is not what was signed', () => {
  const REFUSED: readonly (readonly [string, ProfileFlaw, () => void])[] = [
    ['is gone', 'missing', () => rmSync(file)],
    ['is cut short', 'damaged', () => writeFileSync(file, readFileSync(file).subarray(0, 200))],
    ['has a field changed', 'altered', () => change((signed) => ({ ...signed, profile: TRINITAS }))],
    [
      'has the day of its signing changed',
      'altered',
      () => change((signed) => ({ ...signed, signedAt: '2030-01-01T00:00:00.000Z' })),
    ],
    ['is signed by a trainee', 'signer', () => writeJson(file, signedBy(made.trainee.keys, TRINITAS, new Date()))],
    [
      'is signed by a trainee who names the administrator',
      'altered',
      () =>
        change(() => ({
          ...signedBy(made.trainee.keys, TRINITAS, new Date()),
          signedBy: made.admin.keys.person.id,
          verifyKey: made.admin.keys.person.verifyKey,
        })),
    ],
    [
      "carries the administrator's name over another key",
      'signer',
      () => {
        const { person } = made.trainee.keys;
        const borrowed = { ...made.trainee.keys, person: { ...person, id: made.admin.keys.person.id } };
        writeJson(file, signedBy(borrowed, TRINITAS, new Date()));
      },
    ],
    ['never came into the log', 'replaced', () => writeJson(file, signedBy(made.admin.keys, TRINITAS, new Date()))],
    ['was confirmed by a trainee', 'altered', () => change((signed) => confirmedBy(made.trainee.keys, signed, today))],
  ];

  it.each(REFUSED)('%s: refused as "%s", for reading and wiping only', async (_, reason, spoil) => {
    spoil();
    expect(state()).toEqual({ state: 'unsigned', reason });
    const session = trainee();
    expect(() => session.require('import')).toThrow(unsigned(reason));
    await expect(importLesson(session, lesson)).rejects.toEqual(unsigned(reason));
    await expect(play(session)).rejects.toEqual(unsigned(reason));
    expect(session.entries().length).toBeGreaterThan(4);
    expect((await wipeDossier(session, dossier, 'request')).complete).toBe(true);
    expect(existsSync(session.folder('dossiers', dossier))).toBe(false);
    await signProfile(admin(), TRINITAS);
    expect(state().state).toBe('valid');
  });

  it('is an older one that somebody laid back', async () => {
    const older = profileText(root)!;
    await signProfile(admin(), TRINITAS);
    writeFileSync(file, older);
    expect(state()).toEqual({ state: 'unsigned', reason: 'replaced' });
  });

  it('is noticed by a session that had seen the right one', () => {
    const session = trainee();
    session.require('work');
    const whole = readFileSync(file);
    rmSync(file);
    expect(() => session.require('work')).toThrow(unsigned('missing'));
    writeFileSync(file, whole);
    expect(() => session.require('work')).not.toThrow();
  });

  it('shows any byte that was changed, unless it says the same', () => {
    const whole = readFileSync(file);
    const random = seeded(20261122);
    const right = readJson(file, SignedProfile);
    for (let run = 0; run < 200; run++) {
      const bytes = Buffer.from(whole);
      const at = Math.floor(random() * bytes.length);
      bytes[at] = bytes[at]! ^ (1 << Math.floor(random() * 8));
      writeFileSync(file, bytes);
      const known = state();
      if (known.state === 'unsigned') expect(['damaged', 'altered', 'signer', 'replaced']).toContain(known.reason);
      else expect(known.signed, `byte ${at}`).toEqual(right);
    }
  });

  function change(how: (signed: SignedProfile) => SignedProfile): void {
    writeJson(file, how(readJson(file, SignedProfile)!));
  }
});

describe('past its revision date', () => {
  it('nothing is imported or seen until the privacy officer confirms it, and wiping goes on', async () => {
    await signProfile(admin(), PAST);
    expect(state()).toMatchObject({ state: 'expired', reason: 'revision-past' });
    const expiredCode = code({ code: 'profile-expired', revisionOn: '2023-03-01' });
    await expect(importLesson(trainee(), lesson)).rejects.toEqual(expiredCode);
    await expect(play(trainee())).rejects.toEqual(expiredCode);
    for (const keys of [made.trainee.keys, made.admin.keys])
      await expect(confirmProfile(as(keys), today)).rejects.toEqual(code({ code: 'act-not-allowed' }));
    expect((await recover(trainee())).failed).toEqual([]);
    await confirmProfile(as(officer), today);
    expect(state()).toMatchObject({ state: 'valid', confirmedOn: today });
    expect(trainee().entries().at(-1)?.what.event).toBe('profile-confirmed');
    expect(() => trainee().require('import')).not.toThrow();
    await expect(confirmProfile(as(officer), today)).rejects.toEqual(code({ code: 'profile-not-due' }));
    expect(Vault.open(root).profile(addDays(today, 366)).state).toBe('expired');
    // Signed anew, it has to be looked at anew.
    await signProfile(admin(), { ...PAST, school: 'Zaanlands' });
    expect(state().state).toBe('expired');
    expect((await wipeDossier(trainee(), dossier, 'request')).complete).toBe(true);
  });
});

describe('from one vault to another', () => {
  const { board, manager, privacyOfficer, complaints } = TRINITAS;
  const own = { school: 'Dependance', board, manager, privacyOfficer, complaints };
  const away = join(folder.path, 'profiel.json');

  beforeEach(async () => {
    rmSync(away, { force: true });
    await signProfile(admin(), TRINITAS);
    exportProfile(state(), away);
    cpSync(template, emptyFolder(root), { recursive: true });
  });

  it('goes as it is, once the administrator has the fingerprint of its signer, and is signed anew', async () => {
    const offered = readOffered(away);
    expect(offered.fingerprint).toMatch(/^([0-9a-f]{4}-){7}[0-9a-f]{4}$/);
    const wrong = offered.fingerprint.replaceAll(/[0-9]/g, 'e').replace(/^./, 'a');
    await expect(importProfile(admin(), offered, undefined, wrong)).rejects.toEqual(
      code({ code: 'profile-signer-unknown', fingerprint: offered.fingerprint }),
    );
    await expect(importProfile(trainee(), offered, undefined, offered.fingerprint)).rejects.toEqual(
      code({ code: 'act-not-allowed' }),
    );
    const typed = offered.fingerprint.toUpperCase().replaceAll('-', ' ');
    const signed = await importProfile(admin(), offered, undefined, typed);
    expect(signed).toMatchObject({ profile: TRINITAS, hash: offered.signed.hash });
    expect(signed.signature).not.toBe(offered.signed.signature);
    expect(state()).toMatchObject({ state: 'valid', signed });
  });

  it("gets a school's own contacts, and nothing that is looser", async () => {
    const offered = readOffered(away);
    const signed = await importProfile(admin(), offered, own, offered.fingerprint);
    expect(signed.profile).toMatchObject({ school: 'Dependance', partnership: { name: 'Trinitas College' } });
    const loose = { ...own, proofOnly: 'allow' } as const;
    await expect(importProfile(admin(), offered, loose, offered.fingerprint)).rejects.toEqual(
      code({ code: 'profile-loosened', field: 'proofOnly' }),
    );
    expect(state()).toMatchObject({ signed });
  });

  it('is refused when it was changed on its way, and laid into a vault it counts for nothing', () => {
    writeFileSync(away, readFileSync(away, 'utf8').replace('"proofOnly": "deny"', '"proofOnly": "allow"'));
    expect(() => readOffered(away)).toThrow(code({ code: 'profile-forged' }));
    expect(() => exportProfile(state(), away)).toThrow(code({ code: 'output-exists' }));
    cpSync(away, file);
    expect(state()).toMatchObject({ state: 'unsigned' });
  });
});

describe('onherkenbaar profile', () => {
  it('shows, signs, exports, imports and confirms, with one sentence and exit code 8 where it may not be', async () => {
    const wanted = join(folder.path, 'wens.json');
    writeJson(wanted, PAST);
    const refused = await runInVault(root, 'Dio', 'profile', 'sign', wanted);
    expect(refused).toMatchObject({ code: 8, events: [{ event: 'error', code: 'act-not-allowed' }] });
    const signed = await runInVault(root, 'Beheer', 'profile', 'sign', wanted);
    expect(signed.events.at(-1)).toMatchObject({ event: 'profile-signed', state: 'expired', due: 0 });
    const late = await runInVault(root, 'Dio', 'import', lesson);
    expect(late).toMatchObject({ code: 8, events: [{ event: 'error', code: 'profile-expired' }] });
    expect(late.stderr.trim().split('\n').length).toBe(1);
    expect((await runInVault(root, 'Po', 'profile', 'confirm')).events.at(-1)).toMatchObject({
      event: 'profile-confirmed',
      on: today,
    });
    const away = join(folder.path, 'weg.json');
    const exported = await runInVaultAlone('profile', 'export', away);
    const fingerprint = String(exported.events[0]?.['fingerprint']);
    const looked = await runInVault(root, 'Beheer', 'profile', 'import', away);
    expect(looked.events).toMatchObject([{ event: 'profile-offered', fingerprint }]);
    const taken = await runInVault(root, 'Beheer', 'profile', 'import', away, '--fingerprint', fingerprint);
    expect(taken.events.at(-1)).toMatchObject({ event: 'profile-signed' });
    expect((await runInVaultAlone('profile', 'show')).events[0]).toMatchObject({
      event: 'profile',
      state: 'expired',
      signed: { profile: { advisers: PAST.advisers } },
    });
    rmSync(file);
    expect(await runInVaultAlone('profile', 'show')).toMatchObject({ code: 8 });
    expect((await runInVault(root, 'Dio', 'wipe', dossier)).code).toBe(0);
  });

  it('has the five examples', async () => {
    const { events } = await startProduct(['profile', 'examples', '--json']).done;
    expect(events.map(({ name }) => name)).toEqual(Object.keys(EXAMPLES));
    const one = await startProduct(['profile', 'examples', 'trinitas', '--json']).done;
    expect(one.events).toEqual([{ event: 'example', name: 'trinitas', profile: EXAMPLES.trinitas }]);
  });
});

/** Without a person: who sees the folder may see its profile. */
function runInVaultAlone(...args: string[]) {
  return startProduct([...args, '--vault', root, '--json']).done;
}
