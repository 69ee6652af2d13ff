import { setTimeout as sleep } from 'node:timers/promises';
import type { Carrier, DeliveryPorts } from '../../core/delivery/carrier.ts';
import type { ExportRefusal } from '../../core/delivery/gate.ts';
import { WITHDRAWN, type DeliveryPlan, type DeliveryState } from '../../core/delivery/journal.ts';
import { placeText, type Place } from '../../core/delivery/place.ts';
import { DeliveryFailure, type Parcel } from '../../core/delivery/portal.ts';
import { isOutside } from '../../core/dossier/deliveries.ts';
import { AppFailure, fail } from '../../core/errors.ts';
import type { Portal } from '../../core/profile/profile.ts';
import { keepingFacts } from '../../core/retention/terms.ts';
import { withDossier } from '../vault/case-job.ts';
import type { Dossier } from '../vault/dossier.ts';
import { newId } from '../vault/seal.ts';
import type { Session } from '../vault/vault.ts';
import { approvedBytes } from './content.ts';
import { allDeliveries, aloneWith, beginDelivery, openJournal, placeOf } from './deliveries.ts';
import { lookAtGate, type ExportWish, type Gate, type OpenGate } from './gate.ts';
import { papersFor } from './papers.ts';
import { isLogged, settleDeliveries } from './settle.ts';
import { noteTakenBack } from './take-back.ts';
import { askedBy, canTell, placeWished, wayTo } from './way.ts';

