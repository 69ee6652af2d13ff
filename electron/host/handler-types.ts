import type { CONTRACT, HostCallName, Output } from '../ipc/contract.ts';
import type { ShellCallName, ShellCalls } from './protocol.ts';
import type { z } from 'zod';

/** What a call brings, as the contract let it through. */
type Parsed<N extends HostCallName> = z.output<(typeof CONTRACT)[N]['in']>;
export type ScreenHandlers = { [N in HostCallName]: (input: Parsed<N>) => Promise<Output<N>> | Output<N> };
export type ShellHandlers = {
  [N in ShellCallName]: (input: ShellCalls[N]['in']) => Promise<ShellCalls[N]['out']> | ShellCalls[N]['out'];
};
