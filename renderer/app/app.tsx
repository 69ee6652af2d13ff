import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { say } from '../i18n/errors.ts';
import { CaseFrame } from './case-frame.tsx';
import { Batch } from '../screens/batch/batch.tsx';
import { Conduct } from '../screens/conduct/conduct.tsx';
import { Import } from '../screens/import/import.tsx';
import { IntakeScreen } from '../screens/intake/intake.tsx';
import { Officer } from '../screens/officer/officer.tsx';
import { Overview } from '../screens/overview/overview.tsx';
import { People } from '../screens/people/people.tsx';
import { Profile } from '../screens/profile/profile.tsx';
import { Register } from '../screens/register/register.tsx';
import { Start } from '../screens/start/start.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Bar } from './bar.tsx';
import { Boundary } from './boundary.tsx';
import { listen, useApp } from './store.ts';

/** Which screen is shown; what a screen does stands in its own folder. */
export function App() {
  const load = useApp((state) => state.load);
  const fail = useApp((state) => state.fail);
  useEffect(() => {
    load().catch(fail);
    return listen();
  }, [load, fail]);
  return (
    <div className="app">
      <Bar />
      <main className="screen">
        <Problem />
        <Boundary>
          <Screen />
        </Boundary>
      </main>
    </div>
  );
}

function Screen() {
  const place = useApp((state) => state.place);
  const shell = useApp((state) => state.shell);
  if (!shell) return null;
  switch (place.at) {
    case 'start':
      return <Start shell={shell} />;
    case 'overview':
      return <Overview />;
    case 'people':
      return <People />;
    case 'conduct':
      return <Conduct />;
    case 'profile':
      return <Profile />;
    case 'register':
      return <Register />;
    case 'batch':
      return <Batch />;
    case 'officer':
      return <Officer />;
    case 'intake':
      return <IntakeScreen key={place.draft} draft={place.draft} />;
    case 'import':
      return <Import key={place.draft} draft={place.draft} />;
    case 'case':
      return <CaseFrame key={place.id} id={place.id} step={place.step} frame={place.frame} />;
  }
}

function Problem() {
  const { t } = useTranslation();
  const problem = useApp((state) => state.problem);
  const dismiss = useApp((state) => state.dismiss);
  if (!problem) return null;
  return (
    <div className="problem">
      <Notice
        tone="bad"
        live
        actions={
          <Button size="s" look="quiet" onPress={dismiss}>
            {t('common.close')}
          </Button>
        }
      >
        {say(problem)}
      </Notice>
    </div>
  );
}
