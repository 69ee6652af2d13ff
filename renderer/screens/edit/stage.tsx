import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { addZone } from '../../../core/decision/edit.ts';
import type { Box } from '../../../core/geometry/box.ts';
import { toNumber } from '../../../core/media/frame-rate.ts';
import { contains } from '../../../core/plan/plan.ts';
import type { CaseView } from '../../../electron/ipc/views.ts';
import { drawOverlay, trackAt } from './overlay.ts';
import { useEdit } from './store.ts';

const LEAST_SIDE = 8;

function coloursOf(element: Element) {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return { mask: '#8b877f', line: '#f6f5f2', keep: colour('--keep'), chosen: colour('--chosen') };
}

/** The video with everything that will be hidden drawn over the very picture that is on the screen. */
export function Stage({ view }: { readonly view: CaseView }) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState<Box>();
  const from = useRef<{ x: number; y: number }>(undefined);
  const state = useEdit();
  const { schedule, plan, shown, selected, masksShown, byId, drawing } = state;
  const { width, height, rate } = view;
  useFrames(video, toNumber(rate));
  const { attach } = state;
  // Once for the player's life: taking it away takes what it has loaded with it.
  useEffect(() => {
    attach(video.current);
    return () => attach(null);
  }, [attach]);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return undefined;
    // What can't be rendered is not shown as if it were hidden.
    if (!schedule || !plan) return context.clearRect(0, 0, element.width, element.height);
    const draw = () => {
      const scale = (element.clientWidth / width) * devicePixelRatio;
      element.width = Math.max(1, Math.round(width * scale));
      element.height = Math.max(1, Math.round(height * scale));
      const kept = plan.tracks.flatMap(({ track, treatment }) => (treatment === 'keep' ? [track] : []));
      const cut = contains(plan.cuts, shown);
      const picture = { schedule, kept, frame: shown, selected, cut, masksShown, drawn };
      drawOverlay(context, picture, coloursOf(element), { width, height }, scale);
    };
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    return () => observer.disconnect();
  }, [schedule, plan, shown, selected, masksShown, drawn, width, height]);

  const place = (event: PointerEvent) => {
    const area = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - area.left) / area.width) * width;
    return { x, y: ((event.clientY - area.top) / area.height) * height };
  };
  const down = (event: PointerEvent) => {
    const at = place(event);
    if (!drawing) {
      const track = trackAt(byId.values(), shown, at.x, at.y);
      return state.set({ selected: track?.id, ...(track ? { panel: 'tracks' as const } : {}) });
    }
    from.current = at;
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    if (!from.current) return;
    const at = place(event);
    const { x, y } = from.current;
    setDrawn({ x: Math.min(x, at.x), y: Math.min(y, at.y), w: Math.abs(at.x - x), h: Math.abs(at.y - y) });
  };
  const up = () => {
    from.current = undefined;
    if (drawn && drawn.w >= LEAST_SIDE && drawn.h >= LEAST_SIDE) {
      state.edit(addZone({ x: drawn.x, y: drawn.y, width: drawn.w, height: drawn.h }));
      state.set({ drawing: false, panel: 'areas' });
    }
    setDrawn(undefined);
  };
  return (
    <div className="stage">
      <div
        className="picture"
        style={{ aspectRatio: `${width} / ${height}`, maxWidth: `calc(100cqh * ${width / height})` }}
      >
        <video
          ref={video}
          src={view.media.proxy}
          muted
          preload="auto"
          aria-label={t('edit.video')}
          onLoadedData={() => state.seek(state.frame)}
          onPlay={() => state.set({ playing: true })}
          onPause={() => state.set({ playing: false })}
        />
        <canvas
          ref={canvas}
          className={drawing ? 'overlay drawing' : 'overlay'}
          onPointerDown={down}
          onPointerMove={move}
          onPointerUp={up}
        />
        {drawing && <p className="stage-hint">{t('edit.drawHint')}</p>}
      </div>
    </div>
  );
}

/** Keeps count of which picture is on the screen: the player itself says so, whatever was asked of it. */
function useFrames(video: { readonly current: HTMLVideoElement | null }, rate: number): void {
  const set = useEdit((state) => state.set);
  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    let handle = 0;
    const onFrame = (_now: number, { mediaTime }: VideoFrameCallbackMetadata) => {
      const shown = Math.round(mediaTime * rate);
      set(element.paused ? { shown } : { shown, frame: shown });
      handle = element.requestVideoFrameCallback(onFrame);
    };
    handle = element.requestVideoFrameCallback(onFrame);
    return () => element.cancelVideoFrameCallback(handle);
  }, [video, rate, set]);
}
