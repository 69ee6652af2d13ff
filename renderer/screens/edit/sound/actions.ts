import type { Edit, Seconds } from '../../../../core/decision/edit.ts';
import {
  addBleep,
  forgetSound,
  keepRest,
  keepSound,
  secondsOf,
  silenceSound,
  soundVerdicts,
  withWholeTurns,
  type SoundVerdict,
} from '../../../../core/decision/sound-edit.ts';
import type { Turn } from '../../../../core/sound/turns.ts';
import { markedRange, NO_MARKS } from '../marks.ts';
import { framesPerSecond, useEdit, type EditState } from '../store.ts';
import { lengthOf, MISSED } from './played.ts';
import { isSame, LISTENING, SPEEDS, useSound, type Listening, type SoundState } from './store.ts';

/** Seconds before a turn from which it is played: what is said first is soft. */
export const LEAD = 0.15;

type Cuts = readonly { readonly from: number; readonly to: number }[];

export type Deciding = 'keep' | 'keep-altered' | 'silence' | 'forget';

/** Turns of which something is left in the clip, rising. @param cuts in frames of the recording */
export function turnsLeft(turns: readonly Turn[], cuts: Cuts, rate: number): number[] {
  const gone = cuts.map(({ from, to }) => ({ from: from / rate, to: to / rate }));
  return turns.flatMap((turn, index) => {
    const { from, to } = secondsOf(turn);
    return gone.some((cut) => cut.from <= from && cut.to >= to) ? [] : [index];
  });
}

/** Numbers of the turns that are gone through, rising. @param left those of which something is left in the clip */
export function shownTurns(
  { turns, only }: Pick<SoundState, 'turns' | 'only'>,
  verdicts: readonly SoundVerdict[],
  left: readonly number[],
): number[] {
  return left.flatMap((index) => {
    const { hint } = turns[index]!;
    const shown = only === 'all' || only === hint || (only === 'open' && verdicts[index] === 'open');
    return shown ? [index] : [];
  });
}

/** @param wanted what comes out; undefined: what did before, unless that is nothing */
function play(range: Seconds, wanted?: Listening): void {
  const edit = useEdit.getState();
  const { set } = useSound.getState();
  const listening = wanted ?? useSound.getState().listening;
  edit.seek(Math.floor((range.from - LEAD) * framesPerSecond(edit)));
  set({ until: range.to, listening: listening === 'off' ? 'all' : listening });
  edit.play(true);
}

const leftNow = () => {
  const edit = useEdit.getState();
  return turnsLeft(useSound.getState().turns, edit.plan?.cuts ?? [], framesPerSecond(edit));
};
const verdictsNow = () => soundVerdicts(useEdit.getState().history.present, useSound.getState().turns);

/** Lets be heard what is still missing of a turn, or all of it when nothing is; one that is being played goes on. */
function hearOut(turn: Turn): void {
  const { until, played, listening } = useSound.getState();
  if (useEdit.getState().playing && until !== undefined && listening === 'all') return;
  const { from, to } = secondsOf(turn);
  play({ from: played.missing({ from, to }, MISSED.turn)[0]?.from ?? from, to }, 'all');
}

/** Chooses a turn and lets it be heard. */
export function goToTurn(index: number): void {
  const turn = useSound.getState().turns[index];
  if (!turn) return;
  useEdit.getState().set({ panel: 'sound', marks: NO_MARKS, selected: undefined });
  const sound = useSound.getState();
  sound.set({ chosen: index, choice: sound.choice + 1, listened: false, notYet: false });
  // Undecided is silent in the clip; who decides must hear it.
  play(secondsOf(turn), 'all');
}

/** To the nearest turn from the one that is chosen, or else from where the playhead is. */
export function stepTurn(step: 1 | -1): void {
  const sound = useSound.getState();
  const edit = useEdit.getState();
  const here = edit.frame / framesPerSecond(edit);
  const { chosen, turns } = sound;
  const after = (index: number) => (chosen === undefined ? secondsOf(turns[index]!).from > here : index > chosen);
  const before = (index: number) => (chosen === undefined ? secondsOf(turns[index]!).to < here : index < chosen);
  const shown = shownTurns(sound, verdictsNow(), leftNow());
  const next = step === 1 ? shown.find(after) : shown.findLast(before);
  if (next !== undefined) goToTurn(next);
}

const EDITS: Readonly<Record<Deciding, { marked: (range: Seconds) => Edit; turn: (range: Seconds) => Edit }>> = {
  // What was said to be silent within a stretch that is marked stays so: "all of this except…".
  keep: { marked: (range) => keepRest(range), turn: (range) => keepSound(range) },
  'keep-altered': { marked: (range) => keepRest(range, true), turn: (range) => keepSound(range, true) },
  silence: { marked: silenceSound, turn: silenceSound },
  forget: { marked: forgetSound, turn: forgetSound },
};

