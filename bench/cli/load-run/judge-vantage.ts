import { readSamples } from '../../k6/output.ts';
import type { RunOnDisk, VantageSamples } from '../../samples/open-run.ts';
import { offBlocksIn, spoiltBy } from '../../samples/block-spoiler.ts';
import type { BlockOutcome } from '../../samples/outcome.ts';
import { tallyOutcomes } from '../../samples/outcomes.ts';
import { partOf } from '../../samples/part-of.ts';
import { supersede } from '../../samples/superseded.ts';

/**
 * The outcomes of a vantage, part by part: as they were judged, or from the rows where nobody has judged them, or a
 * file of the part's own came after that. They follow from the rows, the plan and the agreed start; how busy the
 * generator was is lost.
 */
export async function judgeVantage(
  run: RunOnDisk,
  { vantage, file, parts }: VantageSamples,
): Promise<BlockOutcome[]> {
  const { manifest, outcomes } = run;
  const outcomesHere = outcomes.blocks.filter((block) => block.vantage === vantage);
  const all: BlockOutcome[] = [];
  for (let part = 0; part <= (manifest.added ?? []).length; part++) {
    const own = parts.find((one) => one.part === part)?.file;
    const judged = outcomesHere.filter(({ round }) => partOf(manifest, round) === part);
    if (own !== undefined) all.push(...(await judgePart(run, part, vantage, own)));
    else if (judged.length > 0) all.push(...judged);
    else if (part === 0) all.push(...(await judgePart(run, part, vantage, file)));
    // Its rows were joined already when the run was cut; or they are of other vantages only.
    else if (manifest.vantages[vantage]?.state === 'measured') {
      const found = await judgePart(run, part, vantage, file);
      if (found.some(hasRequests)) all.push(...found);
    }
  }
  // The plan knows of rounds that were measured again from the moment when that began.
  return supersede(manifest.plan, all);
}

async function judgePart(
  { manifest, links = [] }: RunOnDisk,
  part: number,
  vantage: string,
  file: string,
): Promise<BlockOutcome[]> {
  const { plan, startAt = 0 } = manifest;
  const blocks = plan.blocks.filter(({ round }) => partOf(manifest, round) === part);
  const inPart = { ...plan, blocks };
  const tally = tallyOutcomes(inPart, vantage, startAt);
  await readSamples(file, vantage, tally);
  const { failures = [], standstills = [] } = manifest;
  const here = { ...manifest, plan: { ...inPart, vantages: [vantage] } };
  const off = offBlocksIn(here, startAt, { links, standstills });
  return tally.outcomes([], false, spoiltBy(inPart, vantage, { failures, standstills }, off));
}

const hasRequests = ({
  kept,
  cold,
  cut = 0,
  failed,
  implausible,
  dropped,
}: BlockOutcome): boolean => kept + cold + cut + failed + implausible + dropped > 0;
