import { NO_DECISIONS, type Decisions } from '../../core/decision/decisions.ts';
import { withoutTracks } from '../../core/decision/edit.ts';
import type { DossierState, Resolution } from '../../core/dossier/events.ts';
import { keptStrangers, type HandInRefusal } from '../../core/dossier/hand-in.ts';
import type { SchoolRules } from '../../core/dossier/school-rules.ts';
import { fail } from '../../core/errors.ts';
import type { Box } from '../../core/geometry/box.ts';
import type { Recording } from '../../core/media/recording.ts';
import { toNumber } from '../../core/media/frame-rate.ts';
import { misfitOf, type ValidPlan } from '../../core/plan/plan.ts';
import { soundOf } from '../../core/sound/allowed.ts';
import { attendedInClip } from '../../core/review/attended.ts';
import type { Approval } from '../../core/review/assessment.ts';
import { mustWatch } from '../../core/review/sample.ts';
import { reviewStops } from '../../core/review/stops.ts';
import type { HeardSound } from '../../core/sound/speech.ts';
import type { SoundMode } from '../../core/sound/sound-plan.ts';
import type { VerificationReport } from '../../core/verify/report.ts';
import type { Quality } from '../analysis.ts';
import { loadIfWhole, saveAnalysis } from '../analysis-file.ts';
import type { AnalysedRecording } from '../analysis-stage.ts';
import { requireToneMapping, type Engine } from '../engine.ts';
import { probeMedia } from '../ffmpeg/probe.ts';
import { followBothWays, type Followed } from '../follow-area.ts';
import { clipSeconds, SourceFailed } from '../job.ts';
import { planFor } from '../plan-inputs.ts';
import { PROXY } from '../proxy.ts';
import type { ShelfFile } from '../store/shelf.ts';
import { decideOpened, runOpened } from '../vault/case-job.ts';
import { Dossier, ORIGINAL } from '../vault/dossier.ts';
import { Loopback } from '../vault/loopback.ts';
import { takeObjections } from '../vault/late-objections.ts';
import { allowedSound, soundOfClip } from '../vault/sound-rule.ts';
import type { Session } from '../vault/vault.ts';
import { analyseForDesk } from './analyse-for-desk.ts';
import { CaseFiles, type MediaName } from './case-files.ts';
import { CaseGate } from './case-gate.ts';
import { asOnProgress, type JobStage } from './job-runner.ts';
import { Review, type Standing } from './review.ts';

type Tell = (stage: JobStage, done: number, total: number, round?: number) => void;

/** A dossier on the desk: open until it is put away, for looking, deciding and long work alike. */
export class OpenCase {
  private damage: unknown;
  private working: AbortController | undefined;
  private judging: Review | undefined;
  private readonly files: CaseFiles;
  private readonly gate: CaseGate;

  private constructor(
    private readonly session: Session,
    private readonly dossier: Dossier,
    private readonly loopback: Loopback,
    private readonly engine: Engine,
    readonly recording: Recording,
    private analysed: AnalysedRecording | undefined,
  ) {
    this.files = new CaseFiles(dossier);
    this.gate = new CaseGate(session, dossier, this.files);
  }

  /** @throws AppFailure `dossier-…`, `access-denied`, `vault-item-damaged`, `input-…` */
  static async open(session: Session, id: string, engine: Engine): Promise<OpenCase> {
    session.require('work');
    let opened: OpenCase | undefined;
    // ffmpeg takes a broken answer for the end of the recording: whoever waits must be told.
    const loopback = await Loopback.start((error) => opened?.sourceFailed(error));
    let dossier: Dossier | undefined;
    try {
      dossier = await Dossier.open(session, id, loopback);
      await session.noteAlone({ event: 'footage-opened', dossier: id, purpose: 'work' });
      const { shelf, state } = dossier;
      const recording = await probeMedia(shelf.address(ORIGINAL), state.bytes, engine.tools, undefined);
      requireToneMapping(engine.tools, recording.video.hdr);
      opened = new OpenCase(session, dossier, loopback, engine, recording, await loadIfWhole(shelf));
      await takeObjections(session, dossier);
      return opened;
    } catch (error) {
      dossier?.close();
      await loopback.close();
      throw error;
    }
  }

