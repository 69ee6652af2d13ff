import { utilityProcess, type UtilityProcess } from 'electron';
import { AppFailure } from '../../core/errors.ts';
import type { Answer, HostCallName, Input, Told } from '../ipc/contract.ts';
import type { Asked, FromHost, ShellCallName, ShellCalls } from './protocol.ts';

/** How long a host may take to put everything away before it is ended. */
const STOP_MS = 5_000;

export interface SupervisorEvents {
  onTold(told: Told): void;
  /** It ended without being asked to: keys and the dossier on the desk are gone with it, the job can be resumed. */
  onGone(): void;
}

/** Keeps one host process, starts it when it is needed, and turns its death into failed calls. */
export class Supervisor {
  private child: UtilityProcess | undefined;
  private readonly waiting = new Map<number, (answer: Answer<unknown>) => void>();
  private last = 0;
  private stopping = false;

  constructor(
    private readonly entry: string,
    private readonly events: SupervisorEvents,
  ) {}

  get pid(): number | undefined {
    return this.child?.pid;
  }

  private start(): UtilityProcess {
    const child = utilityProcess.fork(this.entry, [], { serviceName: 'media', stdio: 'inherit' });
    child.on('message', (message: FromHost) => this.hear(message));
    child.once('exit', () => {
      if (this.child === child) this.gone();
    });
    return child;
  }

  private gone(): void {
    this.child = undefined;
    const all = [...this.waiting.values()];
    this.waiting.clear();
    for (const settle of all) settle({ ok: false, error: { code: 'desk-host-gone' } });
    if (!this.stopping) this.events.onGone();
  }

  private hear(message: FromHost): void {
    if (message.kind === 'told') return this.events.onTold(message.told);
    this.waiting.get(message.id)?.(message.answer);
    this.waiting.delete(message.id);
  }

  /** @param input held against the contract by the caller */
  ask(name: HostCallName | ShellCallName, input: unknown): Promise<Answer<unknown>> {
    this.child ??= this.start();
    const id = ++this.last;
    const answer = new Promise<Answer<unknown>>((resolve) => this.waiting.set(id, resolve));
    this.child.postMessage({ id, name, input } satisfies Asked);
    return answer;
  }

  /** @throws AppFailure that the host answered with */
  async demand<N extends ShellCallName>(name: N, input: ShellCalls[N]['in']): Promise<ShellCalls[N]['out']> {
    const answer = await this.ask(name, input);
    if (!answer.ok) throw new AppFailure(answer.error);
    // Both ends of this are ours, and bound by the same interface.
    return answer.value as ShellCalls[N]['out'];
  }

  /** @throws AppFailure that the host answered with */
  async screenCall<N extends HostCallName>(name: N, input: Input<N>): Promise<unknown> {
    const answer = await this.ask(name, input);
    if (!answer.ok) throw new AppFailure(answer.error);
    return answer.value;
  }

  /** Lets the host come to rest, then ends it. */
  async stop(): Promise<void> {
    const { child } = this;
    if (!child) return;
    this.stopping = true;
    const late = new Promise((resolve) => setTimeout(resolve, STOP_MS));
    await Promise.race([this.ask('host.stop', undefined), late]);
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill();
    await Promise.race([gone, late]);
    this.stopping = false;
  }
}
