/** The README that the extension's page shows; see extension-readme.mjs. */
export declare function extensionReadme(text: string, base: string | undefined): string;
