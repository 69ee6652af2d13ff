import { Pause, Play, SkipForward } from 'lucide-react';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { FASTEST, type Stretch } from '../../../core/review/coverage.ts';
import { number } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Footage } from '../../ui/footage.tsx';

/** How much is played before it is told, in seconds of the clip. */
const TELL_EVERY = 1;
/** Pictures further apart than this were not played one after the other, in seconds. */
const JUMP = 0.5;
const SPEEDS = [1, 1.5, FASTEST];
const ICON = 16;

interface Props {
  readonly dossier: string;
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly source: string;
  readonly onTime: (seconds: number) => void;
  readonly onPlayed: (stretch: Stretch) => void;
  /** To the first stretch that was not watched. */
  readonly next: () => void;
}

/** Plays the clip, and tells what was played; whether that counts is decided elsewhere. */
export function Player({ dossier, video, source, onTime, onPlayed, next }: Props) {
  const { t } = useTranslation();
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  const tell = useRef({ onTime, onPlayed });
  useEffect(() => {
    tell.current = { onTime, onPlayed };
  });
  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    let stretch: { from: number; to: number } | undefined;
    const flush = () => {
      if (stretch && stretch.to > stretch.from) tell.current.onPlayed(stretch);
      stretch = stretch && { from: stretch.to, to: stretch.to };
    };
    const leave = () => {
      flush();
      stretch = undefined;
    };
    let handle = 0;
    const onFrame = (_now: number, { mediaTime }: VideoFrameCallbackMetadata) => {
      tell.current.onTime(mediaTime);
      if (stretch && (mediaTime < stretch.to || mediaTime - stretch.to > JUMP)) leave();
      if (!element.paused) {
        stretch = { from: stretch?.from ?? mediaTime, to: mediaTime };
        if (stretch.to - stretch.from >= TELL_EVERY) flush();
      }
      handle = element.requestVideoFrameCallback(onFrame);
    };
    const onEnded = () => {
      // The last picture stays until the end, and is not told of again.
      if (stretch) stretch = { from: stretch.from, to: element.duration };
      leave();
    };
    handle = element.requestVideoFrameCallback(onFrame);
    element.addEventListener('pause', leave);
    element.addEventListener('seeking', leave);
    element.addEventListener('ended', onEnded);
    return () => {
      element.cancelVideoFrameCallback(handle);
      element.removeEventListener('pause', leave);
      element.removeEventListener('seeking', leave);
      element.removeEventListener('ended', onEnded);
    };
  }, [video]);
  const toggle = () => {
    const element = video.current;
    if (!element) return;
    if (element.paused) void element.play();
    else element.pause();
  };
  const faster = (wanted: number) => {
    setSpeed(wanted);
    if (video.current) video.current.playbackRate = wanted;
  };
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { target } = event;
      if (target instanceof HTMLElement && target.closest('input[type="text"], textarea, [role="dialog"]')) return;
      // On a button or a choice the space bar has a meaning of its own.
      const taken = target instanceof HTMLElement && target.closest('button, input') !== null;
      if (event.key === ' ' && !taken) toggle();
      else if (event.key === 'w') next();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  });
  return (
    <>
      <div className="review-stage">
        <Footage
          dossier={dossier}
          ref={video}
          src={source}
          sound
          preload="auto"
          aria-label={t('review.clip')}
          onPlay={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
        />
      </div>
      <div className="transport" role="toolbar" aria-label={t('review.controls')}>
        <Button
          size="s"
          look="main"
          icon={playing ? <Pause size={ICON} aria-hidden /> : <Play size={ICON} aria-hidden />}
          onPress={toggle}
        >
          {playing ? t('review.pause') : t('review.play')}
        </Button>
        {SPEEDS.map((each) => (
          <Button
            key={each}
            size="s"
            look={speed === each ? 'plain' : 'quiet'}
            pressed={speed === each}
            onPress={() => faster(each)}
          >
            {`${number(each, each % 1 === 0 ? 0 : 1)}×`}
          </Button>
        ))}
        <span className="divider" />
        <Button size="s" look="quiet" icon={<SkipForward size={ICON} aria-hidden />} onPress={next}>
          {t('review.toUnwatched')}
        </Button>
      </div>
    </>
  );
}
