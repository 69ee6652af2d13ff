import type { DossierEvent, DossierState } from '../../core/dossier/events.ts';
import type { HandInRefusal } from '../../core/dossier/hand-in.ts';
import { fail } from '../../core/errors.ts';
import { mayWork } from '../../core/profile/state.ts';
import {
  approvalRefusals,
  Residual,
  Reviewing,
  type Approval,
  type ApprovalRefusal,
  type Comment,
  type ResidualAnswers,
  type ReviewView,
} from '../../core/review/assessment.ts';
import { stillToWatch, WatchBudget, type Stretch } from '../../core/review/coverage.ts';
import { lengthOf, shareWatched, type CoverageRule } from '../../core/review/sample.ts';
import { valid } from '../../core/valid.ts';
import type { VerificationReport } from '../../core/verify/report.ts';
import { approvalText, digestsOf, reviewingText } from '../vault/approval.ts';
import { requireStatement } from '../vault/conduct.ts';
import { sha256, signText, verifyText } from '../vault/signing.ts';
import { dayNow } from '../day.ts';
import type { Session } from '../vault/vault.ts';

/** What judging rests on, beside what the judge does. */
export interface Standing {
  /** Digest of the clip's bytes; undefined when it is not the one that passed. */
  readonly clip: string | undefined;
  readonly report: VerificationReport | undefined;
  /** Everyone who had a hand in it. */
  readonly makers: ReadonlySet<string>;
  /** What would keep it from being handed in now. */
  readonly handInRefusals: readonly HandInRefusal[];
  /** What the school asks to be watched, and what of this clip that is. */
  readonly rule: CoverageRule;
  readonly required: readonly Stretch[];
}

/** What judging needs of the dossier that lies on the desk. */
export interface Judged {
  readonly id: string;
  readonly state: DossierState;
  /** Length of the clip in seconds. */
  readonly seconds: number;
  record(event: DossierEvent): void;
  /** As it is on the disk now. */
  standing(): Promise<Standing>;
  /** Length of the clip in seconds, as it is now. */
  clipSeconds(): Promise<number>;
}

/** A container rounds the length of its last picture, in seconds. */
const LENGTH_TOLERANCE = 0.25;
/** What was watched is written down this often; what was not goes with a crash, and is watched again. */
const KEEP_EVERY_SECONDS = 10;

/** One schoolopleider judging one clip. What counts as watched is decided here, by a clock of our own. */
export class Review {
  private told: number;
  private unkept = 0;
  private readonly budget = new WatchBudget();
  private present: Reviewing;
  private standing: Standing | undefined;

  /** @param now in milliseconds, for tests that can't wait */
  constructor(
    private readonly session: Session,
    private readonly judged: Judged,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.told = now();
    const sha256 = judged.state.handedIn?.sha256 ?? fail({ code: 'review-refused', reasons: ['not-handed-in'] });
    const kept = this.own(judged.state.reviewing);
    this.present = kept?.sha256 === sha256 ? kept : { sha256, watched: [], residual: {}, comments: [] };
  }

  /** What was kept, if it was kept by this very person: whoever works in the dossier could have written it. */
  private own(kept: DossierState['reviewing']): Reviewing | undefined {
    const { verifyKey } = this.session.keys.person;
    const text = kept && reviewingText(this.judged.id, kept.value);
    return kept && text && verifyText(verifyKey, text, kept.signature) ? kept.value : undefined;
  }

  /** The screen says that it played this; it is believed as far as the time that has passed allows. */
  watched(stretch: Stretch): void {
    const now = this.now();
    this.budget.pass((now - this.told) / 1000);
    this.told = now;
    const watched = this.budget.watch(this.present.watched, stretch);
    if (watched === this.present.watched) return;
    this.present = { ...this.present, watched: [...watched] };
    this.unkept += stretch.to - stretch.from;
    const nothingLeft = this.standing && stillToWatch(this.standing.required, watched).length === 0;
    if (this.unkept >= KEEP_EVERY_SECONDS || nothingLeft) this.keep();
  }

  answer(residual: ResidualAnswers): void {
    this.present = valid(Reviewing, { ...this.present, residual });
    this.keep();
  }

  comment(comments: readonly Comment[]): void {
    const sorted = [...comments].sort((a, b) => a.at - b.at);
    this.present = valid(Reviewing, { ...this.present, comments: sorted });
    this.keep();
  }

