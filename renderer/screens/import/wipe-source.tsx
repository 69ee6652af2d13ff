import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Found } from '../../../electron/ipc/views.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { Button } from '../../ui/button.tsx';
import { Tick } from '../../ui/fields.tsx';
import { Notice } from '../../ui/notice.tsx';

interface Props {
  readonly source: Found;
  readonly dossier: string;
  /** Only a stretch of it was taken in: wiping it loses the rest. */
  readonly part: boolean;
  readonly onNext: () => void;
}

/** The file that the recording came from is still there; what its removal is worth depends on the medium. */
export function WipeSource({ source, dossier, part, onNext }: Props) {
  const { t } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [result, setResult] = useState<{ complete: boolean; unsure: boolean }>();
  const [busy, setBusy] = useState(false);
  const [sure, setSure] = useState(!part);
  const wipe = async () => {
    setBusy(true);
    try {
      setResult(await call('source.wipe', { source: source.token, dossier }));
    } catch (error) {
      fail(error);
    }
    setBusy(false);
  };
  return (
    <div className="card">
      <h2>{t('wipe.title')}</h2>
      <p className="soft">{t('wipe.hint', { name: source.name })}</p>
      {part && !result && (
        <>
          <Notice tone="warn">{t('wipe.part')}</Notice>
          <Tick label={t('wipe.partSure')} value={sure} onChange={setSure} />
        </>
      )}
      {result && (
        <Notice tone={result.complete ? (result.unsure ? 'warn' : 'good') : 'bad'} live>
          {result.complete ? t(result.unsure ? 'wipe.doneUnsure' : 'wipe.done') : t('wipe.failed')}
        </Notice>
      )}
      <div className="row">
        {!result?.complete && (
          <Button look="danger" isDisabled={busy || !sure} onPress={() => void wipe()}>
            {busy ? t('wipe.busy') : t('wipe.now')}
          </Button>
        )}
        <Button look="main" onPress={onNext}>
          {t('import.next')}
        </Button>
      </div>
    </div>
  );
}
