import { join } from 'node:path';
import type { Memory, Way } from '../../core/delivery/carrier.ts';
import type { DeliveryPlan } from '../../core/delivery/journal.ts';
import { placeFrom, type Place } from '../../core/delivery/place.ts';
import { fail } from '../../core/errors.ts';
import type { Portal, SchoolProfile } from '../../core/profile/profile.ts';
import type { Session } from '../vault/vault.ts';
import { credentialsFor, targetNamed } from './credentials.ts';
import { exportPlace } from './export-place.ts';
import type { ExportWish } from './gate.ts';
import { readOwn, writeOwn } from './own-seal.ts';

/** What a sending remembers: names and secrets of the far end. */
const MEMORY = 'memory.age';

/**
 * Where a clip is to go: at the target itself, or into a folder from which a person brings it on.
 * @throws AppFailure `place-invalid`, `output-folder-missing`, `export-place-refused`
 */
export async function placeWished(wish: ExportWish, target: Portal, profile: SchoolProfile): Promise<Place> {
  if (wish.place === undefined) return { kind: 'folder', path: await exportPlace(wish.to, profile) };
  return placeFrom(target.platform, wish.place) ?? fail({ code: 'place-invalid', platform: target.platform });
}

/** How a delivery gets to a place; a target that the profile no longer names is reached no more (S4). */
export async function wayTo(session: Session, delivery: string, target: string, place: Place): Promise<Way> {
  const credentials = place.kind === 'folder' ? undefined : await credentialsFor(session, target);
  return { target: targetNamed(session, target), place, credentials, memory: memoryOf(session, delivery) };
}

function memoryOf(session: Session, delivery: string): Memory {
  const path = join(session.folder('deliveries', delivery), MEMORY);
  const about = JSON.stringify(['memory', session.vault.id, delivery]);
  return {
    read: () => readOwn(session, path, about),
    write: (text) => writeOwn(session, path, about, text),
  };
}

/** What a sending remembers of a delivery, for whoever sent it. */
export function rememberedOf(session: Session, delivery: string): Promise<string | undefined> {
  return memoryOf(session, delivery).read();
}

/** A portal shows each person what they handed in themselves; a folder shows it to all. */
export function askedBy({ keys }: Session, { host }: Portal, place: Place): Pick<DeliveryPlan, 'asked'> {
  return place.kind === 'folder' ? {} : { asked: { by: keys.person.id, host } };
}

/** Whether what this person hears from the target is all there is to know of a delivery. */
export function canTell(session: Session, { asked, target }: DeliveryPlan): boolean {
  return !asked || (asked.by === session.keys.person.id && asked.host === targetNamed(session, target)?.host);
}
