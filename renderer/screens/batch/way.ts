import type { BatchOffer } from '../../../electron/ipc/views.ts';

export type Target = BatchOffer['targets'][number];

/** What was chosen for one target; without a place the clip goes into a folder. */
export interface Way {
  readonly target: string;
  readonly direct: boolean;
  readonly place: string;
  readonly pageRead: boolean;
}