  private sourceFailed(error: unknown): void {
    this.damage ??= error;
    this.working?.abort(new SourceFailed(error));
  }

  get id(): string {
    return this.dossier.id;
  }

  get state(): DossierState {
    return this.dossier.state;
  }

  get analysis(): AnalysedRecording | undefined {
    return this.analysed;
  }

  /** The most that the school lets be heard; undefined where there is no sound. */
  get soundAllowed(): SoundMode | undefined {
    return this.recording.audio && allowedSound(this.session);
  }

  /** What was heard, for whoever can hear it again: nobody decides on sound that the copy does not have. */
  async heard(): Promise<HeardSound | undefined> {
    return this.analysed?.heard && (await this.files.copyIsHeard(this.engine.tools)) ? this.analysed.heard : undefined;
  }

  report(): Promise<VerificationReport | undefined> {
    return this.files.report();
  }

  /** Names that are there to be looked at. */
  media(): Promise<MediaName[]> {
    return this.files.media(this.analysed !== undefined);
  }

  /** @throws AppFailure `vault-item-missing`, `vault-item-damaged` */
  openMedia(name: MediaName): Promise<ShelfFile> {
    return this.files.open(name, this.analysed !== undefined);
  }

  handInRefusals(): Promise<HandInRefusal[]> {
    return this.gate.handInRefusals();
  }

  /** @throws AppFailure `desk-source-differs` unless the file is the recording that was taken in */
  async requireSource(path: string): Promise<void> {
    if (!(await this.dossier.isRecording(path))) fail({ code: 'desk-source-differs' });
  }

  /** Looks for faces, and makes the small copy to look at on the way. Goes on where it was stopped. */
  async analyse(quality: Quality, controller: AbortController, tell: Tell): Promise<void> {
    await this.atWork(controller, async () => {
      const { dossier, engine, recording } = this;
      const request = { ...engine, recording, quality, onProgress: asOnProgress(tell), signal: controller.signal };
      await analyseForDesk(dossier, engine, request, async (found) => {
        dossier.requireLease();
        // First of all, so that neither a decision nor a clip of an earlier analysis stands beside a new one.
        const { decisions, clip } = dossier.state;
        if (decisions || clip !== undefined) await decideOpened(this.session, dossier, withoutTracks(decisions));
        await saveAnalysis(dossier.shelf, found);
        const tracks = found.analysis.tracks.length;
        await this.session.noteAlone({ event: 'analysed', dossier: this.id, analysis: found.analysisId, tracks });
        this.analysed = found;
      });
    });
  }

  /** @throws AppFailure `decisions-…`, when they don't fit this analysis */
  async decide(decisions: Decisions): Promise<void> {
    const { analysis, analysisId } = this.requireAnalysis();
    const { tracks, cuts: sceneCuts } = analysis;
    const { rate } = this.recording.video;
    const misfit = misfitOf({ decisions, analysisId, tracks, sceneCuts, rate });
    if (misfit) fail(misfit);
    const [track] = keptStrangers({ intake: this.state.intake, decisions });
    if (track !== undefined) fail({ code: 'keep-not-staff', track });
    await decideOpened(this.session, this.dossier, decisions);
  }

  /**
   * Follows an area that was drawn, both ways.
   * @throws AppFailure `desk-not-analysed`, `vault-item-missing`, `cancelled`
   */
  async follow(area: Box, frame: number): Promise<Followed> {
    const { frameCount, cuts: sceneCuts } = this.requireAnalysis().analysis;
    const { shelf } = this.dossier;
    if (!shelf.has(PROXY)) fail({ code: 'vault-item-missing', item: PROXY });
    const { recording, engine } = this;
    const copy = shelf.address(PROXY);
    const controller = new AbortController();
    const { signal } = controller;
    const request = { copy, recording, frameCount, sceneCuts, frame, area, tools: engine.tools, signal };
    return this.atWork(controller, () => followBothWays(request));
  }

