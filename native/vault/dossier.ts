import { createHmac, hkdfSync, type Hmac } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { DossierEvent, stateOf, type DossierState } from '../../core/dossier/events.ts';
import { fail, type AppError } from '../../core/errors.ts';
import { keepingFacts } from '../../core/retention/terms.ts';
import { Id } from '../../core/vault/person.ts';
import { valid } from '../../core/valid.ts';
import { Lease } from '../store/lease.ts';
import type { LineList } from '../store/shelf.ts';
import type { Loopback } from './loopback.ts';
import { SealedShelf } from './sealed-shelf.ts';
import type { Session } from './vault.ts';

/** Names within a dossier's folder. */
export const ORIGINAL = 'original';
export const CLIP = 'clip.mp4';
export const REPORT = 'report.json';
const EVENTS = 'events';
export const JOB = 'job';
export const LOCK = 'lock';

/** HMAC-SHA-256 of a recording under a key of its own: proves which one it was, to those who have it (§4.5). */
export function recordingHmac(key: Uint8Array): Hmac {
  return createHmac('sha256', Buffer.from(hkdfSync('sha256', key, '', 'onherkenbaar/hmac/1', 32)));
}

/** One recording with all that was made of it, opened by someone on its access list, one at a time. */
export class Dossier {
  readonly shelf: SealedShelf;
  private readonly list: LineList;
  private readonly known: DossierEvent[];

  private constructor(
    readonly id: string,
    readonly folder: string,
    private readonly key: Uint8Array,
    private readonly lease: Lease,
    private readonly loopback: Loopback,
  ) {
    this.shelf = new SealedShelf(folder, key, loopback);
    const { lines, list } = this.shelf.lines(EVENTS);
    this.list = list;
    this.known = lines.map((line, index) => {
      const parsed = DossierEvent.safeParse(JSON.parse(line));
      return parsed.data ?? fail({ code: 'vault-item-damaged', item: EVENTS, block: index });
    });
  }

  /**
   * @param key of the recording; the caller has made sure who may have it
   * @throws AppFailure `dossier-busy`, `vault-item-damaged`
   */
  static begin(id: string, folder: string, key: Uint8Array, loopback: Loopback): Dossier {
    const lease = Lease.take(join(folder, LOCK)) ?? fail({ code: 'dossier-busy' });
    try {
      return new Dossier(id, folder, key, lease, loopback);
    } catch (error) {
      lease.release();
      throw error;
    }
  }

  /** @throws AppFailure `dossier-unknown`, `dossier-wiped`, `access-denied`, `dossier-busy`, `vault-item-damaged` */
  static async open(session: Session, id: string, loopback: Loopback): Promise<Dossier> {
    const folder = session.folder('dossiers', id);
    if (!Id.safeParse(id).success || !existsSync(folder)) fail(goneOr(session, id));
    const lease = Lease.take(join(folder, LOCK)) ?? fail({ code: 'dossier-busy' });
    try {
      // Looked at under the lease: from the moment a wipe is meant, nobody opens it any more.
      const wipe = keepingFacts(session.entries()).get(id)?.wipe ?? 'none';
      if (wipe !== 'none') fail({ code: 'dossier-wiped' });
      return new Dossier(id, folder, await session.keyring.keyOf(id), lease, loopback);
    } catch (error) {
      lease.release();
      throw error;
    }
  }

  /** @throws AppFailure `vault-item-damaged` */
  get state(): DossierState {
    return stateOf(this.known) ?? fail({ code: 'vault-item-damaged', item: EVENTS, block: 0 });
  }

  /** After a long sleep of the machine someone else may have taken over. @throws AppFailure `dossier-busy` */
  requireLease(): void {
    if (!this.lease.holds()) fail({ code: 'dossier-busy' });
  }

  /** On the disk when it returns. @throws AppFailure `value-invalid`, `dossier-busy` */
  record(event: DossierEvent): void {
    this.requireLease();
    this.list.append(JSON.stringify(valid(DossierEvent, event)), true);
    this.known.push(event);
  }

  /** Where a job on it works; a folder of its own, so that it can be thrown away whole. */
  jobShelf(): SealedShelf {
    return new SealedShelf(join(this.folder, JOB), this.key, this.loopback);
  }

  /** True when a file is, byte for byte, what the recording, or a fragment of it, was taken from. */
  async isRecording(path: string): Promise<boolean> {
    const hmac = recordingHmac(this.key);
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hmac.update(piece);
    return hmac.digest('hex') === (this.state.sourceHmac ?? this.state.hmac);
  }

  /** Forgets the key. */
  close(): void {
    // First: whatever a share that went away makes of the rest.
    this.key.fill(0);
    try {
      this.list.close();
    } finally {
      this.lease.release();
    }
  }
}

function goneOr(session: Session, dossier: string): AppError {
  const wipe = keepingFacts(session.entries()).get(dossier)?.wipe ?? 'none';
  return wipe === 'none' ? { code: 'dossier-unknown', dossier } : { code: 'dossier-wiped' };
}
