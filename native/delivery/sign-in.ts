import type { Carrier, PlaceOffer } from '../../core/delivery/carrier.ts';
import { ASKED, Credentials } from '../../core/delivery/credentials.ts';
import { DeliveryFailure } from '../../core/delivery/portal.ts';
import { fail } from '../../core/errors.ts';
import type { Portal } from '../../core/profile/profile.ts';
import type { Session } from '../vault/vault.ts';
import { credentialsFor, keepCredentials, targetNamed } from './credentials.ts';

/** @throws AppFailure `target-unknown`, `credentials-invalid` where a person hands in by hand */
function askable(session: Session, id: string): Portal {
  const target = targetNamed(session, id) ?? fail({ code: 'target-unknown', target: id });
  return ASKED[target.platform].length > 0 ? target : fail({ code: 'credentials-invalid' });
}

/**
 * Keeps what a target knows a person by, once the target has taken it.
 * @throws AppFailure `target-unknown`, `credentials-invalid`, `portal-refused`
 */
export async function signIn(session: Session, id: string, credentials: Credentials, carrier: Carrier): Promise<void> {
  session.require('export');
  const target = askable(session, id);
  if (!Credentials.safeParse(credentials).success || !ASKED[target.platform].includes(credentials.kind))
    fail({ code: 'credentials-invalid' });
  await expected(() => carrier.places(target, credentials));
  await keepCredentials(session, id, credentials);
}

/**
 * Where this person may hand in at a target.
 * @throws AppFailure `target-unknown`, `credentials-missing`, `portal-refused`
 */
export async function placesOf(session: Session, id: string, carrier: Carrier): Promise<readonly PlaceOffer[]> {
  session.require('export');
  const target = askable(session, id);
  const credentials = (await credentialsFor(session, id)) ?? fail({ code: 'credentials-missing' });
  return expected(() => carrier.places(target, credentials));
}

async function expected<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DeliveryFailure) fail({ code: 'portal-refused', reason: error.reason });
    throw error;
  }
}
