// What KaTeX and LaTeX know and MathJax does not, in MathJax's words.
import {Configuration} from '@mathjax/src/mjs/input/tex/Configuration.js';
import {CommandMap, MacroMap} from '@mathjax/src/mjs/input/tex/TokenMap.js';
import BaseMethods from '@mathjax/src/mjs/input/tex/base/BaseMethods.js';
import NewcommandMethods from '@mathjax/src/mjs/input/tex/newcommand/NewcommandMethods.js';
import {TextMacrosMethods} from '@mathjax/src/mjs/input/tex/textmacros/TextMacrosMethods.js';

const one = (tex) => [tex, 1];
const named = (...names) => Object.fromEntries(names.map((name) => [name, `\\operatorname{${name}}`]));
const upright = (letters) => Object.fromEntries(
  Object.entries(letters).map(([name, letter]) => [name, `\\mathrm{${letter}}`]));

export const MACROS = {
  // letters and signs
  ...upright({
    Alpha: 'A', Beta: 'B', Epsilon: 'E', Zeta: 'Z', Eta: 'H', Iota: 'I', Kappa: 'K', Mu: 'M',
    Nu: 'N', Omicron: 'O', Rho: 'P', Tau: 'T', Chi: 'X',
  }),
  C: '\\mathbb{C}', N: '\\mathbb{N}', R: '\\mathbb{R}', Z: '\\mathbb{Z}', Q: '\\mathbb{Q}',
  cnums: '\\mathbb{C}', Complex: '\\mathbb{C}', natnums: '\\mathbb{N}', reals: '\\mathbb{R}',
  Reals: '\\mathbb{R}', alef: '\\aleph', alefsym: '\\aleph', clubs: '\\clubsuit',
  diamonds: '\\diamondsuit', hearts: '\\heartsuit', spades: '\\spadesuit', empty: '\\emptyset',
  exist: '\\exists', image: '\\Im', real: '\\Re', infin: '\\infty', isin: '\\in', lang: '\\langle',
  rang: '\\rangle', plusmn: '\\pm', sdot: '\\cdot', sect: '\\S', sub: '\\subset', sube: '\\subseteq',
  supe: '\\supseteq', thetasym: '\\vartheta', weierp: '\\wp', bull: '\\bullet',
  darr: '\\downarrow', dArr: '\\Downarrow', Darr: '\\Downarrow', uarr: '\\uparrow',
  uArr: '\\Uparrow', Uarr: '\\Uparrow', larr: '\\leftarrow', lArr: '\\Leftarrow',
  Larr: '\\Leftarrow', rarr: '\\rightarrow', rArr: '\\Rightarrow', Rarr: '\\Rightarrow',
  harr: '\\leftrightarrow', hArr: '\\Leftrightarrow', Harr: '\\Leftrightarrow',
  lrarr: '\\leftrightarrow', lrArr: '\\Leftrightarrow', Lrarr: '\\Leftrightarrow',
  copyright: '\\unicode{xA9}', textcopyright: '\\unicode{xA9}', pounds: '\\unicode{xA3}',
  mathsterling: '\\unicode{xA3}', textregistered: '\\unicode{xAE}', degree: '\\unicode{xB0}',
  dag: '\\dagger', ddag: '\\ddagger', Dagger: '\\ddagger', P: '\\unicode{xB6}', lq: '`', rq: "'",
  mathellipsis: '\\ldots', VERT: '|', textdegree: '\\unicode{xB0}', aa: '\\text{å}', ae: '\\text{æ}',
  AE: '\\text{Æ}', oe: '\\text{œ}', OE: '\\text{Œ}', o: '\\text{ø}', O: '\\text{Ø}', ss: '\\text{ß}',
  i: '\\unicode{x131}', j: '\\unicode{x237}', euro: '\\unicode{x20AC}', texteuro: '\\unicode{x20AC}',
  // relations and brackets
  colonequals: '\\coloneqq', coloncolonequals: '\\Coloneqq', colonminus: '\\coloneq',
  coloncolonminus: '\\Coloneq', equalscolon: '\\eqqcolon', equalscoloncolon: '\\Eqqcolon',
  minuscolon: '\\eqcolon', minuscoloncolon: '\\Eqcolon', coloncolon: '\\dblcolon',
  coloncolonapprox: '\\Colonapprox', coloncolonsim: '\\Colonsim', colonapprox: '\\mathrel{:\\approx}',
  approxcolon: '\\mathrel{\\approx\\mathord{:}}', simcolon: '\\mathrel{\\sim\\mathord{:}}',
  approxcoloncolon: '\\mathrel{\\approx\\mathord{:}\\mathord{:}}',
  simcoloncolon: '\\mathrel{\\sim\\mathord{:}\\mathord{:}}', ratio: '\\mathrel{:}',
  vcentcolon: '\\mathrel{:}', imageof: '\\mathrel{\\unicode{x22B7}}', origof: '\\mathrel{\\unicode{x22B6}}',
  notni: '\\not\\ni', minuso: '\\mathbin{\\unicode{x29B5}}', llbracket: '\\mathopen{\\unicode{x27E6}}',
  rrbracket: '\\mathclose{\\unicode{x27E7}}', lBrace: '\\mathopen{\\unicode{x2983}}',
  rBrace: '\\mathclose{\\unicode{x2984}}', bra: one('\\langle{#1}|'), ket: one('|{#1}\\rangle'),
  // accents
  overgroup: one('\\mathop{\\overparen{#1}}\\limits'),
  undergroup: one('\\mathop{\\underparen{#1}}\\limits'), overlinesegment: one('\\overbracket{#1}'),
  underlinesegment: one('\\underbracket{#1}'), underbar: one('\\underline{#1}'),
  angl: one('\\enclose{actuarial}{#1}'),
  angln: '\\enclose{actuarial}{n}', phase: one('\\enclose{phasorangle}{#1}'),
  sout: one('\\enclose{horizontalstrike}{#1}'), st: one('\\enclose{horizontalstrike}{#1}'),
  textcircled: one('\\enclose{circle}{\\scriptsize\\text{#1}}'),
  // alphabets, sizes and spaces
  bold: one('\\mathbf{#1}'), bm: one('\\boldsymbol{#1}'), Bbb: one('\\mathbb{#1}'),
  mathbbm: one('\\mathbb{#1}'), mathds: one('\\mathbb{#1}'), emph: one('\\textit{#1}'),
  textmd: one('\\textrm{#1}'), sixptsize: '\\scriptsize ', medspace: '\\:', thickspace: '\\;',
  raisebox: ['\\raise #1{\\text{#2}}', 2], relax: '', long: '', noexpand: '', expandafter: '',
  allowbreak: '', nobreak: '', protect: '', varvdots: '\\vdots',
  xrightleftarrows: ['\\mathrel{\\underset{#1}{\\overset{#2}{\\rightleftarrows}}}', 2, ''],
  xrightequilibrium: ['\\mathrel{\\underset{#1}{\\overset{#2}{\\rightleftharpoons}}}', 2, ''],
  xleftequilibrium: ['\\mathrel{\\underset{#1}{\\overset{#2}{\\leftrightharpoons}}}', 2, ''],
  enskip: '\\enspace', mapsfrom: '\\mathrel{\\unicode{x21A4}}', dotsx: '\\dots', global: '', displaylimits: '',
  // operators
  argmax: '\\operatorname*{arg\\,max}', argmin: '\\operatorname*{arg\\,min}',
  plim: '\\operatorname*{plim}', operatornamewithlimits: one('\\operatorname*{#1}'),
  ...named('arctg', 'arcctg', 'ch', 'cosec', 'cotg', 'ctg', 'cth', 'sh', 'tg', 'th', 'sinc'),
  // what acts on a page only
  htmlClass: ['#2', 2], htmlId: ['#2', 2], htmlData: ['#2', 2], htmlStyle: ['#2', 2],
  url: one('\\texttt{#1}'),
  KaTeX: '\\mathrm{K\\kern-.17em\\raise{.21em}{\\scriptstyle A}\\kern-.15em T\\kern-.14em\\lower{.5ex}{E}\\kern-.115em X}',
};

