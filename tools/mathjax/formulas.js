// MathJax for hanpan: TeX -> MathML, MathML -> outlines with their places, in no browser.
//
// hanpan/formulas/engine.py calls the three functions at the end; each returns one flat string.
import {mathjax} from '@mathjax/src/mjs/mathjax.js';
import {TeX} from '@mathjax/src/mjs/input/tex.js';
import {MathML} from '@mathjax/src/mjs/input/mathml.js';
import {SVG} from '@mathjax/src/mjs/output/svg.js';
import {liteAdaptor} from '@mathjax/src/mjs/adaptors/liteAdaptor.js';
import {RegisterHTMLHandler} from '@mathjax/src/mjs/handlers/html.js';
import {SerializedMmlVisitor} from '@mathjax/src/mjs/core/MmlTree/SerializedMmlVisitor.js';
import {STATE} from '@mathjax/src/mjs/core/MathItem.js';
import {MathJaxStix2Font} from '@mathjax/mathjax-stix2-font/mjs/svg.js';

import '@mathjax/src/mjs/input/tex/base/BaseConfiguration.js';
import '@mathjax/src/mjs/input/tex/ams/AmsConfiguration.js';
import '@mathjax/src/mjs/input/tex/amscd/AmsCdConfiguration.js';
import '@mathjax/src/mjs/input/tex/bbox/BboxConfiguration.js';
import '@mathjax/src/mjs/input/tex/begingroup/BegingroupConfiguration.js';
import '@mathjax/src/mjs/input/tex/boldsymbol/BoldsymbolConfiguration.js';
import '@mathjax/src/mjs/input/tex/braket/BraketConfiguration.js';
import '@mathjax/src/mjs/input/tex/cancel/CancelConfiguration.js';
import '@mathjax/src/mjs/input/tex/cases/CasesConfiguration.js';
import '@mathjax/src/mjs/input/tex/centernot/CenternotConfiguration.js';
import '@mathjax/src/mjs/input/tex/color/ColorConfiguration.js';
import '@mathjax/src/mjs/input/tex/colortbl/ColortblConfiguration.js';
import '@mathjax/src/mjs/input/tex/configmacros/ConfigMacrosConfiguration.js';
import '@mathjax/src/mjs/input/tex/empheq/EmpheqConfiguration.js';
import '@mathjax/src/mjs/input/tex/enclose/EncloseConfiguration.js';
import '@mathjax/src/mjs/input/tex/extpfeil/ExtpfeilConfiguration.js';
import '@mathjax/src/mjs/input/tex/gensymb/GensymbConfiguration.js';
import '@mathjax/src/mjs/input/tex/html/HtmlConfiguration.js';
import '@mathjax/src/mjs/input/tex/mathtools/MathtoolsConfiguration.js';
import '@mathjax/src/mjs/input/tex/mhchem/MhchemConfiguration.js';
import '@mathjax/src/mjs/input/tex/newcommand/NewcommandConfiguration.js';
import '@mathjax/src/mjs/input/tex/textcomp/TextcompConfiguration.js';
import '@mathjax/src/mjs/input/tex/textmacros/TextMacrosConfiguration.js';
import '@mathjax/src/mjs/input/tex/unicode/UnicodeConfiguration.js';
import '@mathjax/src/mjs/input/tex/units/UnitsConfiguration.js';
import '@mathjax/src/mjs/input/tex/upgreek/UpgreekConfiguration.js';
import '@mathjax/src/mjs/input/tex/verb/VerbConfiguration.js';

// The parts of the font beyond its core: all, for MathJax looks for ever for one that is not there.
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/accents-other.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/accents.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/arrows.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/calligraphic.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/cyrillic.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/dingbats.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/double-struck.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/enclosed.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/fraktur.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/greek.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/latin-b.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/latin-bi.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/latin-i.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/latin.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/math.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/monospace.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/phonetics.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/sans-serif.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/script.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/shapes.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/stretchy.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/symbols-other.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/symbols.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/upright.js';
import '@mathjax/mathjax-stix2-font/mjs/svg/dynamic/variants.js';
import {MACROS} from './macros.js';

