import { useCallback, useEffect, type PointerEvent, type WheelEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { moment } from '../../i18n/format.ts';
import { useDrawing, type Draw } from '../../ui/drawing.ts';
import { frameAt, keepInView, turnWheel, useSpan } from './span.ts';
import { framesPerSecond, useEdit } from './store.ts';
import { drawTimeline, ROW, RULER } from './timeline-draw.ts';

const PALETTE = {
  ink: '--ink',
  soft: '--ink-soft',
  line: '--line',
  surface: '--surface',
  hide: '--lane',
  keep: '--keep',
  cut: '--cut',
  accent: '--accent',
};

/** A lane for each track below a ruler: click to go there, wheel to move, with Ctrl to zoom. */
export function Timeline() {
  const { t } = useTranslation();
  const state = useEdit();
  const { analysis, lanes, plan, frame, selected, marks, history } = state;
  const frames = analysis?.frameCount ?? 1;
  const span = useSpan();
  const rate = framesPerSecond(state);
  const decided = history.present.tracks;
  useEffect(() => keepInView(frame), [frame]);

  const draw = useCallback<Draw<keyof typeof PALETTE>>(
    (context, size, colours) => {
      const treatment = (id: string) => decided[id] ?? 'hide';
      const picture = { lanes, treatment, cuts: plan?.cuts ?? [], frame, selected, marks, framesPerSecond: rate };
      drawTimeline(context, size, span, picture, colours);
    },
    [lanes, decided, plan, frame, selected, marks, span, rate],
  );
  const canvas = useDrawing(PALETTE, draw);

  const wheel = (event: WheelEvent) => {
    if (turnWheel(event)) return;
    const most = Math.max(0, lanes.length * ROW - (event.currentTarget.clientHeight - RULER));
    useSpan.setState({ top: Math.max(0, Math.min(most, span.top + event.deltaY)) });
  };
  const point = (event: PointerEvent, pressed: boolean) => {
    if (!pressed) return;
    state.seek(frameAt(event.clientX, event.currentTarget));
    const area = event.currentTarget.getBoundingClientRect();
    const y = event.clientY - area.top;
    if (event.type !== 'pointerdown') return;
    event.currentTarget.setPointerCapture(event.pointerId);
    if (y > RULER) state.set({ area: undefined, selected: lanes[Math.floor((y - RULER + span.top) / ROW)]?.id });
  };
  return (
    <canvas
      ref={canvas}
      className="timeline"
      role="slider"
      tabIndex={0}
      aria-label={t('edit.timeline')}
      aria-valuemin={0}
      aria-valuemax={frames - 1}
      aria-valuenow={frame}
      aria-valuetext={moment(frame / rate)}
      onPointerDown={(event) => point(event, true)}
      onPointerMove={(event) => point(event, event.buttons === 1)}
      onWheel={wheel}
    />
  );
}
