import { resolve } from 'node:path';
import { addCaretaker } from '../../native/vault/caretaker.ts';
import type { Context } from '../context.ts';
import { keepingTexts } from '../words/keeping-texts.ts';
import { openSession, type VaultOptions } from './vault.ts';

export interface CaretakerOptions extends VaultOptions {
  readonly keyFile: string;
  readonly name?: string;
}

/** Makes a machine's account and keeps its key in a file. */
export async function caretakerCommand(options: CaretakerOptions, context: Context): Promise<void> {
  const words = keepingTexts(context.language);
  const session = await openSession(options, context);
  const keyFile = resolve(options.keyFile);
  const { id } = await addCaretaker(session, keyFile, options.name ?? words.caretakerName);
  if (context.asJson) {
    context.output.json({ event: 'person', person: id, role: 'caretaker' });
    return;
  }
  context.output.say(words.caretakerMade(id, keyFile));
  for (const line of words.caretakerNext) context.output.say(line);
  if (process.platform === 'win32') context.output.say(words.windowsKey);
}
