import type { ReportModel } from '../model.ts';
import { workloadName } from '../titles.ts';
import { visible } from '../words.ts';

/** The cells that the charts can be about, in words: by table and place. */
export interface ChoicesData {
  readonly workloads: readonly string[];
  readonly places: readonly ChoicePlace[];
}

export interface ChoicePlace {
  readonly name: string;
  /** Why nothing was measured there. */
  readonly gap?: string;
}

export function choicesData({ tables, places }: ReportModel): ChoicesData {
  return {
    workloads: tables.map(workloadName),
    places: places.map(({ code, city, gap }) => ({
      name: visible(city === undefined ? code : `${code} ${city}`),
      ...(gap === undefined ? {} : { gap: visible(gap) }),
    })),
  };
}
