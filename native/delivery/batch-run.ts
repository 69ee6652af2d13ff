import type { Carrier } from '../../core/delivery/carrier.ts';
import type { ItemState } from '../../core/delivery/item-state.ts';
import { AppFailure, type AppError } from '../../core/errors.ts';
import { machineError } from '../machine-error.ts';
import type { Session } from '../vault/vault.ts';
import { checkExport, exportClip } from './export.ts';
import type { ExportWish } from './gate.ts';

export interface BatchItem {
  readonly dossier: string;
  readonly wish: ExportWish;
}

type Change = { -readonly [K in keyof ItemState]?: ItemState[K] };

/**
 * Clips that go out together, one by one. All are checked first: as long as one of them may not leave, none does.
 * What was stopped or failed goes on when it is started again; what was delivered is not sent a second time.
 */
export class BatchRun {
  private states: ItemState[];
  private controller: AbortController | undefined;
  private going: Promise<void> = Promise.resolve();

  /** @param now in milliseconds */
  constructor(
    private readonly session: Session,
    private readonly items: readonly BatchItem[],
    private readonly carrier: Carrier,
    private readonly now: () => number,
  ) {
    this.states = items.map(({ dossier, wish }) => ({
      ...{ dossier, target: wish.target, state: 'waiting', done: 0, total: 0, bytesPerSecond: 0 },
      ...{ delivery: undefined, error: undefined, waiting: undefined },
    }));
  }

  get running(): boolean {
    return this.controller !== undefined;
  }

  get snapshot(): readonly ItemState[] {
    return this.states;
  }

  /** Says of each what stands in its way, and sends nothing. @returns whether all may leave */
  async check(): Promise<boolean> {
    const controller = new AbortController();
    this.controller = controller;
    const checked = this.look(controller.signal).finally(() => (this.controller = undefined));
    this.going = checked.then(
      () => {},
      () => {},
    );
    return checked;
  }

  private async look(signal: AbortSignal): Promise<boolean> {
    for (const [index, { dossier, wish }] of this.items.entries()) {
      if (signal.aborted) return false;
      if (this.states[index]!.state === 'done') continue;
      const error = await errorOf(async () => {
        const reasons = await checkExport(this.session, dossier, wish);
        if (reasons.length > 0) throw new AppFailure({ code: 'export-refused', reasons });
      });
      this.change(index, error ? { state: 'held-back', error } : { state: 'may-leave', error: undefined });
    }
    return this.states.every(({ state }) => state !== 'held-back');
  }

  /** Goes on in the background until all are done, failed or stopped. */
  start(): void {
    if (this.running) return;
    const controller = new AbortController();
    this.controller = controller;
    const end = () => (this.controller = undefined);
    this.going = this.run(controller.signal).then(end, end);
  }

  /** Also for a pause: the same batch can be started again. */
  async stop(): Promise<void> {
    this.controller?.abort();
    await this.going;
  }

  private async run(signal: AbortSignal): Promise<void> {
    if (!(await this.look(signal))) return;
    for (const index of this.items.keys()) {
      if (signal.aborted) this.change(index, this.states[index]!.state === 'done' ? {} : { state: 'stopped' });
      else if (this.states[index]!.state !== 'done') await this.send(index, signal);
    }
  }

  private async send(index: number, signal: AbortSignal): Promise<void> {
    const { dossier, wish } = this.items[index]!;
    const begun = this.now();
    this.change(index, { state: 'sending', done: 0, error: undefined });
    const error = await errorOf(async () => {
      const { delivery } = await exportClip(this.session, dossier, wish, this.carrier, {
        signal,
        onBegin: (total) => this.change(index, { total }),
        onRead: (done) => {
          const bytesPerSecond = (done * 1000) / Math.max(1, this.now() - begun);
          this.change(index, { state: 'sending', done, bytesPerSecond, waiting: undefined });
        },
        onChecking: () => this.change(index, { state: 'checking', waiting: undefined }),
        onWaiting: (waiting) => this.change(index, { state: 'pausing', waiting }),
      });
      this.change(index, { state: 'done', delivery, waiting: undefined });
    });
    if (!error) return;
    if (error.code === 'cancelled') this.change(index, { state: 'stopped', waiting: undefined });
    else if (error.code === 'delivery-exists') this.change(index, { state: 'done', delivery: error.delivery });
    else this.change(index, { state: 'failed', error, waiting: undefined });
  }

  private change(index: number, part: Change): void {
    this.states = this.states.map((each, at) => (at === index ? { ...each, ...part } : each));
  }
}

/** What went wrong, from the closed set that shells have words for. */
async function errorOf(work: () => Promise<void>): Promise<AppError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof AppFailure) return error.error;
    // One that met a mistake of ours keeps no other from leaving; nothing unforeseen is called done.
    return machineError(error) ?? { code: 'desk-unexpected' };
  }
}
