import { z } from 'zod';
import { valid } from '../../core/valid.ts';
import { noteShowing } from '../../native/vault/showing.ts';
import type { Context } from '../context.ts';
import { vaultTexts } from '../words/vault-texts.ts';
import { openSession, type VaultOptions } from './vault.ts';

export interface ShownOptions extends VaultOptions {
  readonly on?: string;
  readonly people: string;
  readonly supervised?: boolean;
}

/** Notes that a recording was shown, to how many (M7), or under supervision (S7). */
export async function shown(dossier: string, options: ShownOptions, context: Context): Promise<void> {
  const now = new Date();
  const typed = { on: options.on ?? now.toISOString().slice(0, 10), people: Number(options.people) };
  const { on, people } = valid(z.object({ on: z.iso.date(), people: z.number().int() }), typed);
  const kind = options.supervised === true ? 'supervised' : 'group';
  await noteShowing(await openSession(options, context), dossier, { kind, on, people }, now);
  if (context.asJson) context.output.json({ event: 'shown', dossier, kind, on, people });
  else context.output.say(vaultTexts(context.language).shown(people));
}
