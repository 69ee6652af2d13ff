import { Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { removeCut } from '../../../core/decision/edit.ts';
import { moment } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { AreaRow } from './area-row.tsx';
import { RangeRow } from './range-row.tsx';
import { useEdit } from './store.ts';

/** Areas and cuts that a person made. */
export function AreasPanel() {
  const { t } = useTranslation();
  const { history, edit, set } = useEdit();
  const { zones, cuts } = history.present;
  return (
    <div className="list padded stack">
      <div className="row">
        <Button
          size="s"
          icon={<Square size={16} aria-hidden />}
          onPress={() => set({ drawing: true, drawingFor: undefined })}
        >
          {t('areas.draw')}
        </Button>
      </div>
      <h3>{t('areas.zones', { count: zones.length })}</h3>
      <ul className="stack">
        {zones.map((zone, index) => (
          <AreaRow key={index} zone={zone} index={index} />
        ))}
      </ul>
      <h3>{t('areas.cuts', { count: cuts.length })}</h3>
      <ul className="stack">
        {cuts.map((range, index) => (
          <RangeRow key={index} from={range.from} onRemove={() => edit(removeCut(index))}>
            {moment(range.from)} – {moment(range.to)}
          </RangeRow>
        ))}
      </ul>
    </div>
  );
}
