import { useEffect, useState, type RefObject } from 'react';
import { secondsOf } from '../../../../core/decision/sound-edit.ts';
import { SAMPLE_RATE } from '../../../../core/media/frame-rate.ts';
import type { SoundPlan } from '../../../../core/sound/sound-plan.ts';
import { framesPerSecond, useEdit, type EditState } from '../store.ts';
import { LEAD } from './actions.ts';
import { MISSED } from './played.ts';
import { useSound } from './store.ts';

/** Seconds of a turn, or this share of a shorter one, that must sound anew each time that it is chosen. */
const LISTENED = 0.4;
const LISTENED_SHARE = 0.6;
/** Further on than the clock by this factor and so many seconds is a jump, not playing. */
const JUMP = { times: 1.5, seconds: 0.1 };
/** How far beyond the end of a turn somebody may be and still mean it, in seconds; a busy player stops late. */
const OVERSHOOT = { resting: 0.4, stopping: 2 };

function isHeard(plan: SoundPlan | undefined, seconds: number): boolean {
  const sample = seconds * SAMPLE_RATE;
  return plan?.kept.some(({ from, to }) => sample >= from && sample < to) ?? false;
}

/** A turn that the playhead has left is no longer the one that a key decides on. */
function letGoElsewhere(state: EditState): void {
  const { chosen, turns, until, set } = useSound.getState();
  const turn = chosen === undefined ? undefined : turns[chosen];
  if (!turn) return;
  const { from, to } = secondsOf(turn);
  const beyond = state.playing && until !== undefined ? OVERSHOOT.stopping : OVERSHOOT.resting;
  const frame = 1 / framesPerSecond(state);
  const here = state.frame * frame;
  if (here < from - LEAD - 2 * frame || here > to + beyond)
    set({ chosen: undefined, listened: false, until: undefined });
}

/** Adds up what was played and could be heard, and what of that since a turn was chosen. */
class Listener {
  private last = { at: 0, clock: 0, audible: false };
  private choice = 0;
  private seconds = 0;

  /** @param at seconds of the recording @param clock seconds of any clock */
  note(at: number, clock: number, audible: boolean): void {
    const { chosen, choice, turns, listened, speed, played, set } = useSound.getState();
    const { last } = this;
    this.last = { at, clock, audible };
    const step = at - last.at;
    if (this.choice !== choice) this.seconds = 0;
    this.choice = choice;
    if (!last.audible || step <= 0 || step > JUMP.times * speed * (clock - last.clock) + JUMP.seconds) return;
    played.add({ from: last.at, to: at });
    const turn = chosen === undefined ? undefined : turns[chosen];
    if (!turn || listened) return;
    const range = secondsOf(turn);
    this.seconds += Math.max(0, Math.min(at, range.to) - Math.max(last.at, range.from));
    if (this.seconds < Math.min(LISTENED, LISTENED_SHARE * (range.to - range.from))) return;
    if (played.missing(range, MISSED.turn).length === 0) set({ listened: true });
  }
}

/**
 * Lets the player say what was asked for, and stop where a turn ends. Right to a picture of the screen: to hear what is
 * decided, not what is made; the clip itself is exact to the sample.
 */
export function useListening(video: RefObject<HTMLVideoElement | null>): void {
  const playing = useEdit((state) => state.playing);
  const plan = useEdit((state) => state.plan);
  const listening = useSound((state) => state.listening);
  const speed = useSound((state) => state.speed);
  useEffect(
    () =>
      useEdit.subscribe((state, before) => {
        if (state.frame !== before.frame) letGoElsewhere(state);
      }),
    [],
  );
  const [listener] = useState(() => new Listener());
  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    element.playbackRate = speed;
    let handle = 0;
    const step = () => {
      const { currentTime, seeking } = element;
      const { until } = useSound.getState();
      if (playing && until !== undefined && !seeking && currentTime >= until) element.pause();
      element.muted = listening === 'off' || (listening === 'clip' && !isHeard(plan?.sound, currentTime));
      listener.note(currentTime, performance.now() / 1000, playing && !seeking && !element.muted);
      if (playing) handle = requestAnimationFrame(step);
    };
    step();
    return () => cancelAnimationFrame(handle);
  }, [video, listener, playing, plan, listening, speed]);
}
