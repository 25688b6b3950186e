import type { ComparedCell } from '../comparison.ts';

/** Regressions against a baseline: what was looked at, and how. */
export type Regression =
  | { readonly method: 'none'; readonly reason: string }
  | (Checked & {
      /** Baseline and candidates were measured in the same rounds. */
      readonly method: 'same-rounds';
      readonly baseline: string;
    })
  | (Checked & {
      /** Each cell, as a ratio to the control of the same rounds, against the accepted runs. */
      readonly method: 'control';
      readonly control: string;
      /** Accepted runs in the window, and how many of them a judgement takes. */
      readonly accepted: number;
      readonly needed: number;
    });

interface Checked {
  readonly checks: readonly RegressionCheck[];
  /** The run of fresh rounds that confirmed or refuted what was flagged. */
  readonly confirmationRunId?: string;
}

/** One hypothesis: the candidate got slower here. */
export interface RegressionCheck {
  readonly candidate: string;
  /** Stage 1. */
  readonly cell: ComparedCell;
  /** False: shown only; there are too few accepted runs to judge by. */
  readonly gated: boolean;
  /** Stage 2, of what stage 1 called slower. */
  readonly confirmation?: Confirmation;
}

/** What fresh rounds said of a slow-down. Stages are never pooled. */
export type Confirmation =
  | { readonly state: 'confirmed' | 'refuted'; readonly percent: number; readonly p: number }
  | { readonly state: 'missing'; readonly reason: string };

/** What stage 1 flagged: only this is measured again. */
export function flagged(checks: readonly RegressionCheck[]): RegressionCheck[] {
  return checks.filter(({ gated, cell }) => gated && cell.verdict === 'slower');
}
