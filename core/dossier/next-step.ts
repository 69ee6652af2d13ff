import type { DossierState } from './events.ts';

/** What is to be done next, or what keeps anything from being done. */
export type NextStep =
  | 'analyse'
  | 'edit'
  | 'hand-in'
  | 'review'
  | 'judge'
  | 'put-right'
  | 'export'
  | 'wipe'
  | 'assess'
  | 'wipe-assessed'
  | 'not-yours'
  | 'busy'
  | 'damaged'
  | 'wipe-again';

/** Footage that served its end goes (R1). */
const AFTER_EXPORT = { exported: 'assess', assessed: 'wipe-assessed' } as const;

export type Gate = 'G1' | 'G2' | 'G3' | 'G4' | 'G5';

/**
 * @param me who asks: what is for one to wait for is for another to do
 * @param left whether the clip was exported, and then assessed (R1); by the log
 */
export function nextStepOf(
  state: DossierState,
  analysed: boolean,
  me?: string,
  left?: 'exported' | 'assessed',
): NextStep {
  if (!analysed) return 'analyse';
  const { verdict } = state;
  if (verdict?.kind === 'rejected') return 'wipe';
  if (verdict?.kind === 'approved') return left ? AFTER_EXPORT[left] : 'export';
  if (state.handedIn) return state.handedIn.to === me ? 'judge' : 'review';
  if (verdict?.kind === 'sent-back' && state.clip === verdict.sha256) return 'put-right';
  return state.clip === undefined ? 'edit' : 'hand-in';
}

/** The gate that a dossier stands before; undefined where that can't be told. */
export function gateOf(step: NextStep): Gate | undefined {
  if (step === 'analyse' || step === 'edit' || step === 'hand-in') return 'G2';
  if (step === 'put-right') return 'G2';
  if (step === 'review' || step === 'judge') return 'G3';
  if (step === 'export') return 'G4';
  return step === 'assess' || step.startsWith('wipe') ? 'G5' : undefined;
}
