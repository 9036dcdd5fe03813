# kramdown-GFM with the options that Jekyll sets (jekyll/configuration.rb).
require "kramdown"
require "kramdown-parser-gfm"

OPTIONS = {
  input: "GFM", auto_ids: true, toc_levels: [1, 2, 3, 4, 5, 6], entity_output: :as_char,
  smart_quotes: "lsquo,rsquo,ldquo,rdquo", hard_wrap: false, footnote_nr: 1,
  math_engine: :mathjax, syntax_highlighter: nil,
}.freeze
