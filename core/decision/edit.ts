import { NO_DECISIONS, type Decisions, type Treatment } from './decisions.ts';

/** What a person can change, each leaving the decisions before it as they were, so that it can be undone. */
export type Edit = (decisions: Decisions) => Decisions;

export interface Seconds {
  readonly from: number;
  readonly to: number;
}

type Zone = Decisions['zones'][number];

/**
 * What was decided on the tracks of another analysis is dropped: their names would fall on other heads.
 * @param analysis that the track belongs to
 * @param because who it is, when it stays in view
 */
export function decideTrack(analysis: string, track: string, treatment: Treatment, because?: string): Edit {
  return (decisions) => {
    const known = decisions.analysis === analysis ? decisions : NO_DECISIONS;
    const { [track]: _before, ...others } = known.tracks;
    const { [track]: _reason, ...reasons } = known.because;
    return {
      ...decisions,
      analysis,
      tracks: treatment === 'hide' ? others : { ...others, [track]: treatment },
      because: treatment === 'keep' && because !== undefined ? { ...reasons, [track]: because } : reasons,
    };
  };
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

export function removeZone(index: number): Edit {
  return (decisions) => ({ ...decisions, zones: decisions.zones.filter((_zone, at) => at !== index) });
}

export function addRange(kind: 'cuts' | 'mutes', range: Seconds): Edit {
  return (decisions) => ({ ...decisions, [kind]: merged([...decisions[kind], { from: range.from, to: range.to }]) });
}

export function removeRange(kind: 'cuts' | 'mutes', index: number): Edit {
  return (decisions) => ({ ...decisions, [kind]: decisions[kind].filter((_range, at) => at !== index) });
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

/** Sorted and disjoint; ranges that touch become one. */
function merged(ranges: readonly Seconds[]): Seconds[] {
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
