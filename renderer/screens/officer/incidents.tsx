import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hoursLeft } from '../../../core/incidents/states.ts';
import type { IncidentLine, IncidentsView, IncidentView } from '../../../electron/ipc/officer-views.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { dayAndHour } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { OneIncident } from './one-incident.tsx';

/** Data breaches with what is left of the 72 hours (V2, AVG art. 33); of those of others their dates alone. */
export function Incidents() {
  const { t } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [view, setView] = useState<IncidentsView>();
  const [open, setOpen] = useState<IncidentView>();
  const load = useCallback(() => call('incidents.read').then(setView, fail), [fail]);
  useEffect(() => void load(), [load]);
  const changed = (next: IncidentView) => {
    setOpen(next);
    void load();
  };
  return (
    <section className="card">
      <h2>{t('incidents.title')}</h2>
      {view?.incidents.length === 0 && (
        <div>
          <p>{t('incidents.none')}</p>
          <p className="soft small">{t('incidents.noneHint')}</p>
        </div>
      )}
      <ul>
        {view?.incidents.map((line) => (
          <Row
            key={line.incident}
            line={line}
            now={view.now}
            onLook={() => void call('incident.show', { incident: line.incident }).then(setOpen, fail)}
          />
        ))}
      </ul>
      {open && <OneIncident view={open} onClose={() => setOpen(undefined)} onChanged={changed} />}
    </section>
  );
}

interface RowProps {
  readonly line: IncidentLine;
  readonly now: string;
  readonly onLook: () => void;
}

function Row({ line: { noticedAt, reportBy, closed, form }, now, onLook }: RowProps) {
  const { t } = useTranslation();
  const hours = reportBy === undefined ? undefined : hoursLeft({ reportBy }, now);
  const late = !closed && hours !== undefined && hours < 0;
  const term = () => {
    if (closed) return t('incidents.closed');
    if (hours === undefined || reportBy === undefined) return '';
    return late ? t('incidents.late', { at: dayAndHour(reportBy) }) : t('incidents.hours', { count: hours });
  };
  return (
    <li className="register-row">
      <div>
        <strong>
          {noticedAt === undefined ? t('incidents.unknown') : t('incidents.noticed', { at: dayAndHour(noticedAt) })}
        </strong>
        {form !== 'readable' && <p className="small soft">{t(`incidents.forms.${form}`)}</p>}
      </div>
      <span className={late ? 'tag bad' : closed ? 'tag' : 'tag warn'}>{term()}</span>
      {form === 'readable' ? (
        <Button size="s" onPress={onLook}>
          {t('incidents.look')}
        </Button>
      ) : (
        <span />
      )}
    </li>
  );
}
