import { addCut, keepOnly } from '../../../core/decision/edit.ts';
import { canSplit, decideLane, joinLanes, partLane, splitLane } from '../../../core/decision/lane-edit.ts';
import { boxAt } from '../../../core/track/track.ts';
import { drawInMiddle, followChosenArea, nudgeArea } from './area.ts';
import { markedRange, NO_MARKS } from './marks.ts';
import { nextDoubt } from './next-doubt.ts';
import {
  bleepMarked,
  decideSound,
  hearAgain,
  nextListening,
  nextSpeed,
  stepHistory,
  stepTurn,
} from './sound/actions.ts';
import { useSound } from './sound/store.ts';
import { zoomAtPlayhead } from './span.ts';
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
  { keys: ['g'], id: 'keepMarked' },
  { keys: ['.'], id: 'nextTurn' },
  { keys: [','], id: 'turnBefore' },
  { keys: ['1'], id: 'mine' },
  { keys: ['2'], id: 'notMine' },
  { keys: ['3'], id: 'mineAltered' },
  { keys: ['0'], id: 'forgetSound' },
  { keys: ['r'], id: 'hearAgain' },
  { keys: ['t'], id: 'bleep' },
  { keys: ['l'], id: 'listen' },
  { keys: ['q'], id: 'speed' },
  { keys: ['+', '='], id: 'zoomIn' },
  { keys: ['-'], id: 'zoomOut' },
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
  // Of signs it depends on the keyboard whether Shift makes them.
  const shifted = shiftKey && (key.length > 1 || /\p{L}/u.test(key));
  const name = `${ctrlKey || metaKey ? 'Ctrl+' : ''}${altKey ? 'Alt+' : ''}${shifted ? 'Shift+' : ''}${single}`;
  return KEYS.find(({ keys }) => (keys as readonly string[]).includes(name))?.id;
}

/** Each press of these is a decision: a key that is held decides once. */
export const ONCE: ReadonlySet<KeyId> = new Set(['mine', 'notMine', 'mineAltered', 'forgetSound', 'bleep']);

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
    cutMarked() {
      const marked = markedRange(state);
      if (!marked) return;
      edit(addCut(marked));
      set({ marks: NO_MARKS, panel: 'areas' });
    },
    keepMarked() {
      const marked = markedRange(state);
      if (!marked || !analysis) return;
      edit(keepOnly(marked, analysis.frameCount / rate));
      set({ marks: NO_MARKS, panel: 'areas' });
    },
    nextTurn: () => stepTurn(1),
    turnBefore: () => stepTurn(-1),
    mine: () => decideSound('keep'),
    notMine: () => decideSound('silence'),
    mineAltered: () => decideSound('keep-altered'),
    forgetSound: () => decideSound('forget'),
    hearAgain,
    bleep: bleepMarked,
    listen: nextListening,
    speed: nextSpeed,
    zoomIn: () => zoomAtPlayhead('in'),
    zoomOut: () => zoomAtPlayhead('out'),
    masks: () => set({ masksShown: !state.masksShown }),
    undo: () => stepHistory('undo'),
    redo: () => stepHistory('redo'),
    letGo() {
      useSound.getState().set({ chosen: undefined, listened: false, until: undefined });
      set({
        selected: undefined,
        joining: undefined,
        area: undefined,
        drawing: false,
        marks: NO_MARKS,
      });
    },
    help: () => actions.help(),
  };
  does[id]();
}
