import { useEffect, type RefObject } from 'react';
import { escapeWords, type Cue } from '../../core/subtitles/cue.ts';

/**
 * Shows words along with a film. Those that lie in a clip no player of the web shows, and who judges it must read them.
 * @param cues in the time of the film; the same list as long as they are the same
 */
export function useWords(video: RefObject<HTMLVideoElement | null>, cues: readonly Cue[]): void {
  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    // A track can't be taken away again, only be emptied.
    const track = element.textTracks[0] ?? element.addTextTrack('subtitles');
    track.mode = 'showing';
    const shown = cues.map(({ from, to, text }) => new VTTCue(from, to, escapeWords(text)));
    for (const cue of shown) track.addCue(cue);
    return () => {
      for (const cue of shown) track.removeCue(cue);
    };
  }, [video, cues]);
}
