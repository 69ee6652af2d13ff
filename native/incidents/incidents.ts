import { checkpointOf } from '../../core/audit/chain.ts';
import { AppFailure, fail } from '../../core/errors.ts';
import { incidentForm } from '../../core/incidents/form.ts';
import { IncidentFacts, type IncidentClosing, type IncidentStep } from '../../core/incidents/incident.ts';
import { incidentRefusals, openingRefusals, type IncidentCase } from '../../core/incidents/states.ts';
import type { Printable } from '../../core/register/letters.ts';
import { keepingFacts } from '../../core/retention/terms.ts';
import { valid } from '../../core/valid.ts';
import { setHold } from '../vault/keeping.ts';
import { newId } from '../vault/seal.ts';
import type { Session } from '../vault/vault.ts';
import { IncidentRoom, makeIncidentRoom, type IncidentSight } from './incident-room.ts';

export interface IncidentWish {
  /** When someone first thought that it was a breach, ISO 8601 in UTC: 72 hours run from then. */
  readonly noticedAt: string;
  readonly facts: IncidentFacts;
  /** Sets a hold on the dossiers that it names; only who may. */
  readonly hold: boolean;
}

async function inRoom<T>(session: Session, use: (room: IncidentRoom) => T | Promise<T>): Promise<T> {
  return session.exclusively(async () => {
    const room = await IncidentRoom.open(session);
    try {
      return await use(room);
    } finally {
      room.close();
    }
  });
}

/**
 * "Datalek melden" (V2): anybody may. It notes where the log stands, and until when the authority must be
 * told; it sends nothing to anybody.
 * @throws AppFailure `incident-refused`, `dossier-unknown`, `value-invalid`, `act-not-allowed` for a hold
 */
export async function openIncident(
  session: Session,
  { noticedAt, facts, hold }: IncidentWish,
  now = new Date(),
): Promise<{ readonly known: IncidentCase; readonly held: readonly string[] }> {
  if (hold) session.require('hold');
  const at = now.toISOString();
  const rules = openingRefusals(noticedAt, valid(IncidentFacts, facts), at);
  if (rules.length > 0) fail({ code: 'incident-refused', rules });
  requireDossiers(session, facts.dossiers);
  makeIncidentRoom(session);
  const known = await inRoom(session, (room) => {
    const last = session.entries().at(-1) ?? fail({ code: 'log-damaged', line: 0 });
    const frozen = checkpointOf(session.vault.id, last);
    return room.add({ event: 'opened', incident: newId(), at, noticedAt, frozen, facts });
  });
  return { known, held: hold ? await holdAll(session, facts.dossiers, at.slice(0, 10)) : [] };
}

async function holdAll(session: Session, dossiers: readonly string[], today: string): Promise<string[]> {
  const held: string[] = [];
  for (const dossier of dossiers)
    try {
      await setHold(session, dossier, true, today);
      held.push(dossier);
    } catch (error) {
      // A breach may be about what is gone; there is nothing to hold.
      if (!(error instanceof AppFailure) || error.error.code !== 'dossier-wiped') throw error;
    }
  return held;
}

/** @throws AppFailure `dossier-unknown` */
function requireDossiers(session: Session, dossiers: readonly string[]): void {
  const known = keepingFacts(session.entries());
  for (const dossier of dossiers) if (!known.has(dossier)) fail({ code: 'dossier-unknown', dossier });
}

/** Every incident that the log knows of; of those of others the log's dates alone. */
export function listIncidents(session: Session): Promise<IncidentSight[]> {
  return inRoom(session, (room) => room.all());
}

export interface IncidentShown {
  readonly known: IncidentCase;
  /** Whether the log is, up to where it was then, what it was then. */
  readonly logUnchanged: boolean;
}

/** @throws AppFailure `incident-unknown`, `incident-sealed`, `incident-missing`, `log-damaged` */
export async function showIncident(session: Session, id: string): Promise<IncidentShown> {
  const known = await inRoom(session, (room) => room.of(id));
  const { seq, hash } = known.frozen;
  return { known, logUnchanged: session.entries()[seq - 1]?.hash === hash };
}

/** Takes the place of what was known. @throws AppFailure `incident-refused`, … */
export function updateIncident(
  session: Session,
  id: string,
  facts: IncidentFacts,
  now = new Date(),
): Promise<IncidentCase> {
  requireDossiers(session, facts.dossiers);
  return step(session, id, { event: 'updated', at: now.toISOString(), facts: valid(IncidentFacts, facts) });
}

/** Only by the privacy officer. @throws AppFailure `act-not-allowed`, `incident-refused`, … */
export function closeIncident(
  session: Session,
  id: string,
  outcome: Omit<IncidentClosing, 'event' | 'at'>,
  now = new Date(),
): Promise<IncidentCase> {
  session.require('close-incident');
  return step(session, id, { event: 'closed', at: now.toISOString(), ...outcome });
}

function step(session: Session, id: string, wanted: IncidentStep): Promise<IncidentCase> {
  return inRoom(session, (room) => {
    const rules = incidentRefusals(room.of(id), wanted);
    if (rules.length > 0) fail({ code: 'incident-refused', rules });
    return room.append(id, wanted);
  });
}

/** What the authority asks, with what is known filled in. @throws AppFailure as {@link showIncident} */
export async function formFor(session: Session, id: string, now = new Date()): Promise<Printable> {
  const { known } = await showIncident(session, id);
  const profile = session.vault.profile(now.toISOString().slice(0, 10));
  return incidentForm(known, profile.state === 'unsigned' ? undefined : profile.signed.profile);
}
