import { fail } from '../../core/errors.ts';
import { Pseudonym } from '../../core/register/entry.ts';
import {
  DataRequest,
  type RefusalRule,
  type RequestBy,
  type RequestKind,
  type RequestOutcome,
} from '../../core/requests/request.ts';
import { isOverdue, type RequestCase } from '../../core/requests/states.ts';
import { valid } from '../../core/valid.ts';
import { letterVersion, writeLetterPdf } from '../../native/register/letter-pdf.ts';
import {
  answerRequest,
  extendRequest,
  handleRequest,
  listRequests,
  showRequest,
  takeRequest,
  type RequestSight,
} from '../../native/requests/request-desk.ts';
import { letterFor } from '../../native/requests/request-letter.ts';
import { newId } from '../../native/vault/seal.ts';
import type { Context } from '../context.ts';
import { pdfTarget, type PdfOptions } from '../pdf-target.ts';
import { requestTexts } from '../words/request-texts.ts';
import { dayNow } from '../../native/day.ts';
import { openSession, type VaultOptions } from './vault.ts';

export interface AddRequestOptions extends VaultOptions {
  readonly kind: RequestKind;
  readonly by: RequestBy;
  readonly group: string;
  readonly from: string;
  readonly to?: string;
  readonly pupil?: string;
  readonly received?: string;
}

/** Takes a request in, and says by when it must be answered. */
export async function addRequest(options: AddRequestOptions, context: Context): Promise<void> {
  const { kind, by, group, from, pupil } = options;
  // Before anything that could repeat it: what was typed may be a name.
  if (pupil !== undefined && !Pseudonym.safeParse(pupil).success) fail({ code: 'register-pupil-named' });
  const request = valid(DataRequest, {
    ...{ id: newId(), kind, by, group, from, to: options.to ?? from, received: options.received ?? dayNow() },
    ...(pupil === undefined ? {} : { pupil }),
  });
  const known = await takeRequest(await openSession(options, context), request);
  const { answerBy } = known;
  if (context.asJson) context.output.json({ event: 'request', request, answerBy });
  else context.output.say(requestTexts(context.language).taken(request.id, answerBy));
}

/** What has to be answered first comes first. */
export async function listAllRequests(options: VaultOptions, context: Context): Promise<void> {
  const all = await listRequests(await openSession(options, context));
  if (all.length === 0 && !context.asJson) context.output.say(requestTexts(context.language).none);
  for (const known of all) showLine(known, context);
}

function showLine(known: RequestCase, { asJson, output, language }: Context): void {
  const words = requestTexts(language);
  const { request, state, answerBy } = known;
  const overdue = isOverdue(known, dayNow());
  if (asJson) output.json({ event: 'request', ...known, overdue });
  else output.say(words.line(request.id, words.kind[request.kind], words.state[state], answerBy, overdue));
}

export async function showOneRequest(id: string, options: VaultOptions, context: Context): Promise<void> {
  showSight(await showRequest(await openSession(options, context), id), [], context);
}

export interface HandleOptions extends VaultOptions {
  readonly concerns: readonly string[];
  readonly cleared: readonly string[];
}

/** Looks for the dossiers with the keys at hand, and says what has to be done with them. */
export async function handleOneRequest(id: string, options: HandleOptions, context: Context): Promise<void> {
  const { concerns: concerned, cleared } = options;
  const session = await openSession(options, context);
  const { held, ...sight } = await handleRequest(session, id, { concerned, cleared });
  showSight(sight, held, context);
}

function showSight({ known, tasks }: RequestSight, held: readonly string[], context: Context): void {
  const { asJson, output, language } = context;
  const words = requestTexts(language);
  if (asJson) {
    output.json({ event: 'request', ...known, overdue: isOverdue(known, dayNow()), tasks, held });
    return;
  }
  showLine(known, context);
  const { request, concerned, unseen, extension, answer, answerBy, state } = known;
  const { group, from, to, pupil, by, received } = request;
  output.say(words.about(group, from === to ? from : `${from} – ${to}`, pupil, words.by[by], received));
  if (extension) output.say(words.extended(answerBy, extension.reason));
  if (state !== 'received') {
    output.say(words.noFaces);
    for (const dossier of concerned) output.say(words.concerned(dossier));
    if (concerned.length === 0) output.say(words.nothing);
    for (const dossier of unseen) output.say(words.unseen(dossier));
  }
  for (const dossier of held) output.say(words.held(dossier));
  if (answer) output.say(words.answered(words.outcome[answer.outcome], answer.on, answer.reason));
  else {
    for (const dossier of tasks.hold) output.say(words.hold(dossier));
    for (const dossier of tasks.wipe) output.say(words.wipe(dossier));
    for (const dossier of tasks.copy) output.say(words.copy(dossier));
    if (tasks.register) output.say(words.register);
  }
}

export async function extendOneRequest(
  id: string,
  options: VaultOptions & { readonly reason: string },
  context: Context,
): Promise<void> {
  const known = await extendRequest(await openSession(options, context), id, options.reason);
  if (context.asJson) context.output.json({ event: 'request', ...known });
  else context.output.say(requestTexts(context.language).extended(known.answerBy, options.reason));
}

export interface AnswerOptions extends VaultOptions {
  readonly outcome: RequestOutcome;
  readonly reason: string;
  readonly rule?: RefusalRule;
}

export async function answerOneRequest(id: string, options: AnswerOptions, context: Context): Promise<void> {
  const words = requestTexts(context.language);
  const { outcome, reason, rule } = options;
  const answer = { outcome, reason, ...(rule === undefined ? {} : { rule }) };
  const known = await answerRequest(await openSession(options, context), id, answer);
  if (context.asJson) context.output.json({ event: 'request', ...known });
  else context.output.say(words.answered(words.outcome[outcome], known.lastOn, reason));
}

/** The answer, or why it takes longer, as a PDF to print. */
export async function requestLetterPdf(
  id: string,
  options: VaultOptions & PdfOptions,
  context: Context,
): Promise<void> {
  const session = await openSession(options, context);
  const file = pdfTarget(options, session.vault.root);
  const letter = await letterFor(session, id);
  await writeLetterPdf(letter, file);
  const version = letterVersion(letter);
  if (context.asJson) context.output.json({ event: 'letter', kind: letter.kind, file, version });
  else context.output.say(requestTexts(context.language).letter(options.out, version.slice(0, 16)));
}
