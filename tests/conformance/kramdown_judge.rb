# Markdown bodies -> HTML by kramdown-GFM, with the options that Jekyll sets (jekyll/configuration.rb).
# A JSON list of texts on standard input, a JSON list of HTML on standard output.
require "json"
require "kramdown"
require "kramdown-parser-gfm"

OPTIONS = {
  input: "GFM", auto_ids: true, toc_levels: [1, 2, 3, 4, 5, 6], entity_output: :as_char,
  smart_quotes: "lsquo,rsquo,ldquo,rdquo", hard_wrap: false, footnote_nr: 1,
  math_engine: :mathjax, syntax_highlighter: nil,
}.freeze

Encoding.default_external = Encoding::UTF_8
bodies = JSON.parse($stdin.read)
puts JSON.generate(bodies.map { |body| Kramdown::Document.new(body, OPTIONS).to_html })
