import { resolve } from 'node:path';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { writeHonesty } from '../../native/papers/honesty-paper.ts';
import { writeDpia, writeProcessing } from '../../native/papers/profile-papers.ts';
import { writeRecord } from '../../native/papers/record-paper.ts';
import type { PaperWish } from '../../native/papers/target.ts';
import { Vault } from '../../native/vault/vault.ts';
import type { Context } from '../context.ts';
import { papersTexts } from '../words/papers-texts.ts';
import { openSession, type VaultOptions } from './vault.ts';

export interface PaperOptions extends VaultOptions {
  readonly output: string;
  readonly overwrite?: boolean;
}

function wishOf({ output, overwrite }: Omit<PaperOptions, 'as'>, { language }: Context): PaperWish {
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

/** One page on what was measured of a clip, and on what cannot be (M1, §2.3). */
export async function honestyCommand(dossier: string, options: PaperOptions, context: Context): Promise<void> {
  const words = papersTexts(context.language);
  const wish = wishOf(options, context);
  const session = await openSession(options, context);
  const tools = await locateFfmpeg();
  const { facesPerMinute, manyFaces, tracks, findings } = await writeHonesty(
    session,
    dossier,
    wish,
    tools,
    context.signal,
  );
  if (context.asJson) {
    const figures = { facesPerMinute, manyFaces, tracks, findings };
    context.output.json({ event: 'paper', kind: 'honesty', dossier, file: wish.file, ...figures });
    return;
  }
  context.output.say(words.written(options.output));
  if (manyFaces) context.output.say(words.filmAgain);
}

const PROFILE_PAPERS = { art30: writeProcessing, dpia: writeDpia } as const;

/** Papers made of the signed profile; it lies open in the vault, so nobody has to say who they are. */
export async function profilePaperCommand(
  kind: keyof typeof PROFILE_PAPERS,
  options: Omit<PaperOptions, 'as'>,
  context: Context,
): Promise<void> {
  const words = papersTexts(context.language);
  const wish = wishOf(options, context);
  const { profile, gaps } = await PROFILE_PAPERS[kind](Vault.open(resolve(options.vault)), wish);
  if (context.asJson) {
    context.output.json({ event: 'paper', kind, file: wish.file, profile, gaps });
    return;
  }
  context.output.say(words.written(options.output));
  if (gaps.length > 0) context.output.say(words.incomplete(gaps.length));
}
