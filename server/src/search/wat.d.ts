/** WebAssembly in its text form is imported as base64 of the module; the bundler and the tests see to it. */
declare module '*.wat' {
  const base64: string;
  export default base64;
}

/** What of WebAssembly is used here; the types of Node name no more than that there is such a thing. */
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module);
    readonly exports: Readonly<Record<string, unknown>>;
  }
}
