import { join } from 'node:path';
import { fail } from '../../core/errors.ts';
import { RequestEvent, type DataRequest, type RequestStep } from '../../core/requests/request.ts';
import { answerByOf, requestCase, type RequestCase } from '../../core/requests/states.ts';
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
    const keys = await RoomKeys.open(session, ROOM, logged(session).size > 0);
    const room = new RequestRoom(session, keys);
    try {
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
    if (step.event === 'answered') this.session.note({ event: 'request-answered', request: id, outcome: step.outcome });
    return caseOf(record);
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
    const known = logged(this.session);
    for (const [id, was] of known) {
      const record = this.records.get(id);
      if (!record || (was === 'answered' && caseOf(record).state !== 'answered')) fail(ROOM.lost);
    }
    for (const record of this.records.values()) {
      const { request, answer } = caseOf(record);
      const was = known.get(request.id);
      if (was === undefined) this.noteReceived(request);
      if (answer && was !== 'answered')
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

/** How far the log says that each request is. */
function logged(session: Session): Map<string, 'received' | 'answered'> {
  const known = new Map<string, 'received' | 'answered'>();
  for (const { what } of session.entries()) {
    if (what.event === 'request-received') known.set(what.request, 'received');
    if (what.event === 'request-answered') known.set(what.request, 'answered');
  }
  return known;
}
