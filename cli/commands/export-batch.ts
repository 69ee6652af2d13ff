import { existsSync, readFileSync } from 'node:fs';
import { ExportBatch } from '../../core/delivery/batch.ts';
import { AppFailure, fail, type AppError } from '../../core/errors.ts';
import { checkExport, exportClip } from '../../native/delivery/export.ts';
import type { ExportWish } from '../../native/delivery/gate.ts';
import type { Session } from '../../native/vault/vault.ts';
import { carrier } from '../../portals/carrier.ts';
import { sentence } from '../../words/errors.ts';
import { bytePrinter } from '../byte-progress.ts';
import type { Context } from '../context.ts';
import { exportTexts } from '../words/export-texts.ts';
import { showExported } from './show-exported.ts';
import { openSession, type VaultOptions } from './vault.ts';

export interface BatchOptions extends VaultOptions {
  readonly to: string;
  readonly pageReadOn: string | undefined;
  readonly dryRun?: boolean;
}

export interface Item {
  readonly dossier: string;
  readonly wish: ExportWish;
}

/** Checks all of a list first: as long as one of them may not leave, none does. */
export async function exportBatch(file: string, options: BatchOptions, context: Context): Promise<void> {
  const { to, pageReadOn } = options;
  const items = itemsOf(file, to, pageReadOn);
  const session = await openSession(options, context);
  const bad = new Map<Item, AppError>();
  for (const item of items) {
    const error = await outcome(() => check(session, item));
    if (error) bad.set(item, error);
  }
  if (bad.size > 0 || options.dryRun) {
    for (const item of items) showChecked(item, bad.get(item), options.dryRun === true, context);
  } else
    for (const item of items) {
      const error = await outcome(() => send(session, item, context));
      if (error?.code === 'delivery-exists') showAlready(item, error.delivery, context);
      else if (error) {
        bad.set(item, error);
        showRefused(item, error, context);
      }
    }
  if (bad.size > 0) fail({ code: 'export-batch-failed', failed: bad.size, total: items.length });
}

export async function check(session: Session, { dossier, wish }: Item): Promise<void> {
  const reasons = await checkExport(session, dossier, wish);
  if (reasons.length > 0) fail({ code: 'export-refused', reasons });
}

export async function send(session: Session, { dossier, wish }: Item, context: Context): Promise<void> {
  showExported(dossier, await exportClip(session, dossier, wish, carrier, bytePrinter(context, dossier)), context);
}

/** What went wrong with one; whoever stops, stops all. */
export async function outcome(work: () => Promise<void>): Promise<AppError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof AppFailure && error.error.code !== 'cancelled') return error.error;
    throw error;
  }
}

export function showRefused({ dossier, wish }: Item, error: AppError, context: Context): void {
  const words = exportTexts(context.language);
  if (context.asJson) context.output.json({ event: 'not-exported', dossier, target: wish.target, error });
  else context.output.say(words.mayNot(dossier, sentence(error, context.language)));
}

/** A list that was cut short is given again as it is. */
function showAlready({ dossier, wish }: Item, delivery: string, context: Context): void {
  const { target } = wish;
  if (context.asJson) context.output.json({ event: 'already-exported', dossier, target, delivery });
  else context.output.say(exportTexts(context.language).already(dossier, target, delivery));
}

function showChecked(item: Item, error: AppError | undefined, dry: boolean, context: Context): void {
  const { dossier, wish } = item;
  const { target } = wish;
  const words = exportTexts(context.language);
  if (error) showRefused(item, error, context);
  else if (context.asJson) context.output.json({ event: dry ? 'may-leave' : 'held-back', dossier, target });
  else context.output.say(dry ? words.mayLeave(dossier, target) : words.heldBack(dossier));
}

/** @throws AppFailure `export-list-missing`, `export-list-invalid` */
export function itemsOf(file: string, to: string, pageReadOn: string | undefined): Item[] {
  return readBatch(file).map(({ dossier, target, to: own, place }) => ({
    dossier,
    wish: { target, pageReadOn, to: own ?? to, place },
  }));
}

/** @throws AppFailure `export-list-invalid` */
function readBatch(file: string): ExportBatch {
  if (!existsSync(file)) fail({ code: 'export-list-missing' });
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return fail({ code: 'export-list-invalid', where: 'JSON' });
  }
  const parsed = ExportBatch.safeParse(value);
  return parsed.data ?? fail({ code: 'export-list-invalid', where: parsed.error.issues[0]?.path.join('.') || 'JSON' });
}