const PACKAGES = [
  'base', 'ams', 'amscd', 'bbox', 'begingroup', 'boldsymbol', 'braket', 'cancel', 'cases',
  'centernot', 'color', 'colortbl', 'configmacros', 'empheq', 'enclose', 'extpfeil', 'gensymb',
  'html', 'mathtools', 'mhchem', 'newcommand', 'textcomp', 'textmacros', 'unicode', 'units', 'upgreek', 'verb',
  'hanpan-define',
];
globalThis.console ??= {log() {}, warn() {}, error() {}};
mathjax.asyncIsSynchronous = true;
mathjax.asyncLoad = (name) => { throw new Error(`there is no ${name}`); };
const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);

// What MathJax's font lacks has the width that it will have in hanpan's faces: `draw` asks for those
// that it does not know, and is called again. (Python cannot be called while time is limited.)
const widths = new Map();
let asked = new Set();
const isBold = (node) => adaptor.getAttribute(node, 'font-weight') === 'bold';
adaptor.nodeSize = (node) => {
  const key = (isBold(node) ? 'b' : 'n') + adaptor.textContent(node);
  if (!widths.has(key)) asked.add(key);
  return [widths.get(key) ?? 1, 0];
};

/** Learn how wide, in em, texts are: {"n가나": 1.84}, "b" before one in bold. */
globalThis.learn = (json) => {
  for (const [key, width] of Object.entries(JSON.parse(json))) widths.set(key, width);
  return '';
};

const fail = (_jax, error) => { throw error; };
const output = () => new SVG({
  fontData: MathJaxStix2Font, fontCache: 'none', linebreaks: {inline: false},
  mtextInheritFont: false, merrorInheritFont: false,
});
const drawn = mathjax.document('', {InputJax: new MathML({parseAs: 'xml'}), OutputJax: output()});
const X_HEIGHT = drawn.outputJax.font.params.x_height;
const SIZES = {em: 16, ex: 16 * X_HEIGHT, containerWidth: 16000};
const writer = new SerializedMmlVisitor();
let post = null;

/** Forget what formulas of the post before defined. (A new document for each post would leak.) */
globalThis.begin = () => {
  post ??= mathjax.document('', {
    InputJax: new TeX({packages: PACKAGES, formatError: fail, macros: MACROS, textmacros: {packages: ['text-base', 'hanpan-text']}, maxMacros: 1000, maxBuffer: 20000}),
  });
  post.inputJax[0].reset();
  post.convert('\\begingroupSandbox', {end: STATE.CONVERT, ...SIZES});
};

/** Return the MathML of a formula; throws the TexError where it cannot be read. */
globalThis.readTeX = (tex, display) => {
  if (!post) begin();
  try {
    return flat(writer.visitTree(post.convert(tex, {display, end: STATE.CONVERT, ...SIZES})));
  } catch (error) {
    return flat(`!${error.message}`);
  }
};

/** Return, as JSON, a formula's box and what is drawn in it, in the font's units. */
globalThis.draw = (mathml, display) => {
  const parts = [];
  let svg;
  asked = new Set();
  try {
    drawn.outputJax.unknownCache.clear();
    svg = adaptor.firstChild(drawn.convert(mathml, {display, ...SIZES}));
  } catch (error) {
    return flat(`!${error.message}`);
  }
  if (asked.size) return flat(`?${JSON.stringify([...asked])}`);
  try {
    for (const child of adaptor.childNodes(svg)) walk(child, [1, 0, 0, 1, 0, 0], {}, null, parts);
  } catch (error) {
    return flat(`!${error.message}`);
  }
  return flat(JSON.stringify({box: numbers(adaptor.getAttribute(svg, 'viewBox')), parts}));
};

/** Tell, as JSON, which of some characters the font has. */
globalThis.has = (text) => flat(JSON.stringify(Array.from(text, (c) => {
  try {
    const char = drawn.outputJax.font.getChar('normal', c.codePointAt(0));
    return Boolean(char && !(char[3] && char[3].unknown));
  } catch { return false; }
})));

