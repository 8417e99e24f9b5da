/** A real VS Code for tests: code-server with a fresh profile, into which the packaged extension was installed. */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** How long the server may take to answer for the first time, in milliseconds. */
const PATIENCE = 60_000;

/** Nothing may ask the network, pop up by itself or move under the test's hands. */
const QUIET_SETTINGS = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'window.restoreWindows': 'none',
  'security.workspace.trust.banner': 'never',
  'security.workspace.trust.startupPrompt': 'never',
  'editor.hover.delay': 100,
  'editor.minimap.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.cursorBlinking': 'solid',
  'git.enabled': false,
  'chat.commandCenter.enabled': false,
};

export interface ProfileOptions {
  /** User settings on top of the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Packages of other extensions to be installed, too. */
  readonly beside?: readonly string[];
  /** Restricted mode: the workspace is not trusted. */
  readonly restricted?: boolean;
}

/** A running server with its profile; `url` opens the workbench. */
export class Profile {
  private constructor(
    readonly folder: string,
    readonly port: number,
    private readonly server: ChildProcess,
  ) {}

  static async start(options: ProfileOptions = {}): Promise<Profile> {
    const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-vscode-')));
    const userData = path.join(folder, 'data');
    fs.mkdirSync(path.join(userData, 'User'), { recursive: true });
    fs.writeFileSync(
      path.join(userData, 'User/settings.json'),
      JSON.stringify({ ...QUIET_SETTINGS, ...options.settings }, null, 2),
    );
    const entry = path.join(installed(), 'node_modules/code-server/out/node/entry.js');
    const flags = ['--user-data-dir', userData, '--extensions-dir', path.join(folder, 'ext')];
    flags.push('--config', path.join(folder, 'config.yaml'));
    const env = environment(folder);
    for (const extension of [packaged(), ...(options.beside ?? [])])
      await promisify(execFile)(process.execPath, [entry, ...flags, '--install-extension', extension], { env });
    const port = await freePort();
    flags.push('--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check');
    flags.push('--disable-getting-started-override');
    if (!options.restricted) flags.push('--disable-workspace-trust');
    const log = fs.openSync(path.join(folder, 'server.log'), 'w');
    // A group of its own, so that its extension hosts can be ended with it.
    const server = spawn(process.execPath, [entry, ...flags], { env, stdio: ['ignore', log, log], detached: true });
    fs.closeSync(log);
    const profile = new Profile(folder, port, server);
    try {
      await profile.untilHealthy();
    } catch (error) {
      await profile.stop();
      throw error;
    }
    return profile;
  }

  /** The workbench with this folder or workspace file; with neither, an empty window. */
  url(place?: string, kind: 'folder' | 'workspace' = 'folder'): string {
    const query = place === undefined ? 'ew=true' : `${kind}=${encodeURIComponent(place)}`;
    return `http://127.0.0.1:${this.port}/?${query}`;
  }

  /** The folder that the package was installed to. */
  get extension(): string {
    const name = fs.readdirSync(path.join(this.folder, 'ext')).find((entry) => entry.startsWith('overlint.overlint-'));
    if (!name) throw new Error(`the extension is not installed in ${this.folder}/ext`);
    return path.join(this.folder, 'ext', name);
  }

  async stop(): Promise<void> {
    if (this.server.exitCode === null && this.server.pid !== undefined) {
      const ended = new Promise((resolve) => this.server.once('exit', resolve));
      process.kill(-this.server.pid, 'SIGTERM');
      const stubborn = setTimeout(() => process.kill(-this.server.pid!, 'SIGKILL'), 5000);
      await ended;
      clearTimeout(stubborn);
    }
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private async untilHealthy(): Promise<void> {
    const end = Date.now() + PATIENCE;
    while (!(await answers(`http://127.0.0.1:${this.port}/healthz`))) {
      const log = (): string => fs.readFileSync(path.join(this.folder, 'server.log'), 'utf8');
      if (this.server.exitCode !== null) throw new Error(`code-server ended at once:\n${log()}`);
      if (Date.now() > end) throw new Error(`code-server does not answer:\n${log()}`);
      await sleep(50);
    }
  }
}

/** Everything that an editor would keep in the home folder goes into the profile. */
function environment(folder: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    HOME: folder,
    XDG_DATA_HOME: path.join(folder, 'xdg/data'),
    XDG_CONFIG_HOME: path.join(folder, 'xdg/config'),
    XDG_CACHE_HOME: path.join(folder, 'xdg/cache'),
    XDG_RUNTIME_DIR: folder,
    EXTENSIONS_GALLERY: '{"serviceUrl":"http://127.0.0.1:9/g","itemUrl":"http://127.0.0.1:9/i"}',
  };
}

/** The folder of code-server, installed first if it has to be. */
function installed(): string {
  const script = path.join(ROOT, 'tools/vscode/install-code-server.sh');
  return execFileSync('bash', [script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
}

/** The package for this machine, as `npm run package` made it. */
export function packaged(): string {
  const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const file = path.join(ROOT, 'dist', `overlint-${version}-${process.platform}-${process.arch}.vsix`);
  if (!fs.existsSync(file)) throw new Error(`${file} is missing; run: npm run package -- --only=host`);
  return file;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = http.get(url, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('error', () => resolve(false));
    request.setTimeout(2000, () => request.destroy());
  });
}
