import { Square, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { removeRange } from '../../../core/decision/edit.ts';
import { moment } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { AreaRow } from './area-row.tsx';
import { framesPerSecond, useEdit } from './store.ts';

/** Areas, cuts and muted stretches that a person made. */
export function AreasPanel() {
  const { t } = useTranslation();
  const state = useEdit();
  const { history, edit, set, seek } = state;
  const { zones, cuts, mutes } = history.present;
  const rate = framesPerSecond(state);
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
      {(['cuts', 'mutes'] as const).map((kind) => (
        <div key={kind} className="stack">
          <h3>{t(`areas.${kind}`, { count: (kind === 'cuts' ? cuts : mutes).length })}</h3>
          <ul className="stack">
            {(kind === 'cuts' ? cuts : mutes).map((range, index) => (
              <li key={index} className="area">
                <button type="button" className="link numbers" onClick={() => seek(range.from * rate)}>
                  {moment(range.from)} – {moment(range.to)}
                </button>
                <Button
                  size="s"
                  look="quiet"
                  aria-label={t('areas.remove')}
                  icon={<Trash2 size={16} aria-hidden />}
                  onPress={() => edit(removeRange(kind, index))}
                />
              </li>
            ))}
          </ul>
        </div>
      ))}
      <p className="small soft">{t('areas.soundOff')}</p>
    </div>
  );
}
