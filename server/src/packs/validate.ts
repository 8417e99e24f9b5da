/** Holds data against the packs' published schema. */
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import schema from './pack.schema.json';

let compiled: ValidateFunction | undefined;

/** What is wrong with a pack's data by the schema; none where it is right. The schema is compiled on first use. */
export function validatePack(value: unknown): readonly ErrorObject[] {
  compiled ??= new Ajv({ allErrors: true, verbose: true, strict: true, strictRequired: false }).compile(schema);
  if (compiled(value)) return [];
  const errors = compiled.errors ?? [];
  // Of a choice that is not met, the choice itself says it best.
  const choices = errors.filter(({ keyword }) => keyword === 'oneOf' || keyword === 'anyOf');
  return errors.filter(
    (error) => !choices.some((choice) => error !== choice && error.schemaPath.startsWith(`${choice.schemaPath}/`)),
  );
}
