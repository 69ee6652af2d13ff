import { createHmac, hkdfSync, type Hmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DossierEvent, stateOf, type DossierState } from '../../core/dossier/events.ts';
import { fail } from '../../core/errors.ts';
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
const JOB = 'job';
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
    if (!/^[0-9a-f]{16}$/.test(id)) fail({ code: 'dossier-unknown', dossier: id });
    // From the moment a wipe is meant, nobody opens it any more, also when a step of it failed.
    if (existsSync(session.folder('wipes', `${id}.json`))) fail({ code: 'dossier-wiped' });
    if (!session.keyring.has(id) || !existsSync(folder)) fail({ code: 'dossier-unknown', dossier: id });
    return Dossier.begin(id, folder, await session.keyring.keyOf(id), loopback);
  }

  /** @throws AppFailure `vault-item-damaged` */
  get state(): DossierState {
    return stateOf(this.known) ?? fail({ code: 'vault-item-damaged', item: EVENTS, block: 0 });
  }

  /** On the disk when it returns. */
  record(event: DossierEvent): void {
    this.list.append(JSON.stringify(event), true);
    this.known.push(event);
  }

  /** Where a job on it works; a folder of its own, so that it can be thrown away whole. */
  jobShelf(): SealedShelf {
    return new SealedShelf(join(this.folder, JOB), this.key, this.loopback);
  }

  /** Forgets the key. */
  close(): void {
    this.list.close();
    this.lease.release();
    this.key.fill(0);
  }
}
