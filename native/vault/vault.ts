import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { actOf, type AuditEntry, type AuditEvent } from '../../core/audit/entry.ts';
import { courseOf, courseRefusal, dossierOf } from '../../core/dossier/course.ts';
import { fail } from '../../core/errors.ts';
import { profileOfNewVault } from '../../core/profile/examples.ts';
import { termsIn } from '../../core/profile/profile.ts';
import type { SignedProfile } from '../../core/profile/signed.ts';
import { mayWork, profileState, type ProfileFlaw, type ProfileState } from '../../core/profile/state.ts';
import { Id, may, PersonFile, type Act } from '../../core/vault/person.ts';
import { probeStorage, type StorageFacts } from '../disk/storage.ts';
import { readJson, writeJson } from '../store/atomic.ts';
import { Lease } from '../store/lease.ts';
import { AuditLog } from './audit-log.ts';
import { Keyring, type Recipient } from './keyring.ts';
import {
  createPerson,
  trustedPeople,
  unlockPerson,
  type NewPerson,
  type PersonKeys,
  type PersonWish,
} from './people.ts';
import { judge, profileText, signedBy, writeProfile } from './profile-file.ts';
import { refusalOf } from './root-rules.ts';
import { dayNow } from '../day.ts';
import { newId } from './seal.ts';

const VaultFile = z.strictObject({
  format: z.literal(1),
  id: Id,
  /** Verify key of the first person; everybody else is vouched for from there. */
  rootKey: z.string(),
  /** The school allows this vault on the machine itself (S1). */
  allowLocal: z.boolean(),
});
type VaultFile = z.infer<typeof VaultFile>;

const FILE = 'vault.json';
const FOLDERS = ['people', 'keys', 'log', 'dossiers', 'certificates', 'deliveries', 'credentials'] as const;
/** How long to wait for another machine that is writing a line or a key. */
const LEASE_WAIT_MS = 15_000;
const LEASE_TRY_MS = 40;
/** What nobody may do on rules that the school has not signed, or has let run out (S8, V3). */
const UNDER_PROFILE: ReadonlySet<Act> = new Set(['import', 'work', 'export']);

/** A folder of ciphertext: on a school's share, or local where the school allows it. */
export class Vault {
  /** The newest text of the profile and what came of holding it against people and log. */
  private judged: { readonly text: string | undefined; readonly found: SignedProfile | ProfileFlaw } | undefined;

  private constructor(
    readonly root: string,
    private readonly file: VaultFile,
  ) {}

  /**
   * Makes a vault with its first person, an administrator, and the strictest profile, signed by them.
   * @throws AppFailure `vault-root-refused`, `vault-exists`, `passphrase-weak`
   */
  static async init(
    root: string,
    first: Omit<PersonWish, 'role'>,
    options: { readonly allowLocal: boolean; readonly now: Date },
  ): Promise<{ vault: Vault; session: Session; recoveryCode: string | undefined; storage: StorageFacts }> {
    const refusal = await refusalOf(root, options);
    if (refusal !== undefined) fail({ code: 'vault-root-refused', reason: refusal });
    if (existsSync(root) && readdirSync(root).length > 0) fail({ code: 'vault-exists' });
    const { file, keys, recoveryCode } = await createPerson(
      { ...first, role: 'administrator' },
      undefined,
      options.now,
    );
    for (const folder of FOLDERS) mkdirSync(join(root, folder), { recursive: true, mode: 0o700 });
    writeJson(join(root, 'people', `${keys.person.id}.json`), file);
    await Keyring.init(join(root, 'keys'), [keys.person]);
    const id = newId();
    const log = new AuditLog(join(root, 'log', 'audit.jsonl'));
    const { verifyKey } = keys.person;
    log.append({ event: 'vault-created', vault: id, verifyKey, role: 'administrator' }, keys, options.now);
    const today = options.now.toISOString().slice(0, 10);
    const signed = signedBy(keys, profileOfNewVault(first.name, today, options.allowLocal), options.now);
    const { hash, profile } = signed;
    log.append({ event: 'profile-signed', hash, revision: 1, terms: termsIn(profile) }, keys, options.now);
    writeProfile(root, signed);
    // Last: until this file is there, the folder is no vault.
    writeJson(join(root, FILE), {
      format: 1,
      id,
      rootKey: keys.person.verifyKey,
      allowLocal: options.allowLocal,
    } satisfies VaultFile);
    const vault = Vault.open(root);
    const session = new Session(vault, keys);
    const storage = await probeStorage(root);
    const { fileSystem, medium, snapshots, overwriteReliable: overwrite } = storage;
    await session.noteAlone({ event: 'storage-probed', fileSystem, medium, snapshots, overwrite });
    return { vault, session, recoveryCode, storage };
  }

  /** @throws AppFailure `vault-missing`, `vault-damaged` */
  static open(root: string): Vault {
    if (!existsSync(join(root, FILE))) fail({ code: 'vault-missing' });
    const file = readJson(join(root, FILE), VaultFile) ?? fail({ code: 'vault-damaged', item: FILE });
    return new Vault(root, file);
  }

  get id(): string {
    return this.file.id;
  }

  log(): AuditLog {
    return new AuditLog(join(this.root, 'log', 'audit.jsonl'));
  }

  /** False while the share that it lies on is away. */
  isThere(): boolean {
    return existsSync(join(this.root, FILE));
  }

