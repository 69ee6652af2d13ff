import { ShieldAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IncidentCause } from '../../core/incidents/incident.ts';
import { call, errorOf } from '../client.ts';
import { say } from '../i18n/errors.ts';
import { dayAndHour } from '../i18n/format.ts';
import { Answers } from '../ui/answers.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Choice, TextField } from '../ui/fields.tsx';

/** "Datalek melden" (V2): within reach of everybody, wherever they are. */
export function ReportLeak() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [cause, setCause] = useState<IncidentCause>();
  const [what, setWhat] = useState('');
  const [problem, setProblem] = useState<string>();
  const [reportBy, setReportBy] = useState<string>();
  const close = () => {
    setOpen(false);
    setCause(undefined);
    setWhat('');
    setProblem(undefined);
    setReportBy(undefined);
  };
  const report = async () => {
    if (!cause) return;
    // The rest of the form is the privacy officer's: whoever reports should not have to know it.
    const unknown = { dossiers: [], kinds: ['unknown' as const], affected: 'unknown' as const, measures: [] };
    const facts = { causes: [cause], what: what.trim(), ...unknown };
    try {
      setReportBy((await call('incident.open', { noticedAt: new Date().toISOString(), facts })).reportBy);
    } catch (error) {
      setProblem(say(errorOf(error)));
    }
  };
  return (
    <>
      <Button look="quiet" size="s" icon={<ShieldAlert size={16} aria-hidden />} onPress={() => setOpen(true)}>
        {t('leak.report')}
      </Button>
      <Dialog
        title={reportBy === undefined ? t('leak.title') : t('leak.done')}
        open={open}
        onClose={close}
        actions={
          reportBy === undefined ? (
            <Answers
              onCancel={close}
              onConfirm={() => void report()}
              confirm={t('leak.now')}
              disabled={!cause || what.trim() === ''}
            />
          ) : (
            <Button look="main" onPress={close}>
              {t('common.close')}
            </Button>
          )
        }
      >
        {reportBy === undefined ? (
          <>
            <p>{t('leak.hint')}</p>
            <Choice
              label={t('leak.cause')}
              value={cause}
              options={IncidentCause.options.map((value) => ({ value, label: t(`leak.causes.${value}`) }))}
              onChange={setCause}
            />
            <TextField label={t('leak.what')} lines={3} value={what} most={600} onChange={setWhat} error={problem} />
          </>
        ) : (
          <p>{t('leak.doneHint', { by: dayAndHour(reportBy) })}</p>
        )}
      </Dialog>
    </>
  );
}
