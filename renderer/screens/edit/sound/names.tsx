import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { allowWord, forbidWord, replaceWord } from '../../../../core/decision/subtitle-edit.ts';
import { pupilsIn } from '../../../../core/register/entry.ts';
import type { PossibleName } from '../../../../core/subtitles/names.ts';
import { namesIn } from '../../../../core/subtitles/refuse-names.ts';
import type { CaseView } from '../../../../electron/ipc/views.ts';
import { moment } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { framesPerSecond, useEdit } from '../store.ts';

/** Words that may be somebody's name: until each is replaced or cleared, no clip is made of them. */
export function Names({ view }: { readonly view: CaseView }) {
  const { t } = useTranslation();
  const subtitles = useEdit((state) => state.history.present.subtitles);
  const pupils = useMemo(() => pupilsIn([...view.school.toHide, ...(view.state.intake?.objections ?? [])]), [view]);
  const names = useMemo(() => namesIn(subtitles, pupils), [subtitles, pupils]);
  const [first] = names;
  return (
    <>
      {first && (
        <Notice tone="warn" title={t('subtitles.names', { count: names.length })}>
          {/* For each word anew: what was chosen for one, or is about to be pressed, is not meant for the next. */}
          <Name key={first.word} name={first} pupils={pupils} />
        </Notice>
      )}
      <Cleared words={subtitles.harmless} />
    </>
  );
}

function Name({ name: { word, at }, pupils }: { readonly name: PossibleName; readonly pupils: readonly string[] }) {
  const { t } = useTranslation();
  const rate = useEdit(framesPerSecond);
  const { edit, seek } = useEdit.getState();
  const [chosen, choose] = useState('');
  const swap = () => {
    if (chosen !== '') edit(replaceWord(word, chosen));
  };
  return (
    <>
      <p>
        <button type="button" className="link" onClick={() => seek(at * rate)}>
          {t('subtitles.name', { word, at: moment(at) })}
        </button>
      </p>
      <div className="row">
        <label className="small">
          {t('subtitles.replace')}{' '}
          <select value={chosen} onChange={({ target }) => choose(target.value)}>
            <option value="">…</option>
            {[...pupils, t('subtitles.somebody')].map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <Button size="s" isDisabled={chosen === ''} onPress={swap}>
          {t('subtitles.swap')}
        </Button>
        <Button size="s" onPress={() => edit(allowWord(word))}>
          {t('subtitles.harmless')}
        </Button>
      </div>
    </>
  );
}

/** Words that somebody said are no names: said in haste, it can be taken back. */
function Cleared({ words }: { readonly words: readonly string[] }) {
  const { t } = useTranslation();
  const { edit } = useEdit.getState();
  if (words.length === 0) return null;
  return (
    <p className="small soft">
      {t('subtitles.harmlessAll')}:{' '}
      {words.map((word) => (
        <button
          key={word}
          type="button"
          className="link"
          title={t('subtitles.forbid', { word })}
          aria-label={t('subtitles.forbid', { word })}
          onClick={() => edit(forbidWord(word))}
        >
          {word} ×
        </button>
      ))}
    </p>
  );
}