export interface ExportHooks extends Pick<DeliveryPorts, 'onRead' | 'onChecking' | 'onWaiting'> {
  /** How many bytes will be read. */
  readonly onBegin?: (size: number) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface Exported {
  readonly delivery: string;
  /** What the clip is called there. */
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
  readonly target: Portal;
  /** Where it lies. */
  readonly place: Place;
}

/**
 * What stands in the way of an export, without taking one (gate G4). The place is looked at as well.
 * @throws AppFailure what {@link exportClip} throws, but for refusals
 */
export async function checkExport(session: Session, id: string, wish: ExportWish): Promise<ExportRefusal[]> {
  session.require('export');
  if (isWiped(session, id)) return ['wiped'];
  return withDossier(session, id, undefined, async (dossier) => {
    const { refusals, open } = await lookAtGate(session, dossier, wish);
    if (open) await placeWished(wish, open.target, open.signed.profile);
    return [...refusals];
  });
}

/**
 * Takes an approved clip out of the vault, for one target of the signed profile; goes on with what an earlier
 * try began.
 * @throws AppFailure `export-…`, `delivery-…`, `output-folder-missing`, `dossier-…`, `access-denied`, `profile-…`, `cancelled`
 */
export async function exportClip(
  session: Session,
  id: string,
  wish: ExportWish,
  carrier: Carrier,
  hooks: ExportHooks = {},
): Promise<Exported> {
  session.require('export');
  await settleDeliveries(session, carrier, hooks.signal);
  if (isWiped(session, id)) fail({ code: 'export-refused', reasons: ['wiped'] });
  return withDossier(session, id, hooks.signal, (dossier, signal) =>
    exportOpened(session, dossier, wish, carrier, { ...hooks, signal }),
  );
}

function isWiped(session: Session, id: string): boolean {
  return (keepingFacts(session.entries()).get(id)?.wipe ?? 'none') !== 'none';
}

/** The same with a dossier that lies open. */
export async function exportOpened(
  session: Session,
  dossier: Dossier,
  wish: ExportWish,
  carrier: Carrier,
  hooks: ExportHooks,
): Promise<Exported> {
  const gate = await lookAtGate(session, dossier, wish);
  const { open } = gate;
  if (!open) return refuse(session, dossier.id, gate, wish.target);
  const { target } = open;
  const place = await placeWished(wish, target, open.signed.profile);
  return aloneWith(session, target.id, async () => {
    const plan = await planFor(session, dossier.id, open, wish, place);
    hooks.onBegin?.(plan.size);
    await carry(session, dossier, { plan, open, wish, place, carrier, hooks });
    const { delivery, name, sha256, size } = plan;
    return { delivery, name, sha256, size, target, place };
  });
}

async function refuse(session: Session, dossier: string, gate: Gate, target: string): Promise<never> {
  const [reason = 'not-approved'] = gate.refusals;
  // What somebody typed for a target may be any word.
  if (gate.target) await session.noteAlone({ event: 'export-failed', dossier, target, reason });
  return fail({ code: 'export-refused', reasons: gate.refusals });
}

/**
 * The same bytes go to the same target once: what was begun is gone on with, in the place where it was begun.
 * @throws AppFailure `delivery-exists`, `delivery-elsewhere`
 */
async function planFor(session: Session, dossier: string, open: OpenGate, wish: ExportWish, place: Place) {
  const { target, sha256, size, approval } = open;
  const same = ({ plan, takenBack }: DeliveryState) =>
    plan.dossier === dossier && plan.sha256 === sha256 && plan.target === target.id && takenBack === undefined;
  const earlier = allDeliveries(session).find(same);
  if (!earlier) {
    const names = { delivery: newId(), name: `${newId()}.mp4` };
    const what = { dossier, sha256, size, approval: approval.digest };
    const where = { target: target.id, platform: target.platform, pageReadOn: wish.pageReadOn ?? '' };
    const plan: DeliveryPlan = { ...names, ...what, ...where, ...askedBy(session, target, place) };
    await beginDelivery(session, plan, place);
    return plan;
  }
  const { plan } = earlier;
  const { delivery } = plan;
  if (earlier.state === 'done' && isLogged(session, plan)) fail({ code: 'delivery-exists', delivery });
  const begun = await placeOf(session, delivery);
  const here = begun?.kind === place.kind && placeText(begun) === placeText(place);
  return here && plan.approval === approval.digest && canTell(session, plan)
    ? plan
    : fail({ code: 'delivery-elsewhere', delivery });
}

interface Carrying {
  readonly plan: DeliveryPlan;
  readonly open: OpenGate;
  readonly wish: ExportWish;
  readonly place: Place;
  readonly carrier: Carrier;
  readonly hooks: ExportHooks;
}

async function carry(session: Session, dossier: Dossier, carrying: Carrying): Promise<void> {
  const { plan, place, carrier, hooks } = carrying;
  const { delivery, target, sha256, approval } = plan;
  const about = { dossier: dossier.id, target };
  const way = await wayTo(session, delivery, target, place);
  const journal = openJournal(session, delivery);
  try {
    const outcome = await carrier.deliver(parcelOf(session, dossier, carrying), way, {
      ...hooks,
      signal: hooks.signal,
      lines: journal.lines,
      write: journal.write,
      now: () => new Date(),
      random: Math.random,
      wait: async (milliseconds, signal) => {
        await sleep(milliseconds, undefined, signal ? { signal } : {});
      },
      onSending: async () => {
        if (isOutside(session.entries(), dossier.id, delivery)) return;
        await session.noteAlone({ event: 'export-begun', ...about, sha256, approval, delivery }).catch(asClosedGate);
      },
      onChecked: async () => {
        if (!isLogged(session, plan))
          await session.noteAlone({ event: 'exported', ...about, sha256, approval, delivery });
      },
    });
    if (outcome.ok) return;
    const { reason } = outcome;
    // Taken away again, or never there: had that not been certain, the reason would say so.
    if (WITHDRAWN.has(reason)) await noteTakenBack(session, plan, 'portal', journal.write);
    await session.noteAlone({ event: 'export-failed', ...about, reason });
    fail({ code: 'export-failed', reason, delivery });
  } finally {
    journal.close();
  }
}

/** The log takes no such line any more: somebody objected, or set a hold, since the gate was looked at. */
function asClosedGate(error: unknown): never {
  if (error instanceof AppFailure && error.error.code === 'course-refused')
    throw new DeliveryFailure('gate-closed', false);
  throw error;
}

function parcelOf(session: Session, dossier: Dossier, { plan, open, wish }: Carrying): Parcel {
  const { sha256, size } = plan;
  const stillOpen = async () => {
    dossier.requireLease();
    return (await lookAtGate(session, dossier, wish, { sha256, size })).refusals.length === 0;
  };
  return {
    ...plan,
    papers: () => Promise.resolve(papersFor(session, plan, open)),
    content: (from) => approvedBytes(dossier, plan, from, stillOpen),
  };
}
