import type { SourceKind } from '../../core/audit/entry.ts';
import { locateFfmpeg } from '../../native/ffmpeg/locate.ts';
import { importRecording } from '../../native/vault/import.ts';
import type { Session } from '../../native/vault/vault.ts';
import { wipeSourceFile } from '../../native/wipe/source.ts';
import type { Context } from '../context.ts';
import { vaultTexts } from '../words/vault-texts.ts';
import { openSession, type VaultOptions } from './vault.ts';

export interface ImportOptions extends VaultOptions {
  readonly kind: SourceKind;
  readonly recordedOn?: string;
  readonly label: string;
  readonly access: readonly string[];
  readonly wipeSource?: boolean;
}

const SHOWN_EVERY_MS = 500;

/** Card → cipher → vault, read back, and then, if asked, the source wiped. */
export async function importCommand(source: string, options: ImportOptions, context: Context): Promise<void> {
  const words = vaultTexts(context.language);
  const { output, signal, asJson } = context;
  const session = await openSession(options, context);
  const tools = await locateFfmpeg();
  let last = 0;
  const { dossier } = await importRecording(session, {
    source,
    kind: options.kind,
    recordedOn: options.recordedOn,
    label: options.label,
    access: options.access,
    tools,
    onProgress(stage, done, total) {
      if (Date.now() - last < SHOWN_EVERY_MS && done < total) return;
      last = Date.now();
      if (asJson) output.json({ event: 'progress', stage, done, total });
      else process.stderr.write(`${words.stage[stage]} · ${Math.round((100 * done) / total)} %\n`);
    },
    signal,
  });
  if (asJson) output.json({ event: 'imported', dossier });
  else output.say(words.imported(dossier));
  if (options.wipeSource) await wipeSource(source, dossier, session, context);
  else if (!asJson) output.say(words.sourceLeft);
}

/** Overwrites and removes a file outside the vault, and says what that is worth on its medium. */
export async function wipeSource(
  source: string,
  dossier: string | undefined,
  session: Session | undefined,
  context: Context,
): Promise<void> {
  const words = vaultTexts(context.language);
  const { complete, reason, storage } = await wipeSourceFile(session, source, dossier);
  if (context.asJson) context.output.json({ event: 'source-wiped', complete, reason, storage });
  else {
    context.output.say(complete ? words.sourceWiped : words.sourceNotWiped(reason ?? 'unknown'));
    if (reason !== undefined) context.output.say(words.ssd);
  }
  if (!complete) process.exitCode = 9;
}
