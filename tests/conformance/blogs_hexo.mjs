// What a whole Hexo site publishes, by Hexo itself, without its theme. The site's root on the command line;
// {path: {url, html, kind}} on standard output. Hexo is looked for in HEXO, a folder with node_modules.
import { createRequire } from "node:module";
import { writeSync } from "node:fs";

const require = createRequire(`${process.env.HEXO}/`);
const Hexo = require("hexo");
const root = process.argv[2];
const hexo = new Hexo(root, { silent: true });
await hexo.init();
// code as it is: neither lines as tables nor colours
Object.assign(hexo.config, { syntax_highlighter: "", highlight: { enable: false }, prismjs: { enable: false } });
for (const name of ["hexo-renderer-marked", "hexo-renderer-ejs"]) {
  // what is not installed is not needed
  await Promise.resolve(name).then(require.resolve).then((path) => hexo.loadPlugin(path)).catch(() => {});
}
await hexo.load();
const source = hexo.source_dir.slice(hexo.base_dir.length);
const made = {};
for (const [kind, model] of [["post", "Post"], ["page", "Page"]]) {
  for (const item of hexo.model(model).toArray()) {
    if (kind === "post" && item.published === false) continue;
    made[source + item.source] = { url: item.permalink, html: item.content ?? null, kind };
  }
}
// a pipe takes a part at a time, and asks for patience when it is full
for (let rest = Buffer.from(JSON.stringify(made)); rest.length; ) {
  try {
    rest = rest.subarray(writeSync(1, rest));
  } catch (error) {
    if (error.code !== "EAGAIN") throw error;
  }
}
process.exit(0);
