import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView, Wiped } from '../../electron/ipc/views.ts';
import { call } from '../client.ts';
import { After } from '../screens/after/after.tsx';
import { Showings } from '../screens/after/showings.tsx';
import { Gone } from './gone.tsx';
import { Check } from '../screens/check/check.tsx';
import { Edit } from '../screens/edit/edit.tsx';
import { HandIn } from '../screens/hand-in/hand-in.tsx';
import { Review } from '../screens/review/review.tsx';
import { Working } from '../screens/working/working.tsx';
import { useApp, type Place } from './store.ts';

type Step = Extract<Place, { at: 'case' }>['step'];
const STEPS: readonly Step[] = ['analyse', 'edit', 'check', 'hand-in'];

interface Props {
  readonly id: string;
  readonly step: Step;
  /** Where to begin looking, in source frames. */
  readonly frame: number | undefined;
}

/** Whether there is something to be done with it outside the steps: it may leave, is outside, or has to go. */
function leaves({ approval, outside, state }: CaseView): boolean {
  return approval !== undefined || outside || state.verdict?.kind === 'rejected';
}

/** One dossier on the desk, and the steps through it. */
export function CaseFrame({ id, step, frame }: Props) {
  const { t } = useTranslation();
  const { go, fail, job, ended, leave } = useApp();
  const [view, setView] = useState<CaseView>();
  const [wiped, setWiped] = useState<Wiped>();
  const load = useCallback(async () => {
    const seen = await call('case.open', { id });
    setView(seen);
    return seen;
  }, [id]);
  const reload = useCallback(() => {
    // What ended the work is being said already.
    const said = typeof useApp.getState().ended?.outcome === 'object';
    load().catch((error: unknown) => said || fail(error));
  }, [load, fail]);
  // Also when work on it ended: there is something new to see.
  useEffect(reload, [reload, ended]);
  const leaveTo = async (next: Step) => {
    await leave?.();
    await load();
    go({ at: 'case', id, step: next });
  };
  if (wiped)
    return (
      <div className="page narrow">
        <Gone wiped={wiped} onClose={() => go({ at: 'overview' })} />
      </div>
    );
  if (!view) return <p className="page soft">{t('common.opening')}</p>;
  const analysed = view.analysis !== undefined;
  // Also when it was lost: then looking for faces comes first again.
  const judging = analysed && step === 'review' ? view.review : undefined;
  const at = !analysed ? 'analyse' : step === 'review' && !judging ? 'hand-in' : step;
  const reachable = (each: Step) => each === 'analyse' || analysed;
  if (judging)
    return (
      <div className="case full">
        <div className="case-head">
          <strong className="dossier-name">{view.state.label}</strong>
          <span className="soft small">{t('review.title')}</span>
        </div>
        <Review view={view} review={judging} onJudged={() => go({ at: 'overview' })} />
      </div>
    );
  return (
    <div className={at === 'edit' ? 'case full' : 'case'}>
      <nav className="case-head" aria-label={t('case.steps')}>
        <strong className="dossier-name">{view.state.label}</strong>
        <div className="steps">
          {STEPS.map((each, index) => (
            <button
              key={each}
              type="button"
              className="step"
              disabled={!reachable(each)}
              aria-current={each === at ? 'step' : undefined}
              onClick={() => void leaveTo(each).catch(fail)}
            >
              {index + 1}. {t(`case.step.${each}`)}
            </button>
          ))}
        </div>
      </nav>
      {at === 'analyse' && <Working view={view} job={job} />}
      {at === 'edit' && view.analysis && <Edit view={view} analysis={view.analysis} onSaved={load} frame={frame} />}
      {at === 'check' && <Check view={view} job={job} />}
      {at === 'hand-in' && <HandIn view={view} onChanged={reload} />}
      {at === 'hand-in' && (
        <div className="page narrow">
          <Showings view={view} onChanged={reload} />
        </div>
      )}
      {at === 'hand-in' && leaves(view) && (
        <div className="page narrow">
          <After id={id} approval={view.approval} onWiped={setWiped} />
        </div>
      )}
    </div>
  );
}
