import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Treatment } from '../../../core/decision/decisions.ts';
import { secondsOfFrame } from '../../../core/media/frame-rate.ts';
import type { Lane } from '../../../core/track/lanes.ts';
import type { CaseView } from '../../../electron/ipc/views.ts';
import { moment } from '../../i18n/format.ts';
import { useEdit } from './store.ts';
import { Thumbnails } from './thumbnails.ts';

const ROW_HEIGHT = 60;
type Filter = 'now' | 'all' | 'decided';

/** Everyone that was followed, too coarse to be recognised, with what will happen to each. */
export function TracksPanel({ view }: { readonly view: CaseView }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<Filter>('all');
  const { lanes, frame, history, selected } = useEdit();
  const list = useRef<HTMLDivElement>(null);
  const [thumbnails, setThumbnails] = useState<Thumbnails>();
  const { proxy } = view.media;
  useEffect(() => {
    if (proxy === undefined) return undefined;
    const made = new Thumbnails(proxy, view.rate, view.width);
    setThumbnails(made);
    return () => made.close();
  }, [proxy, view.rate, view.width]);
  const decided = history.present.tracks;
  const at = filter === 'now' ? frame : 0;
  const shown = useMemo(() => {
    if (filter === 'now') return lanes.filter(({ parts }) => parts.some(({ start, end }) => start <= at && end >= at));
    return filter === 'decided' ? lanes.filter(({ id }) => decided[id] !== undefined) : lanes;
  }, [lanes, filter, at, decided]);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => list.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
  });
  const chosen = shown.findIndex(({ id }) => id === selected);
  useEffect(() => {
    if (chosen >= 0) rows.scrollToIndex(chosen, { align: 'auto' });
  }, [chosen, rows]);
  return (
    <>
      <div className="filters" role="group" aria-label={t('edit.filter')}>
        {(['all', 'now', 'decided'] as const).map((each) => (
          <button key={each} type="button" aria-pressed={filter === each} onClick={() => setFilter(each)}>
            {t(`edit.filters.${each}`)}
          </button>
        ))}
        <span className="small soft numbers">{shown.length}</span>
      </div>
      <div className="list" ref={list} tabIndex={-1}>
        {shown.length === 0 && <p className="soft small list-empty">{t('edit.noTracks')}</p>}
        <ul style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const lane = shown[index]!;
            return (
              <li
                key={lane.id}
                className="track-place"
                style={{ transform: `translateY(${start}px)`, height: ROW_HEIGHT }}
              >
                <LaneRow lane={lane} view={view} treatment={decided[lane.id] ?? 'hide'} thumbnails={thumbnails} />
              </li>
            );
          })}
        </ul>
      </div>
    </>
  );
}

interface RowProps {
  readonly lane: Lane;
  readonly view: CaseView;
  readonly treatment: Treatment;
  readonly thumbnails: Thumbnails | undefined;
}

function LaneRow({ lane, view, treatment, thumbnails }: RowProps) {
  const { t } = useTranslation();
  const { selected, set, seek } = useEdit();
  const { parts } = lane;
  const track = parts.reduce((best, part) => (part.bestScore > best.bestScore ? part : best));
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(
    () =>
      thumbnails?.want(track, (picture) => {
        const context = canvas.current?.getContext('2d');
        if (!context) return;
        context.imageSmoothingEnabled = false;
        context.drawImage(picture, 0, 0, 36, 48);
      }),
    [thumbnails, track],
  );
  const seconds = (frame: number) => moment(secondsOfFrame(frame, view.rate));
  return (
    <button
      type="button"
      className="track"
      aria-pressed={lane.id === selected}
      onClick={() => {
        seek(Math.max(track.start, Math.min(track.end, track.bestFrame)));
        set({ selected: lane.id, area: undefined });
      }}
    >
      <canvas ref={canvas} width={36} height={48} aria-hidden />
      <span className="track-text">
        <span className="numbers">
          {lane.id} · {seconds(parts[0]!.start)} – {seconds(parts[parts.length - 1]!.end)}
          {parts.length > 1 && <span className="soft"> · {t('edit.parts', { count: parts.length })}</span>}
        </span>
        <span className={`tag ${treatment === 'keep' ? 'warn' : treatment === 'hide' ? '' : 'good'}`}>
          {t(`treatments.${treatment}`)}
        </span>
      </span>
    </button>
  );
}
