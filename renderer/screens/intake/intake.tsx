import { CircleAlert, CircleCheck, OctagonX, Printer } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { intakeRefusals, type Intake, type IntakeRefusal } from '../../../core/dossier/intake.ts';
import type { SchoolRules } from '../../../core/dossier/school-rules.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { Button } from '../../ui/button.tsx';
import { Handout } from './handout.tsx';
import { ClassSection, LessonSection, PeopleSection, WhySection } from './sections.tsx';

const SAVE_AFTER_MS = 400;

/** Gate G0: the questions beforehand. Kept while they are being answered; what is open is said beside them. */
export function IntakeScreen({ draft }: { readonly draft: string }) {
  const { t } = useTranslation();
  const { go, fail } = useApp();
  const [intake, setIntake] = useState<Intake>();
  const [school, setSchool] = useState<SchoolRules>();
  const [handout, setHandout] = useState(false);
  const [tried, setTried] = useState(false);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const unsaved = useRef<Intake>(undefined);
  useEffect(() => {
    call('draft.read', { id: draft }).then((read) => {
      setIntake(read.intake);
      setSchool(read.school);
    }, fail);
    return () => {
      clearTimeout(waiting.current);
      if (unsaved.current) void call('draft.save', { id: draft, intake: unsaved.current }).catch(fail);
    };
  }, [draft, fail]);
  if (!intake || !school) return null;
  const change = (part: Partial<Intake>) => {
    const next = { ...intake, ...part };
    setIntake(next);
    unsaved.current = next;
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => {
      unsaved.current = undefined;
      call('draft.save', { id: draft, intake: next }).then((saved) => setSchool(saved.school), fail);
    }, SAVE_AFTER_MS);
  };
  const refusals = intakeRefusals(intake, school);
  const errorOf = (field: keyof Intake): string | undefined => {
    const found = refusals.find((each) => each.field === field);
    return found && (tried || found.stop || found.rule === 'I1-late') ? t(`rules.${found.rule}`) : undefined;
  };
  const next = async () => {
    setTried(true);
    if (refusals.length > 0) return;
    clearTimeout(waiting.current);
    unsaved.current = undefined;
    const saved = await call('draft.save', { id: draft, intake });
    setSchool(saved.school);
    // The register is that of the class as it is now written.
    if (saved.refusals.length > 0) return;
    go({ at: 'import', draft });
  };
  const part = { intake, school, change, errorOf };
  return (
    <div className="intake">
      <div className="stack">
        <div className="stack">
          <h1>{t('intake.title')}</h1>
          <p className="soft">{t('intake.hint')}</p>
        </div>
        <LessonSection {...part} />
        <WhySection {...part} />
        <PeopleSection {...part} />
        <ClassSection {...part} />
      </div>
      <aside className="card intake-points" aria-label={t('intake.points')}>
        <h2>{refusals.length === 0 ? t('intake.allGood') : t('intake.open', { count: refusals.length })}</h2>
        <Points refusals={refusals} />
        <Button look="main" isDisabled={refusals.some(({ stop }) => stop)} onPress={() => void next().catch(fail)}>
          {t('intake.next')}
        </Button>
        <Button icon={<Printer size={16} aria-hidden />} onPress={() => setHandout(true)}>
          {t('intake.handout')}
        </Button>
        <p className="small soft">{t('intake.saved')}</p>
      </aside>
      <Handout intake={intake} school={school} open={handout} onClose={() => setHandout(false)} />
    </div>
  );
}

function Points({ refusals }: { readonly refusals: readonly IntakeRefusal[] }) {
  const { t } = useTranslation();
  if (refusals.length === 0)
    return (
      <ul className="points">
        <li>
          <CircleCheck size={16} aria-hidden />
          <span>{t('intake.ready')}</span>
        </li>
      </ul>
    );
  return (
    <ul className="points">
      {refusals.map(({ rule, stop }) => (
        <li key={rule} className={stop ? 'stop' : ''}>
          {stop ? <OctagonX size={16} aria-hidden /> : <CircleAlert size={16} aria-hidden />}
          <span>{t(stop ? `rules.${rule}` : `rulesShort.${rule}`)}</span>
        </li>
      ))}
    </ul>
  );
}
