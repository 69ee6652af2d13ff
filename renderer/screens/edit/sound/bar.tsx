import { Eraser, Mic, MicOff, RotateCcw, VolumeX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { secondsOf, soundVerdict } from '../../../../core/decision/sound-edit.ts';
import { moment, number } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { rangeOf } from '../marks.ts';
import { framesPerSecond, useEdit } from '../store.ts';
import { bleepMarked, decideSound, hearAgain, mayDecide } from './actions.ts';
import { isSame, useSound } from './store.ts';

const ICON = 16;

/** What becomes of the stretch that is marked, or else of the turn that is chosen. */
export function SoundBar() {
  const { t } = useTranslation();
  const decisions = useEdit((state) => state.history.present);
  const allowed = useEdit((state) => state.view?.sound);
  const marks = useEdit((state) => state.marks);
  const rate = useEdit(framesPerSecond);
  const able = useEdit((state) => mayDecide(state));
  const { chosen, turns, side, listened, notYet, unheard } = useSound();
  const marked = rangeOf(marks, rate);
  const turn = chosen === undefined ? undefined : turns[chosen];
  const range = marked ?? (turn && secondsOf(turn));
  if (side === 'subtitles' || !able) return null;
  if (!range) return <p className="decide soft small">{t('sound.choose')}</p>;
  const verdict = marked || !turn ? undefined : soundVerdict(decisions, turn);
  const plain = allowed === 'kept';
  return (
    <div className="decide" role="group" aria-label={t('sound.decide')}>
      <span className="small numbers">
        {marked ? t('sound.marked') : t('sound.turn')} {moment(range.from)} – {moment(range.to)}
        {!marked && listened && ` · ${t('sound.listened')}`}
      </span>
      <span className="small" role="status">
        {!marked && notYet && !listened && t('sound.notYet')}
        {marked &&
          unheard &&
          isSame(unheard, marked) &&
          t('sound.unheardPart', { seconds: number(Math.max(0.1, unheard.seconds), 1) })}
      </span>
      <Button
        size="s"
        preventFocusOnPress
        look={verdict === 'kept' ? 'main' : 'plain'}
        pressed={verdict === 'kept'}
        icon={<Mic size={ICON} aria-hidden />}
        onPress={() => decideSound('keep')}
      >
        {marked ? t('sound.keepMarked') : t('sound.mine')}
      </Button>
      <Button
        size="s"
        preventFocusOnPress
        look={verdict === 'silent' ? 'main' : 'plain'}
        pressed={verdict === 'silent'}
        icon={<MicOff size={ICON} aria-hidden />}
        onPress={() => decideSound('silence')}
      >
        {marked ? t('sound.silenceMarked') : t('sound.notMine')}
      </Button>
      {plain && (
        <Button
          size="s"
          preventFocusOnPress
          look={verdict === 'altered' ? 'main' : 'plain'}
          pressed={verdict === 'altered'}
          onPress={() => decideSound('keep-altered')}
        >
          {t('sound.alter')}
        </Button>
      )}
      {marked && (
        <Button size="s" preventFocusOnPress icon={<VolumeX size={ICON} aria-hidden />} onPress={bleepMarked}>
          {t('sound.bleep')}
        </Button>
      )}
      <Button
        size="s"
        preventFocusOnPress
        look="quiet"
        icon={<RotateCcw size={ICON} aria-hidden />}
        onPress={hearAgain}
      >
        {t('sound.again')}
      </Button>
      <Button
        size="s"
        preventFocusOnPress
        look="quiet"
        icon={<Eraser size={ICON} aria-hidden />}
        onPress={() => decideSound('forget')}
      >
        {t('sound.forget')}
      </Button>
    </div>
  );
}
