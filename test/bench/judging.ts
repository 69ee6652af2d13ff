import { FASTEST } from '../../core/review/coverage.ts';
import { lengthOf, mustWatch } from '../../core/review/sample.ts';
import type { Stop } from '../../core/review/stops.ts';

/** Somebody who pauses at a stop looks at the still picture, and the player takes a moment to jump; in seconds. */
const LOOK = 2;
const JUMP = 1;

/** What judging one clip asks of somebody. */
export interface Effort {
  /** Of the clip that is watched. */
  readonly watched: number;
  /** By the clock on the wall. */
  readonly wall: number;
  readonly presses: number;
}

/** Answering for what no detector sees takes one press each, approving two: the button and what it asks. */
export const ANSWERS = 5;
const APPROVE = 2;
/** Twice as fast, and play. */
const BEGIN = 2;

/** Every second at the fastest that counts. @param pausing at each stop, to look at it: pause and play */
export function everySecond(seconds: number, stops: readonly Stop[], pausing: boolean): Effort {
  const pauses = pausing ? stops.length : 0;
  return {
    watched: seconds,
    wall: seconds / FASTEST + pauses * LOOK,
    presses: BEGIN + 2 * pauses + ANSWERS + APPROVE,
  };
}

/** What the school's other rule asks for; one press jumps to the next place that is still to be watched. */
export function doubtsAndSample(seconds: number, stops: readonly Stop[], digest: string): Effort {
  const moments = stops.map(({ at }) => at);
  const places = mustWatch('doubts-and-sample', seconds, moments, digest);
  const watched = lengthOf(places);
  return {
    watched,
    wall: watched / FASTEST + places.length * JUMP,
    presses: BEGIN + places.length - 1 + ANSWERS + APPROVE,
  };
}

/** How many there are and how many that is a minute; then of each kind, most first. */
export function counted(all: readonly { readonly kind: string }[], seconds: number): string {
  const counts = new Map<string, number>();
  for (const { kind } of all) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const kinds = sorted.map(([kind, count]) => `, ${kind} ${count} (${perMinute(count, seconds)})`);
  return `${all.length} (${perMinute(all.length, seconds)})${kinds.join('')}`;
}

export function perMinute(count: number, seconds: number): string {
  return `${((count * 60) / seconds).toFixed(2)}/min`;
}
