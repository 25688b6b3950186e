import * as z from 'zod';
import { settingsSchema } from './settings.ts';

/**
 * The JSON schema of `fly.bench.toml`, for editors (`schema/fly.bench.schema.json`; a test keeps it so). flyctl's own
 * keys are let through as they are; `[bench]` is ours.
 */
export function fileSchema(): object {
  const { $schema, ...bench } = benchSchema();
  const { regions, substitute, ...others } = bench.properties ?? {};
  const regionsTable = {
    type: 'object',
    properties: { use: regions, substitute },
    additionalProperties: false,
    description: 'The list of regions in use, and what takes the place of those that Fly retired.',
  };
  return {
    $schema,
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

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The JSON schema of the `[bench]` table alone. */
export const benchSchema = (): JsonSchema => jsonSchemaOf(settingsSchema);

/** Tables of names are Maps to zod, of which JSON knows nothing. */
function jsonSchemaOf(schema: z.core.$ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (!(zodSchema instanceof z.ZodMap)) return;
      const value = jsonSchemaOf(zodSchema.valueType);
      delete value.$schema;
      Object.assign(jsonSchema, {
        type: 'object',
        propertyNames: { type: 'string' },
        additionalProperties: value,
      });
    },
  });
}
