import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnalysisView, CaseView } from '../../../electron/ipc/views.ts';
import { useApp } from '../../app/store.ts';
import { say } from '../../i18n/errors.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { AreasPanel } from './areas-panel.tsx';
import { DecideBar } from './decide-bar.tsx';
import { DoubtsPanel } from './doubts-panel.tsx';
import { Help } from './help.tsx';
import { keyOf, ONCE, press, type KeyId } from './keys.ts';
import { ObjectionsPanel } from './objections-panel.tsx';
import { SoundBar } from './sound/bar.tsx';
import { SoundLane } from './sound/lane.tsx';
import { SoundPanel } from './sound/panel.tsx';
import { useSound } from './sound/store.ts';
import { showAll } from './span.ts';
import { Stage } from './stage.tsx';
import { useEdit, type Panel } from './store.ts';
import { Timeline } from './timeline.tsx';
import { TracksPanel } from './tracks-panel.tsx';
import { Transport } from './transport.tsx';

interface Props {
  readonly view: CaseView;
  readonly analysis: AnalysisView;
  readonly onSaved: () => Promise<unknown>;
  /** Where to begin looking, in source frames. */
  readonly frame: number | undefined;
}

const PANELS: readonly Panel[] = ['tracks', 'doubts', 'areas', 'sound', 'objections'];

/** The heart: who is hidden, what is cut, what still deserves a look. */
export function Edit({ view, analysis, onSaved, frame }: Props) {
  const { t } = useTranslation();
  const { go, fail, job } = useApp();
  const { open, panel, set, save, planError, lanes, doubts, following, seek, close } = useEdit();
  const opened = useEdit((state) => state.view?.id === view.id && state.analysis?.id === analysis.id);
  const [keeping, setKeeping] = useState(false);
  const [help, setHelp] = useState(false);
  useEffect(() => open(view, analysis), [open, view, analysis]);
  const present = useEdit((state) => state.analysis);
  useEffect(() => {
    useSound.getState().hear(present?.heard);
    showAll();
  }, [present]);
  useEffect(() => {
    if (opened && frame !== undefined) seek(frame);
  }, [opened, frame, seek]);
  useEffect(() => {
    useApp.setState({ leave: save });
    return () => {
      useApp.setState({ leave: undefined });
      // After a lock there is nobody to tell; whoever leaves otherwise has saved before.
      void save()
        .catch((error: unknown) => useApp.getState().place.at === 'start' || fail(error))
        .finally(() => {
          close();
          useSound.getState().hear(undefined);
        });
    };
  }, [save, close, fail]);
  const making = job?.what === 'render' || job?.what === 'analyse';
  useEffect(() => {
    set({ locked: making });
    if (!making) void save().catch(fail);
  }, [making, opened, set, save, fail]);
  const onKey = (id: KeyId) => press(id, { keep: () => setKeeping(true), help: () => setHelp(true) });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const target = event.target;
      const typing = target instanceof HTMLElement && target.closest('input, textarea, select, [role="dialog"]');
      const pressed = (event.key === ' ' || event.key === 'Enter') && target instanceof HTMLButtonElement;
      // A list to choose from has no steps of its own to take back.
      const takesBack = target instanceof HTMLSelectElement && event.ctrlKey;
      const id = (typing && !takesBack) || pressed ? undefined : keyOf(event);
      if (!id) return;
      event.preventDefault();
      if (event.repeat && ONCE.has(id)) return;
      press(id, { keep: () => setKeeping(true), help: () => setHelp(true) }, event.key);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  if (!opened) return null;
  const objections = view.state.intake?.objections.length ?? 0;
  const count = { tracks: lanes.length, doubts: doubts.length, areas: undefined, sound: undefined, objections };
  const toCheck = async () => {
    await save();
    await onSaved();
    go({ at: 'case', id: view.id, step: 'check' });
  };
  return (
    <div className="edit">
      <div className="edit-main">
        <Stage view={view} />
        <Transport onKey={onKey} />
      </div>
      <aside className="edit-side" aria-label={t('edit.side')}>
        <div className="tabs" role="tablist" aria-label={t('edit.side')}>
          {PANELS.map((each) => (
            <button
              key={each}
              type="button"
              role="tab"
              id={`tab-${each}`}
              aria-controls="edit-panel"
              aria-selected={panel === each}
              onClick={() => set({ panel: each })}
            >
              {t(`edit.panel.${each}`)}
              {count[each] ? <span className="tab-count numbers">{count[each]}</span> : null}
            </button>
          ))}
        </div>
        <div className="panel" role="tabpanel" id="edit-panel" aria-labelledby={`tab-${panel}`}>
          {panel === 'tracks' && <TracksPanel view={view} />}
          {panel === 'doubts' && <DoubtsPanel view={view} />}
          {panel === 'areas' && <AreasPanel />}
          {panel === 'sound' && <SoundPanel view={view} />}
          {panel === 'objections' && <ObjectionsPanel view={view} onSaved={() => void onSaved().catch(fail)} />}
        </div>
        {panel === 'sound' ? <SoundBar /> : <DecideBar view={view} keeping={keeping} setKeeping={setKeeping} />}
        {(view.state.handedIn || view.approval) && <Notice tone="warn">{t('handIn.changes')}</Notice>}
        {planError && <Notice tone="bad">{say(planError)}</Notice>}
        {following && <Notice tone="info">{t('areas.following')}</Notice>}
        {making && <Notice tone="info">{t('edit.making')}</Notice>}
        <Button look="main" isDisabled={planError !== undefined} onPress={() => void toCheck().catch(fail)}>
          {t('edit.toCheck')}
        </Button>
      </aside>
      <div className="lanes">
        <SoundLane />
        <Timeline />
      </div>
      <Help open={help} onClose={() => setHelp(false)} />
    </div>
  );
}
