// Ace by DAISY over many files in one browser: `node ace_checks.cjs NODE_MODULES A.epub B.epub`.
// Prints one line of JSON for each violation, and one without a rule for each file that was judged.

const path = require("node:path");
const [modules, ...names] = process.argv.slice(2);
const load = (name) => require(path.join(path.resolve(modules), name));
const ace = load("@daisy/ace-core");
const runner = load("@daisy/ace-axe-runner-puppeteer");
const logger = load("@daisy/ace-logger");
const print = (found) => process.stdout.write(JSON.stringify(found) + "\n");

async function judge(name, shared) {
    // Ace logs to the terminal unless it is asked for silence, and prints reports without a folder
    const [, report] = await ace(name, {
        cwd: process.cwd(), outdir: path.join(shared.folder, path.basename(name)),
        initLogger: false, silent: true, jobid: name,
    }, shared.runner);
    print({ epub: path.basename(name), outcome: report["earl:result"]["earl:outcome"] });
    for (const file of report.assertions) {
        for (const found of file.assertions) {
            print({
                epub: path.basename(name), path: file["earl:testSubject"].url,
                rule: found["earl:test"]["dct:title"], text: found["earl:result"]["dct:description"],
                html: String(found["earl:result"].html || "").slice(0, 200),
            });
        }
    }
}

(async () => {
    const fs = require("node:fs");
    const folder = fs.mkdtempSync(path.join(require("node:os").tmpdir(), "ace-"));
    logger.initLogger({ silent: true, verbose: false });
    await runner.launch();
    // one browser for all files, where Ace would start one for each
    const kept = { ...runner, launch: async () => {}, close: async () => {} };
    try {
        for (const name of names) await judge(name, { folder, runner: kept });
    } finally {
        await runner.close();
        fs.rmSync(folder, { recursive: true, force: true });
    }
})().catch((error) => { console.error(error); process.exit(1); });
