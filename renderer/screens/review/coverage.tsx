import { useTranslation } from 'react-i18next';
import type { Stop } from '../../../core/review/stops.ts';
import type { ReviewView } from '../../../core/review/assessment.ts';
import { clock } from '../../i18n/format.ts';

interface Props {
  readonly review: ReviewView;
  /** Seconds of the clip that are on the screen. */
  readonly at: number;
  readonly stops: readonly Stop[];
  readonly onSeek: (seconds: number) => void;
}

/** What was watched of the clip, as a bar; click to go there. */
export function Coverage({ review, at, stops, onSeek }: Props) {
  const { t } = useTranslation();
  const { seconds, watched, coverage, rule, required } = review;
  const share = (each: number) => `${(100 * Math.min(seconds, each)) / seconds}%`;
  // Only all of it is all of it.
  const percent = coverage >= 1 ? 100 : Math.min(99, Math.floor(coverage * 100));
  return (
    <div className="coverage">
      <div
        className="coverage-bar"
        role="progressbar"
        aria-label={t('review.coverage')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        onPointerDown={(event) => {
          const area = event.currentTarget.getBoundingClientRect();
          onSeek(((event.clientX - area.left) / area.width) * seconds);
        }}
      >
        {rule === 'doubts-and-sample' &&
          required.map(({ from, to }) => (
            <span key={from} className="wanted" style={{ insetInlineStart: share(from), width: share(to - from) }} />
          ))}
        {watched.map(({ from, to }) => (
          <span key={from} className="seen" style={{ insetInlineStart: share(from), width: share(to - from) }} />
        ))}
        {stops.map((stop) => (
          <span
            key={`${stop.at} ${stop.kind} ${stop.track}`}
            className="mark"
            style={{ insetInlineStart: share(stop.at) }}
          />
        ))}
        <span className="head" style={{ insetInlineStart: share(at) }} />
      </div>
      <p className="small numbers">
        {clock(at)} / {clock(seconds)} · {t(`review.watchedOf.${rule}`, { percent })}
      </p>
    </div>
  );
}
