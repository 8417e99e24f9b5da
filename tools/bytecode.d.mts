/** @param outdir The folder of the bundles. */
export function keepBytecode(outdir: string): void;
