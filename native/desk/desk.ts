import type { CaseLine } from '../../core/dossier/case-line.ts';
import type { Draft } from '../../core/dossier/draft.ts';
import { intakeRefusals, type Intake } from '../../core/dossier/intake.ts';
import { AppFailure, fail, type AppError } from '../../core/errors.ts';
import type { Recording } from '../../core/media/recording.ts';
import { clockIsPlausible } from '../../core/retention/terms.ts';
import { maySeeFootage, StaffRole, type PublicPerson, type Role } from '../../core/vault/person.ts';
import { QUALITIES, type Quality } from '../analysis.ts';
import { probeStorage, type StorageFacts } from '../disk/storage.ts';
import { openEngine, requireToneMapping, type Engine } from '../engine.ts';
import { probe } from '../ffmpeg/probe.ts';
import { refreshSheets } from '../register/registers.ts';
import { machineError } from '../machine-error.ts';
import type { ShelfFile } from '../store/shelf.ts';
import { requireStatement, signStatement, statementSigned } from '../vault/conduct.ts';
import { importRecording } from '../vault/import.ts';
import type { Fragment } from '../vault/take-in.ts';
import { Vault, type Session } from '../vault/vault.ts';
import { recover, wipeExpired } from '../wipe/recover.ts';
import { answersOf, keepAnswers, type Answered } from './answers.ts';
import { Drafts } from './drafts.ts';
import { JobRunner, type JobEvents } from './job-runner.ts';
import type { MediaName } from './case-files.ts';
import { OpenCase } from './open-case.ts';
import { overview } from './overview.ts';
import { dayNow } from '../day.ts';
import { wipeSource, type SourceWipe } from './source-wipe.ts';

/** What a folder that is gone looks like to those who work in it. */
const ELSEWHERE = new Set<AppError['code']>([
  ...(['desk-unexpected', 'job-in-use', 'dossier-busy', 'vault-busy', 'vault-damaged'] as const),
  ...(['dossier-unknown', 'vault-item-missing', 'ffmpeg-failed', 'vault-read-only'] as const),
]);

interface Seat {
  readonly session: Session;
  readonly drafts: Drafts;
}

/**
 * One person's place at one vault: who sits there, which dossier lies on it, what work is going on.
 * Shells only pass on what is asked and what is told.
 */
export class Desk {
  private vault: Vault | undefined;
  private seat: Seat | undefined;
  private opened: OpenCase | undefined;
  private engine: Promise<Engine> | undefined;
  private readonly jobs: JobRunner;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(events: JobEvents) {
    this.jobs = new JobRunner(events, (error) => this.explain(error));
  }

  /** What was thrown, from the closed set that shells have words for. */
  explain(error: unknown): AppError {
    const known = error instanceof AppFailure ? error.error : (machineError(error) ?? { code: 'desk-unexpected' });
    // A share that went away shows itself in many ways, none of which names it.
    const away = this.vault !== undefined && !this.vault.isThere();
    return away && ELSEWHERE.has(known.code) ? { code: 'vault-missing' } : known;
  }

  /** What opens dossiers or puts them away goes one by one: none may be opened twice, or outlive a lock. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => {});
    return done;
  }

  /** Everyone who has a profile. @throws AppFailure `vault-missing`, `vault-damaged` */
  choose(root: string): { id: string; name: string; role: Role }[] {
    this.vault = Vault.open(root);
    return this.people();
  }

  people(): { id: string; name: string; role: Role }[] {
    const vault = this.vault ?? fail({ code: 'desk-no-vault' });
    return [...vault.people().values()].map(({ person: { id, name, role } }) => ({ id, name, role }));
  }

  /** @throws AppFailure `vault-root-refused`, `vault-exists`, `passphrase-weak` */
  async make(root: string, name: string, passphrase: string, allowLocal: boolean) {
    const first = { name, passphrase, recovery: true };
    const made = await Vault.init(root, first, { allowLocal, now: new Date() });
    await this.lock();
    this.vault = made.vault;
    this.sit(made.session);
    return { person: made.session.keys.person, recoveryCode: made.recoveryCode ?? '', storage: made.storage };
  }

  /** Opens the vault for someone, and first puts right what a crash left and a term demands. */
  async unlock(who: string, passphrase: string) {
    const vault = this.vault ?? fail({ code: 'desk-no-vault' });
    const session = await vault.unlock(who, passphrase);
    const { role } = session.keys.person;
    // Its key lies in a file; a seat is for people.
    if (!StaffRole.safeParse(role).success) fail({ code: 'act-not-allowed', act: 'work', role });
    // Whoever sat here before leaves nothing open for the next one.
    await this.lock();
    await recover(session);
    const today = dayNow();
    if (clockIsPlausible(session.entries(), today)) await wipeExpired(session, today);
    this.sit(session);
    return session.keys.person;
  }

  private sit(session: Session): void {
    this.seat = { session, drafts: new Drafts(session) };
  }

  /** Stops what runs, puts the dossier away and forgets all keys. */
  lock(): Promise<void> {
    this.opened?.stop();
    return this.inTurn(async () => {
      const { seat } = this;
      // Whatever goes wrong below: nobody sits here any more.
      this.seat = undefined;
      seat?.drafts.close();
      await this.jobs.stop();
      await this.putAway();
    });
  }

  get sitting(): PublicPerson | undefined {
    return this.seat?.session.keys.person;
  }

  get busy(): boolean {
    return this.jobs.busy;
  }

