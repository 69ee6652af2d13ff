import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronUp, CircleCheck } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { secondsOfFrame } from '../../../core/media/frame-rate.ts';
import type { CaseView } from '../../../electron/ipc/views.ts';
import { moment } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { nextDoubt } from './next-doubt.ts';
import { useEdit } from './store.ts';

const ROW_HEIGHT = 40;

/** Moments that deserve a look, to be gone through one by one. */
export function DoubtsPanel({ view }: { readonly view: CaseView }) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const { doubts, seenDoubts, goToDoubt, frame } = useEdit();
  const rows = useVirtualizer({
    count: doubts.length,
    getScrollElement: () => list.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });
  const go = (step: 1 | -1) => {
    const index = nextDoubt(doubts, frame, step);
    if (index === undefined) return;
    goToDoubt(index);
    rows.scrollToIndex(index, { align: 'auto' });
  };
  if (doubts.length === 0) return <p className="soft small list-empty">{t('doubts.none')}</p>;
  return (
    <>
      <div className="filters">
        <Button size="s" icon={<ChevronUp size={16} aria-hidden />} onPress={() => go(-1)}>
          {t('doubts.before')}
        </Button>
        <Button size="s" look="main" icon={<ChevronDown size={16} aria-hidden />} onPress={() => go(1)}>
          {t('doubts.next')}
        </Button>
        <span className="small soft numbers">{t('doubts.seen', { seen: seenDoubts.size, all: doubts.length })}</span>
      </div>
      <div className="list" ref={list} tabIndex={-1}>
        <ul style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const { frame: at, kind, track } = doubts[index]!;
            return (
              <li
                key={index}
                className="track-place"
                style={{ transform: `translateY(${start}px)`, height: ROW_HEIGHT }}
              >
                <button type="button" className="doubt" onClick={() => goToDoubt(index)}>
                  <span className="numbers">{moment(secondsOfFrame(at, view.rate))}</span>
                  <span>{t(`doubts.kind.${kind}`, { track: track ?? '' })}</span>
                  {seenDoubts.has(index) && <CircleCheck size={16} aria-label={t('doubts.isSeen')} />}
                </button>
              </li>
            );
          })}
        </ul>
      </div>
    </>
  );
}
