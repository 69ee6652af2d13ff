import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Box } from '../../../core/geometry/box.ts';
import { toNumber } from '../../../core/media/frame-rate.ts';
import { contains } from '../../../core/plan/plan.ts';
import type { CaseView } from '../../../electron/ipc/views.ts';
import { Footage } from '../../ui/footage.tsx';
import { useWords } from '../../ui/words.ts';
import { areaAt, chosenArea, drawArea, placeArea } from './area.ts';
import { drawOverlay, HANDLE, trackAt } from './overlay.ts';
import { useListening } from './sound/player.ts';
import { useSound } from './sound/store.ts';
import { selectedLane, useEdit } from './store.ts';

interface Place {
  readonly x: number;
  readonly y: number;
}

/** What the pointer is doing: drawing a new area, or moving or sizing the chosen one. */
interface Drag {
  readonly doing: 'draw' | 'move' | 'size';
  readonly from: Place;
  readonly box: Box;
}

function dragged({ doing, from, box }: Drag, to: Place): Box {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  if (doing === 'move') return { ...box, x: box.x + dx, y: box.y + dy };
  if (doing === 'size') return { ...box, w: Math.max(0, box.w + dx), h: Math.max(0, box.h + dy) };
  return { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), w: Math.abs(dx), h: Math.abs(dy) };
}

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
  const drag = useRef<Drag>(undefined);
  const state = useEdit();
  const { schedule, plan, shown, selected, area, masksShown, laneOf, drawing, joining } = state;
  const { width, height, rate } = view;
  useFrames(video, toNumber(rate));
  useListening(video);
  useWords(video, state.history.present.subtitles.cues);
  const heard = useSound((sound) => sound.listening !== 'off');
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
      const lane = selectedLane(useEdit.getState());
      const chosen = new Set([...(lane?.parts ?? []), ...(lane?.fills ?? [])].map(({ id }) => id));
      const box = chosenArea(useEdit.getState());
      const picture = { schedule, kept, frame: shown, selected: chosen, area: box, cut, masksShown, drawn };
      drawOverlay(context, picture, coloursOf(element), { width, height }, scale);
    };
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    return () => observer.disconnect();
  }, [schedule, plan, shown, selected, area, laneOf, masksShown, drawn, width, height]);

  const place = (event: PointerEvent): Place => {
    const area = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - area.left) / area.width) * width;
    return { x, y: ((event.clientY - area.top) / area.height) * height };
  };
  const down = (event: PointerEvent) => {
    const at = place(event);
    const begin = (doing: Drag['doing'], box: Box) => {
      drag.current = { doing, from: at, box };
      event.currentTarget.setPointerCapture(event.pointerId);
    };
    if (drawing) return begin('draw', { ...at, w: 0, h: 0 });
    const box = chosenArea(state);
    const reach = (HANDLE * width) / event.currentTarget.clientWidth;
    if (box && Math.hypot(at.x - box.x - box.w, at.y - box.y - box.h) < reach) return begin('size', box);
    const under = areaAt(state, at.x, at.y);
    if (box && under === area) return begin('move', box);
    const parts = state.lanes.flatMap((lane) => lane.parts);
    const track = trackAt(parts, shown, at.x, at.y);
    if (track) return state.set({ selected: laneOf.get(track.id)?.id, area: undefined, panel: 'tracks' });
    if (under !== undefined) return state.set({ selected: undefined, area: under, panel: 'areas' });
    return state.set({ selected: undefined, area: undefined });
  };
  const move = (event: PointerEvent) => {
    if (drag.current) setDrawn(dragged(drag.current, place(event)));
  };
  const up = (event: PointerEvent) => {
    const { current } = drag;
    drag.current = undefined;
    if (current && drawn) {
      const box = dragged(current, place(event));
      if (current.doing === 'draw') drawArea(box);
      else placeArea(box);
    }
    setDrawn(undefined);
  };
  return (
    <div className="stage">
      <div
        className="picture"
        style={{ aspectRatio: `${width} / ${height}`, maxWidth: `calc(100cqh * ${width / height})` }}
      >
        <Footage
          dossier={view.id}
          ref={video}
          src={view.media.proxy}
          sound={heard}
          preload="auto"
          aria-label={t('edit.video')}
          onLoadedData={() => state.seek(state.frame)}
          onPlay={() => state.set({ playing: true })}
          onPause={({ currentTarget }) => {
            // By now the next turn may be playing.
            if (!currentTarget.paused) return;
            state.set({ playing: false });
            useSound.getState().set({ until: undefined });
          }}
        />
        <canvas
          ref={canvas}
          className={drawing ? 'overlay drawing' : 'overlay'}
          onPointerDown={down}
          onPointerMove={move}
          onPointerUp={up}
        />
        {drawing && <p className="stage-hint">{t('edit.drawHint')}</p>}
        {joining !== undefined && <p className="stage-hint">{t('edit.joinHint', { track: joining })}</p>}
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
      // While it is on its way elsewhere, it still shows where it came from.
      set(element.paused || element.seeking ? { shown } : { shown, frame: shown });
      handle = element.requestVideoFrameCallback(onFrame);
    };
    handle = element.requestVideoFrameCallback(onFrame);
    return () => element.cancelVideoFrameCallback(handle);
  }, [video, rate, set]);
}
