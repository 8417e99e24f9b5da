/** Types of kernel-flags.mjs, for the tests that share it. */
export function kernelFlags(kernel: string, build: string, file: string): string[];
