import { partName, trackOfPart, type Lane } from '../track/lanes.ts';
import { NO_DECISIONS, type Decisions, type Treatment } from './decisions.ts';
import type { Edit } from './edit.ts';

/** What was decided on the tracks of another analysis is dropped: their names would fall on other heads. */
function on(analysis: string, decisions: Decisions): Decisions {
  if (decisions.analysis === analysis) return decisions;
  const { tracks, because, splits, joins } = NO_DECISIONS;
  return { ...decisions, analysis, tracks, because, splits, joins };
}

/**
 * @param analysis that the lane belongs to
 * @param because who it is, when it stays in view
 */
export function decideLane(analysis: string, lane: string, treatment: Treatment, because?: string): Edit {
  return (before) => {
    const decisions = without(on(analysis, before), [lane]);
    return {
      ...decisions,
      tracks: treatment === 'hide' ? decisions.tracks : { ...decisions.tracks, [lane]: treatment },
      because:
        treatment === 'keep' && because !== undefined ? { ...decisions.because, [lane]: because } : decisions.because,
    };
  };
}

/** @returns whether {@link splitLane} changes anything there */
export function canSplit({ parts }: Lane, frame: number): boolean {
  return frame > parts[0]!.start && frame <= parts[parts.length - 1]!.end;
}

/**
 * From a frame on it is somebody else. What stayed in view does so before the frame only: whoever goes on
 * under that name was decided on by nobody.
 */
export function splitLane(analysis: string, lane: Lane, frame: number): Edit {
  return (before) => {
    if (!canSplit(lane, frame)) return before;
    const decisions = on(analysis, before);
    // Held a little longer at its end, a part often overlaps the one it was joined with.
    const inside = lane.parts
      .filter(({ start, end }) => start < frame && end >= frame)
      .map(({ id }) => trackOfPart(id));
    const splits = Object.fromEntries([
      ...Object.entries(decisions.splits),
      ...inside.map((track) => [track, rising([...(decisions.splits[track] ?? []), frame])] as const),
    ]);
    const earlier = lane.parts.filter(({ start }) => start < frame).map(({ id }) => id);
    const later = [
      ...inside.map((track) => partName(track, frame)),
      ...lane.parts.filter(({ start }) => start >= frame).map(({ id }) => id),
    ];
    const joins = [...othersThan(lane, decisions), ...[earlier, later].filter(({ length }) => length > 1)];
    const treatment = decisions.tracks[lane.id];
    const first = later[0]!;
    const tracks =
      treatment === undefined || treatment === 'keep' ? decisions.tracks : { ...decisions.tracks, [first]: treatment };
    return { ...decisions, splits, joins, tracks };
  };
}

function rising(frames: readonly number[]): number[] {
  return [...new Set(frames)].sort((a, b) => a - b);
}

/** What hides more wins. */
const STRICTEST: readonly Treatment[] = ['cut', 'hide-body', 'hide', 'keep'];

/** Two lanes are the same person; of what was decided on them, what hides more counts. */
export function joinLanes(analysis: string, a: Lane, b: Lane): Edit {
  return (before) => {
    if (a.id === b.id) return before;
    const known = on(analysis, before);
    const parts = [...a.parts, ...b.parts].sort((one, other) => one.start - other.start);
    const treatments = [a, b].map(({ id }) => known.tracks[id] ?? 'hide');
    const treatment = STRICTEST.find((each) => treatments.includes(each))!;
    // Kept together means kept as the same member of staff.
    const [who, other] = [a, b].map(({ id }) => known.because[id]);
    const agreed = treatment !== 'keep' || who === other;
    const joins = othersThan(b, { ...known, joins: othersThan(a, known) });
    const decisions = { ...without(known, [a.id, b.id]), joins: [...joins, parts.map(({ id }) => id)] };
    return agreed ? decideLane(analysis, parts[0]!.id, treatment, who)(decisions) : decisions;
  };
}

/** Each part is on its own again; kept parts are hidden until they are decided on one by one. */
export function partLane(analysis: string, lane: Lane): Edit {
  return (before) => {
    const decisions = on(analysis, before);
    const treatment = decisions.tracks[lane.id] ?? 'hide';
    const apart = { ...without(decisions, [lane.id]), joins: othersThan(lane, decisions) };
    if (treatment === 'hide' || treatment === 'keep') return apart;
    return {
      ...apart,
      tracks: { ...apart.tracks, ...Object.fromEntries(lane.parts.map(({ id }) => [id, treatment])) },
    };
  };
}

function othersThan({ parts }: Lane, { joins }: Decisions): string[][] {
  return joins.filter((group) => !parts.some(({ id }) => group.includes(id)));
}

function without(decisions: Decisions, lanes: readonly string[]): Decisions {
  const others = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).filter(([id]) => !lanes.includes(id)));
  return { ...decisions, tracks: others(decisions.tracks), because: others(decisions.because) };
}
