import type { ComponentProps } from 'react';
import { Watermark } from './watermark.tsx';

interface Props extends Omit<ComponentProps<'video'>, 'disablePictureInPicture' | 'disableRemotePlayback' | 'muted'> {
  /** Number of the dossier that it belongs to. */
  readonly dossier: string;
  /** Heard as well; otherwise seen alone. */
  readonly sound: boolean;
}

/**
 * The one place in which footage is shown: never without the mark of who looks (S6), and never in a window of the
 * player's own, where the mark would stay behind. Its parent is the box that the mark covers.
 */
export function Footage({ dossier, sound, ...video }: Props) {
  return (
    <>
      <video
        {...video}
        muted={!sound}
        disablePictureInPicture
        disableRemotePlayback
        controlsList="nofullscreen nodownload"
      />
      <Watermark dossier={dossier} />
    </>
  );
}