const insert = (letter) => [TextMacrosMethods.Insert, letter];
new CommandMap('hanpan-text', {
  aa: insert('å'), ae: insert('æ'), AE: insert('Æ'), oe: insert('œ'), OE: insert('Œ'), o: insert('ø'),
  O: insert('Ø'), ss: insert('ß'), i: insert('ı'), j: insert('ȷ'), P: insert('¶'), pounds: insert('£'),
  copyright: insert('©'), textcopyright: insert('©'), textregistered: insert('®'), dag: insert('†'),
  ddag: insert('‡'), lq: insert('‘'), rq: insert('’'), degree: insert('°'), textdegree: insert('°'),
  c: [TextMacrosMethods.Accent, '\u00B8'],
  H: [TextMacrosMethods.Accent, '\u02DD'], r: [TextMacrosMethods.Accent, '\u02DA'],
  sout: [TextMacrosMethods.Macro, '$\\enclose{horizontalstrike}{\\text{#1}}$', 1],
  textcircled: [TextMacrosMethods.Macro, '$\\enclose{circle}{\\scriptsize\\text{#1}}$', 1],
  textmd: [TextMacrosMethods.Macro, '{\\rm #1}', 1],
  LaTeX: [TextMacrosMethods.Macro, '$\\LaTeX$'], TeX: [TextMacrosMethods.Macro, '$\\TeX$'],
  KaTeX: [TextMacrosMethods.Macro, '$\\KaTeX$'],
});
// MathJax without its text macros shows these as they are, and so do authors' pages.
const literal = (parser, sign) => { parser.text += sign; };
new MacroMap('hanpan-text-signs', {_: literal, '^': literal, '&': literal, '#': literal, '%': literal});
Configuration.create('hanpan-text', {
  parser: 'text', priority: 1, handler: {macro: ['hanpan-text'], character: ['hanpan-text-signs']},
});

