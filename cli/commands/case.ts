import type { Recording } from '../../core/media/recording.ts';
import type { MaskStyle } from '../../core/plan/plan.ts';
import { fail } from '../../core/errors.ts';
import { addDays, dueOf, HOLD_REVIEW_DAYS, keepingFacts } from '../../core/retention/terms.ts';
import { QUALITIES } from '../../native/analysis.ts';
import { changeAccess } from '../../native/vault/access.ts';
import { analyseCase, runCase, withDossier, type CaseRequest } from '../../native/vault/case-job.ts';
import { CLIP, ORIGINAL } from '../../native/vault/dossier.ts';
import { openEngine, requireToneMapping, type Context, type ModelOptions } from '../context.ts';
import { progressPrinter } from '../progress-line.ts';
import { showPlan } from '../show-plan.ts';
import { readDecisions } from '../targets.ts';
import { vaultTexts } from '../words/vault-texts.ts';
import { openSession, type VaultOptions } from './vault.ts';

export interface RunOptions extends VaultOptions, ModelOptions {
  readonly quality: 'fast' | 'careful';
  readonly mask: MaskStyle;
  readonly sound: 'off' | 'keep';
  readonly resume?: boolean;
  readonly dryRun?: boolean;
  readonly acceptFindings?: boolean;
}

/** The main job inside the vault, or only a look at what it would hide. */
export async function runInVault(dossier: string, options: RunOptions, context: Context): Promise<void> {
  const session = await openSession(options, context);
  const engine = await openEngine(options);
  let printer: ReturnType<typeof progressPrinter> | undefined;
  const requestOf = (recording: Recording): CaseRequest => {
    requireToneMapping(engine.tools, recording.video.hdr);
    printer = progressPrinter(context, recording.video.rate);
    return {
      ...engine,
      quality: QUALITIES[options.quality],
      style: options.mask,
      sound: options.sound === 'keep',
      resume: options.resume === true,
      acceptFindings: options.acceptFindings === true,
      onProgress: printer.onProgress,
    };
  };
  try {
    if (options.dryRun) {
      showPlan(await analyseCase(session, dossier, requestOf, engine.tools, context.signal), context);
      return;
    }
    const { analysisId, rounds, report } = await runCase(session, dossier, requestOf, engine.tools, context.signal);
    if (context.asJson) context.output.json({ event: 'done', dossier, analysis: analysisId, rounds, report });
    else context.output.say(vaultTexts(context.language).caseDone(dossier));
  } finally {
    printer?.end();
  }
}

/** All dossiers with their terms; labels only of those whose key the person has. */
export async function listCases(options: VaultOptions, context: Context): Promise<void> {
  const words = vaultTexts(context.language);
  const session = await openSession(options, context);
  const all = [...keepingFacts(session.entries()).values()];
  if (all.length === 0 && !context.asJson) context.output.say(words.noCases);
  for (const facts of all) {
    const { dossier, recordedOn } = facts;
    const mine = session.keyring.accessOf(dossier).includes(session.keys.person.id);
    const state =
      mine && facts.wipe === 'none'
        ? await withDossier(session, dossier, undefined, ({ state }) => Promise.resolve(state))
        : undefined;
    const shown =
      facts.wipe !== 'none'
        ? facts.wipe === 'complete'
          ? 'wiped'
          : 'partial'
        : facts.holdReviewBy !== undefined
          ? 'hold'
          : !state
            ? 'hidden'
            : state.clip === undefined
              ? 'none'
              : 'clip';
    const due = dueOf(facts);
    if (context.asJson)
      context.output.json({ event: 'case', dossier, state: shown, due: due.on, rule: due.rule, label: state?.label });
    else
      context.output.say(
        words.caseLine(dossier, state?.label ?? '', recordedOn, due.on, due.rule, words.states[shown]),
      );
  }
}

/** Takes decisions into the dossier; the next run follows them. */
export async function decide(dossier: string, file: string, options: VaultOptions, context: Context): Promise<void> {
  const decisions = readDecisions(file);
  const session = await openSession(options, context);
  session.require('work');
  await withDossier(session, dossier, context.signal, (opened) => {
    opened.record({ event: 'decided', decisions });
    return Promise.resolve();
  });
  context.output.say(vaultTexts(context.language).decided);
}

export interface PlayOptions extends VaultOptions {
  readonly original?: boolean;
}

/** Holds clip or original out to a player on this machine until Ctrl-C; nothing is written. */
export async function play(dossier: string, options: PlayOptions, context: Context): Promise<void> {
  const session = await openSession(options, context);
  session.require('work');
  const name = options.original ? ORIGINAL : CLIP;
  await withDossier(session, dossier, context.signal, async ({ shelf }, signal) => {
    if (!shelf.has(name)) fail({ code: 'vault-item-missing', item: name });
    await session.noteAlone({ event: 'footage-opened', dossier, purpose: 'play' });
    const address = shelf.address(name);
    if (context.asJson) context.output.json({ event: 'playing', address });
    else context.output.say(vaultTexts(context.language).playing(address));
    await new Promise<void>((resolve) => {
      // An open server alone does not keep the program going once it is told to stop.
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted) resolve();
    });
  });
}

/** Gives or takes access. @param who number of a person */
export async function access(dossier: string, who: string, grant: boolean, options: VaultOptions, context: Context) {
  const words = vaultTexts(context.language);
  const session = await openSession(options, context);
  await changeAccess(session, dossier, who, grant);
  context.output.say(grant ? words.granted(who) : words.revoked(who));
}

const today = () => new Date().toISOString().slice(0, 10);

export async function assess(
  dossier: string,
  options: VaultOptions & { on?: string },
  context: Context,
): Promise<void> {
  const session = await openSession(options, context);
  session.require('assess');
  requireKnown(dossier, session.entries());
  await session.noteAlone({ event: 'assessed', dossier, on: options.on ?? today() });
  const facts = keepingFacts(session.entries()).get(dossier);
  if (facts) context.output.say(vaultTexts(context.language).assessed(dueOf(facts).on));
}

/** Sets or lifts an incident hold (R5). */
export async function hold(dossier: string, lift: boolean, options: VaultOptions, context: Context): Promise<void> {
  const words = vaultTexts(context.language);
  const session = await openSession(options, context);
  session.require('hold');
  requireKnown(dossier, session.entries());
  const reviewBy = addDays(today(), HOLD_REVIEW_DAYS);
  await session.noteAlone(lift ? { event: 'hold-lifted', dossier } : { event: 'hold-set', dossier, reviewBy });
  context.output.say(lift ? words.lifted : words.held(reviewBy));
}

function requireKnown(dossier: string, entries: Parameters<typeof keepingFacts>[0]): void {
  const facts = keepingFacts(entries).get(dossier);
  if (!facts) fail({ code: 'dossier-unknown', dossier });
  if (facts.wipe !== 'none') fail({ code: 'dossier-wiped' });
}
