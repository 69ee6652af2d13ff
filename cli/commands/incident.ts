import { z } from 'zod';
import { IncidentFacts, type Affected, type Reported } from '../../core/incidents/incident.ts';
import { hoursLeft, type IncidentCase } from '../../core/incidents/states.ts';
import { valid } from '../../core/valid.ts';
import type { IncidentSight } from '../../native/incidents/incident-room.ts';
import {
  closeIncident,
  formFor,
  listIncidents,
  openIncident,
  showIncident,
  updateIncident,
} from '../../native/incidents/incidents.ts';
import { letterVersion, writeLetterPdf } from '../../native/register/letter-pdf.ts';
import type { Context } from '../context.ts';
import { pdfTarget, type PdfOptions } from '../pdf-target.ts';
import { incidentTexts } from '../words/incident-texts.ts';
import { openSession, type VaultOptions } from './vault.ts';

const now = () => new Date().toISOString();

/**
 * A moment that someone typed, by the clock of this machine where it names no other.
 * @returns ISO 8601, in UTC @throws AppFailure `value-invalid`
 */
function momentOf(field: string, text: string): string {
  const wanted = z.iso.datetime({ local: true, offset: true, precision: null });
  const typed = valid(z.object({ [field]: wanted }), { [field]: text.trim().replace(' ', 'T') })[field] ?? '';
  return new Date(typed).toISOString();
}

export interface FactOptions extends VaultOptions {
  readonly cause: readonly string[];
  readonly what: string;
  readonly dossier: readonly string[];
  readonly kind: readonly string[];
  readonly affected: Affected;
  readonly measure: readonly string[];
}

function factsOf({ cause, what, dossier, kind, affected, measure }: FactOptions): IncidentFacts {
  const unique = (words: readonly string[]) => [...new Set(words)];
  return valid(IncidentFacts, {
    ...{ causes: unique(cause), what, dossiers: unique(dossier), kinds: unique(kind), affected },
    measures: unique(measure),
  });
}

export interface OpenOptions extends FactOptions {
  readonly noticed?: string;
  readonly hold?: boolean;
}

/** "Datalek melden": anybody may; nothing is sent. */
export async function openOneIncident(options: OpenOptions, context: Context): Promise<void> {
  const words = incidentTexts(context.language);
  const facts = factsOf(options);
  const noticedAt = options.noticed === undefined ? now() : momentOf('noticed', options.noticed);
  const session = await openSession(options, context);
  const { known, held } = await openIncident(session, { noticedAt, facts, hold: options.hold === true });
  const { incident, reportBy, frozen } = known;
  if (context.asJson) {
    context.output.json({ event: 'incident', incident, noticedAt, reportBy, frozen, held });
    return;
  }
  context.output.say(words.opened(incident, reportBy));
  context.output.say(words.nothingSent);
  for (const dossier of facts.dossiers)
    context.output.say(held.includes(dossier) ? words.held(dossier) : words.askHold(dossier));
}

/** All of them; of those of others the dates alone. */
export async function listAllIncidents(options: VaultOptions, context: Context): Promise<void> {
  const all = await listIncidents(await openSession(options, context));
  if (all.length === 0 && !context.asJson) context.output.say(incidentTexts(context.language).none);
  for (const sight of all) showLine(sight, context);
}

function showLine(sight: IncidentSight, { asJson, output, language }: Context): void {
  const words = incidentTexts(language);
  const dates = sight.form === 'readable' ? datesOf(sight.known) : sight.logged;
  const incident = sight.form === 'readable' ? sight.known.incident : sight.incident;
  if (asJson) {
    output.json({ event: 'incident', incident, form: sight.form, ...dates });
    return;
  }
  const open = dates && !dates.closed ? [words.open(dates.reportBy, hoursLeft(dates, now()))] : [];
  const closed = dates?.closed === true ? [words.closed] : [];
  const form = sight.form === 'readable' ? [] : [words.form[sight.form]];
  output.say(words.line(incident, dates?.noticedAt ?? '?', [...open, ...closed, ...form].join('; ')));
}

const datesOf = ({ noticedAt, reportBy, closing }: IncidentCase) => ({
  noticedAt,
  reportBy,
  closed: closing !== undefined,
});

export async function showOneIncident(id: string, options: VaultOptions, context: Context): Promise<void> {
  const { known, logUnchanged } = await showIncident(await openSession(options, context), id);
  if (context.asJson) {
    context.output.json({ event: 'incident', ...known, logUnchanged });
    return;
  }
  const { output, language } = context;
  const words = incidentTexts(language);
  showLine({ form: 'readable', known }, context);
  const { causes, what, kinds, affected, measures, dossiers } = known.facts;
  output.say(`  ${what}`);
  output.say(words.part('causes', causes.map((each) => words.causes[each]).join('; ')));
  output.say(words.part('kinds', kinds.map((each) => words.kinds[each]).join('; ')));
  output.say(words.part('affected', words.affected[affected]));
  if (measures.length > 0) output.say(words.part('measures', measures.map((each) => words.measures[each]).join('; ')));
  for (const dossier of dossiers) output.say(words.dossier(dossier));
  output.say(words.frozen(known.frozen.seq, logUnchanged));
  if (known.closing) output.say(words.outcome(words.reported[known.closing.reported], known.closing.reason));
}

/** It is known better now: the whole form anew. */
export async function updateOneIncident(id: string, options: FactOptions, context: Context): Promise<void> {
  const facts = factsOf(options);
  const known = await updateIncident(await openSession(options, context), id, facts);
  if (context.asJson) context.output.json({ event: 'incident', ...known });
  else context.output.say(incidentTexts(context.language).updated);
}

export interface CloseOptions extends VaultOptions {
  readonly reported: Reported;
  readonly reason: string;
  readonly reportedAt?: string;
  readonly delay?: string;
}

export async function closeOneIncident(id: string, options: CloseOptions, context: Context): Promise<void> {
  const { reported, reason, reportedAt, delay } = options;
  const outcome = {
    ...{ reported, reason },
    ...(reportedAt === undefined ? {} : { reportedAt: momentOf('reported-at', reportedAt) }),
    ...(delay === undefined ? {} : { delay }),
  };
  const words = incidentTexts(context.language);
  const known = await closeIncident(await openSession(options, context), id, outcome);
  if (context.asJson) context.output.json({ event: 'incident', ...known });
  else context.output.say(words.outcome(words.reported[reported], reason));
}

/** What the authority asks, filled in as far as it is known. */
export async function incidentFormPdf(id: string, options: VaultOptions & PdfOptions, context: Context): Promise<void> {
  const session = await openSession(options, context);
  const file = pdfTarget(options, session.vault.root);
  const form = await formFor(session, id);
  await writeLetterPdf(form, file);
  const version = letterVersion(form);
  if (context.asJson) context.output.json({ event: 'letter', kind: form.kind, file, version });
  else context.output.say(incidentTexts(context.language).made(options.out, version.slice(0, 16)));
}