// mathtools draws these by styles of HTML; their thickness and height are the font's here
const bracket = (place, sign) => (parser, name) => {
  parser.GetBrackets(name);
  parser.GetBrackets(name);
  BaseMethods.UnderOver(parser, place, sign, true);
};

new CommandMap('hanpan-define', {
  edef: NewcommandMethods.MacroDef, gdef: NewcommandMethods.MacroDef, xdef: NewcommandMethods.MacroDef,
  providecommand: NewcommandMethods.NewCommand, DeclareMathOperator: Operator,
  hspace: Space, utilde: [BaseMethods.UnderOver, '007E'], overleftharpoon: [BaseMethods.UnderOver, '21BC'],
  overrightharpoon: [BaseMethods.UnderOver, '21C0'], widecheck: [BaseMethods.Accent, '02C7', true],
  overbracket: bracket('\\over', '23B4'), underbracket: bracket('\\under', '23B5'),
  Overrightarrow: (parser) => BaseMethods.UnderOver(parser, '\\over', '21D2'),
});
Configuration.create('hanpan-define', {priority: 4, handler: {macro: ['hanpan-define']}});

/** `\hspace`, and `\hspace*` of LaTeX: no line of a formula ends here. */
function Space(parser, name) {
  parser.GetStar();
  BaseMethods.Hskip(parser, name);
}

/** `\DeclareMathOperator{\name}{text}`, with a star for limits below. */
function Operator(parser, name) {
  const star = parser.GetStar() ? '*' : '';
  const command = parser.GetArgument(name).trim();
  const text = parser.GetArgument(name);
  parser.string = `\\def${command}{\\operatorname${star}{${text}}}${parser.string.slice(parser.i)}`;
  parser.i = 0;
}
