import { courseOf } from '../../core/dossier/course.ts';
import type { Resolution } from '../../core/dossier/events.ts';
import { handInRefusals, type HandInRefusal } from '../../core/dossier/hand-in.ts';
import type { SchoolRules } from '../../core/dossier/school-rules.ts';
import { fail } from '../../core/errors.ts';
import { mayWork } from '../../core/profile/state.ts';
import type { Approval } from '../../core/review/assessment.ts';
import type { CoverageRule } from '../../core/review/sample.ts';
import { changeAccess } from '../vault/access.ts';
import { validApproval } from '../vault/approval.ts';
import type { Dossier } from '../vault/dossier.ts';
import { clipRefusals } from '../vault/clip-stands.ts';
import { schoolRules } from '../vault/school-rules.ts';
import { canonical, sha256, signText } from '../vault/signing.ts';
import type { Session } from '../vault/vault.ts';
import type { CaseFiles } from './case-files.ts';
import { dayNow } from '../day.ts';
import type { Standing } from './review.ts';

/** What stands between a dossier on the desk and whoever comes next: school, register, log and disk. */
export class CaseGate {
  constructor(
    private readonly session: Session,
    private readonly dossier: Dossier,
    private readonly files: CaseFiles,
  ) {}

  rules(): Promise<SchoolRules> {
    return schoolRules(this.session, this.dossier.state.intake?.group ?? '');
  }

  /** What keeps it from being handed in: what was answered and decided, and what the clip really is. */
  async handInRefusals(): Promise<HandInRefusal[]> {
    const found = handInRefusals(this.dossier.state, await this.rules());
    // The list in the dossier its makers could have cut short; the log they could not.
    const { rejected, held } = courseOf(this.session.entries(), this.dossier.id);
    if (rejected && !found.includes('rejected')) found.push('rejected');
    if (held) found.push('on-hold');
    const report = await this.files.report();
    const clip = await this.files.clip();
    const passed = report?.passed === true && clip !== undefined && report.sha256 === clip;
    if (passed) return [...found, ...clipRefusals(this.session, this.dossier.state, report)];
    return found.includes('not-rendered') ? found : [...found, 'not-rendered'];
  }

  /** How an objection was met, and by whom (B7). @throws AppFailure `hand-in-refused` where this school allows it not */
  async resolve(pupil: string, resolution: Resolution): Promise<void> {
    const { resolutions } = await this.rules();
    if (!resolutions.includes(resolution)) fail({ code: 'hand-in-refused', reasons: ['resolution-not-here'] });
    this.dossier.requireLease();
    const all = { ...this.dossier.state.resolutions, [pupil]: resolution };
    await this.session.noteAlone({
      event: 'resolved',
      dossier: this.dossier.id,
      pupils: Object.keys(all).length,
      resolutions: sha256(canonical(all)),
    });
    this.dossier.record({ event: 'resolved', resolutions: all });
  }

  /** Ids of everyone who had a hand in it, by the log. */
  makers(): ReadonlySet<string> {
    return courseOf(this.session.entries(), this.dossier.id).makers;
  }

  /** Gives the clip that passed to a schoolopleider. @throws AppFailure `hand-in-refused`, `hand-in-person`, `dossier-busy` */
  async handIn(to: string): Promise<void> {
    const { session, dossier } = this;
    const { vault, keys } = session;
    dossier.requireLease();
    // Four eyes: whoever made it does not judge it.
    if (vault.people().get(to)?.person.role !== 'school-trainer' || to === keys.person.id || this.makers().has(to))
      fail({ code: 'hand-in-person' });
    this.files.lookAgain();
    const reasons = await this.handInRefusals();
    if (reasons.length > 0) fail({ code: 'hand-in-refused', reasons });
    const sha = dossier.state.clip ?? fail({ code: 'hand-in-refused', reasons: ['not-rendered'] });
    if (!session.keyring.accessOf(dossier.id).includes(to)) await changeAccess(session, dossier.id, to, true);
    // First the log: of a clip that it does not know to be handed in, no judgement would get a line.
    await session.noteAlone({ event: 'handed-in', dossier: dossier.id, sha256: sha, person: to });
    dossier.record({ event: 'handed-in', sha256: sha, to });
  }

  /** What judging rests on, as it is on the disk now. @throws AppFailure `dossier-busy` */
  async standing(): Promise<Omit<Standing, 'required'>> {
    // Nobody signs for what another machine may have made anew.
    this.dossier.requireLease();
    this.files.lookAgain();
    const refusals = await this.handInRefusals();
    const [clip, report] = [await this.files.clip(), await this.files.report()];
    return { clip, report, makers: this.makers(), handInRefusals: refusals, rule: this.coverageRule() };
  }

  /** Where the judge's sample lies: Ed25519 signs the same twice, and nobody else can (M3). */
  sampleSeed(clip: string | undefined): string {
    const text = `onherkenbaar sample v1\n${canonical({ dossier: this.dossier.id, clip: clip ?? '' })}`;
    return sha256(signText(this.session.keys.signingKey, text));
  }

  private coverageRule(): CoverageRule {
    const known = this.session.vault.profile(dayNow());
    // Without rules that stand nothing can be approved at all.
    return mayWork(known) ? known.signed.profile.coverage : 'every-second';
  }

  /** What a schoolopleider signed, if it still stands for the bytes that are there now. */
  async approval(): Promise<Approval | undefined> {
    const { session, dossier, files } = this;
    if (dossier.state.verdict?.kind !== 'approved') return undefined;
    return validApproval(session, dossier.id, dossier.state, await files.report(), await files.clip());
  }
}
