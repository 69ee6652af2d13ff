import { resolve } from 'node:path';
import { writeRecord } from '../../native/papers/record-paper.ts';
import type { PaperWish } from '../../native/papers/target.ts';
import type { Context } from '../context.ts';
import { papersTexts } from '../words/papers-texts.ts';
import { openSession, type VaultOptions } from './vault.ts';

export interface PaperOptions extends VaultOptions {
  readonly output: string;
  readonly overwrite?: boolean;
}

function wishOf({ output, overwrite }: PaperOptions, { language }: Context): PaperWish {
  return { file: resolve(output), language, overwrite: overwrite === true };
}

/** The record of a dossier, with a place in the log (M6). */
export async function recordCommand(dossier: string, options: PaperOptions, context: Context): Promise<void> {
  const words = papersTexts(context.language);
  const wish = wishOf(options, context);
  const session = await openSession(options, context);
  const { from, seq, hash } = await writeRecord(session, dossier, wish, context.signal);
  if (context.asJson) {
    context.output.json({ event: 'paper', kind: 'dossier', dossier, file: wish.file, from, seq, hash });
    return;
  }
  context.output.say(words.written(options.output));
  if (from === 'log') context.output.say(words.fromLog);
  context.output.say(words.upTo(seq, hash));
}
