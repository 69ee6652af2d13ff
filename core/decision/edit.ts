import { NO_DECISIONS, type Decisions, type Zone } from './decisions.ts';

/** What a person can change, each leaving the decisions before it as they were, so that it can be undone. */
export type Edit = (decisions: Decisions) => Decisions;

export interface Seconds {
  readonly from: number;
  readonly to: number;
}

export function addZone(zone: Zone): Edit {
  return (decisions) => ({ ...decisions, zones: [...decisions.zones, zone] });
}

export function changeZone(index: number, change: Partial<Zone>): Edit {
  return (decisions) => ({
    ...decisions,
    zones: decisions.zones.map((zone, at) => (at === index ? { ...zone, ...change } : zone)),
  });
}

type Place = Omit<NonNullable<Zone['path']>[number], 'at'>;

/**
 * Puts an area elsewhere: one that stands still as a whole, one that moves at this time only.
 * @param at seconds; a place that is given within half a frame of it is replaced
 * @param frameSeconds length of a frame
 */
export function placeZone(index: number, at: number, place: Place, frameSeconds: number): Edit {
  return (decisions) => {
    const path = decisions.zones[index]?.path;
    if (!path) return changeZone(index, place)(decisions);
    const others = path.filter((each) => Math.abs(each.at - at) >= frameSeconds / 2);
    return changeZone(index, { path: [...others, { at, ...place }].sort((a, b) => a.at - b.at) })(decisions);
  };
}

/**
 * Takes in where an area was followed to. Places that were known outside the followed stretch stay.
 * @param followed by rising time
 */
export function moveZone(index: number, followed: NonNullable<Zone['path']>): Edit {
  return (decisions) => {
    const [first, last] = [followed[0], followed[followed.length - 1]];
    if (!first || !last) return decisions;
    const known = decisions.zones[index]?.path ?? [];
    const before = known.filter(({ at }) => at < first.at);
    const after = known.filter(({ at }) => at > last.at);
    return changeZone(index, { path: [...before, ...followed, ...after] })(decisions);
  };
}

export function removeZone(index: number): Edit {
  return (decisions) => ({ ...decisions, zones: decisions.zones.filter((_zone, at) => at !== index) });
}

export function addCut({ from, to }: Seconds): Edit {
  return (decisions) => ({ ...decisions, cuts: merged([...decisions.cuts, { from, to }]) });
}

export function removeCut(index: number): Edit {
  return (decisions) => ({ ...decisions, cuts: decisions.cuts.filter((_range, at) => at !== index) });
}

/** Leaves out all but one fragment (P8: no further than needed). @param seconds of the whole recording */
export function keepOnly(fragment: Seconds, seconds: number): Edit {
  return (decisions) => {
    const outside = [
      { from: 0, to: fragment.from },
      { from: fragment.to, to: seconds },
    ].filter(({ from, to }) => to - from > 1e-6);
    return { ...decisions, cuts: merged([...decisions.cuts, ...outside]) };
  };
}

/** Areas, cuts, sound and words lie in the recording; tracks are another analysis's, and would fall on other heads. */
export function withoutTracks(decisions: Decisions | undefined): Decisions {
  const { zones, cuts, mutes, sound, subtitles } = decisions ?? NO_DECISIONS;
  return { ...NO_DECISIONS, zones, cuts, mutes, sound, subtitles };
}

/** Sorted and disjoint; ranges that touch become one. */
export function merged(ranges: readonly Seconds[]): Seconds[] {
  const out: { from: number; to: number }[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = out[out.length - 1];
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else out.push({ from, to });
  }
  return out;
}

/** Steps of one sitting; the oldest are forgotten. */
export interface History {
  readonly past: readonly Decisions[];
  readonly present: Decisions;
  readonly future: readonly Decisions[];
}

const MOST_STEPS = 500;

export function historyOf(present: Decisions | undefined): History {
  return { past: [], present: present ?? NO_DECISIONS, future: [] };
}

export function apply({ past, present }: History, edit: Edit): History {
  return { past: [...past, present].slice(-MOST_STEPS), present: edit(present), future: [] };
}

export function undo(history: History): History {
  const before = history.past[history.past.length - 1];
  if (!before) return history;
  return { past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future] };
}

export function redo(history: History): History {
  const [after, ...future] = history.future;
  return after ? { past: [...history.past, history.present], present: after, future } : history;
}
