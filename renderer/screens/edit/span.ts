import type { WheelEvent } from 'react';
import { create } from 'zustand';
import { useEdit } from './store.ts';

/** What part of the time is shown, in frames, and which rows. */
export interface Span {
  readonly from: number;
  readonly to: number;
  /** In pixels. */
  readonly top: number;
}

const ZOOM = 1.2;
const KEY_ZOOM = 2;
/** Frames that a lane's width shows at the closest. */
const LEAST_FRAMES = 50;

/** All lanes show the same part of the time. */
export const useSpan = create<Span>()(() => ({ from: 0, to: 1, top: 0 }));

const frameCount = () => useEdit.getState().analysis?.frameCount ?? 1;

function show(from: number, length: number): void {
  const first = Math.max(0, Math.min(frameCount() - length, from));
  useSpan.setState({ from: first, to: first + length });
}

export function showAll(): void {
  useSpan.setState({ from: 0, to: frameCount(), top: 0 });
}

/** The playhead stays in view. */
export function keepInView(frame: number): void {
  const { from, to } = useSpan.getState();
  if (frame < from || frame > to) show(frame - (to - from) / 10, to - from);
}

/** @param centre frame that stays where it is on the screen */
function zoom(factor: number, centre: number): void {
  const { from, to } = useSpan.getState();
  const length = to - from;
  const wanted = Math.min(frameCount(), Math.max(Math.min(LEAST_FRAMES, frameCount()), length * factor));
  show(centre - ((centre - from) / length) * wanted, wanted);
}

export function zoomAtPlayhead(direction: 'in' | 'out'): void {
  const { frame } = useEdit.getState();
  keepInView(frame);
  zoom(direction === 'in' ? 1 / KEY_ZOOM : KEY_ZOOM, frame);
}

/** Where in the time a place on the screen is, in frames, also between two of them. */
export function frameAt(clientX: number, lane: Element): number {
  const { from, to } = useSpan.getState();
  const { left, width } = lane.getBoundingClientRect();
  return from + ((clientX - left) / width) * (to - from);
}

/** Wheel with Ctrl to zoom, with Shift to move in time. @returns whether it was one of these */
export function turnWheel(event: WheelEvent): boolean {
  const { from, to } = useSpan.getState();
  if (event.ctrlKey) zoom(event.deltaY > 0 ? ZOOM : 1 / ZOOM, frameAt(event.clientX, event.currentTarget));
  else if (event.shiftKey) show(from + (event.deltaY / 600) * (to - from), to - from);
  return event.ctrlKey || event.shiftKey;
}
