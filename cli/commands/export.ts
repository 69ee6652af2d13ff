import { fail } from '../../core/errors.ts';
import { checkExport, exportClip } from '../../native/delivery/export.ts';
import { allDeliveries } from '../../native/delivery/deliveries.ts';
import { settleDeliveries } from '../../native/delivery/settle.ts';
import { noteReceipt, takeBack } from '../../native/delivery/take-back.ts';
import type { ExportWish } from '../../native/delivery/gate.ts';
import type { Session } from '../../native/vault/vault.ts';
import { carrier } from '../../portals/carrier.ts';
import { bytePrinter } from '../byte-progress.ts';
import type { Context } from '../context.ts';
import { exportTexts } from '../words/export-texts.ts';
import { exportBatch } from './export-batch.ts';
import { watchBatch } from './export-watch.ts';
import { showExported } from './show-exported.ts';
import { dayNow } from '../../native/day.ts';
import { openSession, type VaultOptions } from './vault.ts';

export interface ExportOptions extends VaultOptions {
  readonly target?: string;
  readonly to?: string;
  readonly place?: string;
  readonly pageRead?: boolean;
  readonly dryRun?: boolean;
  readonly batch?: string;
  /** Seconds between two looks at the list. */
  readonly watch?: string | true;
}

/** Between two looks at a list, unless it is said. */
const WATCH_SECONDS = 60;

/** Takes an approved clip out of the vault, or a list of them, or only says whether it may. */
export async function exportCommand(
  dossier: string | undefined,
  options: ExportOptions,
  context: Context,
): Promise<void> {
  const { target = '', to = '', batch } = options;
  const pageReadOn = options.pageRead === true ? dayNow() : undefined;
  if (batch !== undefined && options.watch !== undefined)
    return watchBatch(
      batch,
      { ...options, to, pageReadOn, seconds: options.watch === true ? WATCH_SECONDS : Number(options.watch) },
      context,
    );
  if (batch !== undefined) return exportBatch(batch, { ...options, to, pageReadOn }, context);
  const session = await openSession(options, context);
  const wish: ExportWish = { target, to, place: options.place, pageReadOn };
  const id = dossier ?? '';
  if (options.dryRun) return dryRun(session, id, wish, context);
  const done = await exportClip(session, id, wish, carrier, bytePrinter(context, id));
  showExported(id, done, context);
}

async function dryRun(session: Session, dossier: string, wish: ExportWish, context: Context): Promise<void> {
  const reasons = await checkExport(session, dossier, wish);
  if (reasons.length > 0) fail({ code: 'export-refused', reasons });
  if (context.asJson) context.output.json({ event: 'may-leave', dossier, target: wish.target });
  else context.output.say(exportTexts(context.language).mayLeave(dossier, wish.target));
}

/** All that went out of this vault, or was begun; by number, without places. */
export async function listExports(options: VaultOptions, context: Context): Promise<void> {
  const words = exportTexts(context.language);
  const session = await openSession(options, context);
  await settleDeliveries(session, carrier);
  const all = allDeliveries(session);
  if (all.length === 0 && !context.asJson) context.output.say(words.none);
  for (const { plan, begunAt, state, reason, handedIn, takenBack } of all) {
    const { delivery, dossier, target, platform, sha256 } = plan;
    if (context.asJson) {
      const how = { state, reason, handedIn, takenBack };
      context.output.json({ event: 'delivery', delivery, dossier, target, platform, sha256, begunAt, ...how });
      continue;
    }
    const said = words.states[takenBack ? 'taken-back' : state];
    context.output.say(words.line(delivery, begunAt.slice(0, 10), target, said, dossier));
    if (handedIn) context.output.say(words.handedIn(handedIn.on, handedIn.number));
  }
}

export async function receiptCommand(
  delivery: string,
  number: string,
  options: VaultOptions & { readonly on?: string },
  context: Context,
): Promise<void> {
  const session = await openSession(options, context);
  const on = options.on ?? dayNow();
  await noteReceipt(session, delivery, number, on);
  if (context.asJson) context.output.json({ event: 'handed-in', delivery, number, on });
  else context.output.say(exportTexts(context.language).noted);
}

export async function takeBackCommand(
  delivery: string,
  options: VaultOptions & { readonly attest?: boolean },
  context: Context,
): Promise<void> {
  const words = exportTexts(context.language);
  const session = await openSession(options, context);
  const how = await takeBack(session, delivery, options.attest === true, carrier);
  if (context.asJson) context.output.json({ event: 'taken-back', delivery, how });
  else context.output.say(how === 'portal' ? words.takenBack : words.attested);
}
