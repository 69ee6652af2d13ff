import { Square, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { changeZone, removeRange, removeZone } from '../../../core/decision/edit.ts';
import { moment } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { useEdit } from './store.ts';

/** Areas, cuts and muted stretches that a person made. */
export function AreasPanel() {
  const { t } = useTranslation();
  const { history, edit, set, marks, view, seek } = useEdit();
  const { zones, cuts, mutes } = history.present;
  const rate = view ? view.rate.num / view.rate.den : 25;
  const { from, to } = marks;
  const marked = from !== undefined && to !== undefined && to > from ? { from: from / rate, to: to / rate } : undefined;
  return (
    <div className="list padded stack">
      <div className="row">
        <Button size="s" icon={<Square size={16} aria-hidden />} onPress={() => set({ drawing: true })}>
          {t('areas.draw')}
        </Button>
      </div>
      <h3>{t('areas.zones', { count: zones.length })}</h3>
      <ul className="stack">
        {zones.map(({ during }, index) => (
          <li key={index} className="area">
            <span className="small">
              {t('areas.nth', { nth: index + 1 })}
              <br />
              <span className="soft numbers">
                {during ? `${moment(during.from)} – ${moment(during.to)}` : t('areas.always')}
              </span>
            </span>
            <Button
              size="s"
              look="quiet"
              isDisabled={!during && !marked}
              onPress={() => edit(changeZone(index, { during: during ? undefined : marked }))}
            >
              {during ? t('areas.toAlways') : t('areas.toMarks')}
            </Button>
            <Button
              size="s"
              look="quiet"
              aria-label={t('areas.remove')}
              icon={<Trash2 size={16} aria-hidden />}
              onPress={() => edit(removeZone(index))}
            />
          </li>
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
