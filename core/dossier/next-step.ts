import type { DossierState } from './events.ts';

/** What is to be done next, or what keeps anything from being done. */
export type NextStep = 'analyse' | 'edit' | 'hand-in' | 'review' | 'not-yours' | 'busy' | 'damaged' | 'wipe-again';

export type Gate = 'G1' | 'G2' | 'G3';

export function nextStepOf(state: DossierState, analysed: boolean): NextStep {
  if (!analysed) return 'analyse';
  if (state.handedIn) return 'review';
  return state.clip === undefined ? 'edit' : 'hand-in';
}

/** The gate that a dossier stands before; undefined where that can't be told. */
export function gateOf(step: NextStep): Gate | undefined {
  if (step === 'analyse' || step === 'edit' || step === 'hand-in') return 'G2';
  return step === 'review' ? 'G3' : undefined;
}
