import { ArrowLeft, Languages, Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { home, useApp } from './store.ts';

export function Bar() {
  const { t, i18n } = useTranslation();
  const { shell, place, job, go, lock, setLanguage, fail } = useApp();
  const person = shell?.unlocked;
  const inside = place.at !== 'start' && person !== undefined;
  const deeper = inside && place.at !== 'overview' && place.at !== 'people';
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
      {inside && (
        <Button look="plain" size="s" icon={<Lock size={16} aria-hidden />} onPress={() => void lock().catch(fail)}>
          {t('bar.lock')}
        </Button>
      )}
    </header>
  );
}
