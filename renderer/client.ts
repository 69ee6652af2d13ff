import type { AppError } from '../core/errors.ts';
import type { Answer, CallName, Input, Output, Told } from '../electron/ipc/contract.ts';
import type { Found } from '../electron/ipc/views.ts';

/** What the preload exposes. */
interface Bridge {
  call(name: string, input: unknown): Promise<Answer<unknown>>;
  drop(file: File): Promise<Found | undefined>;
  onTold(listener: (told: Told) => void): () => void;
}

declare global {
  interface Window {
    readonly bridge: Bridge;
  }
}

/** A call that the other side refused, with the reason as a code. */
export class Refused extends Error {
  constructor(readonly error: AppError) {
    super(error.code);
    this.name = 'Refused';
  }
}

type Args<N extends CallName> = undefined extends Input<N> ? [] : [input: Input<N>];

/** @throws Refused */
export async function call<N extends CallName>(name: N, ...[input]: Args<N>): Promise<Output<N>> {
  const answer = await window.bridge.call(name, input);
  if (!answer.ok) throw new Refused(answer.error);
  // Both ends are derived from one contract.
  return answer.value as Output<N>;
}

export function errorOf(error: unknown): AppError {
  return error instanceof Refused ? error.error : { code: 'desk-unexpected' };
}
