import { addZone, moveZone, placeZone } from '../../../core/decision/edit.ts';
import type { Box } from '../../../core/geometry/box.ts';
import { secondsOfFrame } from '../../../core/media/frame-rate.ts';
import { zoneBoxAt } from '../../../core/plan/plan.ts';
import { KEYFRAME_WIDTH } from '../../../core/track/track.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { framesPerSecond, useEdit, type EditState } from './store.ts';

/** Least side of an area, in pixels of the recording: less is a slip of the hand. */
export const LEAST_SIDE = 8;
/** Share of the picture's side that a key moves an area by. */
const STEP = 0.01;

/** Where the chosen area is in the picture that is on the screen; undefined when it is not there then. */
export function chosenArea({ area, plan, shown }: EditState): Box | undefined {
  const zone = area === undefined ? undefined : plan?.zones[area];
  return zone && shown >= zone.from && shown < zone.to ? zoneBoxAt(zone, shown) : undefined;
}

/** Number of the area under a place in the picture; of more, the one that was drawn last. */
export function areaAt({ plan, shown, history }: EditState, x: number, y: number): number | undefined {
  // Behind the areas themselves stand the places where moving ones were drawn.
  const zones = plan?.zones.slice(0, history.present.zones.length) ?? [];
  for (let index = zones.length - 1; index >= 0; index--) {
    const zone = zones[index]!;
    if (shown < zone.from || shown >= zone.to) continue;
    const box = zoneBoxAt(zone, shown);
    if (x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h) return index;
  }
  return undefined;
}

/** Adds an area and chooses it. @param box in pixels of the recording */
export function drawArea(box: Box): void {
  const { edit, set, history, drawingFor } = useEdit.getState();
  if (box.w < LEAST_SIDE || box.h < LEAST_SIDE) return;
  const zone = { x: box.x, y: box.y, width: box.w, height: box.h };
  edit(addZone(drawingFor === undefined ? zone : { ...zone, pupil: drawingFor }));
  set({
    drawing: false,
    drawingFor: undefined,
    panel: 'areas',
    area: history.present.zones.length,
    selected: undefined,
  });
}

/** Puts the chosen area elsewhere, in the picture that is on the screen. */
export function placeArea(box: Box): void {
  const state = useEdit.getState();
  const { area, shown, view, edit } = state;
  if (area === undefined || !view || box.w < LEAST_SIDE || box.h < LEAST_SIDE) return;
  const place = { x: box.x, y: box.y, width: box.w, height: box.h };
  edit(placeZone(area, secondsOfFrame(shown, view.rate), place, 1 / framesPerSecond(state)));
}

const DIRECTIONS: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Moves the chosen area, or its lower right corner, one step. @param key name of an arrow key */
export function nudgeArea(key: string, corner: boolean): void {
  const state = useEdit.getState();
  const box = chosenArea(state);
  const direction = DIRECTIONS[key];
  if (!box || !direction || !state.view) return;
  const dx = direction.x * STEP * state.view.width;
  const dy = direction.y * STEP * state.view.height;
  placeArea(corner ? { ...box, w: box.w + dx, h: box.h + dy } : { ...box, x: box.x + dx, y: box.y + dy });
}

/** Draws an area in the middle of the picture, for those who have no pointer to drag one with. */
export function drawInMiddle(): void {
  const { view } = useEdit.getState();
  if (!view) return;
  drawArea({ x: view.width * 0.4, y: view.height * 0.4, w: view.width * 0.2, h: view.height * 0.2 });
}

/** Lets the chosen area go after what it shows, both ways. */
export async function followChosenArea(): Promise<void> {
  const state = useEdit.getState();
  const { area, shown, view, following, locked } = state;
  const box = chosenArea(state);
  if (area === undefined || !box || !view || following || locked) return;
  state.set({ following: true });
  try {
    const { keyframes, backward, forward } = await call('case.follow', { area: box, frame: shown });
    state.set({ following: false, followed: { area, backward, forward } });
    const places = Array.from({ length: keyframes.length / KEYFRAME_WIDTH }, (_, row) => {
      const [frame, x, y, width, height] = keyframes.subarray(row * KEYFRAME_WIDTH);
      return { at: secondsOfFrame(frame!, view.rate), x: x!, y: y!, width: width!, height: height! };
    });
    // Somebody may have left the dossier while it went on.
    if (useEdit.getState().view?.id === view.id) state.edit(moveZone(area, places));
  } catch (error) {
    useEdit.setState({ following: false });
    useApp.getState().fail(error);
  }
}
