import type { Recording } from '../../core/media/recording.ts';
import type { MaskStyle } from '../../core/plan/plan.ts';
import type { SoundMode } from '../../core/sound/sound-plan.ts';
import { AppFailure } from '../../core/errors.ts';
import { queueAddress } from '../../workers/queue-address.ts';
import { closedDossiers } from '../../core/dossier/closing.ts';
import { reminderOf } from '../../core/retention/reminders.ts';
import { dueOf, keepingFacts, type KeepingFacts } from '../../core/retention/terms.ts';
import { qualityOf } from '../quality.ts';
import { changeAccess } from '../../native/vault/access.ts';
import {
  analyseCase,
  decideCase,
  playCase,
  runCase,
  withDossier,
  type CaseRequest,
} from '../../native/vault/case-job.ts';
import { noteAssessment, setHold } from '../../native/vault/keeping.ts';
import { VerificationFailed } from '../../native/job.ts';
import type { Session } from '../../native/vault/vault.ts';
import { openEngine, requireToneMapping, type ModelOptions } from '../../native/engine.ts';
import { type Context } from '../context.ts';
import { progressPrinter } from '../progress-line.ts';
import { showPlan } from '../show-plan.ts';
import { withSubtitles, type SubtitleOptions } from '../subtitles.ts';
import { readDecisions } from '../targets.ts';
import { vaultTexts, type VaultTexts } from '../words/vault-texts.ts';
import { sayOfSound, showFaults, showFindings } from './anonymise.ts';
import { dayNow } from '../../native/day.ts';
import { openSession, type VaultOptions } from './vault.ts';
import { callWorkers } from './worker.ts';

export interface RunOptions extends VaultOptions, ModelOptions {
  readonly quality: 'fast' | 'careful';
  readonly fit?: string;
  readonly mask: MaskStyle;
  readonly sound: SoundMode;
  readonly resume?: boolean;
  readonly dryRun?: boolean;
  readonly acceptFindings?: boolean;
  /** Address of the queue from which workers take the segments. */
  readonly queue?: string;
}

/** The main job inside the vault, or only a look at what it would hide. */
export async function runInVault(dossier: string, options: RunOptions, context: Context): Promise<void> {
  // Before anything is asked for: a wrong address is told at once.
  const address = options.queue === undefined ? undefined : queueAddress(options.queue);
  const session = await openSession(options, context);
  const engine = await openEngine(options);
  const workers = address && !options.dryRun ? await callWorkers(address, session, dossier, context) : undefined;
  let read: Recording | undefined;
  let printer: ReturnType<typeof progressPrinter> | undefined;
  const requestOf = (recording: Recording): CaseRequest => {
    requireToneMapping(engine.tools, recording.video.hdr);
    read = recording;
    printer = progressPrinter(context, recording.video.rate);
    return {
      ...engine,
      quality: qualityOf(options, recording),
      style: options.mask,
      sound: options.sound,
      resume: options.resume === true,
      acceptFindings: options.acceptFindings === true,
      onProgress: printer.onProgress,
      elsewhere: workers?.elsewhere,
    };
  };
  try {
    if (options.dryRun) {
      showPlan(await analyseCase(session, dossier, requestOf, engine.tools, context.signal), context);
      return;
    }
    const { analysisId, rounds, report, plan } = await runCase(
      session,
      dossier,
      requestOf,
      engine.tools,
      context.signal,
    );
    if (context.asJson) context.output.json({ event: 'done', dossier, analysis: analysisId, rounds, report });
    else context.output.say(vaultTexts(context.language).caseDone(dossier));
    if (!report.passed && !context.asJson) showFindings(report.findings, context);
    if (read && !context.asJson) sayOfSound(read, plan, context);
  } catch (error) {
    if (error instanceof VerificationFailed) {
      if (context.asJson) context.output.json({ event: 'rejected', report: error.report });
      else showFaults(error.report, context);
    }
    // Kept, and can be gone on with; unless Redis is away, nothing of it is left there.
    const away = error instanceof AppFailure && error.error.code === 'queue-away';
    throw workers && context.signal.aborted && !away ? new AppFailure({ code: 'queue-stopped' }) : error;
  } finally {
    await workers?.close();
    printer?.end();
  }
}

