import type { Seconds } from '../../../core/decision/edit.ts';
import { framesPerSecond, type EditState, type Marks } from './store.ts';

export const NO_MARKS: Marks = { from: undefined, to: undefined };

/** What lies between both marks; undefined until there are two, the right way round. @param rate in frames a second */
export function rangeOf({ from, to }: Marks, rate: number): Seconds | undefined {
  return from !== undefined && to !== undefined && to > from ? { from: from / rate, to: to / rate } : undefined;
}

export function markedRange(state: EditState): Seconds | undefined {
  return rangeOf(state.marks, framesPerSecond(state));
}
