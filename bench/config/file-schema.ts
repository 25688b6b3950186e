import * as z from 'zod';
import { settingsSchema } from './settings.ts';

/**
 * The JSON schema of `fly.bench.toml`, for editors (`schema/fly.bench.schema.json`; a test keeps it so). flyctl's own
 * keys are let through as they are; `[bench]` is ours.
 */
export function fileSchema(): object {
  const bench = z.toJSONSchema(settingsSchema, { io: 'input', target: 'draft-7' });
  const { regions, substitute, ...others } = bench.properties ?? {};
  const regionsTable = {
    type: 'object',
    properties: { use: regions, substitute },
    additionalProperties: false,
    description: 'The list of regions in use, and what takes the place of those that Fly retired.',
  };
  return {
    $schema: bench.$schema,
    title: 'fly.bench.toml',
    description: 'A fly.toml with a table of `bench`, which flyctl ignores.',
    type: 'object',
    properties: {
      app: { type: 'string', description: "flyctl's: the name of the app." },
      primary_region: { type: 'string', description: "flyctl's: where the app is at home." },
      bench: {
        description: 'What `bench` measures where no flag says otherwise.',
        type: 'object',
        properties: { regions: { anyOf: [regions, regionsTable] }, substitute, ...others },
        additionalProperties: false,
      },
    },
    additionalProperties: true,
  };
}
