/** Types of settings.mjs, for the test that holds the manifest and the page to the schema. */
export function configuration(schema: { readonly properties: object }): object;
export function withTable(page: string, schema: { readonly properties: object }): string;
