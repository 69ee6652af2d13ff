import { useVirtualizer } from '@tanstack/react-virtual';
import { FileText, Trash2 } from 'lucide-react';
import { useMemo, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Seconds } from '../../../../core/decision/edit.ts';
import { secondsOf } from '../../../../core/decision/sound-edit.ts';
import { putCue, putCues, removeCue, rewriteCue } from '../../../../core/decision/subtitle-edit.ts';
import { keptRanges } from '../../../../core/plan/plan.ts';
import { cuesInClip, LONGEST_CUE, type Cue } from '../../../../core/subtitles/cue.ts';
import type { CaseView } from '../../../../electron/ipc/views.ts';
import { useApp } from '../../../app/store.ts';
import { call } from '../../../client.ts';
import { moment } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/fields.tsx';
import { rangeOf } from '../marks.ts';
import { framesPerSecond, useEdit, type EditState, type Marks } from '../store.ts';
import { Names } from './names.tsx';
import { useSound } from './store.ts';

/** Seconds that words stand where neither a stretch is marked nor a turn is chosen. */
const STANDING = 4;
/** Two lines of text; more of it is in the title. */
const ROW_HEIGHT = 44;

/** What is read along with the clip: typed at a moment, or taken from a file. */
export function Subtitles({ view }: { readonly view: CaseView }) {
  const { t } = useTranslation();
  const edit = useEdit((state) => state.edit);
  const idle = useEdit(mayEdit);
  const [rewritten, rewrite] = useState<Rewritten>();
  const open = async () => {
    const read = await call('shell.chooseSubtitles');
    if (read) edit(putCues(read));
  };
  return (
    <>
      <p className="small soft">{t('subtitles.hint')}</p>
      <Compose rewritten={rewritten} onDone={() => rewrite(undefined)} />
      <Names view={view} />
      <Cues onChoose={rewrite} />
      <div className="row">
        <Button
          size="s"
          isDisabled={!idle}
          icon={<FileText size={16} aria-hidden />}
          onPress={() => void open().catch(useApp.getState().fail)}
        >
          {t('subtitles.open')}
        </Button>
      </div>
    </>
  );
}

function mayEdit({ locked, following }: EditState): boolean {
  return !locked && !following;
}

/** A cue that was chosen to be put right, and what else was chosen at that moment. */
interface Rewritten {
  readonly cue: Cue;
  readonly marks: Marks;
  readonly turn: number | undefined;
}

/** @param onChoose a cue whose words are to be looked at again */
function Cues({ onChoose }: { readonly onChoose: (rewritten: Rewritten) => void }) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const cues = useEdit((state) => state.history.present.subtitles.cues);
  const rate = useEdit(framesPerSecond);
  const plan = useEdit((state) => state.plan);
  const gone = useMemo(() => {
    const parts = plan && { ...plan, kept: keptRanges(plan) };
    return new Set(parts ? cues.filter((cue) => cuesInClip([cue], parts).length === 0) : []);
  }, [cues, plan]);
  const { edit, seek } = useEdit.getState();
  const choose = (cue: Cue) => {
    seek(cue.from * rate);
    onChoose({ cue, marks: useEdit.getState().marks, turn: useSound.getState().chosen });
  };
  const rows = useVirtualizer({
    count: cues.length,
    getScrollElement: () => list.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });
  return (
    <div className="list" ref={list} tabIndex={-1}>
      <ul style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const cue = cues[index]!;
          const { from, text } = cue;
          return (
            <li
              // By what it says: a row that moves while it is pressed is pressed no more.
              key={`${cue.from} ${cue.to} ${cue.text}`}
              className="track-place area"
              style={{ transform: `translateY(${start}px)`, height: ROW_HEIGHT }}
            >
              <button type="button" className="link numbers" onClick={() => choose(cue)}>
                {moment(from)}
              </button>
              <span className="cue small" title={text}>
                {text}
              </span>
              {gone.has(cue) && (
                <span className="tag" title={t('subtitles.goneWhy')}>
                  {t('subtitles.gone')}
                </span>
              )}
              <Button
                size="s"
                look="quiet"
                aria-label={t('subtitles.remove', { at: moment(from) })}
                icon={<Trash2 size={16} aria-hidden />}
                onPress={() => edit(removeCue(index))}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The stretch that is marked, or the turn that is chosen, or a few seconds from here on. */
function usePlace(): Seconds {
  const rate = useEdit(framesPerSecond);
  const marks = useEdit((state) => state.marks);
  const frame = useEdit((state) => state.frame);
  const { chosen, turns } = useSound();
  const turn = chosen === undefined ? undefined : turns[chosen];
  return rangeOf(marks, rate) ?? (turn ? secondsOf(turn) : { from: frame / rate, to: frame / rate + STANDING });
}

/** A cue is let go when the film, the marks or another turn lead elsewhere, and when it is no more. */
function useStillChosen(rewritten: Rewritten | undefined): Cue | undefined {
  const rate = useEdit(framesPerSecond);
  const marks = useEdit((state) => state.marks);
  const at = useEdit((state) => state.frame) / rate;
  const cues = useEdit((state) => state.history.present.subtitles.cues);
  const turn = useSound((state) => state.chosen);
  if (!rewritten || !cues.includes(rewritten.cue)) return undefined;
  const { cue, marks: then, turn: before } = rewritten;
  const here = at >= cue.from - 1 / rate && at <= cue.to + 1 / rate;
  return here && marks === then && (turn === undefined || turn === before) ? cue : undefined;
}

interface ComposeProps {
  /** A cue that was chosen: its words are changed, in its own place. */
  readonly rewritten: Rewritten | undefined;
  readonly onDone: () => void;
}

/** Where words belong is settled when the first letter is typed, wherever the film goes meanwhile. */
function Compose({ rewritten, onDone }: ComposeProps) {
  const { t } = useTranslation();
  const here = usePlace();
  const idle = useEdit(mayEdit);
  const cues = useEdit((state) => state.history.present.subtitles.cues);
  const [typed, setTyped] = useState<{
    readonly place: Seconds;
    readonly cue: Cue | undefined;
    readonly text: string;
  }>();
  const chosen = useStillChosen(rewritten);
  const cue = typed ? typed.cue : (chosen ?? cues.find(({ from }) => from === here.from));
  const place = typed?.place ?? cue ?? here;
  const text = typed?.text ?? cue?.text ?? '';
  const put = () => {
    if (!idle) return;
    if (typed && typed.text.trim() !== '')
      useEdit.getState().edit(cue && cues.includes(cue) ? rewriteCue(cue, text) : putCue({ ...place, text }));
    setTyped(undefined);
    onDone();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur();
    if (event.key !== 'Enter' || event.shiftKey || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    put();
  };
  // What was typed is not lost to whoever goes on elsewhere; one step back takes it away.
  const onLeave = ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
    // The whole window was left: whoever comes back goes on typing.
    if (!document.hasFocus()) return;
    if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) put();
  };
  return (
    <form
      className="compose"
      onKeyDown={onKey}
      onBlur={onLeave}
      onSubmit={(event) => {
        event.preventDefault();
        put();
      }}
    >
      <TextField
        label={t('subtitles.at', { from: moment(place.from), to: moment(place.to) })}
        value={text}
        lines={2}
        most={LONGEST_CUE}
        onChange={(value) => setTyped({ place, cue, text: value })}
      />
      <Button size="s" type="submit" isDisabled={!idle}>
        {t('subtitles.put')}
      </Button>
    </form>
  );
}