/** All dossiers with their terms; labels only of those whose key the person has. One that can't be opened hides none of the others. */
export async function listCases(options: VaultOptions, context: Context): Promise<void> {
  const words = vaultTexts(context.language);
  const session = await openSession(options, context);
  const all = [...keepingFacts(session.entries()).values()];
  if (all.length === 0 && !context.asJson) context.output.say(words.noCases);
  const closed = closedDossiers(session.entries());
  for (const facts of all) {
    const { dossier, recordedOn } = facts;
    const looked = await look(session, facts);
    const [state, label] = [closed.has(dossier) ? 'closed' : looked.state, looked.label] as const;
    const due = dueOf(facts);
    const rung = reminderOf(facts, dayNow())?.rung;
    if (context.asJson)
      context.output.json({ event: 'case', dossier, state, due: due.on, rule: due.rule, rung, label });
    else context.output.say(words.caseLine(dossier, label ?? '', recordedOn, due.on, due.rule, words.states[state]));
  }
}

type CaseState = keyof VaultTexts['states'];

async function look(session: Session, facts: KeepingFacts): Promise<{ state: CaseState; label?: string }> {
  if (facts.wipe !== 'none') return { state: facts.wipe === 'complete' ? 'wiped' : 'partial' };
  const held = facts.holdReviewBy !== undefined;
  if (!session.keyring.accessOf(facts.dossier).includes(session.keys.person.id))
    return { state: held ? 'hold' : 'hidden' };
  try {
    const opened = await withDossier(session, facts.dossier, undefined, ({ state }) => Promise.resolve(state));
    const made = opened.clip === undefined ? 'none' : 'clip';
    return { state: held ? 'hold' : made, label: opened.label };
  } catch (error) {
    if (!(error instanceof AppFailure)) throw error;
    return { state: error.error.code === 'dossier-busy' ? 'busy' : 'damaged' };
  }
}

export async function decide(
  dossier: string,
  file: string,
  options: VaultOptions & SubtitleOptions,
  context: Context,
): Promise<void> {
  const read = readDecisions(file);
  const decisions = withSubtitles(read, options) ?? read;
  await decideCase(await openSession(options, context), dossier, decisions);
  context.output.say(vaultTexts(context.language).decided);
}

export interface PlayOptions extends VaultOptions {
  readonly original?: boolean;
}

/** Holds clip or original out to a player on this machine until Ctrl-C. */
export async function play(dossier: string, options: PlayOptions, context: Context): Promise<void> {
  const session = await openSession(options, context);
  const show = (address: string) => {
    if (context.asJson) context.output.json({ event: 'playing', address });
    else context.output.say(vaultTexts(context.language).playing(address));
  };
  await playCase(session, dossier, options.original === true, show, context.signal);
}

/** Gives or takes access. @param who number of a person */
export async function access(dossier: string, who: string, grant: boolean, options: VaultOptions, context: Context) {
  const words = vaultTexts(context.language);
  const session = await openSession(options, context);
  await changeAccess(session, dossier, who, grant);
  context.output.say(grant ? words.granted(who) : words.revoked(who));
}

export async function assess(
  dossier: string,
  options: VaultOptions & { on?: string },
  context: Context,
): Promise<void> {
  const session = await openSession(options, context);
  const due = await noteAssessment(session, dossier, options.on ?? dayNow());
  context.output.say(vaultTexts(context.language).assessed(due));
}

/** Sets or lifts an incident hold (R5). */
export async function hold(dossier: string, lift: boolean, options: VaultOptions, context: Context): Promise<void> {
  const words = vaultTexts(context.language);
  const session = await openSession(options, context);
  const reviewBy = await setHold(session, dossier, !lift, dayNow());
  context.output.say(lift ? words.lifted : words.held(reviewBy));
}
