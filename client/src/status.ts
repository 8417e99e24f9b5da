/** The kernel tree, the configuration and the architecture that the active file is checked for, beside its language's name. */
import path from 'node:path';
import * as v from 'valibot';
import {
  type ExtensionContext,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  languages,
  StatusBarAlignment,
  type StatusBarItem,
  type TextDocument,
  ThemeColor,
  Uri,
  window,
} from 'vscode';
import { askFor, DOCUMENTS, languageClient } from './connection';
import { targetShape } from './layout/answers';
import { messageOf } from './output';

/** `overlint/status` */
export const statusShape = v.object({
  target: v.optional(targetShape),
  configured: v.boolean(),
  evaluated: v.optional(v.object({ name: v.string(), assumed: v.boolean() })),
  settings: v.object({ kernel: v.string(), build: v.string(), arch: v.string(), config: v.string() }),
  problem: v.optional(v.object({ setting: v.string(), value: v.string(), message: v.string() })),
  errors: v.array(v.string()),
  warnings: v.array(v.string()),
});
type Status = v.InferOutput<typeof statusShape>;

/** What an item says. */
interface Said {
  readonly text: string;
  readonly detail: string;
  readonly severity?: LanguageStatusSeverity;
}

const { Information, Warning } = LanguageStatusSeverity;

export function activate(context: ExtensionContext): void {
  const items = {
    // VS Code sorts them by what stands first here.
    kernel: newItem('1.kernel', 'Kernel Tree', 'overlint.selectKernel'),
    config: newItem('2.config', 'Kernel Configuration', 'overlint.selectConfig'),
    arch: newItem('3.arch', 'Architecture', 'overlint.selectArch'),
  };
  const mark = new ProblemMark();
  let asked = 0;
  const update = async (document: TextDocument | undefined): Promise<void> => {
    if (!document || languages.match(DOCUMENTS, document) === 0) return;
    const turn = ++asked;
    for (const item of Object.values(items)) item.busy = true;
    try {
      const status = await askFor(statusShape, 'overlint/status', { uri: document.uri.toString() });
      if (turn !== asked) return;
      const said = sayings(status, document.languageId);
      show(items.kernel, said.kernel);
      show(items.config, said.config);
      show(items.arch, said.arch);
      mark.show(status.problem);
    } catch (error) {
      // A server that is being started again says by itself when it is there.
      if (turn === asked) show(items.kernel, { text: 'Not known', detail: messageOf(error), severity: Warning });
    }
  };
  const updateActive = (): void => void update(window.activeTextEditor?.document);
  const client = languageClient();
  client?.onNotification('overlint/statusChanged', updateActive);
  context.subscriptions.push(
    ...Object.values(items),
    mark,
    window.onDidChangeActiveTextEditor((editor) => update(editor?.document)),
  );
  updateActive();
}

/** A setting that has been wrong for this long is typed to its end, in milliseconds. */
const TYPED = 1000;

/** Names a setting that has to be mended in the status bar, as long as that is so; a click leads to it. */
class ProblemMark {
  private readonly item: StatusBarItem = window.createStatusBarItem('overlint.problem', StatusBarAlignment.Left);
  private timer: NodeJS.Timeout | undefined;

  constructor() {
    this.item.name = 'Overlint: Settings';
    this.item.backgroundColor = new ThemeColor('statusBarItem.warningBackground');
  }

  show(problem: Status['problem']): void {
    clearTimeout(this.timer);
    if (!problem) {
      this.item.hide();
      return;
    }
    const { setting, value, message } = problem;
    const isFile = path.isAbsolute(value) && path.basename(value) === setting;
    this.item.text = `$(warning) ${isFile ? setting : `${setting}: ${shortened(value)}`}`;
    this.item.tooltip = message;
    this.item.command = isFile
      ? { title: 'Open', command: 'vscode.open', arguments: [Uri.file(value)] }
      : { title: 'Open Settings', command: 'workbench.action.openSettings', arguments: [setting] };
    this.timer = setTimeout(() => this.item.show(), TYPED);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.item.dispose();
  }
}

function newItem(id: string, name: string, command: string): LanguageStatusItem {
  const item = languages.createLanguageStatusItem(`overlint.${id}`, DOCUMENTS);
  item.name = `Overlint: ${name}`;
  item.command = { command, title: 'Select…', tooltip: `Choose another: ${name}` };
  item.text = name;
  item.busy = true;
  return item;
}

function show(item: LanguageStatusItem, { text, detail, severity = Information }: Said): void {
  item.busy = false;
  item.text = text;
  item.detail = detail;
  item.severity = severity;
  item.accessibilityInformation = { label: `${item.name}: ${text}, ${detail}` };
}

/** Lines are short: a longer one would push the link behind it out of sight. */
function sayings(
  { target, configured, evaluated, settings, problem, errors, warnings }: Status,
  language: string,
): Record<'kernel' | 'config' | 'arch', Said> {
  if (!target) {
    if (problem) {
      const said = {
        text: `${problem.setting} is wrong`,
        detail: errors[0] ?? problem.message,
        severity: LanguageStatusSeverity.Error,
      };
      const none = { detail: 'nothing is checked until then' };
      return {
        kernel: said,
        config: { text: 'No configuration', ...none },
        arch: { text: 'No architecture', ...none },
      };
    }
    const detail = settings.kernel ? (errors[0] ?? settings.kernel) : 'none above this file';
    // A header in C++ is seldom a kernel's.
    const severity = language === 'c' ? Warning : Information;
    const none = { detail: 'there is no kernel tree yet' };
    return {
      kernel: { text: 'No kernel tree', detail, severity },
      config: { text: 'No configuration', ...none },
      arch: { text: 'No architecture', ...none },
    };
  }
  const file = target.config || path.join(target.build, '.config');
  const problems = warnings.length === 0 ? '' : `, ${counted(warnings.length, 'warning')} in the output`;
  const found = evaluated
    ? evaluated.assumed
      ? 'assumed: there is no .config'
      : 'by the settings'
    : configured
      ? `${shortened(path.dirname(file))}${chosen(settings.config || settings.build)}`
      : 'every option is off';
  return {
    kernel: { text: `Linux ${target.version}`, detail: `${shortened(target.kernel)}${chosen(settings.kernel)}` },
    config: {
      text: evaluated ? evaluated.name : configured ? path.basename(file) : 'No configuration',
      detail: found + problems,
      severity: warnings.length === 0 ? Information : Warning,
    },
    arch: {
      text: target.arch,
      detail: settings.arch
        ? 'by the settings'
        : configured && !evaluated?.assumed
          ? 'as configured'
          : 'as this machine',
    },
  };
}

/** More characters than these would push the link behind a place out of sight. */
const LONGEST_PLACE = 44;

/** The end of a long path, from one of its folders on. */
function shortened(place: string): string {
  if (place.length <= LONGEST_PLACE) return place;
  const end = place.slice(1 - LONGEST_PLACE);
  const from = end.search(/[\\/]/);
  return `…${from < 0 ? end : end.slice(from)}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Behind what the user chose; what Overlint found by itself needs no word. */
function chosen(setting: string): string {
  return setting === '' ? '' : ', by the settings';
}
