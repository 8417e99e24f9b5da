/** A pack is imported as its data; the bundler and the tests see to it. */
declare module '*.yaml' {
  const data: unknown;
  export default data;
}
