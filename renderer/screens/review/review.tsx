import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toNumber } from '../../../core/media/frame-rate.ts';
import { Residual, type Comment, type ReviewView } from '../../../core/review/assessment.ts';
import { reviewStops, type Stop } from '../../../core/review/stops.ts';
import type { CaseView } from '../../../electron/ipc/views.ts';
import { REVIEW_EN, REVIEW_NL } from '../../../words/desk-errors.ts';
import { wordsOfClip } from '../../app/clip-words.ts';
import { planOf } from '../../app/plan.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { Choice } from '../../ui/fields.tsx';
import { useWords } from '../../ui/words.ts';
import { Notice } from '../../ui/notice.tsx';
import { Comments } from '../../ui/comments.tsx';
import { Coverage } from './coverage.tsx';
import { Player } from './player.tsx';
import { Verdict } from './verdict.tsx';
import { StopList } from './stop-list.tsx';

interface Props {
  readonly view: CaseView;
  readonly review: ReviewView;
  readonly onJudged: () => void;
}

/** The second person: watches the clip that would leave the school, all of it, and judges it. */
export function Review({ view, review, onJudged }: Props) {
  const { t, i18n } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [present, setPresent] = useState(review);
  const [at, setAt] = useState(0);
  const video = useRef<HTMLVideoElement>(null);
  useWords(
    video,
    useMemo(() => wordsOfClip(view), [view]),
  );
  const words = i18n.language === 'en' ? REVIEW_EN : REVIEW_NL;
  const stops = stopsOf(view);
  const seek = (seconds: number) => {
    if (video.current) video.current.currentTime = seconds;
  };
  const take = (answer: Promise<ReviewView>) => void answer.then(setPresent).catch(fail);
  const comment = (comments: readonly Comment[]) => take(call('review.comment', { comments: [...comments] }));
  const { media } = view;
  if (media.clip === undefined) return <Notice tone="bad">{words['clip-differs']}</Notice>;
  return (
    <div className="review">
      <div className="review-main">
        <Player
          dossier={view.id}
          video={video}
          source={media.clip}
          onTime={setAt}
          onPlayed={(stretch) => take(call('review.watched', stretch))}
          next={() => seek(present.unwatched[0]?.from ?? 0)}
        />
        <Coverage review={present} at={at} stops={stops} onSeek={seek} />
      </div>
      <aside className="review-side stack" aria-label={t('review.side')}>
        {hasSound(view) && <Notice tone="warn">{t('review.sound')}</Notice>}
        <h2>{t('review.stops', { count: stops.length })}</h2>
        <StopList stops={stops} at={at} onSeek={seek} because={view.state.decisions?.because ?? {}} />
        <Objections view={view} />
        <Comments comments={present.comments} at={at} onSeek={seek} onChange={comment} />
        <h2>{t('review.residual')}</h2>
        <p className="small soft">{t('review.residualHint')}</p>
        {Residual.options.map((each) => (
          <Choice
            key={each}
            label={t(`review.residuals.${each}`)}
            value={present.residual[each]}
            layout="row"
            options={[
              { value: 'absent', label: t('review.absent') },
              { value: 'present', label: t('review.present') },
            ]}
            onChange={(value) => take(call('review.answer', { residual: { ...present.residual, [each]: value } }))}
          />
        ))}
        {present.refusals.length > 0 && (
          <Notice tone="info" title={t('review.notYet')}>
            <ul>
              {present.refusals.map((reason) => (
                <li key={reason}>{words[reason]}</li>
              ))}
            </ul>
          </Notice>
        )}
        <Verdict review={present} onJudged={onJudged} />
      </aside>
    </div>
  );
}

/** Who objects, and how the maker says that was met: nobody else looks at it before the clip leaves. */
function Objections({ view }: { readonly view: CaseView }) {
  const { t } = useTranslation();
  const { intake, resolutions, decisions } = view.state;
  const objections = intake?.objections ?? [];
  if (objections.length === 0) return null;
  return (
    <>
      <h2>{t('review.objections', { count: objections.length })}</h2>
      <ul className="stack small">
        {objections.map(({ pupil, seat }) => {
          const met = resolutions[pupil];
          const areas = decisions?.zones.filter((zone) => zone.pupil === pupil).length ?? 0;
          return (
            <li key={pupil}>
              <strong>{pupil}</strong> {seat}: {met === undefined ? t('objections.open') : t(`resolutions.${met}`)}
              {areas > 0 && ` (${t('objections.areas', { count: areas })})`}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** By what the check measured, so that nobody judges unheard what would be heard outside. */
function hasSound({ report }: CaseView): boolean {
  return report?.checks.some(({ name }) => name === 'sound-silent') ?? false;
}

/** Doubtful moments and findings of the check, where they are in the clip. */
function stopsOf(view: CaseView): readonly Stop[] {
  const { analysis, state, report, width, height, rate } = view;
  if (!analysis) return [];
  const result = planOf(view, analysis, state.decisions);
  if (!result.ok) return [];
  return reviewStops({ ...analysis, width, height, rate }, result.plan, report?.findings ?? [], toNumber(rate));
}
