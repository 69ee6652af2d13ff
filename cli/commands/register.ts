import { z } from 'zod';
import { fail } from '../../core/errors.ts';
import { positionOf, standingOf, type ClassRegister } from '../../core/register/class-register.ts';
import { effectsOf } from '../../core/register/effects.ts';
import {
  Move,
  Pseudonym,
  type AgeBand,
  type RegisterEntry,
  type RegisterResolution,
} from '../../core/register/entry.ts';
import { sameGroup } from '../../core/register/group.ts';
import { objectionState } from '../../core/register/states.ts';
import { valid } from '../../core/valid.ts';
import { addEntry, type EntryWish } from '../../native/register/add-entry.ts';
import { dossierOutlines } from '../../native/register/dossier-outlines.ts';
import { importPreferences, type ImportOutcome } from '../../native/register/preference-file.ts';
import { withRegisters, type Changed } from '../../native/register/registers.ts';
import { reopenClass } from '../../native/vault/late-objections.ts';
import type { Session } from '../../native/vault/vault.ts';
import type { Context } from '../context.ts';
import { registerTexts } from '../words/register-texts.ts';
import { dayNow } from '../../native/day.ts';
import { openSession, type VaultOptions } from './vault.ts';

/** A day that someone typed. @throws AppFailure `value-invalid` */
function dayOf(field: string, text: string | undefined): string | undefined {
  return text === undefined ? undefined : valid(z.object({ [field]: z.iso.date() }), { [field]: text })[field];
}

export interface ListOptions extends VaultOptions {
  readonly group?: string;
}

/** Every entry with what it is worth today, and how far its objection is. */
export async function listRegisters(options: ListOptions, context: Context): Promise<void> {
  const session = await openSession(options, context);
  const { group } = options;
  await withRegisters(session, (registers) => {
    const all = registers.all().filter((each) => group === undefined || sameGroup(each.group, group));
    if (all.every(({ entries }) => entries.length === 0) && !context.asJson)
      context.output.say(registerTexts(context.language).none);
    for (const register of all) if (register.entries.length > 0) showRegister(register, registers.today, context);
  });
}

function showRegister(register: ClassRegister, today: string, { asJson, output, language }: Context): void {
  const words = registerTexts(language);
  if (!asJson) output.say(words.group(register.group));
  for (const entry of register.entries) {
    const standing = standingOf(register, entry, today);
    const moves = register.moves.filter((move) => move.entry === entry.id);
    if (asJson) {
      const position = positionOf(register, entry.pupil, today);
      output.json({ event: 'entry', group: register.group, ...entry, standing, position, moves });
      continue;
    }
    const given = words.given(words.by[entry.by], entry.band, entry.received, entry.schoolYear);
    const state = entry.kind === 'objection' ? [words.state[objectionState(entry.id, undefined, moves)]] : [];
    const late = entry.late ? [words.late] : [];
    const about = [words.kind[entry.kind], given, words.standing[standing], ...state, ...late].join('; ');
    output.say(words.entry(entry.id, entry.pupil, entry.seat, about));
    for (const move of moves) {
      const chosen = move.to === 'resolved' ? `: ${words.resolution[move.resolution]} (${move.reason})` : '';
      output.say(
        words.step('dossier' in move ? move.dossier : undefined, `${words.state[move.to]}, ${move.on}${chosen}`),
      );
    }
  }
}

export interface AddOptions extends VaultOptions, EntryWish {}

export async function addToRegister(options: AddOptions, context: Context): Promise<void> {
  const words = registerTexts(context.language);
  // Before the passphrase is asked for: what was typed may be a name.
  if (options.pupil !== undefined && !Pseudonym.safeParse(options.pupil).success)
    fail({ code: 'register-pupil-named' });
  const session = await openSession(options, context);
  const received = dayOf('received', options.received);
  const deadline = dayOf('deadline', options.deadline);
  const { entry, changed } = await withRegisters(session, (registers) =>
    addEntry(registers, { ...options, received, deadline }),
  );
  if (context.asJson) context.output.json({ event: 'added', group: options.group.trim(), entry });
  else context.output.say(words.added(entry.id, entry.pupil));
  await showEffects(session, changed, context);
}

export interface MoveOptions extends VaultOptions {
  readonly to: Move['to'];
  readonly dossier?: string;
  readonly resolution?: RegisterResolution;
  readonly reason: string;
  readonly on?: string;
}

