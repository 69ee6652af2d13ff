import { existsSync } from 'node:fs';
import { fail } from '../../core/errors.ts';
import { clockOf } from '../../core/retention/terms.ts';
import { wipeDossier, type WipeOutcome } from '../../native/wipe/dossier-wipe.ts';
import { wipeExpired } from '../../native/wipe/recover.ts';
import type { Session } from '../../native/vault/vault.ts';
import type { Context } from '../context.ts';
import { vaultTexts } from '../words/vault-texts.ts';
import { wipeSource } from './import.ts';
import { dayNow } from '../../native/day.ts';
import { openSession, type VaultOptions } from './vault.ts';

export interface WipeOptions extends Partial<VaultOptions> {
  readonly expired?: boolean;
  readonly source?: string;
}

/** Exit code of a wipe that was not complete: the work was done, but not all of it. */
const EXIT_PARTIAL = 9;

/** Wipes a dossier, all that are due, or a file outside the vault. */
export async function wipeCommand(dossier: string | undefined, options: WipeOptions, context: Context): Promise<void> {
  const { vault, as } = options;
  const session = vault !== undefined && as !== undefined ? await openSession({ vault, as }, context) : undefined;
  if (options.source !== undefined) {
    if (!existsSync(options.source)) fail({ code: 'input-missing' });
    await wipeSource(options.source, dossier, session, context);
    return;
  }
  if (!session) return fail({ code: 'vault-missing' });
  const words = vaultTexts(context.language);
  const outcomes = dossier === undefined ? await wipeAllDue(session) : [await wipeDossier(session, dossier, 'request')];
  if (outcomes.length === 0) context.output.say(words.nothingDue);
  for (const outcome of outcomes) show(outcome, session, context);
}

/** Asked for in so many words, so a clock that does not fit the log is taken to be right. */
async function wipeAllDue(session: Session): Promise<readonly WipeOutcome[]> {
  const today = dayNow();
  if (clockOf(session.entries(), today) !== 'right') await session.noteAlone({ event: 'clock-confirmed' });
  return (await wipeExpired(session, today)).wipes;
}

function show({ dossier, complete, certificate }: WipeOutcome, session: Session, context: Context): void {
  const words = vaultTexts(context.language);
  const { output } = context;
  const pdf = session.folder('certificates', `${dossier}.pdf`);
  const file = existsSync(pdf) ? pdf : session.folder('certificates', `${dossier}.json`);
  if (!complete) process.exitCode = EXIT_PARTIAL;
  if (context.asJson) {
    output.json({ event: 'wiped', dossier, complete, steps: certificate.body.steps, certificate: file });
    return;
  }
  output.say(complete ? words.wiped(dossier) : words.partlyWiped(dossier));
  output.say(words.certificate(file));
  output.say(words.tasks);
  for (const task of certificate.body.openTasks) output.say(`  - ${words.task[task]}`);
}