/** Milliseconds in which nobody has read a question: a second press of a double click is no answer. */
const READING = 500;

/** @returns whether a stretch may be kept: it was heard, or is asked for a second time after that was asked back */
function isSure(marked: Seconds): boolean {
  const { played, unheard, set } = useSound.getState();
  const missing = played.missing(marked, MISSED.stretch, useEdit.getState().history.present.mutes);
  const now = performance.now();
  const isAnswer = unheard !== undefined && isSame(unheard, marked) && lengthOf(missing) <= unheard.seconds;
  if (isAnswer && now - unheard.at < READING) return false;
  const sure = missing.length === 0 || isAnswer;
  set({ unheard: sure ? undefined : { range: marked, seconds: lengthOf(missing), at: now } });
  return sure;
}

/**
 * Says what may become of what is marked, or else of the turn that is chosen; then comes the next one. A turn that
 * was not heard out yet is played instead of kept.
 */
export function decideSound(what: Deciding): void {
  const edit = useEdit.getState();
  if (!mayDecide() || !broughtToView()) return;
  const marked = markedRange(edit);
  const keeps = what === 'keep' || what === 'keep-altered';
  const { chosen, turns, listened, set } = useSound.getState();
  if (marked) {
    if (keeps && !isSure(marked)) return;
    edit.edit(EDITS[what].marked(keeps ? marked : withWholeTurns(marked, turns)));
    edit.set({ marks: NO_MARKS, panel: 'sound' });
    return;
  }
  const turn = chosen === undefined ? undefined : turns[chosen];
  if (!turn) return;
  if (keeps && !listened) {
    set({ notYet: true });
    return hearOut(turn);
  }
  edit.edit(EDITS[what].turn(secondsOf(turn)));
  if (what !== 'forget') goOn();
}

/** A school that lets nothing be heard has nothing to decide on, nor has who is locked out by a rendering. */
export function mayDecide({ view, analysis, locked, following }: EditState = useEdit.getState()): boolean {
  return view?.sound !== undefined && view.sound !== 'off' && analysis?.heard !== undefined && !locked && !following;
}

/** Nothing is decided that is not on the screen. @returns whether it was there already */
function broughtToView(): boolean {
  const { panel, set } = useEdit.getState();
  const { side, set: setSound } = useSound.getState();
  if (panel === 'sound' && side === 'turns') return true;
  set({ panel: 'sound' });
  setSound({ side: 'turns' });
  return false;
}

/** To the next turn that nobody decided on; behind the last one to those that were left open before it. */
function goOn(): void {
  const sound = useSound.getState();
  const verdicts = verdictsNow();
  const open = shownTurns(sound, verdicts, leftNow()).filter((index) => verdicts[index] === 'open');
  const next = open.find((index) => index > sound.chosen!) ?? open[0];
  if (next === undefined) useEdit.getState().play(false);
  else goToTurn(next);
}

/** Takes a step back or forth; where that changed what becomes of a turn, that is the one to decide on again. */
export function stepHistory(step: 'undo' | 'redo'): void {
  const { history, panel } = useEdit.getState();
  const before = verdictsNow();
  useEdit.getState()[step]();
  const { present } = useEdit.getState().history;
  const same = present.sound === history.present.sound && present.mutes === history.present.mutes;
  if (same || panel !== 'sound') return;
  const changed = verdictsNow().findIndex((verdict, index) => verdict !== before[index]);
  if (changed >= 0) return goToTurn(changed);
  useEdit.getState().play(false);
  useSound.getState().set({ chosen: undefined, listened: false, until: undefined });
}

export function bleepMarked(): void {
  const edit = useEdit.getState();
  const marked = markedRange(edit);
  if (!marked || !mayDecide() || !broughtToView()) return;
  edit.edit(addBleep(marked));
  edit.set({ marks: NO_MARKS, panel: 'sound' });
}

/** What is marked, or else the turn that is chosen, once more. */
export function hearAgain(): void {
  const { chosen, turns } = useSound.getState();
  const turn = chosen === undefined ? undefined : turns[chosen];
  const range = markedRange(useEdit.getState()) ?? (turn && secondsOf(turn));
  if (range) play(range);
}

export function nextListening(): void {
  const { listening, set } = useSound.getState();
  set({ listening: LISTENING[(LISTENING.indexOf(listening) + 1) % LISTENING.length]! });
}

export function nextSpeed(): void {
  const { speed, set } = useSound.getState();
  set({ speed: SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length]! });
}
