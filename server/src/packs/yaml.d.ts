/** A pack is imported as its text; the bundler and the tests see to it. */
declare module '*.yaml' {
  const text: string;
  export default text;
}
