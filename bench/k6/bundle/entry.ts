/** A workload in the script that a vantage runs. */
export type EntryScenario =
  /** Absolute path of its source. */
  | { readonly kind: 'shipped'; readonly file: string }
  | {
      readonly kind: 'own';
      readonly targets: readonly string[];
      readonly readsBodies: boolean;
      readonly hasSummary: boolean;
    };

/**
 * The source of the script that k6 runs: one exported function for each scenario (`scenario0`, …). A script's own setup
 * runs before the agreed start.
 */
export function entryOf(scenarios: readonly EntryScenario[]): string {
  const parts = scenarios.map(partOf);
  const own = parts.filter(({ isOwn }) => isOwn).map(({ name }) => name);
  const [first] = own;
  return [
    `import { jitter, seedVu, waitForStart } from './k6lib/schedule.ts';`,
    ...(first === undefined ? [] : [`import { OwnScript } from './k6lib/own/script.ts';`]),
    ...parts.flatMap(({ imports }) => imports),
    `seedVu();`,
    ...parts.flatMap(({ body }) => body),
    ...(first === undefined
      ? []
      : [`export const options = ${first}.options(${readsBodies(scenarios)});`]),
    `export async function setup() {`,
    `  const data: any[] = [];`,
    ...own.map((name) => `  data.push(await ${name}.setup());`),
    `  waitForStart();`,
    `  return data;`,
    `}`,
    `export async function teardown(data: any) {`,
    ...own.map((name, i) => `  await ${name}.teardown(data[${i}]);`),
    `}`,
    ...parts.flatMap(({ isOwn, name, index }) =>
      isOwn
        ? [
            `export const scenario${index} = (data: any) => ${name}.run(data[${own.indexOf(name)}]);`,
          ]
        : [`export function scenario${index}() { jitter(); return ${name}.default(); }`],
    ),
    ...scenarios.flatMap((scenario, index) =>
      scenario.kind === 'own' && scenario.hasSummary
        ? [`export const handleSummary = (data: any) => script${index}.summary(data);`]
        : [],
    ),
  ].join('\n');
}

interface Part {
  readonly index: number;
  readonly isOwn: boolean;
  readonly name: string;
  readonly imports: readonly string[];
  readonly body: readonly string[];
}

function partOf(scenario: EntryScenario, index: number): Part {
  if (scenario.kind === 'shipped')
    return {
      ...{ index, isOwn: false, name: `module${index}` },
      imports: [`import * as module${index} from ${JSON.stringify(scenario.file)};`],
      body: [],
    };
  const name = `script${index}`;
  const copies = scenario.targets.map(
    (target, i) =>
      `{ target: ${JSON.stringify(target)}, env: env${index}_${i}, module: copy${index}_${i} }`,
  );
  return {
    ...{ index, isOwn: true, name },
    imports: scenario.targets.flatMap((_, i) => [
      `import { env as env${index}_${i} } from 'bench-context:${index}/${i}';`,
      `import * as copy${index}_${i} from 'bench-copy:${index}/${i}';`,
    ]),
    body: [`const ${name} = new OwnScript([${copies.join(', ')}] as any);`],
  };
}

const readsBodies = (scenarios: readonly EntryScenario[]): boolean =>
  scenarios.some((scenario) => scenario.kind === 'own' && scenario.readsBodies);
