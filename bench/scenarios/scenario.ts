/** A workload, as data; its code is `<name>.k6.ts` beside it. */
export interface Scenario {
  /** As typed: `search`. */
  readonly name: string;
  readonly summary: string;
  /** The k6 source file, relative to the package's `bench/scenarios/`. */
  readonly file: string;
  /**
   * The requests of one iteration, in order; each is tagged `step` and summarised apart.
   * One step: the metric is `ttfb_warm`; several: `ttfb_warm/<step>`.
   */
  readonly steps: readonly [string, ...string[]];
  /** The step that tables and charts show first. */
  readonly headline: string;
  /** One of its requests is the target's URL as it stands, or its front page. */
  readonly asksBase: boolean;
  /** Environment of its code in k6, besides `TARGET_URL`; a person may override each. */
  readonly env: Readonly<Record<string, string>>;
}
