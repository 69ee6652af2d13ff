import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { basename } from 'node:path';
import { AppFailure, type AppError } from '../core/errors.ts';
import { isOurs } from './hardening.ts';
import type { Supervisor } from './host/supervisor.ts';
import { CONTRACT, isCallName, type Answer, type HostCallName } from './ipc/contract.ts';
import type { ShellHandlers } from './shell-handlers.ts';
import type { Tokens } from './tokens.ts';

/** Only the window's own top frame may ask; looked at before anything is awaited. */
function requireOurs({ senderFrame }: IpcMainInvokeEvent): void {
  if (!senderFrame || senderFrame.parent || !isOurs(senderFrame.url)) throw new Error('forbidden');
}

async function answered(work: () => Promise<unknown> | unknown): Promise<Answer<unknown>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    const known: AppError = error instanceof AppFailure ? error.error : { code: 'desk-unexpected' };
    return { ok: false, error: known };
  }
}

/** Holds every question against the contract and passes it on. */
export function route(shell: ShellHandlers, host: Supervisor, tokens: Tokens): void {
  const shellAnswers: Record<string, (input: never) => unknown> = shell;
  ipcMain.handle('call', (event, name: unknown, input: unknown): Promise<Answer<unknown>> => {
    requireOurs(event);
    if (!isCallName(name)) throw new Error('unknown call');
    const call = CONTRACT[name];
    const parsed = call.in.safeParse(input);
    if (!parsed.success) {
      const field = parsed.error.issues[0]?.path.join('.') || 'value';
      return Promise.resolve({ ok: false, error: { code: 'value-invalid', field } });
    }
    // Whoever sits down next has chosen nothing yet.
    if (name === 'vault.lock') tokens.clear();
    if (call.by === 'host') return host.ask(name as HostCallName, parsed.data);
    return answered(() => shellAnswers[name]?.(parsed.data as never));
  });
  ipcMain.handle('drop', (event, path: unknown) => {
    requireOurs(event);
    if (typeof path !== 'string' || path === '') return undefined;
    return { token: tokens.give(path), name: basename(path) };
  });
}
