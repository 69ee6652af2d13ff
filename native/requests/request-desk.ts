import { AppFailure, fail } from '../../core/errors.ts';
import { positionOf } from '../../core/register/class-register.ts';
import { grantRefusals, requestTasks, type RequestTasks } from '../../core/requests/effects.ts';
import type { DataRequest, RequestAnswer, RequestStep } from '../../core/requests/request.ts';
import type { ToldOf } from '../../core/requests/search.ts';
import { byAnswerDate, requestRefusals, stepRefusals, type RequestCase } from '../../core/requests/states.ts';
import { keepingFacts } from '../../core/retention/terms.ts';
import { may } from '../../core/vault/person.ts';
import { withRegisters } from '../register/registers.ts';
import { setHold } from '../vault/keeping.ts';
import type { Session } from '../vault/vault.ts';
import { findDossiers } from './dossier-search.ts';
import { RequestRoom } from './request-room.ts';

const dayOf = (now: Date) => now.toISOString().slice(0, 10);

/** Opens the requests while nobody else changes the vault. */
async function inRoom<T>(session: Session, use: (room: RequestRoom) => T | Promise<T>): Promise<T> {
  session.require('requests');
  return session.exclusively(async () => {
    const room = await RequestRoom.open(session);
    try {
      return await use(room);
    } finally {
      room.close();
    }
  });
}

/**
 * Takes a request in (V1). @returns it, with the day by which it must be answered
 * @throws AppFailure `act-not-allowed`, `request-refused`, `request-not-admitted`, `value-invalid`
 */
export function takeRequest(session: Session, request: DataRequest, now = new Date()): Promise<RequestCase> {
  session.require('requests');
  const rules = requestRefusals(request, dayOf(now));
  if (rules.length > 0) fail({ code: 'request-refused', rules });
  return inRoom(session, (room) => room.add(request));
}

/** By the day on which they must be answered. @throws AppFailure `act-not-allowed`, `request-…` */
export function listRequests(session: Session): Promise<RequestCase[]> {
  return inRoom(session, (room) => byAnswerDate(room.all()));
}

export interface RequestSight {
  readonly known: RequestCase;
  readonly tasks: RequestTasks;
}

/** @throws AppFailure `act-not-allowed`, `request-unknown` */
export async function showRequest(session: Session, id: string, now = new Date()): Promise<RequestSight> {
  const known = await inRoom(session, (room) => room.of(id));
  return { known, tasks: await tasksOf(session, known, now) };
}

/**
 * Looks for the dossiers it is about, with the keys that this person has, and keeps what was found. A
 * restriction by a privacy officer is put into effect at once, on all that anybody found (AVG art. 18).
 * @throws AppFailure `act-not-allowed`, `request-unknown`, `request-refused`, `request-other-days`
 */
export async function handleRequest(
  session: Session,
  id: string,
  told: ToldOf,
  now = new Date(),
): Promise<RequestSight & { readonly held: readonly string[] }> {
  const on = dayOf(now);
  const { request } = await inRoom(session, (room) => room.of(id));
  const found = await findDossiers(session, request, told);
  const known = await step(session, id, { event: 'handled', on, ...found }, on);
  const due = may(session.keys.person.role, 'hold') ? (await tasksOf(session, known, now)).hold : [];
  const held: string[] = [];
  for (const dossier of due) {
    try {
      await setHold(session, dossier, true, on);
      held.push(dossier);
    } catch (error) {
      // Someone may have wiped it since; it then is no task any more.
      if (!(error instanceof AppFailure) || error.error.code !== 'dossier-wiped') throw error;
    }
  }
  return { known, tasks: await tasksOf(session, known, now), held };
}

/** Once, within the first month, by two months (art. 12(3)). @throws AppFailure `request-refused`, … */
export function extendRequest(session: Session, id: string, reason: string, now = new Date()): Promise<RequestCase> {
  const on = dayOf(now);
  return step(session, id, { event: 'extended', on, reason }, on);
}

/**
 * Answers it. What was not done can't be granted.
 * @throws AppFailure `act-not-allowed`, `request-unknown`, `request-refused`, `request-not-grantable`
 */
export async function answerRequest(
  session: Session,
  id: string,
  answer: Pick<RequestAnswer, 'outcome' | 'reason' | 'rule'>,
  now = new Date(),
): Promise<RequestCase> {
  const on = dayOf(now);
  const before = await inRoom(session, (room) => room.of(id));
  const registered = await isRegistered(session, before, now);
  return inRoom(session, (room) => {
    const known = room.of(id);
    const wanted: RequestStep = { event: 'answered', on, ...answer };
    requireStep(known, wanted, on);
    // In one with the answer: a wipe may have begun, or a hold been lifted, a moment ago.
    const tasks = requestTasks(known, keepingFacts(session.entries()), registered);
    const rules = grantRefusals(known, answer.outcome, tasks);
    if (rules.length > 0) fail({ code: 'request-not-grantable', rules });
    return room.append(id, wanted);
  });
}

function step(session: Session, id: string, wanted: RequestStep, today: string): Promise<RequestCase> {
  return inRoom(session, (room) => {
    requireStep(room.of(id), wanted, today);
    return room.append(id, wanted);
  });
}

function requireStep(known: RequestCase, wanted: RequestStep, today: string): void {
  const rules = stepRefusals(known, wanted, today);
  if (rules.length > 0) fail({ code: 'request-refused', rules });
}

async function tasksOf(session: Session, known: RequestCase, now: Date): Promise<RequestTasks> {
  return requestTasks(known, keepingFacts(session.entries()), await isRegistered(session, known, now));
}

/** Whether an objection stands in the register; of other requests, or of staff, it says nothing. */
async function isRegistered(session: Session, { request }: RequestCase, now: Date): Promise<boolean> {
  const { kind, pupil, group } = request;
  if (kind !== 'objection' || pupil === undefined) return false;
  return withRegisters(
    session,
    (registers) => positionOf(registers.of(group), pupil, registers.today) === 'objection',
    now,
  );
}
