/** Types of settings.mjs, for the test that holds the manifest to the schema. */
export function configuration(schema: { readonly properties: object }): object;
