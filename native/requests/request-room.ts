import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../../core/errors.ts';
import { loggedRequests, requestsDue } from '../../core/requests/keep.ts';
import { RequestEvent, type DataRequest, type RequestStep } from '../../core/requests/request.ts';
import { answerByOf, requestCase, type RequestCase } from '../../core/requests/states.ts';
import { clockIsPlausible } from '../../core/retention/terms.ts';
import { dayNow } from '../day.ts';
import { RoomKeys, type RoomKind } from '../vault/room-keys.ts';
import { newKey } from '../vault/seal.ts';
import { SignedRecord, type RecordKind } from '../vault/signed-record.ts';
import type { Session } from '../vault/vault.ts';

/** Those who deal with requests: school trainers, privacy officers and administrators. */
const ROOM: RoomKind = {
  name: 'requests',
  act: 'requests',
  notAdmitted: { code: 'request-not-admitted' },
  lost: { code: 'request-shortened' },
};
const RECORD: RecordKind<RequestEvent> = { purpose: 'request', schema: RequestEvent };

type Record = SignedRecord<RequestEvent>;

/**
 * Where the sealed requests lie, each under a key of its own. They say what was asked and done, the log
 * that it was, and when it must be answered: what a crash kept from the log is put into it the next time,
 * and a request that the log knows of and that is not there is noticed.
 */
export class RequestRoom {
  private readonly records = new Map<string, Record>();

  private constructor(
    private readonly session: Session,
    private readonly keys: RoomKeys,
  ) {}

  /** @throws AppFailure `request-not-admitted`, `request-shortened`, `vault-damaged`, `vault-item-damaged` */
  static async open(session: Session): Promise<RequestRoom> {
    const there = [...loggedRequests(session.entries()).values()].some(({ gone }) => !gone);
    const keys = await RoomKeys.open(session, ROOM, there);
    const room = new RequestRoom(session, keys);
    try {
      await room.removeExpired();
      await room.load();
      room.settle();
      await keys.sweep();
      await keys.admit(room.records.values());
      return room;
    } catch (error) {
      room.close();
      throw error;
    }
  }

  all(): RequestCase[] {
    return [...this.records.values()].map(caseOf);
  }

  /** @throws AppFailure `request-unknown` */
  of(id: string): RequestCase {
    return caseOf(this.recordOf(id));
  }

  /** It counts once its key is kept; the log is told of it last. */
  async add(request: DataRequest): Promise<RequestCase> {
    const { id } = request;
    const path = join(this.keys.folderOf(id), 'entries');
    const record = SignedRecord.begin(path, id, newKey(), RECORD);
    this.records.set(id, record);
    record.append({ event: 'received', request }, this.session.keys);
    await this.keys.wrap(record);
    this.noteReceived(request);
    return caseOf(record);
  }

  append(id: string, step: RequestStep): RequestCase {
    const record = this.recordOf(id);
    this.session.requireLease();
    record.append(step, this.session.keys);
    const known = caseOf(record);
    if (step.event === 'extended') this.noteExtended(known);
    if (step.event === 'answered') this.session.note({ event: 'request-answered', request: id, outcome: step.outcome });
    return known;
  }

  /** Forgets the keys. */
  close(): void {
    for (const record of this.records.values()) record.close();
    this.records.clear();
  }

  private recordOf(id: string): Record {
    return this.records.get(id) ?? fail({ code: 'request-unknown', request: id });
  }

  private noteReceived({ id, kind, received }: DataRequest): void {
    this.session.note({ event: 'request-received', request: id, kind, answerBy: answerByOf(received, false) });
  }

  private noteExtended({ request, answerBy }: RequestCase): void {
    this.session.note({ event: 'request-extended', request: request.id, answerBy });
  }

  /** What is over its term, and keys that a machine without keys could not destroy. */
  private async removeExpired(): Promise<void> {
    const today = dayNow();
    const entries = this.session.entries();
    const due = clockIsPlausible(entries, today) ? requestsDue(entries, today) : [];
    for (const request of due)
      if (!loggedRequests(entries).get(request)?.gone) this.session.note({ event: 'request-wipe-begun', request });
    for (const [request, { gone, wiped }] of loggedRequests(this.session.entries())) {
      if (!gone || (!this.keys.keyring.has(request) && !existsSync(this.keys.folderOf(request)))) continue;
      const complete = await this.keys.destroy(request);
      if (!wiped || !complete) this.session.note({ event: 'request-wiped', request, complete });
    }
  }

  private async load(): Promise<void> {
    const people = this.session.vault.people();
    for (const id of this.keys.keyring.all()) {
      const path = join(this.keys.folderOf(id), 'entries');
      const record = SignedRecord.open(path, id, await this.keys.keyOf(id), RECORD, people);
      this.records.set(id, record ?? fail(ROOM.lost));
    }
  }

  /** Holds the requests against the log. @throws AppFailure `request-shortened` */
  private settle(): void {
    const known = loggedRequests(this.session.entries());
    for (const [id, { extended, answeredOn, gone }] of known) {
      if (gone) continue;
      const kept = this.records.get(id) ?? fail(ROOM.lost);
      const { extension, answer } = caseOf(kept);
      if ((extended && !extension) || (answeredOn !== undefined && !answer)) fail(ROOM.lost);
    }
    for (const record of this.records.values()) {
      const found = caseOf(record);
      const { request, extension, answer } = found;
      const was = known.get(request.id);
      if (!was) this.noteReceived(request);
      if (extension && was?.extended !== true) this.noteExtended(found);
      if (answer && was?.answeredOn === undefined)
        this.session.note({ event: 'request-answered', request: request.id, outcome: answer.outcome });
    }
  }
}

/** @throws AppFailure `vault-item-damaged` */
function caseOf({ id, events }: Record): RequestCase {
  const known = requestCase(events);
  if (known?.request.id !== id) return fail({ code: 'vault-item-damaged', item: RECORD.purpose, block: 0 });
  return known;
}
