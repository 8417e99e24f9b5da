// Loaded before the product, into its main thread and into its workers: writes the bytecode of each bundle that was run.
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const vm = require('node:vm');
const { isMainThread, parentPort } = require('node:worker_threads');

const bundles = new Map();
const { Script } = vm;
vm.Script = class extends Script {
  constructor(source, options) {
    super(source, options);
    bundles.set(options.filename, this);
  }
};

// A worker is ended while it waits: what it is asked to keep is the last that it does.
if (isMainThread) process.once('exit', write);
else parentPort.on('message', ({ kind }) => kind === 'keep' && write());

function write() {
  for (const [file, script] of bundles) {
    const digest = createHash('sha256').update(fs.readFileSync(file)).digest();
    fs.writeFileSync(file.replace(/\.js$/, '.code'), Buffer.concat([digest, script.createCachedData()]));
  }
}
