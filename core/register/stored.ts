import { z } from 'zod';
import { Id } from '../vault/person.ts';
import { Change, Group } from './entry.ts';
import { SchoolYear } from './school-year.ts';

/** First line of a sealed list: whose it is. One list for each class and school year, as they go together (R10). */
export const ListHead = z.strictObject({ group: Group, schoolYear: SchoolYear });
export type ListHead = z.infer<typeof ListHead>;

/**
 * A further line. What was written together carries one number, and counts only once it stands in every
 * list that it was meant for: an import for several classes is there whole, or not at all.
 */
export const BatchLine = z.strictObject({
  batch: Id,
  lists: z.array(Id).min(1),
  changes: z.array(Change).min(1),
});
/** Says that a batch was cut short, so that it can't come to count later on. */
export const VoidLine = z.strictObject({ void: Id });
export const ListLine = z.union([BatchLine, VoidLine]);
export type ListLine = z.infer<typeof ListLine>;

export interface Counts {
  readonly added: number;
  readonly moved: number;
  readonly withdrawn: number;
}

const KINDS = ['added', 'moved', 'withdrawn'] as const;

export function countsOf(changes: readonly Change[]): Counts {
  const count = (kind: Change['change']) => changes.filter(({ change }) => change === kind).length;
  return { added: count('added'), moved: count('moved'), withdrawn: count('withdrawn') };
}

/** What `some` have more than `others`. */
export function lessCounts(some: Counts, others: Counts): Counts {
  return {
    added: some.added - others.added,
    moved: some.moved - others.moved,
    withdrawn: some.withdrawn - others.withdrawn,
  };
}

export function someCount(counts: Counts, wanted: (count: number) => boolean): boolean {
  return KINDS.some((kind) => wanted(counts[kind]));
}

export interface ReadLists {
  /** The changes that count, by list. */
  readonly changes: ReadonlyMap<string, readonly Change[]>;
  /** Batches that were cut short and of which that is not said yet, by list. */
  readonly cutShort: ReadonlyMap<string, readonly string[]>;
}

/** @param gone lists that were removed, and can have no line any more */
export function readLists(lists: ReadonlyMap<string, readonly ListLine[]>, gone: ReadonlySet<string>): ReadLists {
  const places = new Map<string, Set<string>>();
  const voided = new Set<string>();
  for (const [id, lines] of lists)
    for (const line of lines) {
      if ('void' in line) voided.add(`${id}/${line.void}`);
      else places.set(line.batch, (places.get(line.batch) ?? new Set()).add(id));
    }
  const changes = new Map<string, Change[]>();
  const cutShort = new Map<string, string[]>();
  for (const [id, lines] of lists) {
    const live = lines.flatMap((line) => ('batch' in line && !voided.has(`${id}/${line.batch}`) ? [line] : []));
    const whole = live.filter((line) => line.lists.every((at) => gone.has(at) || places.get(line.batch)?.has(at)));
    changes.set(
      id,
      whole.flatMap((line) => line.changes),
    );
    cutShort.set(
      id,
      live.filter((line) => !whole.includes(line)).map(({ batch }) => batch),
    );
  }
  return { changes, cutShort };
}
