import { addRange, keepOnly } from '../../../core/decision/edit.ts';
import { canSplit, decideLane, joinLanes, partLane, splitLane } from '../../../core/decision/lane-edit.ts';
import { boxAt } from '../../../core/track/track.ts';
import { drawInMiddle, followChosenArea, nudgeArea } from './area.ts';
import { nextDoubt } from './next-doubt.ts';
import { framesPerSecond, selectedLane, useEdit } from './store.ts';

/** Every key of the editor; the help sheet is made from the same list. */
export const KEYS = [
  { keys: [' '], id: 'play' },
  { keys: ['ArrowLeft'], id: 'frameBack' },
  { keys: ['ArrowRight'], id: 'frameOn' },
  { keys: ['Shift+ArrowLeft'], id: 'secondBack' },
  { keys: ['Shift+ArrowRight'], id: 'secondOn' },
  { keys: ['Home'], id: 'toStart' },
  { keys: ['End'], id: 'toEnd' },
  { keys: ['n'], id: 'nextDoubt' },
  { keys: ['p'], id: 'doubtBefore' },
  { keys: ['f'], id: 'nextFace' },
  { keys: ['h'], id: 'hide' },
  { keys: ['b'], id: 'hideBody' },
  { keys: ['k'], id: 'keep' },
  { keys: ['x'], id: 'cutTrack' },
  { keys: ['s'], id: 'split' },
  { keys: ['j'], id: 'join' },
  { keys: ['Shift+j'], id: 'partAgain' },
  { keys: ['z'], id: 'draw' },
  { keys: ['Enter'], id: 'drawHere' },
  { keys: ['Alt+ArrowLeft', 'Alt+ArrowRight', 'Alt+ArrowUp', 'Alt+ArrowDown'], id: 'moveArea' },
  { keys: ['Alt+Shift+ArrowRight', 'Alt+Shift+ArrowLeft', 'Alt+Shift+ArrowUp', 'Alt+Shift+ArrowDown'], id: 'sizeArea' },
  { keys: ['v'], id: 'follow' },
  { keys: ['i'], id: 'markFrom' },
  { keys: ['o'], id: 'markTo' },
  { keys: ['c'], id: 'cutMarked' },
  { keys: ['u'], id: 'muteMarked' },
  { keys: ['g'], id: 'keepMarked' },
  { keys: ['m'], id: 'masks' },
  { keys: ['Ctrl+z'], id: 'undo' },
  { keys: ['Ctrl+Shift+z', 'Ctrl+y'], id: 'redo' },
  { keys: ['Escape'], id: 'letGo' },
  { keys: ['?'], id: 'help' },
] as const;
export type KeyId = (typeof KEYS)[number]['id'];

/** @returns undefined for a key that means nothing here */
export function keyOf(event: KeyboardEvent): KeyId | undefined {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  const single = key.length === 1 ? key.toLowerCase() : key;
  const name = `${ctrlKey || metaKey ? 'Ctrl+' : ''}${altKey ? 'Alt+' : ''}${shiftKey && key !== '?' ? 'Shift+' : ''}${single}`;
  return KEYS.find(({ keys }) => (keys as readonly string[]).includes(name))?.id;
}

export interface KeyActions {
  keep(): void;
  help(): void;
}

/** Does what a key stands for. @param key its name, where one thing is done by several keys */
export function press(id: KeyId, actions: KeyActions, key = ''): void {
  const state = useEdit.getState();
  const { frame, shown, seek, set, selected, analysis, edit, marks, doubts } = state;
  const rate = framesPerSecond(state);
  const decide = (treatment: 'hide' | 'hide-body' | 'cut') => {
    if (selected !== undefined && analysis) edit(decideLane(analysis.id, selected, treatment));
  };
  const marked = () => {
    const { from, to } = marks;
    return from !== undefined && to !== undefined && to > from ? { from: from / rate, to: to / rate } : undefined;
  };
  const range = (kind: 'cuts' | 'mutes') => {
    const found = marked();
    if (!found) return;
    edit(addRange(kind, found));
    set({ marks: { from: undefined, to: undefined }, panel: 'areas' });
  };
  const doubt = (step: 1 | -1) => {
    const index = nextDoubt(doubts, frame, step);
    if (index !== undefined) state.goToDoubt(index);
  };
  const does: Record<KeyId, () => void> = {
    play: () => state.play(!state.playing),
    frameBack: () => seek(frame - 1),
    frameOn: () => seek(frame + 1),
    secondBack: () => seek(frame - rate),
    secondOn: () => seek(frame + rate),
    toStart: () => seek(0),
    toEnd: () => seek(Number.MAX_SAFE_INTEGER),
    nextDoubt: () => doubt(1),
    doubtBefore: () => doubt(-1),
    nextFace() {
      const here = state.lanes.filter(({ parts }) => parts.some((part) => boxAt(part, frame)));
      const at = here.findIndex(({ id }) => id === selected);
      set({ selected: here[(at + 1) % Math.max(1, here.length)]?.id });
    },
    hide: () => decide('hide'),
    hideBody: () => decide('hide-body'),
    keep() {
      if (selected !== undefined) actions.keep();
    },
    cutTrack: () => decide('cut'),
    split() {
      const lane = selectedLane(state);
      if (lane && analysis && canSplit(lane, shown)) edit(splitLane(analysis.id, lane, shown));
    },
    join() {
      const lane = selectedLane(state);
      const other = state.joining === undefined ? undefined : state.laneOf.get(state.joining);
      if (!lane || !analysis) return;
      if (!other || other === lane) return set({ joining: other ? undefined : lane.id });
      set({ joining: undefined });
      edit(joinLanes(analysis.id, other, lane));
    },
    partAgain() {
      const lane = selectedLane(state);
      if (lane && analysis && lane.parts.length > 1) edit(partLane(analysis.id, lane));
    },
    draw: () => set({ drawing: !state.drawing, drawingFor: undefined, joining: undefined }),
    drawHere() {
      if (state.drawing) drawInMiddle();
    },
    moveArea: () => nudgeArea(key, false),
    sizeArea: () => nudgeArea(key, true),
    follow: () => void followChosenArea(),
    // What is on the screen, which may not be there yet where the playhead is.
    markFrom: () => set({ marks: { ...marks, from: shown } }),
    markTo: () => set({ marks: { ...marks, to: shown + 1 } }),
    cutMarked: () => range('cuts'),
    muteMarked: () => range('mutes'),
    keepMarked() {
      const found = marked();
      if (!found || !analysis) return;
      edit(keepOnly(found, analysis.frameCount / rate));
      set({ marks: { from: undefined, to: undefined }, panel: 'areas' });
    },
    masks: () => set({ masksShown: !state.masksShown }),
    undo: () => state.undo(),
    redo: () => state.redo(),
    letGo: () =>
      set({
        selected: undefined,
        joining: undefined,
        area: undefined,
        drawing: false,
        marks: { from: undefined, to: undefined },
      }),
    help: () => actions.help(),
  };
  does[id]();
}
