import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { FilmedBy, IntakeSource, type Intake } from '../../../core/dossier/intake.ts';
import { Material } from '../../../core/dossier/kinds.ts';
import { missingObjections, withObjections, type SchoolRules } from '../../../core/dossier/school-rules.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, TextField, Tick } from '../../ui/fields.tsx';
import { Notice } from '../../ui/notice.tsx';

interface Part {
  readonly intake: Intake;
  readonly school: SchoolRules;
  readonly change: (part: Partial<Intake>) => void;
  readonly errorOf: (field: keyof Intake) => string | undefined;
}

export function LessonSection({ intake, change, errorOf }: Part) {
  const { t } = useTranslation();
  return (
    <section className="card">
      <h2>{t('intake.lesson.title')}</h2>
      <TextField
        label={t('intake.lesson.label')}
        hint={t('intake.lesson.labelHint')}
        value={intake.label}
        onChange={(label) => change({ label })}
        most={80}
        error={errorOf('label')}
      />
      <div className="two">
        <TextField
          label={t('intake.lesson.group')}
          value={intake.group}
          onChange={(group) => change({ group })}
          most={40}
          error={errorOf('group')}
        />
        <TextField
          label={t('intake.lesson.on')}
          kind="date"
          value={intake.recordedOn}
          onChange={(recordedOn) => change({ recordedOn })}
          error={errorOf('recordedOn')}
        />
      </div>
      <Choice
        label={t('intake.lesson.source')}
        value={intake.source}
        options={IntakeSource.options.map((value) => ({ value, label: t(`sources.${value}`) }))}
        onChange={(source) => change({ source })}
        error={errorOf('source')}
      />
      {(intake.source === 'online-lesson' || intake.source === 'livestream') && (
        <>
          <Tick
            label={t('intake.lesson.announced')}
            value={intake.announced}
            onChange={(announced) => change({ announced })}
          />
          {errorOf('announced') !== undefined && <p className="react-aria-FieldError">{errorOf('announced')}</p>}
        </>
      )}
      <Choice
        label={t('intake.lesson.by')}
        value={intake.filmedBy}
        options={FilmedBy.options.map((value) => ({ value, label: t(`filmedBy.${value}`) }))}
        onChange={(filmedBy) => change({ filmedBy })}
        error={errorOf('filmedBy')}
      />
    </section>
  );
}

export function WhySection({ intake, school, change, errorOf }: Part) {
  const { t } = useTranslation();
  const evaluation = intake.forEvaluation;
  // Which ground it is the school has decided, for each purpose (P10, P11, P13).
  const groundOf = (wanted: Intake['purpose']) => school.purposes.find(({ purpose }) => purpose === wanted)?.ground;
  return (
    <section className="card">
      <h2>{t('intake.why.title')}</h2>
      <Choice
        label={t('intake.why.purpose')}
        value={intake.purpose}
        options={school.purposes.map(({ purpose: value }) => ({
          value,
          label: t(`purposes.${value}.label`),
          hint: t(`purposes.${value}.hint`),
        }))}
        onChange={(purpose) => change({ purpose, ground: groundOf(purpose) })}
        error={errorOf('purpose') ?? errorOf('ground')}
      />
      {intake.ground !== undefined && (
        <p className="small soft">{t('intake.why.ground', { ground: t(`grounds.${intake.ground}`) })}</p>
      )}
      <Choice
        label={t('intake.why.evaluation')}
        value={evaluation === undefined ? undefined : evaluation ? 'yes' : 'no'}
        options={[
          { value: 'yes', label: t('intake.why.evaluationYes') },
          { value: 'no', label: t('intake.why.evaluationNo') },
        ]}
        onChange={(value) => change({ forEvaluation: value === 'yes' })}
        error={errorOf('forEvaluation')}
      />
      {evaluation === false && school.proofOnly === 'deny' && (
        <Notice tone="bad" title={t('intake.why.proofOnly')} live>
          {t('intake.why.proofOnlyHint')}
        </Notice>
      )}
      <Choice
        label={t('intake.why.material')}
        value={intake.material}
        options={Material.options.map((value) => ({
          value,
          label: t(`intake.why.materials.${value}.label`),
          hint: t(`intake.why.materials.${value}.hint`),
        }))}
        onChange={(material) => change({ material })}
        error={errorOf('material')}
      />
      {intake.material === 'reflection' && school.sharing === 'assessment-only' && (
        <Notice tone="info">{t('intake.why.materialStays')}</Notice>
      )}
      <TextField
        label={t('intake.why.necessity')}
        hint={t('intake.why.necessityHint')}
        lines={3}
        value={intake.necessity}
        onChange={(necessity) => change({ necessity })}
        most={600}
        error={errorOf('necessity')}
      />
    </section>
  );
}

