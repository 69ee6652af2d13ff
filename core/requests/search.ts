import { groupKey, sameGroup } from '../register/group.ts';
import type { KeepingFacts } from '../retention/terms.ts';
import type { DataRequest, RequestStep } from './request.ts';

/**
 * The recordings that may be what a request is about: of its days, and still there. There is no search by
 * looks, here or anywhere (law 2): which class it is stands in the dossier, and who asks is pointed out
 * by a person.
 */
export function candidatesOf(
  { from, to }: Pick<DataRequest, 'from' | 'to'>,
  facts: Iterable<KeepingFacts>,
): KeepingFacts[] {
  return [...facts].filter(({ recordedOn, wipe }) => wipe === 'none' && recordedOn >= from && recordedOn <= to);
}

/** What whoever made a recording told of it, where its class could not be read. */
export interface ToldOf {
  readonly concerned: readonly string[];
  readonly cleared: readonly string[];
}

/** @param groups class by dossier; undefined: could not be read */
export function sorted(
  group: string,
  groups: ReadonlyMap<string, string | undefined>,
  told: ToldOf,
): Pick<Extract<RequestStep, { event: 'handled' }>, 'concerned' | 'cleared' | 'unseen'> {
  const ids = [...groups.keys()];
  const groupOf = (id: string) => groups.get(id);
  const is = (id: string) => told.concerned.includes(id) || sameGroup(groupOf(id) ?? '', group);
  const concerned = ids.filter(is);
  const cleared = ids.filter(
    (id) => !is(id) && (told.cleared.includes(id) || groupKey(groupOf(id) ?? '') !== groupKey('')),
  );
  return { concerned, cleared, unseen: ids.filter((id) => !concerned.includes(id) && !cleared.includes(id)) };
}
