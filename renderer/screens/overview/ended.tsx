import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClosingReason } from '../../../core/dossier/closing.ts';
import type { EndedLine } from '../../../core/dossier/case-line.ts';
import { CLOSING_EN, CLOSING_NL } from '../../../words/keeping-errors.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { day } from '../../i18n/format.ts';
import { Answers } from '../../ui/answers.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';

interface Props {
  readonly ended: readonly EndedLine[];
  readonly onChanged: () => void;
}

/** Dossiers of which the recording is gone: what is missing before they can be closed, and the way to it (G6). */
export function Ended({ ended, onChanged }: Props) {
  const { t, i18n } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [asking, setAsking] = useState<EndedLine>();
  const [warnings, setWarnings] = useState<readonly ClosingReason[]>();
  const words = i18n.language === 'en' ? CLOSING_EN : CLOSING_NL;
  const listed = (reasons: readonly ClosingReason[]) => reasons.map((reason) => words[reason]).join('; ');
  const close = ({ dossier }: EndedLine) => {
    setAsking(undefined);
    void call('case.close', { dossier }).then((found) => {
      setWarnings(found);
      onChanged();
    }, fail);
  };
  return (
    <>
      {warnings && (
        <Notice tone="good" live title={t('ended.closed')}>
          {warnings.length > 0 && t('ended.mind', { what: listed(warnings) })}
        </Notice>
      )}
      {ended.length > 0 && (
        <section className="card">
          <div>
            <h2>{t('ended.title')}</h2>
            <p className="soft small">{t('ended.hint')}</p>
          </div>
          <ul>
            {ended.map((line) => (
              <li key={line.dossier} className="register-row">
                <div>
                  <strong>{t('ended.of', { on: day(line.recordedOn) })}</strong>
                  <p className="small soft">
                    {line.missing.length > 0 ? t('ended.missing', { what: listed(line.missing) }) : t('ended.ready')}
                  </p>
                </div>
                <span />
                <Button size="s" isDisabled={line.missing.length > 0} onPress={() => setAsking(line)}>
                  {t('ended.close')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {asking && (
        <Dialog
          title={t('ended.closeTitle')}
          open
          onClose={() => setAsking(undefined)}
          actions={
            <Answers
              onCancel={() => setAsking(undefined)}
              onConfirm={() => close(asking)}
              confirm={t('ended.closeSure')}
            />
          }
        >
          <p>{t('ended.closeHint')}</p>
        </Dialog>
      )}
    </>
  );
}
