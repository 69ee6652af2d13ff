import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { KEYS } from './keys.ts';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

const NAMES: Readonly<Record<string, string>> = { ' ': '␣', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc' };

export function Help({ open, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t('keys.title')}
      open={open}
      onClose={onClose}
      wide
      actions={<Button onPress={onClose}>{t('common.close')}</Button>}
    >
      <dl className="keys">
        {KEYS.map(({ id, keys }) => (
          <div key={id}>
            <dt>
              {keys[0].split(/(?<=.)\+/).map((part) => (
                <kbd key={part}>{NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part)}</kbd>
              ))}
            </dt>
            <dd>{t(`keys.${id}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
