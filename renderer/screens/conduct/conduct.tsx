import { useTranslation } from 'react-i18next';
import { STATEMENT } from '../../../core/conduct/statement.ts';
import { home, useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { Button } from '../../ui/button.tsx';

/** What whoever films or judges promises each school year, before anything else (I9, S6). */
export function Conduct() {
  const { t, i18n } = useTranslation();
  const { shell, go, fail } = useApp();
  const person = shell?.unlocked;
  if (!person) return null;
  const promises = STATEMENT[i18n.language === 'en' ? 'en' : 'nl'];
  return (
    <div className="page narrow">
      <div className="card stack">
        <h1>{t('conduct.title')}</h1>
        <p className="soft">{t('conduct.hint')}</p>
        <ul className="promises">
          {promises.map((promise) => (
            <li key={promise}>{promise}</li>
          ))}
        </ul>
        <div className="row">
          <Button look="main" onPress={() => void call('rules.sign').then(() => go(home(person)), fail)}>
            {t('conduct.sign')}
          </Button>
        </div>
      </div>
    </div>
  );
}
