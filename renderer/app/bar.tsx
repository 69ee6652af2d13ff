import { ArrowLeft, Languages, Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../core/vault/person.ts';
import { Button } from '../ui/button.tsx';
import { ReportLeak } from './report-leak.tsx';
import { home, useApp } from './store.ts';

const PARTS = ['overview', 'people', 'register', 'officer', 'profile'] as const;
/** Which parts are of use to whom; what they may do there the engine says. */
const MAY: Record<(typeof PARTS)[number], readonly Role[]> = {
  overview: ['trainee', 'school-trainer', 'privacy-officer'],
  people: ['administrator'],
  register: ['school-trainer', 'privacy-officer', 'administrator'],
  officer: ['school-trainer', 'privacy-officer', 'administrator'],
  profile: ['trainee', 'school-trainer', 'privacy-officer', 'administrator'],
};

export function Bar() {
  const { t, i18n } = useTranslation();
  const { shell, place, job, go, lock, setLanguage, fail } = useApp();
  const person = shell?.unlocked;
  const inside = place.at !== 'start' && person !== undefined;
  const deeper = inside && !(PARTS as readonly string[]).includes(place.at) && place.at !== 'conduct';
  const parts =
    inside && !deeper && place.at !== 'conduct' ? PARTS.filter((part) => MAY[part].includes(person.role)) : [];
  return (
    <header className="bar">
      <span className="brand">
        <span className="brand-mark" aria-hidden />
        Onherkenbaar
      </span>
      {deeper && (
        <Button look="quiet" size="s" icon={<ArrowLeft size={16} aria-hidden />} onPress={() => go(home(person))}>
          {t('bar.back')}
        </Button>
      )}
      {parts.length > 1 && (
        <nav className="bar-parts" aria-label={t('nav.label')}>
          {parts.map((part) => (
            <button
              key={part}
              type="button"
              className="bar-part"
              aria-current={place.at === part ? 'page' : undefined}
              onClick={() => go({ at: part })}
            >
              {t(`nav.${part}`)}
            </button>
          ))}
        </nav>
      )}
      <span className="bar-place">{inside ? `${person.name} · ${t(`roles.${person.role}`)}` : ''}</span>
      {job?.step && !deeper && (
        <span className="tag">
          {t('bar.busy', { share: Math.floor((100 * job.step.done) / Math.max(1, job.step.total)) })}
        </span>
      )}
      <Button
        look="quiet"
        size="s"
        icon={<Languages size={16} aria-hidden />}
        onPress={() => void setLanguage(i18n.language === 'nl' ? 'en' : 'nl').catch(fail)}
      >
        {i18n.language === 'nl' ? 'English' : 'Nederlands'}
      </Button>
      {inside && <ReportLeak />}
      {inside && (
        <Button look="plain" size="s" icon={<Lock size={16} aria-hidden />} onPress={() => void lock().catch(fail)}>
          {t('bar.lock')}
        </Button>
      )}
    </header>
  );
}
