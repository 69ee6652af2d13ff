import { useTranslation } from 'react-i18next';
import { Incidents } from './incidents.tsx';
import { Requests } from './requests.tsx';

/** What comes from outside and has a term in law: requests of those filmed, and data breaches. */
export function Officer() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <div className="page-head">
        <div className="stack">
          <h1>{t('officer.title')}</h1>
          <p>{t('officer.hint')}</p>
        </div>
      </div>
      <Requests />
      <Incidents />
    </div>
  );
}
