import type { DeliveryPorts, Outcome } from '../core/delivery/carrier.ts';
import {
  deliveryOf,
  WITHDRAWN,
  type DeliveryReason,
  type DeliveryState,
  type JournalLine,
} from '../core/delivery/journal.ts';
import { DeliveryFailure, type Parcel, type Portal } from '../core/delivery/portal.ts';
import { fail } from '../core/errors.ts';
import { waitAfter } from './back-off.ts';
import { Turns } from './turns.ts';

/** Tries before it is given up; a later export of the same clip goes on with the same delivery. */
export const MOST_TRIES = 6;

/** Without the moment, which the job adds. */
type Step = JournalLine extends infer Line ? (Line extends { at: string } ? Omit<Line, 'at'> : never) : never;

const turns = new Turns();

/**
 * Takes one parcel to its end: there once, read back and right, or failed with a reason. What a crash, a lost
 * answer or an earlier try may have left at the far end is asked there before anything is sent (domain §3.4).
 * One at a time for a target.
 * @throws AppFailure `cancelled`
 */
export function deliver(parcel: Parcel, portal: Portal, ports: DeliveryPorts): Promise<Outcome> {
  return turns.take(parcel.target, () => new Job(parcel, portal, ports).run());
}

class Job {
  private readonly written: JournalLine[];
  /** True while something may lie at the far end that nobody has looked at. */
  private unsure = false;

  constructor(
    private readonly parcel: Parcel,
    private readonly portal: Portal,
    private readonly ports: DeliveryPorts,
  ) {
    this.written = [...ports.lines];
  }

  private get known(): DeliveryState {
    const known = deliveryOf(this.written);
    if (!known) throw new TypeError('a journal without a plan');
    return known;
  }

  private note(step: Step): void {
    const line: JournalLine = { ...step, at: this.ports.now().toISOString() };
    this.ports.write(line);
    this.written.push(line);
  }

  async run(): Promise<Outcome> {
    this.unsure = this.known.session !== undefined;
    for (let tries = 1; ; tries++) {
      try {
        return await this.once();
      } catch (error) {
        const failure = this.expected(error);
        if (failure.reason === 'cancelled') {
          this.note({ state: 'paused', reason: 'cancelled', milliseconds: 0 });
          return fail({ code: 'cancelled' });
        }
        if (WITHDRAWN.has(failure.reason)) await this.withdraw();
        if (!failure.again || tries === MOST_TRIES) return this.failed(failure.reason);
        const milliseconds = Math.max(failure.notBefore, waitAfter(tries, this.ports.random()));
        this.note({ state: 'paused', reason: failure.reason, milliseconds });
        this.ports.onWaiting?.(failure.reason, milliseconds);
        await this.pause(milliseconds);
      }
    }
  }

  /** What may no longer leave does not stay there half-way: a film without its last second can be played. */
  private async withdraw(): Promise<void> {
    const { session } = this.known;
    if (session === undefined) return;
    this.note({ state: 'busy', doing: 'take-away' });
    try {
      this.unsure = (await this.portal.takeBack(this.parcel, session)) === 'cannot';
    } catch (error) {
      this.expected(error);
      this.unsure = true;
    }
  }

  private async pause(milliseconds: number): Promise<void> {
    try {
      await this.ports.wait(milliseconds, this.ports.signal);
    } catch (error) {
      if (this.expected(error).reason === 'cancelled') fail({ code: 'cancelled' });
      throw error;
    }
  }

  private expected(error: unknown): DeliveryFailure {
    if (this.ports.signal?.aborted) return new DeliveryFailure('cancelled', false);
    if (error instanceof DeliveryFailure) return error;
    throw error;
  }

  /** Whatever went wrong last: that something may be there is what has to be known. */
  private failed(reason: DeliveryReason): Outcome {
    const said = this.unsure ? 'outcome-unknown' : reason;
    this.note({ state: 'failed', reason: said });
    return { ok: false, reason: said };
  }

  private async once(): Promise<Outcome> {
    this.stopIfAsked();
    const receipt = await this.bring();
    this.note({ state: 'delivered', receipt });
    this.ports.onChecking?.();
    await this.check(receipt);
    this.note({ state: 'checked' });
    await this.ports.onChecked(receipt);
    this.note({ state: 'done' });
    return { ok: true, receipt };
  }

  private stopIfAsked(): void {
    if (this.ports.signal?.aborted) throw new DeliveryFailure('cancelled', false);
  }

  /** @returns the receipt of what lies there, sent now or before */
  private async bring(): Promise<string> {
    const { parcel, portal } = this;
    const { signal } = this.ports;
    this.note({ state: 'busy', doing: 'find' });
    const { session: earlier, sent } = this.known;
    const found = await portal.find(parcel, { session: earlier, sent }, signal);
    this.unsure = found.there === 'whole';
    if (found.there === 'whole') return found.receipt;
    await this.ports.onSending();
    let from = 0;
    let session: string;
    // A far end that lost what it had taken can't be gone on with: what it has may have a hole.
    if (found.there === 'part' && (found.session !== earlier || found.bytes >= sent)) {
      ({ session, bytes: from } = found);
    } else {
      this.note({ state: 'busy', doing: 'prepare' });
      session = await portal.prepare(parcel, signal);
    }
    this.stopIfAsked();
    this.note({ state: 'busy', doing: 'send', session });
    this.unsure = true;
    try {
      return await portal.send(this.watched(), { session, from, onTaken: (bytes) => this.taken(bytes), signal });
    } catch (error) {
      // What was turned away for good is not there; all else may be.
      if (error instanceof DeliveryFailure && !error.again) this.unsure = false;
      throw error;
    }
  }

  private taken(bytes: number): void {
    this.note({ state: 'busy', doing: 'sent', bytes });
  }

  private watched(): Parcel {
    const { parcel, ports } = this;
    return {
      ...parcel,
      async *content(from) {
        let done = from;
        for await (const piece of parcel.content(from)) {
          yield piece;
          ports.onRead?.((done += piece.length));
        }
      },
    };
  }

  /** Holds what lies there against what was approved; what differs is taken away before it is sent again. */
  private async check(receipt: string): Promise<void> {
    const { parcel, portal } = this;
    const { size, sha256 } = await portal.readBack(parcel, receipt, this.ports.signal);
    if (size === parcel.size && (sha256 === undefined || sha256 === parcel.sha256)) return;
    this.note({ state: 'busy', doing: 'take-away' });
    const away = await portal.takeBack(parcel, receipt);
    this.unsure = false;
    // Beside a wrong one that stays no second one is laid.
    throw new DeliveryFailure('differs', away !== 'cannot');
  }
}
