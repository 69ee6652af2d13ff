import { FileVideo } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Found, SourceView } from '../../../electron/ipc/views.ts';
import { useApp } from '../../app/store.ts';
import { call, errorOf } from '../../client.ts';
import { say } from '../../i18n/errors.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { WorkCard } from '../../ui/work-card.tsx';
import { SourceFacts } from './source-facts.tsx';
import { fragmentOf, Trim, type Trimmed } from './trim.tsx';
import { WipeSource } from './wipe-source.tsx';

/** Gate G1: a recording goes into the vault. */
export function Import({ draft }: { readonly draft: string }) {
  const { t } = useTranslation();
  const { job, ended, started, fail, go } = useApp();
  const [found, setFound] = useState<Found>();
  const [seen, setSeen] = useState<SourceView>();
  const [trimmed, setTrimmed] = useState<Trimmed>();
  const [problem, setProblem] = useState<string>();
  const [over, setOver] = useState(false);
  /** The job that this screen began; another's end says nothing of this file. */
  const [mine, setMine] = useState<string>();
  const newest = useRef<string>(undefined);
  const look = async (source: Found | undefined) => {
    if (!source) return;
    newest.current = source.token;
    setProblem(undefined);
    setSeen(undefined);
    setTrimmed(undefined);
    setFound(source);
    try {
      const facts = await call('source.look', { source: source.token });
      // A slow card may answer after another file was chosen.
      if (newest.current === source.token) setSeen(facts);
    } catch (error) {
      if (newest.current === source.token) setProblem(say(errorOf(error)));
    }
  };
  const fragment = trimmed && seen ? fragmentOf(trimmed, seen.seconds) : undefined;
  const begin = async () => {
    if (!found) return;
    const id = await call('source.import', { source: found.token, draft, ...(fragment ? { fragment } : {}) });
    setMine(id);
    started(id, 'import');
  };
  const importing = job?.what === 'import' && job.id === mine;
  const own = ended?.job === mine ? ended : undefined;
  const done = own?.outcome === 'done' ? own.dossier : undefined;
  if (done !== undefined && found)
    return (
      <div className="page narrow">
        <h1>{t('import.done')}</h1>
        <Notice tone="good">{t(fragment ? 'import.donePart' : 'import.doneHint')}</Notice>
        <WipeSource
          source={found}
          dossier={done}
          part={fragment !== undefined}
          onNext={() => go({ at: 'case', id: done, step: 'analyse' })}
        />
      </div>
    );
  if (importing)
    return (
      <div className="page narrow">
        <h1>{t('import.busy')}</h1>
        <WorkCard job={job} unit="bytes" onCancel={() => void call('job.cancel').catch(fail)} />
      </div>
    );
  return (
    <div className="page narrow">
      <div className="stack">
        <h1>{t('import.title')}</h1>
        <p className="soft">{t('import.hint')}</p>
      </div>
      {own && own.outcome !== 'done' && (
        <Notice tone={own.outcome === 'cancelled' ? 'info' : 'bad'} live>
          {own.outcome === 'cancelled' ? t('import.cancelled') : say(own.outcome)}
        </Notice>
      )}
      <div
        className={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const file = event.dataTransfer.files[0];
          if (file) void window.bridge.drop(file).then(look).catch(fail);
        }}
      >
        <FileVideo size={36} strokeWidth={1.4} aria-hidden />
        <p>{t('import.drop')}</p>
        <Button onPress={() => void call('shell.chooseSource').then(look).catch(fail)}>{t('import.choose')}</Button>
      </div>
      {problem !== undefined && (
        <Notice tone="bad" title={found?.name ?? ''} live>
          {problem}
        </Notice>
      )}
      {seen && (
        <div className="card">
          <SourceFacts seen={seen} />
          <Trim seconds={seen.seconds} trimmed={trimmed} onChange={setTrimmed} />
          <div className="row">
            <Button
              look="main"
              isDisabled={trimmed !== undefined && !fragment}
              onPress={() => void begin().catch(fail)}
            >
              {t('import.now')}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
