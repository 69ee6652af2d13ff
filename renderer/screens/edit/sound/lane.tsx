import { useCallback, useRef, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { SAMPLE_RATE } from '../../../../core/media/frame-rate.ts';
import { useDrawing, type Draw } from '../../../ui/drawing.ts';
import { NO_MARKS } from '../marks.ts';
import { frameAt, turnWheel, useSpan } from '../span.ts';
import { framesPerSecond, useEdit } from '../store.ts';
import { goToTurn } from './actions.ts';
import { drawSound } from './draw.ts';
import { useSound } from './store.ts';

/** Less is a click, more draws a stretch, in pixels of the screen. */
const DRAG = 4;

const PALETTE = {
  wave: '--ink-soft',
  soft: '--line-strong',
  heard: '--heard',
  altered: '--altered',
  bleep: '--keep',
  cut: '--cut',
  accent: '--accent',
  ground: '--surface',
};

/** Waveform and what was decided on it, below the picture: drag for a stretch, click to hear who speaks there. */
export function SoundLane() {
  const { t } = useTranslation();
  const pressed = useRef<{ readonly clientX: number; readonly frame: number }>(undefined);
  const present = useEdit((state) => state.history.present);
  const frame = useEdit((state) => state.frame);
  const marks = useEdit((state) => state.marks);
  const plan = useEdit((state) => state.plan);
  const alwaysAltered = useEdit((state) => state.view?.sound === 'altered');
  const rate = useEdit(framesPerSecond);
  const { heard, segments, turns, chosen } = useSound();
  const span = useSpan();
  const draw = useCallback<Draw<keyof typeof PALETTE>>(
    (context, { width, height }, colours) => {
      if (!heard) return;
      const x = (at: number) => ((at - span.from) / (span.to - span.from)) * width;
      const turn = chosen === undefined ? undefined : turns[chosen];
      const shown = { heard, segments, decisions: present, alwaysAltered, cuts: plan?.cuts ?? [], chosen: turn };
      drawSound(context, { x, width, height }, { ...shown, marks, frame, framesPerSecond: rate }, colours);
    },
    [heard, segments, turns, chosen, present, alwaysAltered, plan, marks, frame, span, rate],
  );
  const canvas = useDrawing(PALETTE, draw);
  if (!heard) return null;
  const down = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    pressed.current = { clientX: event.clientX, frame: frameAt(event.clientX, event.currentTarget) };
  };
  const move = (event: PointerEvent) => {
    const { current } = pressed;
    if (!current || Math.abs(event.clientX - current.clientX) < DRAG) return;
    const here = Math.max(0, frameAt(event.clientX, event.currentTarget));
    useEdit
      .getState()
      .set({ marks: { from: Math.min(current.frame, here), to: Math.max(current.frame, here) }, panel: 'sound' });
  };
  const up = (event: PointerEvent) => {
    const { current } = pressed;
    pressed.current = undefined;
    if (!current || Math.abs(event.clientX - current.clientX) >= DRAG) return;
    const sample = (current.frame / rate) * SAMPLE_RATE;
    const turn = turns.findIndex(({ from, to }) => sample >= from && sample < to);
    if (turn >= 0) return goToTurn(turn);
    const { set, seek } = useEdit.getState();
    set({ marks: NO_MARKS });
    seek(current.frame);
  };
  return (
    <canvas
      ref={canvas}
      className="sound-lane"
      role="img"
      aria-label={t('sound.lane', { count: turns.length })}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onWheel={(event) => void turnWheel(event)}
    />
  );
}
