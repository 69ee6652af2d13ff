import { FileText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentView } from '../../../electron/ipc/officer-views.ts';
import { incidentWords } from '../../../words/incident-words.ts';
import { useApp } from '../../app/store.ts';
import { call, errorOf } from '../../client.ts';
import { say } from '../../i18n/errors.ts';
import { dayAndHour } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CloseIncident } from './close-incident.tsx';
import { dossierName } from './days.ts';
import { UpdateIncident } from './update-incident.tsx';

interface Props {
  readonly view: IncidentView;
  readonly onClose: () => void;
  readonly onChanged: (view: IncidentView) => void;
}

/** One data breach: what is known, the form for the authority, and how it was concluded. */
export function OneIncident({ view, onClose, onChanged }: Props) {
  const { t, i18n } = useTranslation();
  const role = useApp((state) => state.shell?.unlocked?.role);
  const words = incidentWords(i18n.language === 'en' ? 'en' : 'nl');
  const [step, setStep] = useState<'update' | 'close'>();
  const [problem, setProblem] = useState<string>();
  const { known, logUnchanged, days } = view;
  const { incident, facts, closing, frozen } = known;
  const refused = (error: unknown) => setProblem(say(errorOf(error)));
  const settle = (next: Promise<IncidentView>) =>
    void next.then((found) => {
      setProblem(undefined);
      setStep(undefined);
      onChanged(found);
    }, refused);
  const back = () => {
    setProblem(undefined);
    setStep(undefined);
  };
  const rows: readonly (readonly [string, string])[] = [
    [t('incidents.causes'), facts.causes.map((each) => words.causes[each]).join('; ')],
    [t('incidents.what'), facts.what],
    [t('incidents.kinds'), facts.kinds.map((each) => words.kinds[each]).join('; ')],
    [t('incidents.affected'), words.affected[facts.affected]],
    [t('incidents.measures'), facts.measures.map((each) => words.measures[each]).join('; ')],
    [t('incidents.dossiers'), facts.dossiers.map((each) => dossierName(each, days)).join('; ')],
  ];
  return (
    <Dialog
      title={t('incidents.noticed', { at: dayAndHour(known.noticedAt) })}
      open
      wide
      onClose={onClose}
      actions={
        <>
          <Button
            icon={<FileText size={16} aria-hidden />}
            onPress={() => void call('incident.form', { incident }).catch(refused)}
          >
            {t('incidents.form')}
          </Button>
          {!closing && <Button onPress={() => setStep('update')}>{t('incidents.update')}</Button>}
          {!closing && role === 'privacy-officer' && (
            <Button look="main" onPress={() => setStep('close')}>
              {t('incidents.close')}
            </Button>
          )}
        </>
      }
    >
      {closing ? (
        <p className="sentence">
          {t('incidents.outcome', { reported: words.reported[closing.reported], reason: closing.reason })}
        </p>
      ) : (
        <p>{t('incidents.reportBy', { at: dayAndHour(known.reportBy) })}</p>
      )}
      <dl className="profile-facts">
        {rows
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <p className={logUnchanged ? 'small soft' : 'react-aria-FieldError'}>
        {t(logUnchanged ? 'incidents.frozen' : 'incidents.frozenNot', { line: frozen.seq })}
      </p>
      <p className="small soft">{t('incidents.formHint')}</p>
      {step === undefined && problem !== undefined && (
        <p className="react-aria-FieldError" role="alert">
          {problem}
        </p>
      )}
      {step === 'update' && (
        <UpdateIncident
          facts={facts}
          days={days}
          problem={problem}
          onClose={back}
          onDone={(better) => settle(call('incident.update', { incident, facts: better }))}
        />
      )}
      {step === 'close' && (
        <CloseIncident
          problem={problem}
          onClose={back}
          onDone={(outcome) => settle(call('incident.close', { incident, ...outcome }))}
        />
      )}
    </Dialog>
  );
}
