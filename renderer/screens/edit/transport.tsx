import {
  ChevronLeft,
  ChevronRight,
  CircleHelp,
  Ear,
  Eye,
  EyeOff,
  Pause,
  Play,
  Redo2,
  Square,
  Undo2,
  Volume2,
  VolumeX,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { moment, number } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import type { KeyId } from './keys.ts';
import { markedRange } from './marks.ts';
import { useSound } from './sound/store.ts';
import { framesPerSecond, useEdit } from './store.ts';

const ICON = 16;

/** Buttons for the keys that everybody needs. */
export function Transport({ onKey }: { readonly onKey: (id: KeyId) => void }) {
  const { t } = useTranslation();
  const state = useEdit();
  const { playing, frame, analysis, history, masksShown, drawing, saving, view } = state;
  const { listening, speed } = useSound();
  const rate = framesPerSecond(state);
  const marked = markedRange(state) !== undefined;
  const times = number(speed, speed % 1 === 0 ? 0 : 1);
  const Loud = { off: VolumeX, all: Volume2, clip: Ear }[listening];
  const button = (id: KeyId, icon: ReactNode, disabled = false) => (
    <Button
      size="s"
      look="quiet"
      aria-label={t(`keys.${id}`)}
      icon={icon}
      isDisabled={disabled}
      onPress={() => onKey(id)}
    />
  );
  return (
    <div className="transport" role="toolbar" aria-label={t('edit.controls')}>
      {button('frameBack', <ChevronLeft size={ICON} aria-hidden />)}
      {button('play', playing ? <Pause size={ICON} aria-hidden /> : <Play size={ICON} aria-hidden />)}
      {button('frameOn', <ChevronRight size={ICON} aria-hidden />)}
      <span className="numbers time">
        {moment(frame / rate)} <span className="soft">/ {moment((analysis?.frameCount ?? 0) / rate)}</span>
      </span>
      <span className="divider" />
      {button('undo', <Undo2 size={ICON} aria-hidden />, history.past.length === 0)}
      {button('redo', <Redo2 size={ICON} aria-hidden />, history.future.length === 0)}
      <span className="divider" />
      <Button
        size="s"
        look={drawing ? 'main' : 'quiet'}
        icon={<Square size={ICON} aria-hidden />}
        aria-label={t('areas.draw')}
        onPress={() => onKey('draw')}
      />
      <Button size="s" look="quiet" onPress={() => onKey('markFrom')}>
        {t('edit.markFrom')}
      </Button>
      <Button size="s" look="quiet" onPress={() => onKey('markTo')}>
        {t('edit.markTo')}
      </Button>
      {marked && (
        <>
          <Button size="s" onPress={() => onKey('cutMarked')}>
            {t('edit.cutMarked')}
          </Button>
          <Button size="s" onPress={() => onKey('keepMarked')}>
            {t('edit.keepMarked')}
          </Button>
        </>
      )}
      <span className="grow" />
      {view?.sound !== undefined && (
        <Button
          size="s"
          look={listening === 'off' ? 'quiet' : 'plain'}
          icon={<Loud size={ICON} aria-hidden />}
          onPress={() => onKey('listen')}
        >
          {t(`sound.listening.${listening}`)}
        </Button>
      )}
      <Button size="s" look="quiet" aria-label={t('sound.speed', { times })} onPress={() => onKey('speed')}>
        {`${times}×`}
      </Button>
      <span className={saving === 'failed' ? 'tag bad' : 'small soft'} role="status">
        {t(`edit.saving.${saving}`)}
      </span>
      {button('masks', masksShown ? <EyeOff size={ICON} aria-hidden /> : <Eye size={ICON} aria-hidden />)}
      {button('help', <CircleHelp size={ICON} aria-hidden />)}
    </div>
  );
}
