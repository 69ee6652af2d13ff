import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../electron/ipc/views.ts';
import type { Job } from '../../app/job-state.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { say } from '../../i18n/errors.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/fields.tsx';
import { Notice } from '../../ui/notice.tsx';
import { WorkCard } from '../../ui/work-card.tsx';

interface Props {
  readonly view: CaseView;
  readonly job: Job | undefined;
}

/** Looking for faces: how thoroughly, how far it is, and what came of it. */
export function Working({ view, job }: Props) {
  const { t } = useTranslation();
  const { started, ended, fail, go } = useApp();
  const [quality, setQuality] = useState<'fast' | 'careful'>('careful');
  const begin = async () => started(await call('case.analyse', { quality }), 'analyse', view.id);
  const { analysis } = view;
  if (job?.what === 'analyse')
    return (
      <div className="page narrow">
        <h1>{t('working.busy')}</h1>
        <WorkCard job={job} unit="frames" onCancel={() => void call('job.cancel').catch(fail)} />
      </div>
    );
  const failed = ended?.what === 'analyse' && ended.outcome !== 'done' ? ended.outcome : undefined;
  return (
    <div className="page narrow">
      <div className="stack">
        <h1>{analysis ? t('working.done', { count: analysis.tracks.length }) : t('working.title')}</h1>
        <p className="soft">{analysis ? t('working.doneHint') : t('working.hint')}</p>
      </div>
      {failed !== undefined && (
        <Notice tone={failed === 'cancelled' ? 'info' : 'bad'} live>
          {failed === 'cancelled' ? t('working.cancelled') : say(failed)}
        </Notice>
      )}
      {analysis?.damaged && <Notice tone="warn">{t('working.damaged')}</Notice>}
      {analysis && (
        <div className="row">
          <Button look="main" onPress={() => go({ at: 'case', id: view.id, step: 'edit' })}>
            {t('working.toEdit')}
          </Button>
        </div>
      )}
      <div className="card">
        <Choice
          label={t('working.quality')}
          value={quality}
          options={[
            { value: 'careful', label: t('working.careful'), hint: t('working.carefulHint') },
            { value: 'fast', label: t('working.fast'), hint: t('working.fastHint') },
          ]}
          onChange={setQuality}
        />
        {analysis && <p className="small soft">{t('working.againHint')}</p>}
        <div className="row">
          <Button look={analysis ? 'plain' : 'main'} onPress={() => void begin().catch(fail)}>
            {analysis ? t('working.again') : t('working.now')}
          </Button>
        </div>
      </div>
    </div>
  );
}
