import { Crosshair, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Zone } from '../../../core/decision/decisions.ts';
import { changeZone, removeZone } from '../../../core/decision/edit.ts';
import { moment } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { chosenArea, followChosenArea } from './area.ts';
import { framesPerSecond, useEdit } from './store.ts';

const ICON = 16;

interface Props {
  readonly zone: Zone;
  readonly index: number;
}

/** One area: when it is there, whether it stands still or moves along; the chosen one can be changed. */
export function AreaRow({ zone, index }: Props) {
  const { t } = useTranslation();
  const state = useEdit();
  const { area, edit, set, seek, marks } = state;
  const { during, path, pupil } = zone;
  const rate = framesPerSecond(state);
  const { from, to } = marks;
  const marked = from !== undefined && to !== undefined && to > from ? { from: from / rate, to: to / rate } : undefined;
  const chosen = area === index;
  const choose = () => {
    if (during && (state.shown < during.from * rate || state.shown >= during.to * rate)) seek(during.from * rate);
    set({ area: chosen ? undefined : index, selected: undefined });
  };
  return (
    <li className="area-row">
      <div className="area">
        <button type="button" className="area-name small" aria-pressed={chosen} onClick={choose}>
          {pupil === undefined ? t('areas.nth', { nth: index + 1 }) : t('areas.ofPupil', { nth: index + 1, pupil })}
          <br />
          <span className="soft numbers">
            {during ? `${moment(during.from)} – ${moment(during.to)}` : t('areas.always')}
          </span>
        </button>
        <Button
          size="s"
          look="quiet"
          aria-label={t('areas.remove')}
          icon={<Trash2 size={ICON} aria-hidden />}
          onPress={() => edit(removeZone(index))}
        />
      </div>
      {path && <Way path={path} index={index} />}
      {chosen && (
        <div className="row wrap">
          <Button
            size="s"
            icon={<Crosshair size={ICON} aria-hidden />}
            isDisabled={!chosenArea(state) || state.following || state.locked}
            onPress={() => void followChosenArea()}
          >
            {path ? t('areas.followOn') : t('areas.follow')}
          </Button>
          <Button
            size="s"
            look="plain"
            isDisabled={!during && !marked}
            onPress={() => edit(changeZone(index, { during: during ? undefined : marked }))}
          >
            {during ? t('areas.toAlways') : t('areas.toMarks')}
          </Button>
          {path && (
            <Button size="s" look="quiet" onPress={() => edit(changeZone(index, { path: undefined }))}>
              {t('areas.standStill')}
            </Button>
          )}
        </div>
      )}
      {chosen && <p className="small soft">{path ? t('areas.moveHint') : t('areas.placeHint')}</p>}
    </li>
  );
}

/** From when to when it moves along, and why no further: where a person should look. */
function Way({ path, index }: { readonly path: NonNullable<Zone['path']>; readonly index: number }) {
  const { t } = useTranslation();
  const state = useEdit();
  const rate = framesPerSecond(state);
  const followed = state.followed?.area === index ? state.followed : undefined;
  const first = path[0]!.at;
  const last = path[path.length - 1]!.at;
  return (
    <p className="small soft numbers">
      {t('areas.movesFrom')}{' '}
      <button type="button" className="link" onClick={() => state.seek(first * rate)}>
        {moment(first)}
      </button>
      {followed && ` (${t(`areas.ends.${followed.backward}`)})`} {t('areas.movesTo')}{' '}
      <button type="button" className="link" onClick={() => state.seek(last * rate)}>
        {moment(last)}
      </button>
      {followed && ` (${t(`areas.ends.${followed.forward}`)})`}
    </p>
  );
}
