import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { removeBleep, secondsOf, soundVerdicts } from '../../../../core/decision/sound-edit.ts';
import { moment, number } from '../../../i18n/format.ts';
import { RangeRow } from '../range-row.tsx';
import { framesPerSecond, useEdit } from '../store.ts';
import { goToTurn, shownTurns, turnsLeft } from './actions.ts';
import { ONLY, useSound, type Only } from './store.ts';

const ROW_HEIGHT = 40;

/** Who spoke when, to be listened to and decided on one by one. */
export function Turns({ altered }: { readonly altered: boolean }) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  // An hour has a thousand turns: they are judged when something was decided, not with every picture that is played.
  const decisions = useEdit((state) => state.history.present);
  const { turns, chosen, only, set } = useSound();
  const verdicts = useMemo(() => soundVerdicts(decisions, turns), [decisions, turns]);
  const cuts = useEdit((state) => state.plan?.cuts);
  const rate = useEdit(framesPerSecond);
  const left = useMemo(() => turnsLeft(turns, cuts ?? [], rate), [turns, cuts, rate]);
  const shown = useMemo(() => shownTurns({ turns, only }, verdicts, left), [turns, only, verdicts, left]);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => list.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });
  const row = chosen === undefined ? -1 : shown.indexOf(chosen);
  useEffect(() => {
    if (row >= 0) rows.scrollToIndex(row, { align: 'auto' });
  }, [row, rows]);
  const decided = left.filter((index) => verdicts[index] !== 'open').length;
  const cut = turns.length - left.length;
  return (
    <>
      {altered && <p className="small soft">{t('sound.alteredOnly')}</p>}
      {decided === 0 && <p className="small soft">{t('sound.hint')}</p>}
      {(altered || verdicts.includes('altered')) && <p className="small soft">{t('sound.whyNot')}</p>}
      <div className="filters" role="group" aria-label={t('sound.only')}>
        {ONLY.map((each) => (
          <button key={each} type="button" aria-pressed={only === each} onClick={() => set({ only: each })}>
            {t(`sound.onlys.${each}`)}
          </button>
        ))}
        <span className="small soft numbers" role="status">
          {t('sound.decided', { decided, all: left.length })}
        </span>
      </div>
      {cut > 0 && <p className="soft small">{t('sound.cut', { count: cut })}</p>}
      {shown.length === 0 && <p className="soft small">{t(`sound.${whyEmpty(turns.length, only)}`)}</p>}
      <div className="list" ref={list} tabIndex={-1}>
        <ul style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const number = shown[index]!;
            const { hint } = turns[number]!;
            const { from, to } = secondsOf(turns[number]!);
            const verdict = verdicts[number]!;
            return (
              <li
                key={number}
                className="track-place"
                style={{ transform: `translateY(${start}px)`, height: ROW_HEIGHT }}
              >
                <button
                  type="button"
                  className="track turn"
                  aria-pressed={chosen === number}
                  // The keyboard stays with the film: Space stops it, also after a click.
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => goToTurn(number)}
                >
                  <span className="numbers">{moment(from)}</span>
                  <span className="grow soft">
                    {seconds(to - from)}
                    {hint && ` · ${t(`sound.hints.${hint}`)}`}
                  </span>
                  <span className={`tag ${verdict}`}>{t(`sound.verdicts.${verdict}`)}</span>
                </button>
              </li>
            );
          })}
        </ul>
      </div>
      <Bleeps />
    </>
  );
}

function whyEmpty(turns: number, only: Only): 'nobody' | 'done' | 'empty' {
  if (turns === 0) return 'nobody';
  return only === 'open' ? 'done' : 'empty';
}

function seconds(length: number): string {
  return `${number(length, 1)} s`;
}

/** Names that a tone lies over. */
function Bleeps() {
  const { t } = useTranslation();
  const bleeps = useEdit((state) => state.history.present.sound.bleeps);
  const { edit } = useEdit.getState();
  if (bleeps.length === 0) return null;
  return (
    <ul className="bleeps" aria-label={t('sound.bleeps')}>
      {bleeps.map(({ from, to }, index) => (
        <RangeRow key={from} from={from} onRemove={() => edit(removeBleep(index))}>
          {t('sound.bleepAt', { from: moment(from), to: moment(to) })}
        </RangeRow>
      ))}
    </ul>
  );
}
