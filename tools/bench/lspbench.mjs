#!/usr/bin/env node
// Times a stdio language server as an editor would: start, first diagnostics, hover, and the wait
// from a keystroke to the fresh diagnostics. Knows nothing of any one server.
// usage: lspbench.mjs --root DIR --file F [--hover LINE:COL] [--edits N] [--edit-line L] [--no-push] -- CMD ARG...
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const argv = process.argv.slice(2);
const cut = argv.indexOf('--');
const cmd = argv.slice(cut + 1);
const opt = {};
for (let i = 0; i < cut; i++)
  if (argv[i].startsWith('--'))
    opt[argv[i].slice(2)] = argv[i + 1]?.startsWith('--') || i + 1 >= cut ? true : argv[++i];
const root = path.resolve(opt.root ?? '.');
const file = path.resolve(root, opt.file);
const edits = Number(opt.edits ?? 20);
const now = () => Number(process.hrtime.bigint()) / 1e6;
const t0 = now();
const child = spawn(cmd[0], cmd.slice(1), { cwd: root, stdio: ['pipe', 'pipe', opt.stderr ? 'inherit' : 'ignore'] });
let buf = Buffer.alloc(0),
  id = 0;
const pending = new Map(),
  diagWaiters = [];
let lastDiag;
function send(m) {
  const b = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...m }));
  child.stdin.write(`Content-Length: ${b.length}\r\n\r\n`);
  child.stdin.write(b);
}
function request(method, params) {
  const i = ++id;
  send({ id: i, method, params });
  return new Promise((res, rej) => pending.set(i, { res, rej }));
}
function notify(method, params) {
  send({ method, params });
}
child.stdout.on('data', (d) => {
  buf = Buffer.concat([buf, d]);
  for (;;) {
    const h = buf.indexOf('\r\n\r\n');
    if (h < 0) return;
    const len = Number(/Content-Length: *(\d+)/i.exec(buf.subarray(0, h).toString())[1]);
    if (buf.length < h + 4 + len) return;
    const m = JSON.parse(buf.subarray(h + 4, h + 4 + len).toString());
    buf = buf.subarray(h + 4 + len);
    if (m.id !== undefined && m.method) {
      // server's request
      let result = null;
      if (m.method === 'workspace/configuration') result = m.params.items.map(() => null);
      if (m.method === 'workspace/workspaceFolders') result = [{ uri: pathToFileURL(root).href, name: 'w' }];
      send({ id: m.id, result });
    } else if (m.id !== undefined) {
      const p = pending.get(m.id);
      pending.delete(m.id);
      m.error ? p.rej(new Error(m.error.message)) : p.res(m.result);
    } else if (m.method === 'textDocument/publishDiagnostics' && m.params.uri === pathToFileURL(file).href) {
      lastDiag = m.params;
      for (const w of diagWaiters.splice(0)) w(m.params);
    }
  }
});
const nextDiag = (ms) =>
  new Promise((res, rej) => {
    const t = setTimeout(() => rej(new Error(`no diagnostics in ${ms} ms`)), ms);
    diagWaiters.push((d) => {
      clearTimeout(t);
      res(d);
    });
  });
const rss = () => {
  // whole process tree
  const seen = [];
  const walk = (p) => {
    seen.push(p);
    try {
      for (const c of fs.readFileSync(`/proc/${p}/task/${p}/children`, 'utf8').trim().split(/\s+/).filter(Boolean))
        walk(+c);
    } catch {}
  };
  walk(child.pid);
  let kb = 0;
  for (const p of seen)
    try {
      kb += +/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${p}/status`, 'utf8'))[1];
    } catch {}
  return Math.round(kb / 1024);
};
const med = (a) => a.slice().sort((x, y) => x - y)[a.length >> 1];
const p95 = (a) => a.slice().sort((x, y) => x - y)[Math.min(a.length - 1, Math.floor(a.length * 0.95))];
const uri = pathToFileURL(file).href;
let text = fs.readFileSync(file, 'utf8');
const _init = await request('initialize', {
  processId: process.pid,
  rootUri: pathToFileURL(root).href,
  workspaceFolders: [{ uri: pathToFileURL(root).href, name: 'w' }],
  capabilities: {
    general: { positionEncodings: ['utf-16'] },
    workspace: { configuration: true, workspaceFolders: true },
    textDocument: {
      publishDiagnostics: { relatedInformation: true, versionSupport: true },
      hover: { contentFormat: ['markdown', 'plaintext'] },
      codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } } },
    },
  },
  initializationOptions: opt.init ? JSON.parse(opt.init) : undefined,
});
const tInit = now();
notify('initialized', {});
const out = { initialize_ms: +(tInit - t0).toFixed(0) };
let w = nextDiag(300000);
const tOpen = now();
notify('textDocument/didOpen', { textDocument: { uri, languageId: 'c', version: 1, text } });
await w;
out.open_to_diagnostics_ms = +(now() - tOpen).toFixed(0);
out.diagnostics = lastDiag.diagnostics.length;
if (opt.hover) {
  const [l, c] = opt.hover.split(':').map(Number);
  const hs = [];
  let h;
  for (let i = 0; i < 11; i++) {
    const a = now();
    h = await request('textDocument/hover', { textDocument: { uri }, position: { line: l - 1, character: c - 1 } });
    hs.push(now() - a);
  }
  out.hover_first_ms = +hs[0].toFixed(1);
  out.hover_median_ms = +med(hs.slice(1)).toFixed(2);
  if (opt['show-hover'])
    console.log(typeof h?.contents === 'string' ? h.contents : (h?.contents?.value ?? JSON.stringify(h)));
}
const lats = [];
const line = Number(opt['edit-line'] ?? 1) - 1;
let v = 1;
for (let i = 0; i < edits; i++) {
  await new Promise((r) => setTimeout(r, 60));
  const lines = text.split('\n');
  let change;
  if (i % 2 === 0) {
    change = { range: { start: { line, character: 0 }, end: { line, character: 0 } }, text: ' ' };
    lines[line] = ` ${lines[line]}`;
  } else {
    change = { range: { start: { line, character: 0 }, end: { line, character: 1 } }, text: '' };
    lines[line] = lines[line].slice(1);
  }
  text = lines.join('\n');
  w = nextDiag(120000);
  const a = now();
  notify('textDocument/didChange', { textDocument: { uri, version: ++v }, contentChanges: [change] });
  await w;
  lats.push(now() - a);
}
if (lats.length) {
  out.edit_to_diagnostics_median_ms = +med(lats).toFixed(1);
  out.edit_to_diagnostics_p95_ms = +p95(lats).toFixed(1);
}
out.rss_mb = rss();
if (opt['show-diagnostics'])
  for (const d of lastDiag.diagnostics)
    console.log(
      `${opt.file}:${d.range.start.line + 1}:${d.range.start.character + 1}: ${d.severity} ${d.code ?? ''} ${d.message.split('\n')[0]}`,
    );
console.log(JSON.stringify(out));
try {
  await Promise.race([request('shutdown'), new Promise((r) => setTimeout(r, 2000))]);
  notify('exit');
} catch {}
setTimeout(() => {
  child.kill();
  process.exit(0);
}, 300);
