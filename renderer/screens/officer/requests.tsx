import { MailPlus } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isOverdue, type RequestCase } from '../../../core/requests/states.ts';
import type { RequestsView, RequestView } from '../../../electron/ipc/officer-views.ts';
import { requestWords } from '../../../words/request-words.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { day } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { OneRequest } from './one-request.tsx';
import { TakeRequest } from './take-request.tsx';

/** What must be answered first stands first (V1). */
export function Requests() {
  const { t } = useTranslation();
  const fail = useApp((state) => state.fail);
  const [view, setView] = useState<RequestsView>();
  const [taking, setTaking] = useState(false);
  const [open, setOpen] = useState<RequestView>();
  const load = useCallback(() => call('requests.read').then(setView, fail), [fail]);
  useEffect(() => void load(), [load]);
  const changed = (next: RequestView) => {
    setTaking(false);
    setOpen(next);
    void load();
  };
  return (
    <section className="card">
      <div className="page-head">
        <h2>{t('requests.title')}</h2>
        <Button icon={<MailPlus size={16} aria-hidden />} onPress={() => setTaking(true)}>
          {t('requests.take')}
        </Button>
      </div>
      {view?.requests.length === 0 && (
        <div>
          <p>{t('requests.none')}</p>
          <p className="soft small">{t('requests.noneHint')}</p>
        </div>
      )}
      <ul>
        {view?.requests.map((known) => (
          <Row
            key={known.request.id}
            known={known}
            today={view.today}
            onLook={() => void call('request.show', { request: known.request.id }).then(setOpen, fail)}
          />
        ))}
      </ul>
      {taking && <TakeRequest onClose={() => setTaking(false)} onTaken={changed} />}
      {open && <OneRequest view={open} onClose={() => setOpen(undefined)} onChanged={changed} />}
    </section>
  );
}

interface RowProps {
  readonly known: RequestCase;
  readonly today: string;
  readonly onLook: () => void;
}

function Row({ known, today, onLook }: RowProps) {
  const { t, i18n } = useTranslation();
  const words = requestWords(i18n.language === 'en' ? 'en' : 'nl');
  const { request, state, answerBy } = known;
  const { kind, group, from, to, pupil, by, received } = request;
  const days = from === to ? day(from) : t('requests.days', { from: day(from), to: day(to) });
  const late = isOverdue(known, today);
  const term = t(late ? 'requests.overdue' : 'requests.answerBy', { on: day(answerBy) });
  return (
    <li className="register-row">
      <div>
        <strong className="sentence">{t('requests.line', { kind: words.kind[kind], group, days })}</strong>
        <p className="small soft">
          {t('requests.about', { by: words.by[by], on: day(received) })}
          {pupil !== undefined && ` · ${pupil}`}
        </p>
      </div>
      <span className={late ? 'tag bad' : 'tag'}>
        {state === 'answered' ? words.state[state] : `${words.state[state]}, ${term}`}
      </span>
      <Button size="s" onPress={onLook}>
        {t('requests.look')}
      </Button>
    </li>
  );
}
