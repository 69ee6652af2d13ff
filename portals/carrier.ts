import type { Carrier } from '../core/delivery/carrier.ts';
import { folderPortal } from './folder/folder-portal.ts';
import { deliver } from './job.ts';

/** By whichever way there is to a target; until its platform has an adapter of its own, a person brings it. */
export const carrier: Carrier = {
  deliver: (parcel, to, ports) => deliver(parcel, folderPortal(to), ports),
  find: (plan, to) => folderPortal(to).find(plan, { session: undefined, sent: 0 }, undefined),
  takeBack: (plan, receipt, to) => folderPortal(to).takeBack(plan, receipt),
};
