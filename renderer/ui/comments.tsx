import { MessageSquarePlus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comment } from '../../core/review/assessment.ts';
import { moment } from '../i18n/format.ts';
import { Button } from './button.tsx';
import { TextField } from './fields.tsx';

const MOST = 300;

interface Props {
  readonly comments: readonly Comment[];
  /** Seconds of the clip that a new one is pinned to. */
  readonly at: number;
  readonly onSeek: (seconds: number) => void;
  /** Absent: they can be read, and not changed. */
  readonly onChange?: (comments: readonly Comment[]) => void;
}

/** Remarks on moments of the clip. */
export function Comments({ comments, at, onSeek, onChange }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const add = () => {
    onChange?.([...comments, { at, text: text.trim() }]);
    setText('');
  };
  return (
    <section className="stack">
      <h2>{t('review.comments', { count: comments.length })}</h2>
      <ul className="stack">
        {comments.map((comment, index) => (
          <li key={`${comment.at} ${comment.text}`} className="comment">
            <button type="button" className="link numbers" onClick={() => onSeek(comment.at)}>
              {moment(comment.at)}
            </button>
            <span>{comment.text}</span>
            {onChange && (
              <Button
                size="s"
                look="quiet"
                aria-label={t('review.removeComment')}
                icon={<Trash2 size={16} aria-hidden />}
                onPress={() => onChange(comments.filter((_each, place) => place !== index))}
              />
            )}
          </li>
        ))}
      </ul>
      {onChange && (
        <>
          <TextField label={t('review.comment', { at: moment(at) })} value={text} most={MOST} onChange={setText} />
          <div className="row">
            <Button
              size="s"
              icon={<MessageSquarePlus size={16} aria-hidden />}
              isDisabled={text.trim() === ''}
              onPress={add}
            >
              {t('review.addComment')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
