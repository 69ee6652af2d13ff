import { useTranslation } from 'react-i18next';

const GATES = ['G0', 'G1', 'G2', 'G3', 'G4', 'G5', 'G6'] as const;
export type GateName = (typeof GATES)[number];

/** Where on its way a dossier stands; said in words for who can't see it. */
export function Gates({ gate }: { readonly gate: GateName }) {
  const { t } = useTranslation();
  const at = GATES.indexOf(gate);
  return (
    <div className="gates" role="img" aria-label={t(`gates.${gate}`)} title={t(`gates.${gate}`)}>
      {GATES.map((each, index) => (
        <span key={each} className={index < at ? 'gate past' : index === at ? 'gate now' : 'gate'} />
      ))}
    </div>
  );
}
