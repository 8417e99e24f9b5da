/** Reads the theme's colours from the page, and gives it a colour for lines that stand out from all of them. */
import { type Colour, lineColour, mixed, VIEW_STRENGTH } from './contrast';

const HUES = ['blue', 'green', 'purple', 'orange', 'yellow', 'red'].map((name) => `--vscode-charts-${name}`);

/** Sets the colour of lines now, and again whenever the theme changes. */
export function keepLinesVisible(): void {
  setLines();
  const observer = new MutationObserver(setLines);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
}

let last = '';

function setLines(): void {
  const probe = document.createElement('span');
  document.body.append(probe);
  const colourOf = (value: string): Colour => {
    probe.style.color = '';
    probe.style.color = value;
    const numbers =
      getComputedStyle(probe)
        .color.match(/[\d.]+/g)
        ?.map(Number) ?? [];
    return [numbers[0] ?? 128, numbers[1] ?? 128, numbers[2] ?? 128];
  };
  const paper = colourOf('var(--vscode-editor-background)');
  const ink = colourOf('var(--vscode-editor-foreground)');
  const views = HUES.map((hue) => mixed(colourOf(`var(${hue})`), paper, VIEW_STRENGTH));
  probe.remove();
  const line = `rgb(${lineColour(ink, [paper, ...views])
    .map(Math.round)
    .join(' ')})`;
  if (line === last) return;
  last = line;
  document.body.style.setProperty('--line', line);
}
