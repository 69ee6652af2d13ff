import { FileText, Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestView } from '../../../electron/ipc/officer-views.ts';
import { requestWords } from '../../../words/request-words.ts';
import { call, errorOf } from '../../client.ts';
import { say } from '../../i18n/errors.ts';
import { day } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Choice } from '../../ui/fields.tsx';
import { AnswerRequest } from './answer-request.tsx';
import { dossierName } from './days.ts';
import { ExtendRequest } from './extend-request.tsx';

interface Props {
  readonly view: RequestView;
  readonly onClose: () => void;
  readonly onChanged: (view: RequestView) => void;
}

type Told = 'concerned' | 'cleared' | 'unknown';

/** One request, and the steps that may follow: looking for recordings, more time, the answer, the letter (V1). */
export function OneRequest({ view, onClose, onChanged }: Props) {
  const { t, i18n } = useTranslation();
  const words = requestWords(i18n.language === 'en' ? 'en' : 'nl');
  const [step, setStep] = useState<'extend' | 'answer'>();
  const [problem, setProblem] = useState<string>();
  const [told, setTold] = useState<Readonly<Record<string, Told>>>({});
  const { request, state, concerned, unseen, extension, answer } = view.known;
  const settle = (next: Promise<RequestView>) =>
    void next.then(
      (found) => {
        setProblem(undefined);
        setStep(undefined);
        onChanged(found);
      },
      (error: unknown) => setProblem(say(errorOf(error))),
    );
  const back = () => {
    setProblem(undefined);
    setStep(undefined);
  };
  const chosen = (how: Told) => unseen.filter((dossier) => told[dossier] === how);
  const handle = () => {
    const said = { concerned: chosen('concerned'), cleared: chosen('cleared') };
    settle(call('request.handle', { request: request.id, ...said }));
  };
  const letter = () =>
    void call('request.letter', { request: request.id }).catch((error: unknown) => setProblem(say(errorOf(error))));
  return (
    <Dialog
      title={`${words.kind[request.kind]}, ${request.group}`}
      open
      wide
      onClose={onClose}
      actions={
        <>
          {(extension ?? answer) && (
            <Button icon={<FileText size={16} aria-hidden />} onPress={letter}>
              {t('requests.letter')}
            </Button>
          )}
          {state === 'handling' && <Button onPress={() => setStep('extend')}>{t('requests.extend')}</Button>}
          {state !== 'answered' && (
            <Button
              look={state === 'received' ? 'main' : 'plain'}
              icon={<Search size={16} aria-hidden />}
              onPress={handle}
            >
              {t(state === 'received' ? 'requests.handle' : 'requests.again')}
            </Button>
          )}
          {(state === 'handling' || state === 'extended') && (
            <Button look="main" onPress={() => setStep('answer')}>
              {t('requests.answer')}
            </Button>
          )}
        </>
      }
    >
      <p>
        {t('requests.about', { by: words.by[request.by], on: day(request.received) })}
        {request.pupil !== undefined && ` · ${request.pupil}`} · {words.state[state]} ·{' '}
        {t('requests.answerBy', { on: day(view.known.answerBy) })}
      </p>
      {extension && <p>{t('requests.extended', { on: day(extension.on), reason: extension.reason })}</p>}
      {answer && (
        <p className="sentence">
          {t('requests.answered', {
            outcome: words.outcome[answer.outcome],
            on: day(answer.on),
            reason: answer.reason,
          })}
        </p>
      )}
      {state !== 'received' && <Found view={view} told={told} onTold={setTold} />}
      {(extension ?? answer) && <p className="small soft">{t('requests.letterHint')}</p>}
      {step === undefined && problem !== undefined && (
        <p className="react-aria-FieldError" role="alert">
          {problem}
        </p>
      )}
      {concerned.length === 0 && state === 'received' && <p className="small soft">{t('requests.noFaces')}</p>}
      {step === 'extend' && (
        <ExtendRequest
          problem={problem}
          onClose={back}
          onDone={(reason) => settle(call('request.extend', { request: request.id, reason }))}
        />
      )}
      {step === 'answer' && (
        <AnswerRequest
          kind={request.kind}
          problem={problem}
          onClose={back}
          onDone={(given) => settle(call('request.answer', { request: request.id, ...given }))}
        />
      )}
    </Dialog>
  );
}

interface FoundProps {
  readonly view: RequestView;
  readonly told: Readonly<Record<string, Told>>;
  readonly onTold: (told: Readonly<Record<string, Told>>) => void;
}

/** What was found, what a maker has to be asked, and what is still to be done. */
function Found({ view, told, onTold }: FoundProps) {
  const { t } = useTranslation();
  const { known, tasks, held, days } = view;
  const name = (dossier: string) => dossierName(dossier, days);
  const todo = [
    ...tasks.hold.map((dossier) => t('requests.hold', { dossier: name(dossier) })),
    ...tasks.wipe.map((dossier) => t('requests.wipe', { dossier: name(dossier) })),
    ...tasks.copy.map((dossier) => t('requests.copy', { dossier: name(dossier) })),
    ...(tasks.register ? [t('requests.register')] : []),
  ];
  return (
    <>
      <div className="stack">
        <h3>{t('requests.concerned')}</h3>
        <p className="small soft">{t('requests.noFaces')}</p>
        {known.concerned.length === 0 && <p>{t('requests.nothing')}</p>}
        <ul className="promises">
          {known.concerned.map((dossier) => (
            <li key={dossier}>{name(dossier)}</li>
          ))}
        </ul>
        {held.map((dossier) => (
          <p key={dossier}>{t('requests.held', { dossier: name(dossier) })}</p>
        ))}
      </div>
      {known.unseen.length > 0 && !known.answer && (
        <div className="stack">
          <h3>{t('requests.unseen')}</h3>
          {known.unseen.map((dossier) => (
            <Choice
              key={dossier}
              label={t('requests.toldAbout', { dossier: name(dossier) })}
              layout="row"
              value={told[dossier] ?? 'unknown'}
              options={(['concerned', 'cleared', 'unknown'] as const).map((value) => ({
                value,
                label: t(`requests.told.${value}`),
              }))}
              onChange={(how) => onTold({ ...told, [dossier]: how })}
            />
          ))}
        </div>
      )}
      {todo.length > 0 && !known.answer && (
        <div className="stack">
          <h3>{t('requests.todo')}</h3>
          <ul className="promises">
            {todo.map((line) => (
              <li key={line} className="sentence">
                {line}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
