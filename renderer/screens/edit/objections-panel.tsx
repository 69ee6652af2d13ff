import { useTranslation } from 'react-i18next';
import { Resolution } from '../../../core/dossier/events.ts';
import type { CaseView } from '../../../electron/ipc/views.ts';
import { useApp } from '../../app/store.ts';
import { call } from '../../client.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/fields.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ClassPlan } from './class-plan.tsx';
import { useEdit } from './store.ts';

interface Props {
  readonly view: CaseView;
  readonly onSaved: () => void;
}

/** Pupils who object, by seat: of each must be said how it was met, before the clip can be handed in. */
export function ObjectionsPanel({ view, onSaved }: Props) {
  const { t } = useTranslation();
  const fail = useApp((state) => state.fail);
  const { set, history } = useEdit();
  const objections = view.state.intake?.objections ?? [];
  const { resolutions } = view.state;
  if (objections.length === 0) return <p className="soft small list-empty">{t('objections.none')}</p>;
  const resolve = (pupil: string, resolution: Resolution) =>
    void call('case.resolve', { pupil, resolution }).then(onSaved, fail);
  return (
    <div className="list padded stack">
      <p className="small soft">{t('objections.hint')}</p>
      <ClassPlan
        pupils={objections.map(({ pupil, seat }) => ({ pupil, seat, met: resolutions[pupil] !== undefined }))}
        onDraw={(pupil) => set({ drawing: true, drawingFor: pupil })}
      />
      {objections.map(({ pupil, seat }) => (
        <section key={pupil} className="stack">
          <Choice
            label={pupil}
            hint={seat}
            value={resolutions[pupil]}
            options={Resolution.options
              .filter((each) => view.school.resolutions.includes(each))
              .map((value) => ({ value, label: t(`resolutions.${value}`) }))}
            onChange={(value) => resolve(pupil, value)}
          />
          {resolutions[pupil] === undefined && <Notice tone="warn">{t('objections.open')}</Notice>}
          <Button size="s" onPress={() => set({ drawing: true, drawingFor: pupil })}>
            {t('objections.draw')}
          </Button>
          <p className="small soft">
            {t('objections.areas', { count: history.present.zones.filter((zone) => zone.pupil === pupil).length })}
          </p>
        </section>
      ))}
    </div>
  );
}
