import { useTranslation } from 'react-i18next';
import { planSize, seatPlaceOf, type SeatPlace } from '../../../core/register/seat.ts';

/** A pupil who objects, and whether it was said how that was met. */
export interface Seated {
  readonly pupil: string;
  readonly seat: string;
  readonly met: boolean;
}

interface Props {
  readonly pupils: readonly Seated[];
  /** Begins an area for the pupil who sits there. */
  readonly onDraw: (pupil: string) => void;
}

/**
 * Where in the class those sit who must not be in view: positions alone, as the register has them. Where that is in
 * the picture only somebody can say who knows where the camera stood.
 */
export function ClassPlan({ pupils, onDraw }: Props) {
  const { t } = useTranslation();
  const seated = pupils.flatMap((each) => {
    const at = seatPlaceOf(each.seat);
    return at ? [{ ...each, at }] : [];
  });
  if (seated.length === 0) return null;
  const { rows, places } = planSize(seated.map(({ at }) => at));
  const cells: SeatPlace[] = Array.from({ length: rows * places }, (_, index) => ({
    row: Math.floor(index / places) + 1,
    place: (index % places) + 1,
  }));
  return (
    <div role="group" aria-label={t('plan.title')} className="stack">
      <p className="small soft plan-front">{t('plan.front')}</p>
      <div className="class-plan" style={{ gridTemplateColumns: `repeat(${places}, minmax(0, 1fr))` }}>
        {cells.map(({ row, place }) => {
          const here = seated.filter(({ at }) => at.row === row && at.place === place);
          const [first] = here;
          if (!first) return <span key={`${row} ${place}`} className="seat" />;
          const names = here.map(({ pupil }) => pupil).join(', ');
          const met = here.every((each) => each.met);
          const open = here.find((each) => !each.met) ?? first;
          const number = /\d+/.exec(open.pupil)?.[0] ?? '!';
          return (
            <button
              key={`${row} ${place}`}
              type="button"
              className={met ? 'seat met' : 'seat open'}
              aria-label={t(met ? 'plan.met' : 'plan.open', { names, row, place })}
              onClick={() => onDraw(open.pupil)}
            >
              {number}
            </button>
          );
        })}
      </div>
      <p className="small soft">{t('plan.hint')}</p>
    </div>
  );
}