const flat = (text) => [...text.matchAll(/[^]{1,65536}/gu)].map((m) => m[0]).join('');
const numbers = (text) => (text || '').match(/-?[\d.]+(?:e-?\d+)?/g)?.map(Number) || [];
const times = (m, n) => [
  m[0] * n[0] + m[2] * n[1], m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3], m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4], m[1] * n[4] + m[3] * n[5] + m[5],
];

/** Return the matrix of a `transform`: MathJax moves, scales and turns. */
function matrixOf(text) {
  let matrix = [1, 0, 0, 1, 0, 0];
  for (const [, name, inside] of (text || '').matchAll(/(\w+)\(([^)]*)\)/g)) {
    const n = numbers(inside);
    if (name === 'translate') matrix = times(matrix, [1, 0, 0, 1, n[0], n[1] || 0]);
    else if (name === 'scale') matrix = times(matrix, [n[0], 0, 0, n[1] ?? n[0], 0, 0]);
    else if (name === 'rotate') {
      const [c, s] = [Math.cos(n[0] * Math.PI / 180), Math.sin(n[0] * Math.PI / 180)];
      const [x, y] = [n[1] || 0, n[2] || 0];
      matrix = times(matrix, times([1, 0, 0, 1, x, y], times([c, s, -s, c, 0, 0], [1, 0, 0, 1, -x, -y])));
    } else if (name === 'matrix') matrix = times(matrix, n);
    else throw new Error(`transform ${name}`);
  }
  return matrix;
}

/** Gather what is drawn below a node: its shape, matrix, paint, and what it is clipped to. */
function walk(node, matrix, paint, clip, parts) {
  const kind = adaptor.kind(node);
  if (['#text', '#comment', 'title', 'defs'].includes(kind)) return;
  if (adaptor.getAttribute(node, 'data-id-align')) return;
  const attributes = {};
  for (const {name, value} of adaptor.allAttributes(node)) attributes[name] = value;
  paint = {...paint};
  for (const name of ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'stroke-linecap'])
    if (name in attributes) paint[name] = attributes[name];
  for (const name of ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'display']) {
    const value = adaptor.getStyle(node, name);
    if (value) paint[name] = value;
  }
  if ('data-line' in attributes || 'data-frame' in attributes) {  // of tables: MathJax's stylesheet
    paint['stroke-width'] = '70';
    paint.fill = 'none';
  }
  const names = (attributes.class || '').split(' ');
  if (names.includes('mjx-dashed')) paint['stroke-dasharray'] = '140';
  if (names.includes('mjx-dotted')) paint['stroke-dasharray'] = '70 140';
  if (attributes['data-mml-node'] === 'merror') throw new Error('its MathML is not sound');
  matrix = times(matrix, matrixOf(attributes.transform));
  if (kind === 'svg') {  // a piece of a tall bracket: x, y move it, its box is mapped and clips it
    const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((k) => Number(attributes[k] || 0));
    const box = attributes.viewBox ? numbers(attributes.viewBox) : [0, 0, width, height];
    matrix = times(matrix, [1, 0, 0, 1, x, y]);
    if (width && height && box[2] && box[3]) {
      matrix = times(matrix, [width / box[2], 0, 0, height / box[3], 0, 0]);
      matrix = times(matrix, [1, 0, 0, 1, -box[0], -box[1]]);
      clip = {matrix, box};
    }
  }
  if (kind === 'g' || kind === 'svg' || kind === 'a') {
    for (const child of adaptor.childNodes(node)) walk(child, matrix, paint, clip, parts);
    return;
  }
  const keep = {};
  for (const name of ['d', 'x', 'y', 'width', 'height', 'rx', 'ry', 'cx', 'cy', 'x1', 'y1', 'x2', 'y2', 'points', 'font-size'])
    if (name in attributes) keep[name] = attributes[name];
  if (kind === 'text') {
    keep.text = adaptor.textContent(node);
    keep.bold = isBold(node);
    keep.slanted = adaptor.getAttribute(node, 'font-style') === 'italic';
  }
  parts.push({kind, ...keep, matrix, paint, clip});
}