  /** Writes down how far it is. */
  keep(): void {
    this.unkept = 0;
    if (this.judged.state.handedIn?.sha256 !== this.present.sha256) return;
    const signature = signText(this.session.keys.signingKey, reviewingText(this.judged.id, this.present));
    this.judged.record({ event: 'reviewing', reviewing: this.present, signature });
  }

  async state(): Promise<ReviewView> {
    const { watched, residual, comments } = this.present;
    const { seconds } = this.judged;
    const refusals = await this.refusals();
    const { rule, required } = await this.known();
    const unwatched = stillToWatch(required, watched);
    const coverage = shareWatched(required, watched);
    return { seconds, watched, rule, required, unwatched, coverage, residual, comments, refusals };
  }

  /** The dossier lies on this desk alone: what is asked each second of playing need not be read each time. */
  private async known(): Promise<Standing> {
    this.standing ??= await this.judged.standing();
    return this.standing;
  }

  private async refusals(): Promise<ApprovalRefusal[]> {
    const { state } = this.judged;
    const { clip, report, makers, handInRefusals, required } = await this.known();
    return approvalRefusals({
      handedIn: state.handedIn,
      reviewing: this.present,
      clip,
      checked: report?.passed === true && report.sha256 === clip,
      ready: handInRefusals.every((each) => each === 'already-handed-in' || each === 'not-rendered'),
      makers,
      judge: this.session.keys.person.id,
      watchedWhole: stillToWatch(required, this.present.watched).length === 0,
    });
  }

  /** Signs that these bytes were watched whole and may leave. @throws AppFailure `review-refused`, `act-not-allowed` */
  async approve(): Promise<Approval> {
    this.session.require('approve');
    requireStatement(this.session);
    this.standing = await this.judged.standing();
    const reasons = await this.refusals();
    const { report, rule, required } = this.standing;
    if (reasons.length > 0) fail({ code: 'review-refused', reasons });
    const { id, state, seconds } = this.judged;
    // How long it is says the clip itself: the analysis that the length was taken from lay in its maker's hands.
    const real = await this.judged.clipSeconds();
    if (!report || Math.abs(real - seconds) > LENGTH_TOLERANCE)
      return fail({ code: 'review-refused', reasons: ['clip-differs'] });
    const { person, signingKey } = this.session.keys;
    const approval: Approval = {
      version: 1,
      dossier: id,
      clip: this.present.sha256,
      ...digestsOf(state, report),
      profile: this.profileHash(),
      coverage: { rule, seconds, watched: lengthOf(required) },
      residual: Object.fromEntries(Residual.options.map((each) => [each, 'absent'])) as Approval['residual'],
      by: person.id,
      at: new Date().toISOString(),
    };
    const text = approvalText(approval);
    const { clip } = approval;
    // First the log: an approval that it does not know is none.
    await this.session.noteAlone({
      ...{
        event: 'approved',
        dossier: id,
        sha256: clip,
        approval: sha256(text),
        seconds: Math.round(lengthOf(required)),
        rule,
      },
    });
    this.judged.record({ event: 'approved', approval, signature: signText(signingKey, text) });
    return approval;
  }

  private profileHash(): string {
    const known = this.session.vault.profile(dayNow());
    return mayWork(known) ? known.signed.hash : fail({ code: 'review-refused', reasons: ['no-profile'] });
  }

  /** @throws AppFailure `review-refused`, `value-invalid` without a reason */
  async sendBack(reason: string): Promise<void> {
    await this.judge('sent-back', reason);
  }

  /** @throws AppFailure `review-refused`, `value-invalid` without a reason */
  async reject(reason: string): Promise<void> {
    await this.judge('rejected', reason);
  }

  private async judge(event: 'sent-back' | 'rejected', reason: string): Promise<void> {
    this.session.require('approve');
    // As it is now: another machine may have taken over.
    this.standing = await this.judged.standing();
    const reasons = (await this.refusals()).filter((each) => each === 'not-yours' || each === 'not-handed-in');
    if (reasons.length > 0) fail({ code: 'review-refused', reasons });
    const { id } = this.judged;
    const { sha256: digest, comments } = this.present;
    const line = { dossier: id, sha256: digest };
    // First the log, as with an approval: what it does not take was not said.
    await this.session.noteAlone(
      event === 'sent-back' ? { event, ...line, comments: comments.length } : { event, ...line },
    );
    this.judged.record({ event, sha256: digest, by: this.session.keys.person.id, reason, comments });
  }
}