export function PeopleSection({ intake, change, errorOf }: Part) {
  const { t } = useTranslation();
  const { staff, informed } = intake;
  const tell = (part: Partial<Intake['informed']>) => change({ informed: { ...informed, ...part } });
  const error = errorOf('staff');
  const informedError = errorOf('informed');
  return (
    <section className="card">
      <h2>{t('intake.people.title')}</h2>
      <div className="stack">
        <h3>{t('intake.people.staff')}</h3>
        <p className="soft small">{t('intake.people.staffHint')}</p>
        {staff.map((person, index) => (
          <div className="list-row" key={index}>
            <TextField
              label={t('intake.people.name')}
              value={person.name}
              most={80}
              onChange={(name) => change({ staff: staff.map((each, at) => (at === index ? { ...each, name } : each)) })}
            />
            <TextField
              label={t('intake.people.consentOn')}
              kind="date"
              value={person.consentOn}
              onChange={(consentOn) =>
                change({ staff: staff.map((each, at) => (at === index ? { ...each, consentOn } : each)) })
              }
            />
            <Button
              look="quiet"
              aria-label={t('intake.people.remove', { name: person.name })}
              icon={<X size={16} aria-hidden />}
              onPress={() => change({ staff: staff.filter((_each, at) => at !== index) })}
            />
          </div>
        ))}
        <div className="row">
          <Button
            size="s"
            icon={<Plus size={16} aria-hidden />}
            onPress={() => change({ staff: [...staff, { name: t('intake.people.me'), consentOn: '' }] })}
          >
            {t('intake.people.add')}
          </Button>
        </div>
        {error !== undefined && <p className="react-aria-FieldError">{error}</p>}
      </div>
      <div className="stack">
        <h3>{t('intake.people.informed')}</h3>
        <p className="soft small">{t('intake.people.informedHint')}</p>
        <Tick label={t('intake.people.why')} value={informed.why} onChange={(why) => tell({ why })} />
        <Tick label={t('intake.people.who')} value={informed.who} onChange={(who) => tell({ who })} />
        <Tick label={t('intake.people.howLong')} value={informed.howLong} onChange={(howLong) => tell({ howLong })} />
        <TextField label={t('intake.people.on')} kind="date" value={informed.on} onChange={(on) => tell({ on })} />
        {informedError !== undefined && <p className="react-aria-FieldError">{informedError}</p>}
      </div>
    </section>
  );
}

/** The first pseudonym that nobody has yet: how an objection was met goes by it. */
function freeName(taken: Intake['objections'], name: (nth: number) => string): string {
  let nth = 1;
  while (taken.some(({ pupil }) => pupil === name(nth))) nth++;
  return name(nth);
}

export function ClassSection({ intake, school, change, errorOf }: Part) {
  const { t } = useTranslation();
  const { objections } = intake;
  const set = (index: number, part: Partial<Intake['objections'][number]>) =>
    change({ objections: objections.map((each, at) => (at === index ? { ...each, ...part } : each)) });
  const error = errorOf('objections') ?? errorOf('objectionsChecked');
  const missing = missingObjections(intake, school).length;
  return (
    <section className="card">
      <h2>{t('intake.class.title')}</h2>
      <p className="soft">{t('intake.class.hint')}</p>
      {missing > 0 && (
        <Notice
          tone="warn"
          live
          actions={
            <Button
              size="s"
              onPress={() => change({ objections: withObjections(intake, school).objections, objectionsChecked: true })}
            >
              {t('intake.class.takeOver')}
            </Button>
          }
        >
          {t('intake.class.fromRegister', { count: missing })}
        </Notice>
      )}
      {objections.map((objection, index) => (
        <div className="list-row" key={index}>
          <TextField
            label={t('intake.class.pupil')}
            value={objection.pupil}
            most={40}
            onChange={(pupil) => set(index, { pupil })}
          />
          <TextField
            label={t('intake.class.seat')}
            placeholder={t('intake.class.seatHint')}
            value={objection.seat}
            most={80}
            onChange={(seat) => set(index, { seat })}
          />
          <Button
            look="quiet"
            aria-label={t('intake.people.remove', { name: objection.pupil })}
            icon={<X size={16} aria-hidden />}
            onPress={() => change({ objections: objections.filter((_each, at) => at !== index) })}
          />
        </div>
      ))}
      <div className="row">
        <Button
          size="s"
          icon={<Plus size={16} aria-hidden />}
          onPress={() =>
            change({
              objections: [
                ...objections,
                { pupil: freeName(objections, (nth) => t('intake.class.nth', { nth })), seat: '' },
              ],
            })
          }
        >
          {t('intake.class.add')}
        </Button>
      </div>
      <Tick
        label={t('intake.class.checked')}
        hint={t('intake.class.checkedHint')}
        value={intake.objectionsChecked}
        onChange={(objectionsChecked) => change({ objectionsChecked })}
      />
      {error !== undefined && <p className="react-aria-FieldError">{error}</p>}
    </section>
  );
}
