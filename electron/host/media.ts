import { randomBytes } from 'node:crypto';
import { fail } from '../../core/errors.ts';
import type { Desk } from '../../native/desk/desk.ts';
import type { MediaName } from '../../native/desk/case-files.ts';
import type { ShelfFile } from '../../native/store/shelf.ts';

const IDLE_MS = 10_000;

interface Offer {
  readonly name: MediaName;
  /** What it is, so that the same thing is known again. */
  readonly what: string;
  file: Promise<ShelfFile> | undefined;
  idle: NodeJS.Timeout | undefined;
}

/**
 * What a player may read, under names that can't be guessed and that are gone with the dossier. A player
 * asks in many small pieces and hangs up often: one handle serves them all and is closed when nobody asks.
 */
export class MediaOffers {
  private readonly offers = new Map<string, Offer>();

  constructor(private readonly desk: Desk) {}

  /** Holds out these and no others. @returns the name under which each is to be had */
  async offerOnly(
    wanted: Readonly<Record<MediaName, string | undefined>>,
  ): Promise<Partial<Record<MediaName, string>>> {
    for (const [token, offer] of [...this.offers]) {
      if (wanted[offer.name] === offer.what) continue;
      this.offers.delete(token);
      await close(offer);
    }
    const tokens: Partial<Record<MediaName, string>> = {};
    for (const name of ['proxy', 'clip'] as const) {
      const what = wanted[name];
      if (what !== undefined) tokens[name] = this.find(name) ?? this.add(name, what);
    }
    return tokens;
  }

  private find(name: MediaName): string | undefined {
    return [...this.offers].find(([, offer]) => offer.name === name)?.[0];
  }

  private add(name: MediaName, what: string): string {
    const token = randomBytes(16).toString('hex');
    this.offers.set(token, { name, what, file: undefined, idle: undefined });
    return token;
  }

  private file(token: string): Promise<ShelfFile> {
    const offer = this.offers.get(token) ?? fail({ code: 'desk-source-unknown' });
    offer.file ??= this.desk.media(offer.name);
    offer.file.catch(() => (offer.file = undefined));
    clearTimeout(offer.idle);
    offer.idle = setTimeout(() => void close(offer), IDLE_MS).unref();
    return offer.file;
  }

  async size(token: string): Promise<number> {
    return (await this.file(token)).size;
  }

  /** @throws AppFailure `vault-item-damaged` */
  async read(token: string, from: number, length: number): Promise<Uint8Array> {
    return (await this.file(token)).read(from, length);
  }

  async clear(): Promise<void> {
    const all = [...this.offers.values()];
    this.offers.clear();
    for (const offer of all) await close(offer);
  }
}

async function close(offer: Offer): Promise<void> {
  clearTimeout(offer.idle);
  const file = offer.file;
  offer.file = undefined;
  await (await file?.catch(() => undefined))?.close();
}