  rules(): Promise<SchoolRules> {
    return this.gate.rules();
  }

  /** @throws AppFailure `hand-in-refused` */
  resolve(pupil: string, resolution: Resolution): Promise<void> {
    return this.gate.resolve(pupil, resolution);
  }

  /** Renders what changed, and checks the whole clip. */
  async render(quality: Quality, controller: AbortController, tell: Tell): Promise<void> {
    await this.atWork(controller, async () => {
      await runOpened(this.session, this.dossier, {
        ...this.engine,
        recording: this.recording,
        quality,
        style: 'mosaic',
        sound: soundOfClip(this.session, this.recording, this.state.decisions),
        resume: false,
        acceptFindings: false,
        editing: this.requireAnalysis(),
        onProgress: asOnProgress(tell),
        signal: controller.signal,
      });
    });
  }

  private requireAnalysis(): AnalysedRecording {
    return this.analysed ?? fail({ code: 'desk-not-analysed' });
  }

  private async atWork<T>(controller: AbortController, work: () => Promise<T>): Promise<T> {
    this.damage = undefined;
    this.working = controller;
    try {
      const result = await work();
      if (this.damage !== undefined) throw this.damage;
      return result;
    } catch (error) {
      throw this.damage ?? error;
    } finally {
      this.working = undefined;
    }
  }

  makers(): ReadonlySet<string> {
    return this.gate.makers();
  }

  /** @throws AppFailure `hand-in-refused`, `hand-in-person` */
  handIn(to: string): Promise<void> {
    return this.gate.handIn(to);
  }

  /** By whoever it was handed in to. @throws AppFailure `review-refused`, `act-not-allowed` */
  get review(): Review {
    this.session.require('approve');
    if (this.judging) return this.judging;
    const { dossier } = this;
    this.judging = new Review(this.session, {
      id: this.id,
      get state() {
        return dossier.state;
      },
      seconds: clipSeconds(this.plan()),
      record: (event) => dossier.record(event),
      standing: async () => this.toWatch(await this.gate.standing()),
      clipSeconds: () => this.files.clipSeconds(this.engine.tools),
    });
    return this.judging;
  }

  /** By the school's rule, where this clip is doubtful, and wherever something is heard or read. */
  private toWatch(standing: Omit<Standing, 'required'>): Standing {
    const { analysis } = this.requireAnalysis();
    const { width, height, rate } = this.recording.video;
    const { frameCount, cuts, tracks } = analysis;
    const plan = this.plan(standing.report && soundOf(standing.report));
    const findings = standing.report?.findings ?? [];
    const stops = reviewStops({ width, height, rate, frameCount, cuts, tracks }, plan, findings, toNumber(rate));
    const moments = stops.map(({ at }) => at);
    const seed = this.gate.sampleSeed(standing.clip);
    const attended = attendedInClip(plan, this.state.decisions?.subtitles.cues ?? []);
    const required = mustWatch(standing.rule, clipSeconds(plan), moments, seed, attended);
    return { ...standing, required };
  }

  /** @param sound of a clip that is there; otherwise what the next one would have */
  private plan(sound?: SoundMode): ValidPlan {
    const { analysis, analysisId } = this.requireAnalysis();
    const { decisions = NO_DECISIONS } = this.state;
    const mode = sound ?? soundOfClip(this.session, this.recording, decisions);
    const result = planFor(this.recording, analysis, analysisId, decisions, 'mosaic', mode);
    return result.ok ? result.plan : fail(result.error);
  }

  approval(): Promise<Approval | undefined> {
    return this.gate.approval();
  }

  /** Ends what is going on with it. */
  stop(): void {
    this.working?.abort();
  }

  /** Forgets the key. */
  async close(): Promise<void> {
    try {
      this.judging?.keep();
    } catch {
      // Somebody else may have the dossier by now; what was watched is watched again.
    }
    try {
      this.dossier.close();
    } finally {
      await this.loopback.close();
    }
  }
}