  /** Everyone who is vouched for, by id. */
  people(): Map<string, PersonFile> {
    const folder = join(this.root, 'people');
    const files = readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => readJson(join(folder, name), PersonFile))
      .filter((file) => file !== undefined);
    return trustedPeople(files, this.file.rootKey);
  }

  /**
   * The school's own rules, and whether they stand. Judged anew whenever the file is another one.
   * @param today `YYYY-MM-DD` @throws AppFailure `vault-missing` while the share is away, `log-damaged`
   */
  profile(today: string): ProfileState {
    if (!this.isThere()) fail({ code: 'vault-missing' });
    const text = profileText(this.root);
    if (!this.judged || this.judged.text !== text) {
      this.judged = { text, found: judge(text, this.people(), this.log().entries()) };
    }
    return profileState(this.judged.found, today);
  }

  /** @param who id or exact name @throws AppFailure `person-unknown`, `passphrase-wrong` */
  async unlock(who: string, passphrase: string): Promise<Session> {
    const people = [...this.people().values()];
    const file = people.find(({ person }) => person.id === who || person.name === who);
    if (!file) return fail({ code: 'person-unknown', person: who });
    return new Session(this, await unlockPerson(file, passphrase));
  }
}

/** A vault in the hands of one person; their keys are gone with it. One piece of work at a time. */
export class Session {
  readonly keyring: Keyring;
  private readonly log: AuditLog;
  private lease: Lease | undefined;

  constructor(
    readonly vault: Vault,
    readonly keys: PersonKeys,
  ) {
    this.keyring = new Keyring(join(vault.root, 'keys'), keys.identity, () => this.requireLease());
    this.log = vault.log();
  }

  folder(name: (typeof FOLDERS)[number], item = ''): string {
    return join(this.vault.root, name, item);
  }

  /**
   * Asked before anything is begun. Reading the log and wiping need no profile: nothing may stand in their way.
   * @throws AppFailure `act-not-allowed`, `profile-unsigned`, `profile-expired`
   */
  require(act: Act): void {
    this.requireRole(act);
    if (!UNDER_PROFILE.has(act)) return;
    const known = this.vault.profile(dayNow());
    if (mayWork(known)) return;
    if (known.state === 'unsigned') fail({ code: 'profile-unsigned', reason: known.reason });
    fail({ code: 'profile-expired', revisionOn: known.signed.profile.revisionOn });
  }

  private requireRole(act: Act): void {
    const { role } = this.keys.person;
    if (!may(role, act)) fail({ code: 'act-not-allowed', act, role });
  }

  /** Runs while nobody else changes keys, people or log. @throws AppFailure `vault-busy` */
  async exclusively<T>(work: () => Promise<T> | T): Promise<T> {
    const path = join(this.vault.root, 'lock');
    const until = Date.now() + LEASE_WAIT_MS;
    let lease = Lease.take(path);
    while (!lease) {
      if (Date.now() > until) fail({ code: 'vault-busy' });
      await new Promise((resolve) => setTimeout(resolve, LEASE_TRY_MS));
      lease = Lease.take(path);
    }
    this.lease = lease;
    try {
      return await work();
    } finally {
      this.lease = undefined;
      lease.release();
    }
  }

  /** @throws AppFailure `vault-busy` when another machine took over, as after a long sleep of this one */
  requireLease(): void {
    if (!this.lease?.holds()) fail({ code: 'vault-busy' });
  }

  entries(): readonly AuditEntry[] {
    return this.log.entries();
  }

  /** Writes to the log; call within `exclusively`. @throws AppFailure `act-not-allowed`, `course-refused`, `value-invalid` */
  note(what: AuditEvent): AuditEntry {
    const act = actOf(what);
    // The role alone: what was begun under a profile is written down to its end, also past midnight.
    if (act) this.requireRole(act);
    this.requireLease();
    const dossier = dossierOf(what);
    const rule = dossier && courseRefusal(courseOf(this.log.about(dossier), dossier), this.keys.person.id, what);
    // The gates stand here as well, whatever a client asks for: what may not follow gets no line.
    if (dossier && rule === 'G6') fail({ code: 'dossier-closed', dossier });
    if (rule) fail({ code: 'course-refused', event: what.event, rule });
    return this.log.append(what, this.keys, new Date());
  }

  noteAlone(what: AuditEvent): Promise<AuditEntry> {
    return this.exclusively(() => this.note(what));
  }

  staff(): Recipient[] {
    return [...this.vault.people().values()].map(({ person }) => person);
  }

  /**
   * @param keep is given what was made before anybody else knows of it; what it throws leaves the vault as it was
   * @throws AppFailure `act-not-allowed`, `passphrase-weak`
   */
  async addPerson(wish: PersonWish, keep: (made: NewPerson) => void = () => {}): Promise<NewPerson> {
    this.require('add-person');
    const made = await createPerson(wish, this.keys, new Date());
    keep(made);
    await this.exclusively(async () => {
      const { id, role, verifyKey } = made.keys.person;
      // The profile comes last: once it is there, its owner can work.
      this.note({ event: 'person-added', person: id, role, verifyKey });
      await this.keyring.admit(made.keys.person);
      writeJson(this.folder('people', `${id}.json`), made.file);
    });
    return made;
  }
}
