import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { loggedRequests, requestsDue } from '../../core/requests/keep.ts';
import type { Session } from '../vault/vault.ts';
import { wipeTree } from '../wipe/dossier-wipe.ts';

export interface RequestWipe {
  readonly request: string;
  readonly complete: boolean;
}

/**
 * Wipes what is left of answered requests that are over their term, without anybody's key: what is sealed goes here,
 * its key when someone who has the room's keys comes by. Not on the word of a clock that can't be right: who calls
 * looks at that.
 * @param today `YYYY-MM-DD`
 */
export function wipeDueRequests(session: Session, today: string): Promise<RequestWipe[]> {
  return session.exclusively(async () => {
    const wipes: RequestWipe[] = [];
    for (const request of requestsDue(session.entries(), today)) {
      if (!loggedRequests(session.entries()).get(request)?.gone) session.note({ event: 'request-wipe-begun', request });
      const complete = await wipeFolder(join(session.vault.root, 'requests', request));
      session.note({ event: 'request-wiped', request, complete });
      wipes.push({ request, complete });
    }
    return wipes;
  });
}

async function wipeFolder(folder: string): Promise<boolean> {
  const steps = await wipeTree(folder);
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
  return steps.every(({ complete }) => complete) && !existsSync(folder);
}
