import type { CONTRACT, Output, ShellCallName } from './ipc/contract.ts';
import type { z } from 'zod';

type Parsed<N extends ShellCallName> = z.output<(typeof CONTRACT)[N]['in']>;
export type ShellHandlers = { [N in ShellCallName]: (input: Parsed<N>) => Promise<Output<N>> | Output<N> };
