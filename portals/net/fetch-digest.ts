import { createHash } from 'node:crypto';
import { DeliveryFailure, type ReadBack } from '../../core/delivery/portal.ts';
import type { Line } from './line.ts';

const MOST_STEPS = 4;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Reads a file back that a portal offers under an address. Goes along with redirects within the hosts of the target;
 * the authorization is shown to the target itself alone.
 * @returns undefined when it is offered somewhere else, or not to us: then only the portal's word can be taken
 */
export async function fetchDigest(
  line: Line,
  address: string,
  authorization: string,
  signal: AbortSignal | undefined,
): Promise<ReadBack | undefined> {
  try {
    let url = line.allowed(address);
    for (let step = 0; step < MOST_STEPS; step++) {
      const headers: Record<string, string> = line.isTarget(url) ? { authorization } : {};
      const answer = await line.ask({ method: 'GET', to: url.href, headers, signal });
      const next = answer.header('location');
      if (REDIRECTS.has(answer.status) && next !== undefined) {
        await answer.done();
        url = line.allowed(next, url);
        continue;
      }
      if (answer.status !== 200) {
        await answer.done();
        return undefined;
      }
      const hash = createHash('sha256');
      let size = 0;
      for await (const piece of answer.pieces()) {
        hash.update(piece);
        size += piece.length;
      }
      return { size, sha256: hash.digest('hex') };
    }
    return undefined;
  } catch (error) {
    if (error instanceof DeliveryFailure && error.reason === 'host-refused') return undefined;
    throw error;
  }
}