/** A step of an objection (B3); of which dossier, must be said for all but the talks (B7). */
export async function moveObjection(entry: string, options: MoveOptions, context: Context): Promise<void> {
  const session = await openSession(options, context);
  const { to, dossier, resolution, reason } = options;
  await withRegisters(session, (registers) => {
    const about = to === 'consulting' ? {} : { dossier };
    const choice = to === 'resolved' ? { resolution, reason } : {};
    const on = dayOf('on', options.on) ?? registers.today;
    registers.move(valid(Move, { entry, to, on, by: session.keys.person.role, ...about, ...choice }));
  });
  if (context.asJson) context.output.json({ event: 'moved', entry, to });
  else context.output.say(registerTexts(context.language).moved(registerTexts(context.language).state[to]));
}

export async function withdrawEntry(
  entry: string,
  options: VaultOptions & { readonly on?: string },
  context: Context,
): Promise<void> {
  const session = await openSession(options, context);
  const changed = await withRegisters(session, (registers) =>
    registers.withdraw(entry, dayOf('on', options.on) ?? registers.today),
  );
  if (context.asJson) context.output.json({ event: 'withdrawn', entry });
  else context.output.say(registerTexts(context.language).withdrawn);
  await showEffects(session, [changed], context);
}

export interface ImportListOptions extends VaultOptions {
  readonly group?: string;
  readonly received?: string;
  readonly deadline?: string;
  readonly band: AgeBand;
  readonly dryRun?: boolean;
}

/** Takes a preference list in, whole or not at all (I6, I7). */
export async function importList(file: string, options: ImportListOptions, context: Context): Promise<void> {
  const words = registerTexts(context.language);
  const session = await openSession(options, context);
  const dryRun = options.dryRun === true;
  const outcome = await withRegisters(session, (registers) =>
    importPreferences(registers, {
      file,
      group: options.group,
      received: dayOf('received', options.received) ?? registers.today,
      deadline: dayOf('deadline', options.deadline),
      band: options.band,
      dryRun,
      onProblem(line, problem) {
        if (context.asJson) context.output.json({ event: 'row', line, problem });
        else context.output.say(words.row(line, problem));
      },
    }),
  );
  showImport(outcome, dryRun, context);
  await showEffects(session, outcome.changed, context);
}

function showImport(outcome: ImportOutcome, dryRun: boolean, { asJson, output, language }: Context): void {
  const words = registerTexts(language);
  const { entries, dropped, unanswered, unchanged, objectionKept } = outcome;
  const count = (kind: RegisterEntry['kind']) => entries.filter(({ entry }) => entry.kind === kind).length;
  const [objections, consents] = [count('objection'), count('consent')];
  const renamed = entries.flatMap(({ line, entry, renamed: was }) => (was ? [{ line, pupil: entry.pupil }] : []));
  if (asJson) {
    const event = dryRun ? 'would-import' : 'imported';
    output.json({ event, objections, consents, unanswered, unchanged, objectionKept, renamed, dropped });
    return;
  }
  output.say((dryRun ? words.wouldImport : words.imported)(objections, consents));
  for (const { line, pupil } of renamed) output.say(words.renamed(line, pupil));
  output.say(words.left(unanswered, unchanged));
  if (objectionKept.length > 0) output.say(words.objectionKept(objectionKept));
  output.say(words.dropped(dropped.columns, dropped.purposes));
}

/** What the change means for dossiers, as far as the person can read which class they are of. */
async function showEffects(session: Session, changed: readonly Changed[], context: Context): Promise<void> {
  const { asJson, output, language } = context;
  const words = registerTexts(language);
  const today = dayNow();
  const { outlines, unseen } = await dossierOutlines(session);
  for (const { before, after } of changed) {
    const { reopen, recall } = effectsOf(before, after, outlines, today);
    // Now where this can be done; else when somebody next opens it.
    const reopened = reopen.length > 0 ? (await reopenClass(session, after.group)).dossiers : [];
    if (asJson) output.json({ event: 'effects', group: after.group, reopen, reopened, recall, unseen });
    else {
      for (const { dossier, rule } of reopen) output.say(words.reopen(dossier, rule));
      for (const { dossier, rule } of recall) output.say(words.recall(dossier, rule));
    }
  }
  if (unseen > 0 && !asJson && changed.length > 0) output.say(words.unseen(unseen));
}
