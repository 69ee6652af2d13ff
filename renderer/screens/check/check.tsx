import { CircleCheck, CircleX } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sourceFrameOf } from '../../../core/plan/plan.ts';
import type { Finding, VerificationReport } from '../../../core/verify/report.ts';
import type { CaseView } from '../../../electron/ipc/views.ts';
import { wordsOfClip } from '../../app/clip-words.ts';
import { planOf } from '../../app/plan.ts';
import type { Job } from '../../app/job-state.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { say } from '../../i18n/errors.ts';
import { moment, number } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Footage } from '../../ui/footage.tsx';
import { Choice } from '../../ui/fields.tsx';
import { useWords } from '../../ui/words.ts';
import { Notice } from '../../ui/notice.tsx';
import { WorkCard } from '../../ui/work-card.tsx';

interface Props {
  readonly view: CaseView;
  readonly job: Job | undefined;
}

const MOST_FINDINGS = 200;

/** Makes the clip, and shows what the check of it measured, with a way to each finding. */
export function Check({ view, job }: Props) {
  const { t } = useTranslation();
  const { started, ended, fail, go } = useApp();
  const [quality, setQuality] = useState<'fast' | 'careful'>('careful');
  /** Also a clip that passed can be made anew, more thoroughly. */
  const [again, setAgain] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  useWords(
    video,
    useMemo(() => wordsOfClip(view), [view]),
  );
  const begin = async () => {
    started(await call('case.render', { quality }), 'render', view.id);
    setAgain(false);
  };
  if (job?.what === 'render')
    return (
      <div className="page narrow">
        <h1>{t('check.busy')}</h1>
        <WorkCard job={job} unit="frames" onCancel={() => void call('job.cancel').catch(fail)} />
      </div>
    );
  const failed = ended?.what === 'render' && ended.outcome !== 'done' ? ended.outcome : undefined;
  const { report, state, media } = view;
  const current = state.clip !== undefined && report?.passed === true && report.sha256 === state.clip;
  const jump = ({ seconds }: Finding) => {
    if (video.current) video.current.currentTime = seconds;
  };
  return (
    <div className="page">
      <div className="page-head">
        <div className="stack">
          <h1>{current ? t('check.passed') : t('check.title')}</h1>
          <p>{current ? t('check.passedHint') : t('check.hint')}</p>
        </div>
        {current && !again && <Button onPress={() => setAgain(true)}>{t('check.again')}</Button>}
        {current && (
          <Button look="main" onPress={() => go({ at: 'case', id: view.id, step: 'hand-in' })}>
            {t('check.toHandIn')}
          </Button>
        )}
      </div>
      {failed !== undefined && (
        <Notice tone={failed === 'cancelled' ? 'info' : 'bad'} live>
          {failed === 'cancelled' ? t('check.cancelled') : say(failed)}
        </Notice>
      )}
      {(!current || again) && (
        <div className="card">
          <Choice
            label={t('check.quality')}
            value={quality}
            layout="row"
            options={[
              { value: 'careful', label: t('check.careful'), hint: t('check.carefulHint') },
              { value: 'fast', label: t('check.fast'), hint: t('check.fastHint') },
            ]}
            onChange={setQuality}
          />
          <div className="row">
            <Button look="main" onPress={() => void begin().catch(fail)}>
              {report ? t('check.again') : t('check.now')}
            </Button>
          </div>
        </div>
      )}
      {report && (current || !report.passed) && (
        <div className="check-split">
          {media.clip !== undefined ? (
            <div className="check-picture">
              <Footage
                dossier={view.id}
                ref={video}
                className="check-video"
                src={media.clip}
                sound
                controls
                preload="metadata"
              />
            </div>
          ) : (
            <Findings
              report={report}
              onJump={({ frame }) => go({ at: 'case', id: view.id, step: 'edit', frame: inSource(view, frame) })}
            />
          )}
          <section className="card">
            <h2>{t('check.report')}</h2>
            <Checks report={report} />
            {media.clip !== undefined && report.findings.length > 0 && <Findings report={report} onJump={jump} />}
          </section>
        </div>
      )}
    </div>
  );
}

/** Findings count the clip's frames; the editor shows the recording's. */
function inSource(view: CaseView, frame: number): number {
  const plan = view.analysis && planOf(view, view.analysis, view.state.decisions);
  return (plan?.ok ? sourceFrameOf(plan.plan, frame) : undefined) ?? frame;
}

function Checks({ report }: { readonly report: VerificationReport }) {
  const { t } = useTranslation();
  const value = (raw: number | string) => (typeof raw === 'number' ? number(raw, Number.isInteger(raw) ? 0 : 2) : raw);
  return (
    <>
      <ul className="checks">
        {report.checks.map(({ name, passed, measured, wanted }) => (
          <li key={name}>
            {passed ? (
              <CircleCheck className="good" size={18} aria-label={t('check.ok')} />
            ) : (
              <CircleX className="bad" size={18} aria-label={t('check.bad')} />
            )}
            <span>{t(`check.name.${name}`)}</span>
            <span className="soft small numbers">
              {passed ? value(measured) : `${value(measured)} → ${value(wanted)}`}
            </span>
          </li>
        ))}
      </ul>
      <p className="small soft">
        {t('check.searched', { frames: number(report.framesSearched), masks: number(report.masksCompared) })}
      </p>
    </>
  );
}

interface FindingsProps {
  readonly report: VerificationReport;
  readonly onJump: (finding: Finding) => void;
}

function Findings({ report, onJump }: FindingsProps) {
  const { t } = useTranslation();
  return (
    <div className="stack">
      <h3>{t('check.findings', { count: report.findings.length })}</h3>
      <ul className="stack">
        {report.findings.slice(0, MOST_FINDINGS).map((finding) => (
          <li key={`${finding.kind} ${finding.frame} ${finding.box.x} ${finding.box.y}`}>
            <Button size="s" look="quiet" onPress={() => onJump(finding)}>
              {moment(finding.seconds)}: {t(`check.finding.${finding.kind}`)}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
