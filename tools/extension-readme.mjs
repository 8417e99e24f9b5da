// The README that the extension's page shows: that of client/, with pictures where it is known where they lie.

/** A line that is a picture and nothing else, with one empty line after it. */
const PICTURE = /^!\[[^\]]*\]\(\.\.\/docs\/pictures\/[\w.-]+\)\n\n?/gm;

/**
 * @param {string} text client/README.md, whose links are those of that folder
 * @param {string | undefined} base where the repository's files can be read, as `https://github.com/OWNER/REPO/raw/v1.0.0`;
 * without one there are no pictures, as an extension's page loads none from the package
 */
export function extensionReadme(text, base) {
  const shown = base === undefined ? text.replace(PICTURE, '') : text;
  return shown.replace(/\]\(\.\.\/([^)]+)\)/g, (_link, file) => `](${base === undefined ? file : `${base}/${file}`})`);
}
