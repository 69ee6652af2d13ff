import { useEffect, useRef, useState, type PointerEvent, type WheelEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { moment } from '../../i18n/format.ts';
import { framesPerSecond, useEdit } from './store.ts';
import { drawTimeline, ROW, RULER, type Span } from './timeline-draw.ts';

const ZOOM = 1.2;
/** Frames that a picture's width shows at the closest. */
const LEAST_FRAMES = 50;

function coloursOf(element: Element) {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: colour('--ink'),
    soft: colour('--ink-soft'),
    line: colour('--line'),
    surface: colour('--surface'),
    hide: colour('--lane'),
    keep: colour('--keep'),
    cut: colour('--cut'),
    accent: colour('--accent'),
  };
}

/** A lane for each track below a ruler: click to go there, wheel to move, with Ctrl to zoom. */
export function Timeline() {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const state = useEdit();
  const { analysis, lanes, plan, frame, selected, marks, history } = state;
  const frames = analysis?.frameCount ?? 1;
  const [span, setSpan] = useState<Span>({ from: 0, to: frames, top: 0 });
  const rate = framesPerSecond(state);
  const decided = history.present.tracks;

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return undefined;
    const draw = () => {
      const { clientWidth: width, clientHeight: height } = element;
      element.width = width * devicePixelRatio;
      element.height = height * devicePixelRatio;
      context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
      const treatment = (id: string) => decided[id] ?? 'hide';
      const picture = { lanes, treatment, cuts: plan?.cuts ?? [], frame, selected, marks, framesPerSecond: rate };
      drawTimeline(context, { width, height }, span, picture, coloursOf(element));
    };
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    // Its colours are taken when it is drawn.
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    return () => {
      observer.disconnect();
      scheme.removeEventListener('change', draw);
    };
  }, [lanes, decided, plan, frame, selected, marks, span, rate]);

  const frameAt = (clientX: number) => {
    const area = canvas.current?.getBoundingClientRect();
    if (!area) return 0;
    return span.from + ((clientX - area.left) / area.width) * (span.to - span.from);
  };
  const wheel = (event: WheelEvent) => {
    if (event.ctrlKey) {
      const factor = event.deltaY > 0 ? ZOOM : 1 / ZOOM;
      const centre = frameAt(event.clientX);
      const length = Math.min(frames, Math.max(LEAST_FRAMES, (span.to - span.from) * factor));
      const share = (centre - span.from) / (span.to - span.from);
      const from = Math.max(0, Math.min(frames - length, centre - share * length));
      return setSpan({ ...span, from, to: from + length });
    }
    if (event.shiftKey) {
      const length = span.to - span.from;
      const from = Math.max(0, Math.min(frames - length, span.from + (event.deltaY / 600) * length));
      return setSpan({ ...span, from, to: from + length });
    }
    const most = Math.max(0, lanes.length * ROW - ((canvas.current?.clientHeight ?? 0) - RULER));
    return setSpan({ ...span, top: Math.max(0, Math.min(most, span.top + event.deltaY)) });
  };
  const point = (event: PointerEvent, pressed: boolean) => {
    if (!pressed) return;
    state.seek(frameAt(event.clientX));
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