  /** For what the school keeps itself: profile, register, rules. @throws AppFailure `desk-locked` */
  get session(): Session {
    return this.at.session;
  }

  private get at(): Seat {
    return this.seat ?? fail({ code: 'desk-locked' });
  }

  async addPerson(wish: { role: StaffRole; name: string; passphrase: string }) {
    const { keys, recoveryCode } = await this.at.session.addPerson({ ...wish, recovery: true });
    await refreshSheets(this.at.session);
    return { person: keys.person, recoveryCode: recoveryCode ?? '' };
  }

  /** Whether the rules of conduct still have to be signed before anything can be filmed or judged (I9, S6). */
  get rulesOpen(): boolean {
    const { session } = this.at;
    return maySeeFootage(session.keys.person.role) && !statementSigned(session, dayNow());
  }

  signRules(): Promise<void> {
    return signStatement(this.at.session, dayNow());
  }

  overview(): Promise<{ cases: CaseLine[]; drafts: Draft[] }> {
    return this.inTurn(async () => {
      await this.putAwayIfIdle();
      const { session, drafts } = this.at;
      return { cases: await overview(session, this.opened), drafts: drafts.list() };
    });
  }

  beginDraft(): Draft {
    this.at.session.require('import');
    requireStatement(this.at.session);
    return this.at.drafts.begin();
  }

  async readDraft(id: string): Promise<Draft & Answered> {
    const intake = this.at.drafts.read(id);
    return { id, intake, ...(await answersOf(this.at.session, intake)) };
  }

  saveDraft(id: string, intake: Intake): Promise<Answered> {
    return keepAnswers(this.at.session, this.at.drafts, id, intake);
  }

  removeDraft(id: string): void {
    this.at.drafts.remove(id);
  }

  private tools(): Promise<Engine> {
    this.engine ??= openEngine({}).catch((error: unknown) => {
      // What is missing may be there the next time.
      this.engine = undefined;
      throw error;
    });
    return this.engine;
  }

  /** What is in a file that is about to come in. @throws AppFailure `input-…` */
  async look(path: string): Promise<{ recording: Recording; storage: StorageFacts }> {
    const { tools } = await this.tools();
    const recording = await probe(path, tools, undefined);
    requireToneMapping(tools, recording.video.hdr);
    return { recording, storage: await probeStorage(path) };
  }

  /**
   * Takes a recording in with the answers of a draft, which it replaces.
   * @param fragment what of it comes in; undefined: all
   * @returns name of the job
   */
  import(path: string, draft: string, fragment?: Fragment): string {
    const { session, drafts } = this.at;
    const intake = drafts.read(draft);
    return this.jobs.start('import', async (controller, tell) => {
      const { tools } = await this.tools();
      const { source } = intake;
      if (source === undefined || source === 'surveillance')
        return fail({ code: 'intake-refused', rules: intakeRefusals(intake).map(({ rule }) => rule) });
      const { label, recordedOn } = intake;
      const wish = { source: path, kind: source, recordedOn, label, access: [], intake, fragment, tools };
      const { dossier } = await importRecording(session, { ...wish, onProgress: tell, signal: controller.signal });
      drafts.remove(draft);
      return dossier;
    });
  }

  async wipeSource(path: string, dossier: string): Promise<SourceWipe> {
    return wipeSource(this.at.session, await this.open(dossier), path);
  }

  /** @throws AppFailure `desk-job-running`, and what {@link OpenCase.open} throws */
  open(id: string): Promise<OpenCase> {
    return this.inTurn(async () => {
      if (this.opened?.id === id) return this.opened;
      if (this.jobs.busy) fail({ code: 'desk-job-running' });
      await this.putAway();
      this.opened = await OpenCase.open(this.at.session, id, await this.tools());
      return this.opened;
    });
  }

  private get case(): OpenCase {
    return this.opened ?? fail({ code: 'desk-no-dossier' });
  }

  private async putAwayIfIdle(): Promise<void> {
    if (!this.jobs.busy) await this.putAway();
  }

  private async putAway(): Promise<void> {
    const { opened } = this;
    this.opened = undefined;
    await opened?.close();
  }

  analyse(quality: Quality['name']): string {
    const open = this.case;
    return this.jobs.start('analyse', async (controller, tell) => {
      await open.analyse(QUALITIES[quality], controller, tell);
      return open.id;
    });
  }

  render(quality: Quality['name']): string {
    const open = this.case;
    return this.jobs.start('render', async (controller, tell) => {
      await open.render(QUALITIES[quality], controller, tell);
      return open.id;
    });
  }

  cancel(): void {
    this.jobs.cancel();
  }

  /**
   * With the dossier that is open: nothing is decided while something else is being decided, made or handed in.
   * @throws AppFailure `desk-job-running`, `desk-no-dossier`
   */
  atRest<T>(work: (open: OpenCase) => Promise<T> | T): Promise<T> {
    return this.inTurn(async () => {
      if (this.jobs.busy) fail({ code: 'desk-job-running' });
      return work(this.case);
    });
  }

  /** With nothing on the desk: for what takes a whole dossier in hand. @throws AppFailure `desk-job-running` */
  cleared<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.inTurn(async () => {
      if (this.jobs.busy) fail({ code: 'desk-job-running' });
      await this.putAway();
      return work(this.at.session);
    });
  }

  media(name: MediaName): Promise<ShelfFile> {
    return this.case.openMedia(name);
  }
}
