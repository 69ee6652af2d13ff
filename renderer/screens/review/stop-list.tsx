import { ChevronDown, ChevronUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Stop } from '../../../core/review/stops.ts';
import { moment } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';

/** A little before it happens. */
const LEAD_SECONDS = 0.6;

interface Props {
  readonly stops: readonly Stop[];
  readonly at: number;
  readonly onSeek: (seconds: number) => void;
  /** Who stays in view, by lane. */
  readonly because: Readonly<Record<string, string>>;
}

/** Moments to be looked at for certain, one after the other. */
export function StopList({ stops, at, onSeek, because }: Props) {
  const { t } = useTranslation();
  const go = (stop: Stop | undefined) => stop && onSeek(Math.max(0, stop.at - LEAD_SECONDS));
  const next = stops.find((stop) => stop.at - LEAD_SECONDS > at + 0.05);
  const before = [...stops].reverse().find((stop) => stop.at - LEAD_SECONDS < at - 0.05);
  if (stops.length === 0) return <p className="small soft">{t('review.noStops')}</p>;
  return (
    <>
      <div className="row">
        <Button size="s" icon={<ChevronUp size={16} aria-hidden />} isDisabled={!before} onPress={() => go(before)}>
          {t('doubts.before')}
        </Button>
        <Button size="s" icon={<ChevronDown size={16} aria-hidden />} isDisabled={!next} onPress={() => go(next)}>
          {t('doubts.next')}
        </Button>
      </div>
      <ul className="stop-list">
        {stops.map((stop) => (
          <li key={`${stop.at} ${stop.kind} ${stop.track}`}>
            <button type="button" className="doubt" onClick={() => go(stop)}>
              <span className="numbers">{moment(stop.at)}</span>
              <span>
                {t(`review.kind.${stop.kind}`, { track: stop.track ?? '', who: because[stop.track ?? ''] ?? '?' })}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
